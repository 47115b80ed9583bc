// NIM contract, section 3.1: each function; what it requires, what it resolves to, who hears of it. Its codes are in codes.mjs.

import { equal, has, ok, refused, throwsFor } from './claims.mjs';

const CHANNEL = ['type', 'channelName', 'channelId', 'channelCreateTime', 'channelExpireTime', 'creator'];
const accounts = (result) => result.members.map((m) => m.accid);

/** isChannel claims that the result is the channel, flat. */
function isChannel(result, room) {
  for (const name of CHANNEL) if (name !== 'channelExpireTime') equal(result[name], room[name], name);
}

export const functions = [
  ['3.1 common fields', 'offlineEnabled counts only when it is true itself; attachExt reaches the receivers as attachExt', async (t) => {
    const ada = await t.login('ada');
    const { channelId } = await t.room(ada);
    for (const offlineEnabled of [1, 'true', {}, undefined, false]) {
      await refused(ada.nim.signalingInvite({ channelId, account: t.account('eve'), requestId: t.unique(), offlineEnabled }), 10201);
    }
    const eve = await t.login('eve');
    equal((await eve.sync()).unread, [], 'what was kept for eve');
    await ada.nim.signalingInvite({ channelId, account: eve.account, requestId: 'r', attachExt: 'hi é😀\u0000"' });
    await eve.next('INVITE', { attachExt: 'hi é😀\u0000"' });
  }],
  ['signalingCreate', 'requires type; a Channel; the creator is not a member yet; nobody hears', async (t) => {
    const [ada, ada2] = [await t.login('ada'), await t.login('ada', { device: 'two' })];
    throwsFor(ada.nim, 'signalingCreate', {}, ['type']);
    const room = await ada.nim.signalingCreate({ type: 3, ext: 'x', attachExt: 'not sent', uid: 7 });
    has(room, { type: '3', ext: 'x', creator: ada.account, attachExt: undefined, uid: undefined, members: undefined });
    ok(room.channelName.length > 0, 'a name is generated when there is none');
    equal((await ada.nim.signalingGetChannelInfo({ channelName: room.channelName })).members, []);
    await ada2.nothing();
  }],
  ['signalingDelay', 'requires channelId; the Channel, valid for 2 h from now', async (t) => {
    const ada = await t.login('ada');
    throwsFor(ada.nim, 'signalingDelay', {}, ['channelId']);
    const room = await ada.nim.signalingCreate({ type: 1 });
    const delayed = await ada.nim.signalingDelay({ channelId: room.channelId });
    isChannel(delayed, room);
    ok(Number(delayed.channelExpireTime) >= Number(room.channelCreateTime) + 7_200_000, 'it lives 2 h more');
  }],
  ['signalingClose', 'requires channelId; Channel and offlineEnabled false; ROOM_CLOSE to every other member, and no LEAVE', async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    const room = await t.room(ada, bob, eve);
    const ada2 = await t.login('ada', { device: 'two' });
    throwsFor(ada.nim, 'signalingClose', {}, ['channelId']);
    const closed = await bob.nim.signalingClose({ channelId: room.channelId, attachExt: 'bye', offlineEnabled: true });
    isChannel(closed, room);
    equal(closed.offlineEnabled, false);
    for (const one of [ada, ada2, eve]) {
      await one.next('ROOM_CLOSE', { from: bob.account, attachExt: 'bye', channelId: room.channelId });
      await one.nothing();
    }
    await bob.nothing();
  }],
  ['signalingJoin', 'requires channelId; ChannelM with the caller; ROOM_JOIN to every other member', async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    const room = await t.room(ada, bob);
    throwsFor(eve.nim, 'signalingJoin', {}, ['channelId']);
    const joined = await eve.nim.signalingJoin({ channelId: room.channelId, uid: 42, attachExt: 'here' });
    isChannel(joined, room);
    equal(accounts(joined), [ada.account, bob.account, eve.account]);
    equal([joined.members[2].uid, joined.attachExt], ['42', undefined]);
    for (const one of [ada, bob]) await one.next('ROOM_JOIN', { from: eve.account, attachExt: 'here', channelId: room.channelId });
    await eve.nothing();
  }],
  ['signalingLeave', 'requires channelId; Echo without `to`; LEAVE to every other member; the channel lives on', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { channelId, channelName } = await t.room(ada, bob);
    throwsFor(bob.nim, 'signalingLeave', {}, ['channelId']);
    const left = await bob.nim.signalingLeave({ channelId, attachExt: 'bye', mine: 1 });
    has(left, { channelId, attachExt: 'bye', mine: 1, offlineEnabled: false, to: undefined, type: undefined });
    await ada.next('LEAVE', { from: bob.account, attachExt: 'bye', channelId });
    await ada.nim.signalingLeave({ channelId });
    equal(accounts(await bob.nim.signalingGetChannelInfo({ channelName })), []);
  }],
  ['signalingGetChannelInfo', 'requires channelName, not channelId; ChannelM; any user of the app may ask', async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    const room = await t.room(ada, bob);
    throwsFor(eve.nim, 'signalingGetChannelInfo', { channelId: room.channelId }, ['channelName']);
    const found = await eve.nim.signalingGetChannelInfo({ channelName: room.channelName });
    isChannel(found, room);
    equal(accounts(found), [ada.account, bob.account]);
  }],
  ['signalingInvite', "requires channelId, requestId, account; EchoPush; INVITE to all of the invitee's devices, and to nobody else", async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    const bob2 = await t.login('bob', { device: 'two' });
    const { channelId } = await t.room(ada, eve);
    const ask = { channelId, account: bob.account, requestId: t.unique('ring') };
    throwsFor(ada.nim, 'signalingInvite', ask, ['channelId', 'requestId', 'account']);
    const invited = await ada.nim.signalingInvite({ ...ask, attachExt: 'come' });
    has(invited, { ...ask, attachExt: 'come', to: bob.account, offlineEnabled: false, needPush: false, needBadge: true });
    for (const one of [bob, bob2]) await one.next('INVITE', { from: ada.account, to: bob.account, requestId: ask.requestId, attachExt: 'come' });
    for (const one of [ada, eve]) await one.nothing();
  }],
  ['signalingCancel', 'requires channelId, requestId, account (the invitee); Echo; CANCEL_INVITE to the invitee', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const bob2 = await t.login('bob', { device: 'two' });
    const { ask, requestId } = await t.ring(ada, bob);
    await bob2.next('INVITE');
    throwsFor(ada.nim, 'signalingCancel', ask, ['channelId', 'requestId', 'account']);
    has(await ada.nim.signalingCancel({ ...ask, attachExt: 'never mind' }), { ...ask, attachExt: 'never mind', to: bob.account, offlineEnabled: false });
    for (const one of [bob, bob2]) await one.next('CANCEL_INVITE', { from: ada.account, to: bob.account, requestId, attachExt: 'never mind' });
    await ada.nothing();
  }],
  ['signalingReject', "requires channelId, requestId, account (the inviter); Echo; REJECT to the inviter, multi-client REJECT to own other devices", async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const bob2 = await t.login('bob', { device: 'two' });
    const { answer, requestId } = await t.ring(ada, bob);
    await bob2.next('INVITE');
    throwsFor(bob.nim, 'signalingReject', answer, ['channelId', 'requestId', 'account']);
    has(await bob.nim.signalingReject({ ...answer, attachExt: 'busy' }), { ...answer, attachExt: 'busy', to: ada.account, offlineEnabled: false });
    await ada.next('REJECT', { from: bob.account, to: ada.account, requestId, attachExt: 'busy' });
    await bob2.multi('REJECT', { from: bob.account, to: ada.account, requestId });
    for (const one of [ada, bob, bob2]) await one.nothing();
  }],
  ['signalingAccept', 'requires as reject; Echo; ACCEPT to the inviter, multi-client ACCEPT to own other devices; nobody joins', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const bob2 = await t.login('bob', { device: 'two' });
    const { call, answer, requestId } = await t.ring(ada, bob);
    await bob2.next('INVITE');
    throwsFor(bob.nim, 'signalingAccept', answer, ['channelId', 'requestId', 'account']);
    has(await bob.nim.signalingAccept({ ...answer, attachExt: 'coming' }), { ...answer, attachExt: 'coming', to: ada.account, offlineEnabled: false, channelName: undefined });
    await ada.next('ACCEPT', { from: bob.account, to: ada.account, requestId, attachExt: 'coming' });
    await bob2.multi('ACCEPT', { from: bob.account, to: ada.account, requestId });
    equal(accounts(await ada.nim.signalingGetChannelInfo(call)), [ada.account]);
    for (const one of [ada, bob, bob2]) await one.nothing();
  }],
  ['signalingAccept with autoJoin', 'a truthy autoJoin joins as well: ChannelM; ACCEPT, then ROOM_JOIN with joinAttachExt', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { call, answer } = await t.ring(ada, bob);
    const joined = await bob.nim.signalingAccept({ ...answer, attachExt: 'yes', autoJoin: 1, uid: 7, joinAttachExt: 'here' });
    isChannel(joined, call);
    equal(accounts(joined), [ada.account, bob.account]);
    equal([joined.members[1].uid, joined.requestId, joined.to], ['7', undefined, undefined]);
    await ada.next('ACCEPT', { attachExt: 'yes' });
    await ada.next('ROOM_JOIN', { attachExt: 'here', from: bob.account });
  }],
  ['signalingAccept refused', 'if the accept rejects, also with 10201, the join is not tried', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { call, answer } = await t.ring(ada, bob);
    await t.gone(ada);
    await refused(bob.nim.signalingAccept({ ...answer, autoJoin: true }), 10201);
    await refused(bob.nim.signalingAccept({ ...answer, autoJoin: true }), 10410);
    equal(accounts(await bob.nim.signalingGetChannelInfo(call)), [ada.account]);
  }],
  ['signalingJoinAndAccept', 'requires channelId, account, requestId; ChannelM; the same attachExt in ROOM_JOIN and ACCEPT; multi-client ACCEPT', async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    const bob2 = await t.login('bob', { device: 'two' });
    const { call, answer, channelId } = await t.ring(ada, bob);
    await bob2.next('INVITE');
    await eve.nim.signalingJoin({ channelId });
    await ada.next('ROOM_JOIN');
    throwsFor(bob.nim, 'signalingJoinAndAccept', answer, ['channelId', 'account', 'requestId']);
    const joined = await bob.nim.signalingJoinAndAccept({ ...answer, attachExt: 'here', uid: '7' });
    isChannel(joined, call);
    equal(accounts(joined), [ada.account, eve.account, bob.account]);
    has(joined, { callStatus: '200', requestId: undefined });
    await ada.next('ROOM_JOIN', { from: bob.account, attachExt: 'here' });
    await ada.next('ACCEPT', { from: bob.account, attachExt: 'here', requestId: answer.requestId });
    await eve.next('ROOM_JOIN', { from: bob.account, attachExt: 'here' });
    await bob2.multi('ACCEPT', { requestId: answer.requestId });
    for (const one of [ada, bob, bob2, eve]) await one.nothing();
  }],
  ['signalingControl', 'requires channelId; a copy of the options, and `to` when account is given; CONTROL to that one, or to every other member', async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    const { channelId } = await t.room(ada, bob, eve);
    throwsFor(ada.nim, 'signalingControl', {}, ['channelId']);
    const toOne = { channelId, account: bob.account, attachExt: 'mute' };
    has(await ada.nim.signalingControl(toOne), { ...toOne, to: bob.account, offlineEnabled: undefined });
    await bob.next('CONTROL', { from: ada.account, to: bob.account, attachExt: 'mute' });
    has(await ada.nim.signalingControl({ channelId, attachExt: 'all' }), { channelId, attachExt: 'all', to: undefined, offlineEnabled: undefined });
    for (const one of [bob, eve]) await one.next('CONTROL', { from: ada.account, to: undefined, attachExt: 'all' });
    for (const one of [ada, bob, eve]) await one.nothing();
  }],
  ['signalingControl from outside', 'the caller need not be a member; the receiver is a member or the creator', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { channelId } = await ada.nim.signalingCreate({ type: 1 });
    await bob.nim.signalingControl({ channelId, account: ada.account, attachExt: 'knock' });
    await ada.next('CONTROL', { from: bob.account, to: ada.account, attachExt: 'knock' });
  }],
  ['signalingCreateAndJoin', 'requires type; ChannelM; on a name in use it joins that channel; offlineEnabled is true unless said otherwise', async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    throwsFor(ada.nim, 'signalingCreateAndJoin', {}, ['type']);
    const channelName = t.unique('room');
    const made = await ada.nim.signalingCreateAndJoin({ type: 2, channelName, ext: 'x', uid: 7, attachExt: 'first' });
    has(made, { channelName, type: '2', ext: 'x', creator: ada.account });
    equal(made.members.map((m) => [m.accid, m.uid]), [[ada.account, '7']]);
    await ada.leavePage();
    equal(accounts(await bob.nim.signalingCreateAndJoin({ type: 1, channelName })), [ada.account, bob.account]);
    await eve.nim.signalingCreateAndJoin({ type: 1, channelName, offlineEnabled: false });
    const again = await t.login('ada');
    const kept = (await again.sync()).unread.filter((e) => e.eventType === 'ROOM_JOIN');
    equal(kept.map((e) => [e.from, e.attachExt ?? '']), [[bob.account, '']], 'what was kept for ada');
  }],
  ['signalingCall', "requires type, requestId, account; the invitation's result; INVITE", async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    throwsFor(ada.nim, 'signalingCall', { type: 1, requestId: 'r', account: bob.account }, ['type', 'requestId', 'account']);
    const requestId = t.unique('ring');
    const call = await ada.nim.signalingCall({ type: 2, account: bob.account, requestId, ext: 'x', uid: 7 });
    has(call, { account: bob.account, to: bob.account, requestId, attachExt: '', needPush: false, needBadge: true, offlineEnabled: false });
    await bob.next('INVITE', { channelId: call.channelId, type: '2', ext: 'x', requestId });
    equal((await ada.sync()).channels.map((c) => [c.channelId, c.members[0].uid]), [[call.channelId, '7']]);
  }],
  ['signalingCallEx', 'checks type and account; ChannelM and callStatus; INVITE', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    throwsFor(ada.nim, 'signalingCallEx', { type: 1, account: bob.account }, ['type', 'account']);
    const requestId = t.unique('ring');
    const call = await ada.nim.signalingCallEx({ type: 2, account: bob.account, requestId, attachExt: 'come', uid: 7 });
    has(call, { type: '2', callStatus: '200', creator: ada.account, requestId: undefined, attachExt: undefined });
    equal(call.members.map((m) => [m.accid, m.uid]), [[ada.account, '7']]);
    await bob.next('INVITE', { channelId: call.channelId, requestId, attachExt: 'come' });
  }],
  ['signalingMarkMsgRead', 'requires msgid, a string or an array; answers undefined, no promise; the messages leave the queue', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    throwsFor(bob.nim, 'signalingMarkMsgRead', {}, ['msgid']);
    const ring = async () => (await t.ring(ada, bob, { offlineEnabled: true })).event.msgid;
    const ids = [await ring(), await ring(), await ring(), await ring()];
    equal((await bob.sync()).unread.map((e) => e.msgid), ids);
    equal(bob.nim.signalingMarkMsgRead({ msgid: ids[1] }), undefined);
    bob.nim.signalingMarkMsgRead({ msgid: [ids[3], 'junk', -1] });
    bob.nim.signalingMarkMsgRead({ msgid: Number(ids[2]) });
    equal((await bob.sync()).unread.map((e) => e.msgid), [ids[0]]);
  }],
  ['signalingSync', 'takes nothing, resolves to nothing; the unread messages and the channels are told to this device', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const bob2 = await t.login('bob', { device: 'two' });
    const { channelId } = await t.ring(ada, bob, { offlineEnabled: true });
    equal(await bob.nim.signalingSync(), undefined);
    equal((await bob.hears('signalingUnreadMessageSyncNotify')).map((e) => e.channelId), [channelId]);
    equal(await bob.hears('signalingChannelsSyncNotify'), []);
    await bob2.next('INVITE');
    await bob2.nothing(['signalingUnreadMessageSyncNotify', 'signalingChannelsSyncNotify']);
    await bob.disconnect();
    await refused(bob.nim.signalingSync(), 'Error_Connection_Socket_State_not_Match');
  }],
  ['pushInfo', 'needPush (false), needBadge (true), pushTitle, pushContent, pushPayload: the invitee gets them; an object becomes JSON text', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { channelId } = await t.room(ada);
    const pushInfo = { needPush: true, needBadge: false, pushTitle: 't', pushContent: '你收到了邀请', pushPayload: { from: 111 } };
    const flat = { ...pushInfo, pushPayload: '{"from":111}' };
    has(await ada.nim.signalingInvite({ channelId, account: bob.account, requestId: 'r1', pushInfo }), flat);
    await bob.next('INVITE', flat);
    await ada.nim.signalingInvite({ channelId, account: bob.account, requestId: 'r2', pushInfo: { pushContent: 'c' } });
    await bob.next('INVITE', { needPush: false, needBadge: true, pushContent: 'c' });
  }],
  ['nertc*', 'accepted and given back by join, accept with autoJoin, joinAndAccept, callEx, createAndJoin; no nertcToken', async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    const nertc = { nertcChannelName: 'rtc', nertcTokenTtl: '60', nertcJoinRoomQueryParamMap: '{"a":1}' };
    const call = await ada.nim.signalingCallEx({ type: 1, account: bob.account, requestId: 'r', ...nertc });
    const { channelId } = call;
    const invitation = { channelId, account: ada.account, requestId: 'r' };
    await bob.next('INVITE');
    const results = [
      call,
      await bob.nim.signalingAccept({ ...invitation, autoJoin: true, ...nertc }),
      await eve.nim.signalingJoin({ channelId, ...nertc }),
      await eve.nim.signalingCreateAndJoin({ type: 1, ...nertc }),
    ];
    await bob.nim.signalingLeave({ channelId });
    await ada.nim.signalingInvite({ channelId, account: bob.account, requestId: 'again' });
    results.push(await bob.nim.signalingJoinAndAccept({ ...invitation, requestId: 'again', ...nertc }));
    for (const result of results) has(result, { ...nertc, nertcToken: undefined });
  }],
];
