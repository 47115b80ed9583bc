// NIM contract, section 7: where the vendor's documentation contradicts its SDK, and what we do.

import { equal, has, ok, refused, strings } from './claims.mjs';
import { crowd } from './crowd.mjs';

const accounts = (result) => result.members.map((m) => m.accid);

export const contradictions = [
  ['C1', 'data.code: 200 in results, and nowhere when configured to be exact', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const call = () => ada.nim.signalingCallEx({ type: 1, account: bob.account, requestId: t.unique('ring') });
    equal((await call()).code, 200);
    t.env.configure({ nim: { exact: true } });
    equal((await call()).code, undefined);
  }, 'alone'],
  ['C2', 'the channel is flat, and channelInfo beside it', async (t) => {
    const ada = await t.login('ada');
    const made = await ada.nim.signalingCreateAndJoin({ type: 1 });
    equal([made.channelId, made.members.length], [made.channelInfo.channelId, 1]);
  }],
  ['C3', 'members have accid, createTime, expireTime, web_uid as strings', async (t) => {
    const ada = await t.login('ada');
    const { members } = await ada.nim.signalingCreateAndJoin({ type: 1 });
    strings(members[0], ['accid', 'uid', 'createTime', 'expireTime', 'web_uid']);
  }],
  ['C4', 'channelInValid and invalid, both booleans', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { event } = await t.ring(ada, bob);
    equal([!!event.channelInValid, event.invalid, event.channelInfo.invalid], [false, false, false]);
    const { channelId } = await t.room(ada, bob);
    await ada.nim.signalingClose({ channelId });
    const closed = await bob.next('ROOM_CLOSE');
    equal([closed.channelInValid, closed.invalid, closed.channelInfo.invalid], [true, true, true]);
  }],
  ['C5', 'reject answers the Echo of what was passed', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { answer } = await t.ring(ada, bob);
    has(await bob.nim.signalingReject(answer), { ...answer, to: ada.account, offlineEnabled: false });
  }],
  ['C6', "call answers the invitation's Echo and the channel with its members", async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const call = await ada.nim.signalingCall({ type: 2, account: bob.account, requestId: 'r' });
    has(call, { account: bob.account, to: bob.account, requestId: 'r', needPush: false, type: '2', creator: ada.account });
    equal([accounts(call), call.channelInfo.channelId], [[ada.account], call.channelId]);
  }],
  ['C7', 'on a hard failure a channel that the call made is gone; on 10201 and 10202 it stays', async (t) => {
    const ada = await t.login('ada');
    const [stays, goes] = [t.unique('stays'), t.unique('goes')];
    const away = () => ({ type: 1, account: t.account('nobody'), requestId: t.unique('ring') });
    for (const call of ['signalingCall', 'signalingCallEx']) {
      await refused(ada.nim[call]({ type: 1, account: ada.account, requestId: 'r', channelName: goes }), 10414);
      await refused(ada.nim.signalingGetChannelInfo({ channelName: goes }), 10404);
    }
    await refused(ada.nim.signalingCall({ ...away(), channelName: stays }), 10201);
    equal(accounts(await ada.nim.signalingGetChannelInfo({ channelName: stays })), [ada.account]);
    await refused(ada.nim.signalingCall({ ...away(), channelName: `${stays}2`, pushInfo: { needPush: true } }), 10202);
    equal(accounts(await ada.nim.signalingGetChannelInfo({ channelName: `${stays}2` })), [ada.account]);
  }],
  ['C8', "call on a name in use joins the caller's own channel; configured so, anybody's; callEx never", async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    const { channelName, channelId } = await ada.nim.signalingCreate({ type: 1, channelName: t.unique('room') });
    const call = { type: 1, channelName, account: eve.account };
    equal((await ada.nim.signalingCall({ ...call, requestId: 'r1' })).channelId, channelId);
    await refused(bob.nim.signalingCall({ ...call, requestId: 'r2' }), 10405);
    t.env.configure({ nim: { callJoinsExisting: true } });
    equal((await bob.nim.signalingCall({ ...call, requestId: 'r3' })).channelId, channelId);
    await refused(bob.nim.signalingCallEx({ ...call, requestId: 'r4' }), 10405);
  }, 'alone'],
  ['C9', "accept's autoJoin is off unless it is given", async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { answer, call } = await t.ring(ada, bob);
    await bob.nim.signalingAccept(answer);
    equal(accounts(await bob.nim.signalingGetChannelInfo(call)), [ada.account]);
  }],
  ['C10', "joinAndAccept's joinAttachExt, which the vendor does not send, is ROOM_JOIN's attachExt; absent, attachExt is in both", async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const one = await t.ring(ada, bob);
    await bob.nim.signalingJoinAndAccept({ ...one.answer, attachExt: 'yes', joinAttachExt: 'here' });
    await ada.next('ROOM_JOIN', { attachExt: 'here' });
    await ada.next('ACCEPT', { attachExt: 'yes' });
    const two = await t.ring(ada, bob);
    await bob.nim.signalingJoinAndAccept({ ...two.answer, attachExt: 'yes' });
    await ada.next('ROOM_JOIN', { attachExt: 'yes' });
    await ada.next('ACCEPT', { attachExt: 'yes' });
  }],
  ['C11', 'push fields count in pushInfo, and at the top level where there is none', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const flat = { needPush: true, pushTitle: 't', pushContent: 'c', pushPayload: { from: 'test' }, needBadge: false };
    await t.ring(ada, bob, flat).then(({ event }) => has(event, { ...flat, pushPayload: '{"from":"test"}' }));
    const { event } = await t.ring(ada, bob, { ...flat, pushInfo: { pushContent: 'this one' } });
    has(event, { needPush: false, needBadge: true, pushTitle: undefined, pushContent: 'this one', pushPayload: undefined });
  }],
  ['C12', "10202 is PEER_PUSH_OFFLINE, not 'channel does not exist'", async (t) => {
    const ada = await t.login('ada');
    const call = { type: 1, account: t.account('nobody'), pushInfo: { needPush: true } };
    const error = await refused(ada.nim.signalingCall({ ...call, requestId: 'r1' }), 10202);
    equal(error.message, 'PEER_PUSH_OFFLINE');
    has(await ada.nim.signalingCallEx({ ...call, requestId: 'r2' }), { callStatus: '10202', code: 10202 });
  }],
  ['C13', 'joinAndAccept rejects 10408, 10409 and 10410 too', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const [gone, no, yes] = [await t.ring(ada, bob), await t.ring(ada, bob), await t.ring(ada, bob)];
    await ada.nim.signalingCancel(gone.ask);
    await bob.nim.signalingReject(no.answer);
    await bob.nim.signalingAccept(yes.answer);
    await refused(bob.nim.signalingJoinAndAccept(gone.answer), 10408);
    await refused(bob.nim.signalingJoinAndAccept(no.answer), 10409);
    await refused(bob.nim.signalingJoinAndAccept(yes.answer), 10410);
  }],
  ['C14', "attachExt travels as attachExt, ext is the channel's; a close with ext only says nothing", async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const made = await ada.nim.signalingCreate({ type: 1, ext: "the channel's" });
    const { channelId } = made;
    await ada.nim.signalingJoin({ channelId });
    await bob.nim.signalingJoin({ channelId });
    await ada.nim.signalingClose({ channelId, ext: 'bye' });
    await bob.next('ROOM_CLOSE', { ext: "the channel's", attachExt: undefined });
  }],
  ['C15', 'events have what the declarations forgot: from, time, requestId, msgid, attachExt', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    strings((await t.ring(ada, bob, { attachExt: 'hi' })).event, ['type', 'from', 'time', 'requestId', 'msgid', 'attachExt']);
  }],
  ['C16', 'uid is taken as a number or a string, and given back as a string', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { channelId } = await ada.nim.signalingCreateAndJoin({ type: 1, uid: '42' });
    const { members } = await bob.nim.signalingJoin({ channelId, uid: 43 });
    equal(members.map((m) => m.uid), ['42', '43']);
  }],
  ['C17', 'validity: the relay extends it while members are in, and a client may, by signalingDelay', async (t) => {
    const ada = await t.login('ada');
    const room = await ada.nim.signalingCreateAndJoin({ type: 1 });
    const delayed = await ada.nim.signalingDelay({ channelId: room.channelId });
    ok(Number(delayed.channelExpireTime) >= Number(room.channelExpireTime), 'it does not get shorter');
  }],
  ['C18', 'sync is automatic and manual; what was marked as read is in neither', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const [one, two] = [await t.ring(ada, bob, { offlineEnabled: true }), await t.ring(ada, bob, { offlineEnabled: true })];
    bob.nim.signalingMarkMsgRead({ msgid: one.event.msgid });
    await bob.fence();
    await bob.leavePage();
    const again = await t.login('bob', { syncAvSignal: true });
    equal((await again.hears('signalingUnreadMessageSyncNotify')).map((e) => e.requestId), [two.requestId]);
    await again.hears('signalingChannelsSyncNotify');
    equal((await again.sync()).unread.map((e) => e.requestId), [two.requestId]);
  }],
  ['C19', 'the limit of 100 members is the channel\'s, whichever call would exceed it', async (t, env) => {
    const { room } = await crowd(env);
    const eve = await t.login('eve');
    await refused(eve.nim.signalingJoin({ channelId: room.channelId }), 10419);
    await refused(eve.nim.signalingCreateAndJoin({ type: 1, channelName: room.channelName }), 10419);
  }, 'slow'],
  ['C20', 'type is taken as a number or a string, and given back as a string', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    equal([(await ada.nim.signalingCreate({ type: 2 })).type, (await ada.nim.signalingCreate({ type: '2' })).type], ['2', '2']);
    const { event } = await t.ring(ada, bob);
    equal([event.type, Number(event.type)], ['1', 1]);
  }],
];
