// A worker that was away: it reads what was kept, marks it with whatever ids are at hand, and answers the newest call.
const { NIM } = require('@yxim/nim-web-sdk');
const assert = require('node:assert');

function connect(account, options = {}) {
  return new Promise((resolve, reject) => {
    const nim = NIM.getInstance({
      appKey: process.env.APP_KEY,
      account,
      token: 'token',
      db: false,
      needReconnect: true,
      reconnectionAttempts: 5,
      quickReconnect: true,
      ...options,
      onconnect: (session) => resolve({ nim, session }),
      ondisconnect: reject,
    });
  });
}

/** The next of an event. */
const once = (nim, event) => new Promise((resolve) => nim.once(event, resolve));

async function main() {
  const { nim: boss, session } = await connect('unread_boss', { customTag: 'desk' });
  assert.equal(session.customTag, 'desk');
  assert.equal(typeof session.connectionId, 'string');

  // While the worker is away: a call that is taken back, one that is closed, one that still rings, one that is not kept.
  const invite = { type: 1, account: 'unread_worker', offlineEnabled: true };
  const call = async (requestId, more = {}) => (await boss.signalingCallEx({ ...invite, requestId, attachExt: `{"n":"${requestId}"}`, ...more })).channelId;
  const withdrawn = await call('withdrawn');
  await boss.signalingCancel({ channelId: withdrawn, account: 'unread_worker', requestId: 'withdrawn', offlineEnabled: true, attachExt: 'sorry' });
  const closed = await call('closed');
  await boss.signalingClose({ channelId: closed, offlineEnabled: true });
  const older = await call('older');
  await new Promise((resolve) => setTimeout(resolve, 5));
  const newest = await call('newest');
  await call('silent', { offlineEnabled: false });

  const unreads = [];
  const { nim: worker } = await connect('unread_worker', { onSignalingUnreadMessageSyncNotify: (data) => unreads.push(data) });
  const data = unreads[0] ?? (await once(worker, 'signalingUnreadMessageSyncNotify'));
  assert.ok(Array.isArray(data));
  assert.deepEqual(data.filter((e) => e.eventType === 'INVITE').map((e) => `${e.requestId} ${e.channelInValid ? 'is over' : 'rings'}`), [
    'withdrawn is over',
    'closed is over',
    'older rings',
    'newest rings',
  ]);
  assert.equal(data.find((e) => e.eventType === 'CANCEL_INVITE' && e.requestId === 'withdrawn').attachExt, 'sorry');
  for (const event of data) {
    assert.match(event.msgid, /^\d+$/);
    assert.equal(JSON.parse(event.attach).type, { INVITE: 3, CANCEL_INVITE: 4 }[event.eventType]);
    assert.equal(Number(event.type), 1);
  }

  // Ids of any kind are taken; those that are none mark nothing.
  for (const msgid of ['undefined', 'null', '0', 'NaN', '', '[object Object]', ['undefined', '0'], ['-1', '1e3', '😀'], ['99999999999999999999999'], [12345]]) {
    if (msgid === '') assert.throws(() => worker.signalingMarkMsgRead({ msgid }), (e) => e.callFunc === 'api::signalling' && /msgid/.test(e.message));
    else assert.equal(worker.signalingMarkMsgRead({ msgid }), undefined);
  }
  let sync = once(worker, 'signalingUnreadMessageSyncNotify');
  assert.equal(await worker.signalingSync(), undefined);
  assert.deepEqual((await sync).map((e) => e.msgid), data.map((e) => e.msgid));

  // All of it read, mixed with junk.
  worker.signalingMarkMsgRead({ msgid: ['undefined', ...data.map((e) => e.msgid + ''), '0'] });
  sync = once(worker, 'signalingUnreadMessageSyncNotify');
  await worker.signalingSync();
  assert.deepEqual(await sync, []);

  // The newest is answered, by its creation; the older is busy.
  const rings = data.filter((e) => e.eventType === 'INVITE' && !e.channelInValid).sort((a, b) => b.channelCreateTime - a.channelCreateTime);
  assert.deepEqual(rings.map((e) => e.channelId), [newest, older]);
  const answered = once(boss, 'signalingNotify');
  const joined = await worker.signalingJoinAndAccept({ channelId: rings[0].channelId, account: rings[0].from, requestId: rings[0].requestId, offlineEnabled: true, uid: '' });
  assert.ok(Number(joined.members.find((m) => m.accid === 'unread_worker').uid) > 0);
  assert.ok(['ROOM_JOIN', 'ACCEPT'].includes((await answered).eventType));
  await worker.signalingReject({ channelId: older, account: 'unread_boss', requestId: 'older', attachExt: 601 });

  const codes = {};
  const attempt = (name, options) => worker[name](options).then(() => 200, (error) => error).then((how) => (codes[`${name} ${options.requestId}`] = [how.code ?? how, how.message]));
  for (const requestId of ['withdrawn', 'older', 'newest', 'unknown']) {
    const channelId = { withdrawn, older, newest, unknown: newest }[requestId];
    await attempt('signalingAccept', { channelId, account: 'unread_boss', requestId });
  }
  assert.deepEqual(codes, {
    'signalingAccept withdrawn': [10408, 'INVITE_NOT_EXISTS'],
    'signalingAccept older': [10409, 'INVITE_HAS_REJECT'],
    'signalingAccept newest': [10410, 'INVITE_HAS_ACCEPT'],
    'signalingAccept unknown': [10408, 'INVITE_NOT_EXISTS'],
  });
  await worker.signalingClose({ channelId: newest });
  boss.destroy({ done() {} });
  worker.destroy({ done() {} });
  console.log('done');
}

main();
