// NIM contract, section 4: each code, by every call that rejects with it.

import { equal, has, match, ok, refused } from './claims.mjs';
import { crowd } from './crowd.mjs';

const nowhere = { channelId: 'f'.repeat(32), account: 'somebody', requestId: 'r' };

/** answers are the ways to answer an invitation, or to take it back. */
const answers = ({ ada, bob, answer, ask }) => ({
  reject: () => bob.nim.signalingReject(answer),
  accept: () => bob.nim.signalingAccept(answer),
  'accept with autoJoin': () => bob.nim.signalingAccept({ ...answer, autoJoin: true }),
  joinAndAccept: () => bob.nim.signalingJoinAndAccept(answer),
  cancel: () => ada.nim.signalingCancel(ask),
});

async function allRefused(calls, code) {
  for (const [name, call] of Object.entries(calls)) await refused(call(), code).catch((why) => Promise.reject(Object.assign(why, { message: `${name}: ${why.message}` })));
}

export const codes = [
  ['10201', 'PEER_NIM_OFFLINE: the text says OFFLINE, and it has happened; from invite, call, accept, reject', async (t) => {
    const ada = await t.login('ada');
    const { channelId } = await t.room(ada);
    const bob = { account: t.account('bob') };
    const error = await refused(ada.nim.signalingInvite({ channelId, account: bob.account, requestId: 'r1', offlineEnabled: true }), 10201);
    match(error.message, /OFFLINE/i, 'its message');
    const call = await refused(ada.nim.signalingCall({ type: 1, account: bob.account, requestId: 'r2' }), 10201);
    const here = await t.login('bob');
    equal((await here.sync()).unread.map((e) => e.requestId), ['r1'], 'the invitation that was kept');
    await t.gone(ada);
    await refused(here.nim.signalingAccept({ channelId, account: ada.account, requestId: 'r1' }), 10201);
    await refused(here.nim.signalingReject({ channelId: call.channelId, account: ada.account, requestId: 'r2' }), 10201);
    await refused(here.nim.signalingAccept({ channelId, account: ada.account, requestId: 'r1' }), 10410);
    await refused(here.nim.signalingReject({ channelId: call.channelId, account: ada.account, requestId: 'r2' }), 10409);
  }],
  ['10202', 'PEER_PUSH_OFFLINE: nobody is online, and no push reached them; it has happened', async (t) => {
    const ada = await t.login('ada');
    const { channelId } = await t.room(ada);
    const push = { account: t.account('bob'), offlineEnabled: true, pushInfo: { needPush: true, pushContent: 'ring' } };
    const error = await refused(ada.nim.signalingInvite({ channelId, requestId: 'r1', ...push }), 10202);
    match(error.message, /OFFLINE/i, 'its message');
    await refused(ada.nim.signalingCall({ type: 1, requestId: 'r2', ...push }), 10202);
    const bob = await t.login('bob');
    equal((await bob.sync()).unread.map((e) => e.requestId), ['r1', 'r2'], 'what was kept');
  }],
  ['10404', 'ROOM_NOT_EXISTS: unknown, or closed; from every call that names a channel', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const calls = ['Join', 'Leave', 'Close', 'Invite', 'Cancel', 'Reject', 'Accept', 'JoinAndAccept', 'Delay', 'Control'];
    for (const name of calls) await refused(ada.nim[`signaling${name}`](nowhere), 10404);
    await refused(ada.nim.signalingGetChannelInfo({ channelName: t.unique('nowhere') }), 10404);
    const { channelId, channelName } = await t.room(ada, bob);
    await ada.nim.signalingClose({ channelId });
    for (const name of calls) await refused(bob.nim[`signaling${name}`]({ ...nowhere, channelId, account: ada.account }), 10404);
    await refused(bob.nim.signalingGetChannelInfo({ channelName }), 10404);
  }],
  ['10405', 'ROOM_HAS_EXISTS: a live channel has the name; from create, call, callEx; a closed one leaves it free', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { channelId, channelName } = await t.room(ada);
    const call = { type: 1, channelName, account: ada.account, requestId: 'r' };
    await refused(bob.nim.signalingCreate({ type: 1, channelName }), 10405);
    await refused(bob.nim.signalingCall(call), 10405);
    await refused(bob.nim.signalingCallEx(call), 10405);
    await ada.nim.signalingClose({ channelId });
    equal((await bob.nim.signalingCreate({ type: 1, channelName })).creator, bob.account);
  }],
  ['10406', 'ROOM_MEMBER_NOT_EXISTS: the caller is not in the channel (leave, close, invite, delay), or control\'s target is not', async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    const { channelId } = await t.room(ada);
    await refused(bob.nim.signalingLeave({ channelId }), 10406);
    await refused(bob.nim.signalingClose({ channelId }), 10406);
    await refused(bob.nim.signalingInvite({ channelId, account: eve.account, requestId: 'r' }), 10406);
    await refused(bob.nim.signalingDelay({ channelId }), 10406);
    await refused(ada.nim.signalingControl({ channelId, account: eve.account }), 10406);
  }],
  ['10407', 'ROOM_MEMBER_HAS_EXISTS: the caller (join, joinAndAccept) or the invitee is in already', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { channelId, answer } = await t.ring(ada, bob);
    await bob.nim.signalingJoin({ channelId });
    await refused(bob.nim.signalingJoin({ channelId }), 10407);
    await refused(bob.nim.signalingJoinAndAccept(answer), 10407);
    await refused(ada.nim.signalingInvite({ channelId, account: bob.account, requestId: 'again' }), 10407);
    await refused(bob.nim.signalingAccept({ ...answer, autoJoin: true }), 10407);
  }],
  ['10408', 'INVITE_NOT_EXISTS: unknown, taken back, or expired; from cancel, reject, accept, joinAndAccept', async (t, { invitation }) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const late = await t.ring(ada, bob);
    const gone = await t.ring(ada, bob);
    const unknown = { ...gone, answer: { ...gone.answer, requestId: 'unknown' }, ask: { ...gone.ask, requestId: 'unknown' } };
    await allRefused(answers({ ada, bob, ...unknown }), 10408);
    await ada.nim.signalingCancel(gone.ask);
    await allRefused(answers({ ada, bob, ...gone }), 10408);
    await new Promise((resolve) => setTimeout(resolve, invitation));
    await allRefused(answers({ ada, bob, ...late }), 10408);
    await bob.next('CANCEL_INVITE', { requestId: gone.requestId });
    for (const one of [ada, bob]) await one.nothing();
  }, 'slow'],
  ['10409', 'INVITE_HAS_REJECT: from cancel, reject, accept, joinAndAccept', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const ring = await t.ring(ada, bob);
    await bob.nim.signalingReject(ring.answer);
    await allRefused(answers({ ada, bob, ...ring }), 10409);
  }],
  ['10410', 'INVITE_HAS_ACCEPT: from cancel, reject, accept, joinAndAccept', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const ring = await t.ring(ada, bob);
    await bob.nim.signalingAccept(ring.answer);
    await allRefused(answers({ ada, bob, ...ring }), 10410);
  }],
  ['10414', 'a bad parameter, named by field: not of its type, out of its range, oneself as the invitee', async (t) => {
    const ada = await t.login('ada');
    const { channelId } = await t.room(ada);
    await refused(ada.nim.signalingCreate({ type: 'audio' }), 10414, { field: 'type' });
    await refused(ada.nim.signalingCreate({ type: 4 }), 10414, { field: 'type' });
    await refused(ada.nim.signalingJoin({ channelId: { id: 7 } }), 10414, { field: 'channelId' });
    await refused(ada.nim.signalingLeave({ channelId, attachExt: { a: 1 } }), 10414, { field: 'attachExt' });
    await refused(ada.nim.signalingInvite({ channelId, account: ada.account, requestId: 'r' }), 10414, { field: 'account' });
    await refused(ada.nim.signalingLeave({ channelId, attachExt: 1n }), 10414, { field: 'attachExt' });
  }],
  ['10417', 'UID_CONFLICT: another member has this uid; from join, accept with autoJoin, joinAndAccept, createAndJoin', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { channelId, answer, call } = await t.ring(ada, bob, { uid: 7 });
    await refused(bob.nim.signalingJoin({ channelId, uid: 7 }), 10417);
    await refused(bob.nim.signalingCreateAndJoin({ type: 1, channelName: call.channelName, uid: '7' }), 10417);
    await refused(bob.nim.signalingJoinAndAccept({ ...answer, uid: '7' }), 10417);
    await refused(bob.nim.signalingAccept({ ...answer, autoJoin: true, uid: '7' }), 10417);
    await bob.nim.signalingJoin({ channelId, uid: 8 });
  }],
  ['10419', 'ROOM_MEMBER_EXCEED: the channel is full; from join, accept with autoJoin, joinAndAccept, invite, createAndJoin', async (t, env) => {
    const { room, creator, invitee, answer } = await crowd(env);
    // They were asked before the last seat was taken.
    await refused(invitee.nim.signalingJoinAndAccept(answer), 10419);
    await refused(invitee.nim.signalingAccept({ ...answer, autoJoin: true }), 10419);
    const eve = await t.login('eve');
    await refused(eve.nim.signalingJoin({ channelId: room.channelId }), 10419);
    await refused(eve.nim.signalingCreateAndJoin({ type: 1, channelName: room.channelName }), 10419);
    await refused(creator.nim.signalingInvite({ channelId: room.channelId, account: eve.account, requestId: 'r' }), 10419);
  }, 'slow'],
  ['10420', 'ROOM_MEMBER_HAS_EXISTS_OTHER_CLIENT: the account is in the channel from another device; from join, accept with autoJoin, joinAndAccept', async (t) => {
    const [ada, bob, bob2] = [await t.login('ada'), await t.login('bob'), await t.login('bob', { device: 'two' })];
    const { channelId, answer } = await t.ring(ada, bob);
    await bob.nim.signalingJoin({ channelId });
    await refused(bob2.nim.signalingJoin({ channelId }), 10420);
    await refused(bob2.nim.signalingJoinAndAccept(answer), 10420);
    await refused(bob2.nim.signalingAccept({ ...answer, autoJoin: true }), 10420);
  }],
  ['general codes', 'numbers of their own, with a text that names the call and a detail; none of them reads like somebody offline', async (t) => {
    const { NIM } = t.env;
    const why = await new Promise((ondisconnect) => {
      const login = { appKey: t.unique('app'), account: 'a\u0000', token: 'any', ondisconnect };
      t.env.reach(undefined, async () => t.devices.push(NIM.getInstance(login)));
    });
    ok(typeof why.code === 'number' && why.message, 'a refused login has a number and a text');
    const ada = await t.login('ada');
    const error = await refused(ada.nim.signalingCreate({ type: 9 }), 10414);
    ok(!/offline/i.test(error.message), 'its message does not say OFFLINE');
    has(error, { callFunc: 'api::signalling', cmd: 'signalingCreate' });
  }],
];
