// An application that feeds all that the SDK says through one reducer, asks it for much that has nothing to do with
// calls, logs errors by whatever they carry, and gets its instance wherever it needs it.
const NIM = require('@yxim/nim-web-sdk/dist/SDK/NIM_Web_NIM.js');
const assert = require('node:assert');
const { EventEmitter } = require('node:events');

const calls = new EventEmitter();

function createStore(reduce) {
  let state = reduce(undefined, { type: '@@init' });
  const listeners = new Set();
  return {
    getState: () => state,
    dispatch(action) {
      state = reduce(state, action);
      for (const listen of [...listeners]) listen();
    },
    when(condition) {
      return new Promise((resolve) => {
        const look = () => condition(state) && (listeners.delete(look), resolve(state));
        listeners.add(look);
        look();
      });
    },
  };
}

const initial = { link: 'off', phase: 'idle', call: null, log: [], errors: [], profile: undefined };

function reduce(state = initial, { type, payload }) {
  switch (type) {
    case 'LINK':
      return { ...state, link: payload };
    case 'ERROR':
      return { ...state, errors: [...state.errors, payload] };
    case 'PROFILE':
      return { ...state, profile: payload };
    case 'CALLING':
      return { ...state, phase: 'calling', call: payload };
    case 'INVITE':
      return { ...state, phase: state.phase === 'idle' ? 'ringing' : state.phase, call: state.call ?? payload, log: [...state.log, type] };
    case 'ROOM_JOIN':
    case 'ACCEPT':
      return { ...state, phase: 'talking', log: [...state.log, type] };
    case 'CANCEL_INVITE':
    case 'REJECT':
    case 'ROOM_CLOSE':
    case 'LEAVE':
      return { ...state, phase: 'idle', call: null, log: [...state.log, type] };
  }
  return state;
}

/** What the application's log keeps of an error, whoever made it. */
const described = (error) => ({
  code: error.code,
  message: String(error.message),
  callFunc: error.callFunc,
  cmd: error.cmd,
  timetag: typeof error.timetag,
  event: error.event && Object.keys(error.event).length,
  json: JSON.parse(JSON.stringify(error)).message,
});

function app(account, store) {
  const options = {
    debug: false,
    appKey: process.env.APP_KEY,
    account,
    token: 'tok',
    db: NIM.support.db === undefined ? false : NIM.support.db,
    authType: 0,
    loginExt: '',
    customClientType: 7,
    secure: true,
    lbsUrl: 'https://lbs.example.org/lbs/webconf.jsp',
    lbsUrls: ['https://lbs.example.org'],
    defaultLink: 'weblink.example.org:443',
    privateConf: { lbs_web: 'https://lbs.example.org', link_ssl_web: true, https_enabled: true },
    chatroom: null,
    needReconnect: true,
    reconnectionAttempts: Number.POSITIVE_INFINITY,
    quickReconnect: true,
    promise: true,
    keepalive: false,
    shouldCountNotifyUnread: () => true,
    shouldIgnoreNotification: () => false,
    onconnect(data) {
      store.dispatch({ type: 'LINK', payload: `on ${typeof data.connectionId}` });
      const nim = NIM.getInstance(options);
      nim.getMyInfo({ done: (error, user) => store.dispatch({ type: 'PROFILE', payload: error ? described(error) : user }) });
      nim.subscribeEvent({ type: 1, accounts: ['x'], sync: true, done() {} });
      nim.setCurrSession('p2p-x');
    },
    onwillreconnect: () => store.dispatch({ type: 'LINK', payload: 'reconnecting' }),
    ondisconnect: (error) => store.dispatch({ type: 'LINK', payload: `off ${error.code}` }),
    onerror: (error) => store.dispatch({ type: 'ERROR', payload: described(error) }),
  };
  const nim = NIM.getInstance(options);
  for (const name of ['signalingNotify', 'signalingMutilClientSyncNotify']) {
    nim.on(name, (event) => calls.emit('signal', account, event));
    nim.on(name, ({ eventType, ...payload }) => store.dispatch({ type: eventType, payload }));
  }
  return nim;
}

async function main() {
  assert.match(NIM.info.version, /^\d+\.\d+\.\d+$/);
  const installed = [];
  NIM.use({ install: (to, config) => installed.push(to, config) }, { level: 1 });
  assert.deepEqual(installed, [NIM, { level: 1 }]);

  const [left, right] = [createStore(reduce), createStore(reduce)];
  const ada = app('rdx_ada', left);
  assert.equal(ada.getLoginStatus(), 2);
  assert.equal(ada.isConnected(), false);
  const bob = app('rdx_bob', right);
  await Promise.all([left, right].map((store) => store.when((s) => s.link === 'on string' && s.profile)));
  assert.deepEqual([ada.getLoginStatus(), ada.isConnected()], [1, true]);
  assert.match(left.getState().profile.message, /getMyInfo/);

  // The same account again is the same instance, and it is still connected.
  assert.equal(NIM.getInstance({ appKey: process.env.APP_KEY, account: 'rdx_ada', token: 'tok' }), ada);
  assert.equal(ada.isConnected(), true);

  // What the application may call all the same: each says what is wrong, and none throws.
  const said = await Promise.all(
    ['getUser', 'getUsers', 'updateMyInfo', 'sendText', 'sendCustomMsg', 'sendCustomSysMsg', 'getLocalSessions', 'resetSessionUnread', 'markMsgRead', 'addFriend', 'createTeam', 'subscribeEvent', 'publishEvent'].map(
      (name) => new Promise((resolve) => ada[name]({ to: 'rdx_bob', scene: 'p2p', done: (error) => resolve([name, error]) })),
    ),
  );
  for (const [name, error] of said) {
    assert.ok(error instanceof Error && error.message.startsWith(name), name);
    assert.ok(!/OFFLINE/i.test(error.message));
  }
  assert.equal(typeof ada.then, 'undefined', 'an instance may be awaited');
  assert.equal(ada.addEventListener, undefined);

  // A call through the reducers.
  const seen = [];
  calls.on('signal', (account, event) => seen.push(`${account} ${event.eventType}`));
  const call = await ada.signalingCall({ type: 2, account: 'rdx_bob', requestId: 'r-1', ext: 'e', attachExt: '{}', pushInfo: { needPush: true, pushContent: 'ring' } });
  left.dispatch({ type: 'CALLING', payload: call });
  const { call: ring } = await right.when((s) => s.phase === 'ringing');
  await bob.signalingAccept({ channelId: ring.channelId, account: ring.from, requestId: ring.requestId, autoJoin: true });
  await left.when((s) => s.log.includes('ACCEPT') && s.log.includes('ROOM_JOIN'));
  await bob.signalingLeave({ channelId: ring.channelId });
  assert.equal((await left.when((s) => s.log.includes('LEAVE'))).phase, 'idle');
  assert.deepEqual(seen, ['rdx_bob INVITE', 'rdx_ada ACCEPT', 'rdx_ada ROOM_JOIN', 'rdx_ada LEAVE']);

  // Errors, as they are logged.
  const why = described(await ada.signalingJoin({ channelId: 'nowhere' }).catch((e) => e));
  assert.deepEqual(why, { code: 10404, message: 'ROOM_NOT_EXISTS', callFunc: 'api::signalling', cmd: 'signalingJoin', timetag: 'number', event: 0, json: 'ROOM_NOT_EXISTS' });
  let thrown;
  try {
    ada.signalingInvite({ channelId: 'c', account: 'rdx_bob' });
  } catch (e) {
    thrown = e;
  }
  assert.ok(!(thrown instanceof Error) && thrown.time instanceof Date && /requestId/.test(thrown.message));

  await new Promise((done) => ada.disconnect({ done }));
  assert.match(left.getState().link, /^off /);
  assert.deepEqual([ada.getLoginStatus(), ada.isConnected()], [0, false]);
  assert.equal((await ada.signalingCreate({ type: 1 }).catch((e) => e)).code, 'Error_Connection_Socket_State_not_Match');
  ada.connect();
  await left.when((s) => s.link === 'on string');
  assert.equal((await ada.signalingCreate({ type: 1 })).creator, 'rdx_ada');
  NIM.rmAllInstances();
  await Promise.all([left, right].map((store) => store.when((s) => s.link.startsWith('off'))));
  assert.deepEqual([left, right].map((store) => store.getState().errors), [[], []]);
  console.log('done');
}

main();
