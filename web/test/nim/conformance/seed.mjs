// The examples of the vendor's page, as they stand there. What they name for the sake of the example (a channel, two
// accounts, a requestId) is this case's own; all else, and what they make of the answer, is theirs.

import { equal, has, ok } from './claims.mjs';

/** run runs an example with other names, and answers what it warned of. */
async function run(t, device, method, names) {
  const said = [];
  const nim = { [method]: (param) => device.nim[method]({ ...param, ...names }) };
  await t.env.examples[method](nim, (...words) => said.push(words));
  equal(said.length, 1, 'the number of warnings');
  ok(!said[0].includes(undefined), 'nothing that it reads is undefined');
  return said[0];
}

const ids = ({ answer: { channelId, requestId } }) => ({ channelId, requestId });

export const seed = [
  ['example signalingInvite', 'invited, with a push message; then the reasons why not', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { channelId } = await t.room(ada);
    const [word, data, code] = await run(t, ada, 'signalingInvite', { channelId, account: bob.account });
    equal([word, code, data.to], ['invited', 200, bob.account]);
    await bob.next('INVITE', { requestId: '123', attachExt: '12', needPush: true, pushTitle: 'title', pushContent: '你收到了邀请', pushPayload: '{"from":111}' });
    const [sorry, error] = await run(t, ada, 'signalingInvite', { account: bob.account });
    equal([sorry, error.code], ['not invited', 10404]);
  }],
  ['example signalingCancel', 'cancelled; then the reasons why not', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const ring = await t.ring(ada, bob);
    const names = { ...ids(ring), account: bob.account };
    const [word, , code] = await run(t, ada, 'signalingCancel', names);
    equal([word, code], ['cancelled', 200]);
    await bob.next('CANCEL_INVITE', { attachExt: '11' });
    equal((await run(t, ada, 'signalingCancel', names)).map((w) => w.code ?? w), ['not cancelled', 10408]);
  }],
  ['example signalingAccept', 'accepted; channelInfo and members are there to be read', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const ring = await t.ring(ada, bob);
    const said = await run(t, bob, 'signalingAccept', { ...ids(ring), account: ada.account });
    equal([said[0], ...said.slice(2)], ['accepted', 200, ring.call.channelName, 1]);
    await ada.next('ACCEPT', { attachExt: '12' });
    equal(await run(t, bob, 'signalingAccept', { account: ada.account }), ['no channel']);
  }],
  ['example signalingJoinAndAccept', 'accepted and joined; the members have account, uid, createTimestamp, expireTimestamp', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const ring = await t.ring(ada, bob);
    const [word, channelInfo, account, uid, sum] = await run(t, bob, 'signalingJoinAndAccept', { ...ids(ring), account: ada.account });
    equal([word, channelInfo.channelId, account, uid], ['accepted and joined', ring.channelId, ada.account, ring.call.members[0].uid]);
    ok(sum > 3e12, 'two times are two numbers');
    await ada.next('ROOM_JOIN', { attachExt: 'join ext' });
    await ada.next('ACCEPT', { attachExt: '12' });
    equal((await run(t, bob, 'signalingJoinAndAccept', { ...ids(ring), account: ada.account })).map((w) => w.code ?? w), ['not accepted', 10407]);
  }],
  ['example signalingReject', 'rejected; channelInfo and members are there to be read', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const ring = await t.ring(ada, bob);
    const [word, , code, channelInfo, members] = await run(t, bob, 'signalingReject', { ...ids(ring), account: ada.account });
    equal([word, code, channelInfo.channelId, members.length], ['rejected', 200, ring.channelId, 1]);
    await ada.next('REJECT');
    equal(await run(t, bob, 'signalingReject', { account: ada.account }), ['no channel']);
  }],
  ['example signalingCall', 'called; again, the channel exists; nobody there, 10202', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const [word, data, code, channelInfo, members] = await run(t, ada, 'signalingCall', { account: bob.account });
    equal([word, code, channelInfo.channelName, members[0].uid], ['called', 200, '呼叫信令频道1', '123']);
    await bob.next('INVITE', { requestId: '2333', type: '1', needPush: true, pushPayload: '{"from":"test"}' });
    equal(await run(t, bob, 'signalingCall', { account: ada.account }), ['channel exists']);
    await ada.nim.signalingClose({ channelId: data.channelId });
    equal(await run(t, ada, 'signalingCall', { account: t.account('nobody') }), ['push failed']);
    await ada.nim.signalingClose(await ada.nim.signalingGetChannelInfo({ channelName: '呼叫信令频道1' }));
  }, 'alone'],
  ['example signalingCallEx', 'called, its push fields at the top level and an empty uid; again, the channel exists', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const [word, data, code, channelInfo, members] = await run(t, ada, 'signalingCallEx', { account: bob.account });
    equal([word, code, channelInfo.channelId, members.length], ['called', 200, data.channelId, 1]);
    await bob.next('INVITE', { requestId: '2333', needPush: true, pushTitle: 'title', pushContent: '你收到了邀请', pushPayload: '{"from":"test"}' });
    const [sorry, error] = await run(t, bob, 'signalingCallEx', { account: ada.account });
    equal([sorry, error.code], ['not called', 10405]);
    has(await ada.nim.signalingClose({ channelId: data.channelId }), { code: 200 });
  }, 'alone'],
];
