// node call.story.cjs PACKAGE: a story of ada, bob and a second device of bob's, told over the relay that BECKON_URL names.
const assert = require('node:assert/strict');
const { NIM } = require(process.argv[2]);

const crew = `${process.env.STORY ?? 'story'}-${process.pid}`;

/** A device: what its account hears, in order, each once. */
function device(name, options = {}) {
  const heard = [];
  const waiting = [];
  const hear = (event) => {
    heard.push(event);
    waiting.splice(0).forEach((look) => look());
  };
  return new Promise((resolve, reject) => {
    const nim = NIM.getInstance({
      appKey: options.appKey ?? crew,
      account: `${crew}-${name}`,
      token: 'any',
      onconnect: () => resolve({ nim, account: nim.account, next, nothing }),
      onerror: reject,
      ondisconnect: (why) => why.code === 'manuallyDisconnect' || reject(new Error(JSON.stringify(why))),
    });
    nim.on('signalingNotify', (e) => hear({ on: 'notify', ...e }));
    nim.on('signalingMutilClientSyncNotify', (e) => hear({ on: 'multiclient', ...e }));
  });

  /** The next event, which has to be of that type. */
  async function next(eventType, on = 'notify') {
    while (!heard.length) await new Promise((resolve) => waiting.push(resolve));
    const event = heard.shift();
    assert.equal(`${event.on} ${event.eventType}`, `${on} ${eventType}`);
    return event;
  }
  function nothing() {
    assert.deepEqual(heard, []);
  }
}

const refused = (promise, code, message) =>
  assert.rejects(promise, (error) => {
    assert(error instanceof Error);
    assert.equal(error.name, 'NIMError');
    assert.equal(error.code, code);
    if (message) assert.equal(error.message, message);
    return true;
  });

async function tell() {
  const ada = await device('ada');
  const bob = await device('bob');
  // In one process an appKey and account have one instance; another appKey of the same relay is another device.
  const bob2 = await device('bob', { appKey: `${crew}-second` });

  // Ring, accept, both connected, hang up.
  const call = await ada.nim.signalingCallEx({ type: 2, account: bob.account, requestId: 'r1', attachExt: 'come 🎈\u0000"' , uid: '9007199254740993' });
  assert.equal(call.callStatus, '200');
  assert.equal(call.code, 200);
  assert.equal(call.members[0].uid, '9007199254740993');
  const invite = await bob.next('INVITE');
  assert.equal(invite.from, ada.account);
  assert.equal(invite.attachExt, 'come 🎈\u0000"');
  assert.equal(invite.channelId, call.channelId);
  await bob2.next('INVITE');
  const joined = await bob.nim.signalingJoinAndAccept({ channelId: invite.channelId, account: invite.from, requestId: invite.requestId });
  assert.deepEqual(joined.members.map((m) => m.accid), [ada.account, bob.account]);
  const join = await ada.next('ROOM_JOIN');
  assert.equal(JSON.parse(join.attach).member[1], bob.account);
  assert.equal((await ada.next('ACCEPT')).requestId, 'r1');
  await bob2.next('ACCEPT', 'multiclient');
  await refused(bob2.nim.signalingJoinAndAccept({ channelId: invite.channelId, account: invite.from, requestId: 'r1' }), 10420, 'ROOM_MEMBER_HAS_EXISTS_OTHER_CLIENT');
  await refused(bob2.nim.signalingAccept({ channelId: invite.channelId, account: invite.from, requestId: 'r1' }), 10410, 'INVITE_HAS_ACCEPT');
  await bob.nim.signalingClose({ channelId: invite.channelId, attachExt: 'bye' });
  assert.equal((await ada.next('ROOM_CLOSE')).attachExt, 'bye');
  await refused(ada.nim.signalingClose({ channelId: invite.channelId }), 10404, 'ROOM_NOT_EXISTS');

  // Create, join, invite one by one; reject.
  const room = await ada.nim.signalingCreate({ type: 1, channelName: `${crew} room`, ext: 'x' });
  await refused(ada.nim.signalingCreate({ type: 1, channelName: `${crew} room` }), 10405, 'ROOM_HAS_EXISTS');
  const { channelId } = room;
  await ada.nim.signalingJoin({ channelId, uid: 7 });
  await refused(ada.nim.signalingJoin({ channelId }), 10407, 'ROOM_MEMBER_HAS_EXISTS');
  await ada.nim.signalingInvite({ channelId, account: bob.account, requestId: 'r2' });
  await Promise.all([bob.next('INVITE'), bob2.next('INVITE')]);
  await bob2.nim.signalingReject({ channelId, account: ada.account, requestId: 'r2', attachExt: 'busy' });
  assert.equal((await ada.next('REJECT')).attachExt, 'busy');
  await bob.next('REJECT', 'multiclient');
  await refused(bob.nim.signalingAccept({ channelId, account: ada.account, requestId: 'r2' }), 10409, 'INVITE_HAS_REJECT');

  // Cancel; accept with autoJoin; leave.
  await ada.nim.signalingInvite({ channelId, account: bob.account, requestId: 'r3' });
  await Promise.all([bob.next('INVITE'), bob2.next('INVITE')]);
  await ada.nim.signalingCancel({ channelId, account: bob.account, requestId: 'r3' });
  await Promise.all([bob.next('CANCEL_INVITE'), bob2.next('CANCEL_INVITE')]);
  await refused(bob.nim.signalingAccept({ channelId, account: ada.account, requestId: 'r3' }), 10408, 'INVITE_NOT_EXISTS');
  await ada.nim.signalingInvite({ channelId, account: bob.account, requestId: 'r4' });
  await Promise.all([bob.next('INVITE'), bob2.next('INVITE')]);
  await refused(bob.nim.signalingJoin({ channelId, uid: '7' }), 10417, 'UID_CONFLICT');
  const accepted = await bob.nim.signalingAccept({ channelId, account: ada.account, requestId: 'r4', autoJoin: true, joinAttachExt: 'here' });
  assert.equal(accepted.members.length, 2);
  await ada.next('ACCEPT');
  assert.equal((await ada.next('ROOM_JOIN')).attachExt, 'here');
  await bob2.next('ACCEPT', 'multiclient');
  await bob.nim.signalingLeave({ channelId });
  await ada.next('LEAVE');
  await ada.nim.signalingClose({ channelId });

  // What cannot be: nobody there, no parameter, not logged in.
  await refused(ada.nim.signalingCall({ type: 1, account: `${crew}-nobody`, requestId: 'r5' }), 10201, 'PEER_NIM_OFFLINE');
  const away = await ada.nim.signalingCallEx({ type: 1, account: `${crew}-nobody`, requestId: 'r6' });
  assert.equal(away.callStatus, '10201');
  assert.throws(() => ada.nim.signalingInvite({ channelId }), (why) => !(why instanceof Error) && why.callFunc === 'api::signalling');
  for (const one of [ada, bob, bob2]) one.nothing();
  await new Promise((done) => ada.nim.disconnect({ done }));
  await refused(ada.nim.signalingCreate({ type: 1 }), 'Error_Connection_Socket_State_not_Match');
  for (const one of [ada, bob, bob2]) one.nim.destroy();
  console.log('the story ends well');
}

tell().catch((why) => {
  console.log(why);
  process.exit(1);
});
