// NIM contract, sections 1 and 2: what an instance is like, and how calls behave.

import { equal, has, keys, match, ok, refused, strings, thrown, throwsFor } from './claims.mjs';

const both = { channelId: 'c', requestId: 'r', account: 'bob' };

export const behaviour = [
  ['1 getInstance', 'one instance for an appKey and account; again, it takes new options; without an account it throws', async (t) => {
    const ada = await t.login('ada', { customTag: 'desk' });
    const { NIM } = t.env;
    const again = NIM.getInstance({ ...ada.nim.options, customTag: 'sofa' });
    equal([again === ada.nim, again.options.customTag, again.account], [true, 'sofa', ada.account]);
    ok(!(thrown(() => NIM.getInstance({ appKey: 'app', token: 't' })) instanceof Error), 'what is thrown is no Error');
    await ada.fence();
  }],
  ['1 account', 'a number is made a text', async (t) => {
    const number = Math.floor(Math.random() * 1e12);
    const ada = await t.login('ada', { account: number });
    equal([ada.nim.account, ada.nim.options.account], [String(number), String(number)]);
  }],
  ['1 onconnect', '{lastLoginDeviceId, customTag, connectionId, ip, port}', async (t) => {
    const ada = await t.login('ada', { customTag: 'desk' });
    keys(ada.started, ['lastLoginDeviceId', 'customTag', 'connectionId', 'ip', 'port'], 'onconnect');
    strings(ada.started, Object.keys(ada.started));
    equal([ada.started.lastLoginDeviceId, ada.started.customTag], [ada.nim.options.deviceId, 'desk']);
  }],
  ['1 onwillreconnect', '{retryCount, duration}; then it is connected again, and has missed nothing', async (t) => {
    const line = await t.line();
    const [ada, bob] = [await t.login('ada'), await t.login('bob', { line })];
    const { channelId } = await ada.nim.signalingCreateAndJoin({ type: 1 });
    await bob.nim.signalingJoin({ channelId });
    await line.cut();
    const retry = await bob.hears('onwillreconnect');
    equal(retry.retryCount, 1, 'retryCount');
    ok(retry.duration >= 0, 'duration is a number of milliseconds');
    await ada.nim.signalingControl({ channelId, attachExt: 'meanwhile' });
    await line.mend();
    await bob.hears('onconnect');
    await bob.next('CONTROL', { attachExt: 'meanwhile' });
  }, 'slow'],
  ['1 needReconnect', 'false: a lost link is the end of it', async (t) => {
    const line = await t.line();
    const ada = await t.login('ada', { line, needReconnect: false });
    await line.cut();
    equal((await ada.hears('ondisconnect')).code, 'allAttemptsFailed');
  }, 'slow'],
  ['1 ondisconnect', "'manuallyDisconnect', 'alreadyDisconnected', 'kicked' with its reason; a number when the relay refuses", async (t) => {
    const ada = await t.login('ada');
    const successor = await t.login('ada', { appKey: t.unique('other') });
    has(await ada.hears('ondisconnect'), { code: 'kicked', reason: 'samePlatformKick' }, 'ondisconnect');
    await successor.disconnect();
    equal((await successor.hears('ondisconnect')).code, 'manuallyDisconnect');
    await successor.disconnect();
    equal((await successor.hears('ondisconnect')).code, 'alreadyDisconnected');
    const refusal = await new Promise((ondisconnect) => {
      const login = { appKey: t.unique('app'), account: 'a'.repeat(200), token: 'any', ondisconnect };
      t.env.reach(undefined, async () => t.devices.push(t.env.NIM.getInstance(login)));
    });
    equal(typeof refusal.code, 'number', 'the code of an account that is too long');
  }],
  ['1 disconnect, connect', 'the same instance goes and comes back; done is called when it has gone', async (t) => {
    const ada = await t.login('ada');
    await ada.disconnect();
    await refused(ada.nim.signalingCreate({ type: 1 }), 'Error_Connection_Socket_State_not_Match');
    ada.nim.connect();
    await ada.hears('onconnect');
    await ada.nim.signalingCreate({ type: 1 });
  }],
  ['1 destroy, logout', 'destroy ends an instance and its listeners, getInstance makes another; logout says so', async (t) => {
    const ada = await t.login('ada');
    await ada.leavePage();
    const again = await t.login('ada');
    ok(again.nim !== ada.nim, 'it is another instance');
    again.nim.logout();
    equal((await again.hears('ondisconnect')).code, 'logout');
  }],
  ['1 callbacks as options', 'the event comes first, then the option, with the same object', async (t) => {
    const order = [];
    const told = new Promise((resolve) => {
      t.told = resolve;
    });
    const [ada, bob] = [
      await t.login('ada'),
      await t.login('bob', { onSignalingNotify: (event) => t.told(order.push(['option', event])) }),
    ];
    bob.nim.on('signalingNotify', (event) => order.push(['event', event]));
    await ada.nim.signalingCallEx({ type: 1, account: bob.account, requestId: 'r' });
    await told;
    equal(order.map(([how]) => how), ['event', 'option']);
    ok(order[0][1] === order[1][1], 'both get the same object');
  }],
  ['1 emitter', 'on, once, off, addListener, removeListener, removeAllListeners, emit; off without a function removes all', async (t) => {
    const ada = await t.login('ada');
    const { nim } = ada;
    const heard = [];
    const [one, two] = [() => heard.push(1), () => heard.push(2)];
    nim.off('signalingNotify').on('signalingNotify', one).addListener('signalingNotify', two).once('signalingNotify', two);
    equal(nim.emit('signalingNotify', {}), true);
    nim.removeListener('signalingNotify', one).emit('signalingNotify', {});
    nim.on('signalingNotify', one).off('signalingNotify');
    equal([nim.emit('signalingNotify', {}), heard], [false, [1, 2, 2, 2]]);
    nim.on('signalingNotify', one).removeAllListeners();
    equal(nim.emit('signalingNotify', {}), false);
  }],
  ['1 setOptions', 'replaces callbacks of an instance that is connected', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const told = new Promise((onSignalingNotify) => bob.nim.setOptions({ onSignalingNotify }));
    await ada.nim.signalingCallEx({ type: 1, account: bob.account, requestId: 'r' });
    equal((await told).eventType, 'INVITE');
  }],
  ['1 sendG2Msg', 'done(null, msg) here, onmsg(msg) there, with one idServer; attach is any value', async (t) => {
    const ada = await t.login('ada');
    let hear;
    const heard = new Promise((resolve) => (hear = resolve));
    const bob = await t.login('bob', { onmsg: (message) => hear(message) });
    const attach = { cmd: 'ring', list: [1, 'é😀', null] };
    const sent = await new Promise((resolve) => {
      ada.nim.sendG2Msg({ attach, scene: 'p2p', to: bob.account, done: (...how) => resolve(how) });
    });
    const common = { scene: 'p2p', from: ada.account, to: bob.account, type: 'g2', attach, status: 'success' };
    equal(sent[0], null, 'the error');
    has(sent[1], { ...common, flow: 'out' }, 'the message sent');
    const came = await heard;
    has(came, { ...common, flow: 'in' }, 'the message that came');
    for (const { time } of [sent[1], came]) ok(time > 1e12, 'both have a time');
    match(came.idServer, /^[1-9]\d*$/, 'the relay\'s id');
    equal(sent[1].idServer, came.idServer, 'by which both sides know it');
    has(await bob.hears('msg'), { attach }, "the event 'msg'");
  }],
  ['2.1 parameters', 'a missing one throws at once, an object that is no Error; cancel, reject, accept, control take no undefined', async (t) => {
    const { nim } = await t.login('ada');
    throwsFor(nim, 'signalingInvite', both, ['channelId', 'requestId', 'account']);
    for (const name of ['Cancel', 'Reject', 'Accept', 'Control']) {
      const what = thrown(() => nim[`signaling${name}`]());
      ok(what instanceof TypeError, `signaling${name}() throws a TypeError`);
    }
  }],
  ['2.2 not logged in', "rejects with the code 'Error_Connection_Socket_State_not_Match'", async (t) => {
    const ada = await t.login('ada');
    await ada.disconnect();
    await refused(ada.nim.signalingLeave(both), 'Error_Connection_Socket_State_not_Match', { cmd: 'signalingLeave' });
  }],
  ['2.2 no answer', "rejects with 'Error_Timeout' after 8 s", async (t) => {
    const line = await t.line();
    const ada = await t.login('ada', { line });
    await line.hold();
    await refused(ada.nim.signalingCreate({ type: 1 }), 'Error_Timeout');
  }, 'slow'],
  ['2.2 link lost', "a call in flight is asked again when the link is back; if it is not, 'Error_Internet_Disconnected' or 'Error_Timeout'", async (t) => {
    const line = await t.line();
    const ada = await t.login('ada', { line, needReconnect: false });
    await line.hold();
    const call = ada.nim.signalingCreate({ type: 1 });
    await line.cut();
    await refused(call, 'Error_Internet_Disconnected');
    const lucky = await t.line();
    const bob = await t.login('bob', { line: lucky });
    await lucky.hold();
    const retried = bob.nim.signalingCreate({ type: 1 });
    await lucky.cut();
    await lucky.mend();
    equal((await retried).creator, bob.account);
  }, 'slow'],
  ['2.3 refused', "an Error: name 'NIMError', code, message, timetag, event, callFunc, cmd", async (t) => {
    const { nim } = await t.login('ada');
    const error = await refused(nim.signalingJoin({ channelId: 'nowhere' }), 10404);
    has(error, { event: {}, callFunc: 'api::signalling', cmd: 'signalingJoin' });
    equal(typeof error.timetag, 'number', 'timetag');
    match(JSON.stringify(error), /"message":"ROOM_NOT_EXISTS"/, 'the error as JSON');
    const unnamed = await refused(nim.signalingCreate({ type: 9 }), 10414);
    match(unnamed.message, /signalingCreate error: /, 'the message of a code without a name');
  }],
  ['2.4 the options', "the caller's object is not written to", async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const pushInfo = Object.freeze({ needPush: false, pushPayload: Object.freeze({ a: 1 }) });
    const options = Object.freeze({ type: 1, account: bob.account, requestId: 'r', pushInfo });
    await ada.nim.signalingCall(options);
    equal(options, { type: 1, account: bob.account, requestId: 'r', pushInfo: { needPush: false, pushPayload: { a: 1 } } });
  }],
  ['2.5 lengths', 'are the relay\'s to refuse: nothing is thrown, the rejection names field and limit', async (t) => {
    const { nim } = await t.login('ada');
    await refused(nim.signalingCreate({ type: 1, channelName: 'x'.repeat(129) }), 10414, { field: 'channelName', limit: 128 });
  }],
  ['2.6 values', 'off the wire are strings: type, times, uid, callStatus', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const call = await ada.nim.signalingCallEx({ type: 2, account: bob.account, requestId: 'r', uid: 7 });
    strings(call, ['type', 'channelCreateTime', 'channelExpireTime', 'callStatus']);
    strings(call.members[0], ['uid', 'createTime', 'expireTime']);
    equal([call.type, call.members[0].uid, call.callStatus], ['2', '7', '200']);
    strings(await bob.next('INVITE'), ['type', 'channelCreateTime', 'channelExpireTime', 'time', 'msgid']);
  }],
];
