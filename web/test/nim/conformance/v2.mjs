// NIM contract, section 8: V2NIMSignallingService.

import { equal, has, keys, ok, rejection } from './claims.mjs';

const INFO = ['channelName', 'channelId', 'channelType', 'channelValid', 'createTime', 'expireTime', 'creatorAccountId'];
const EVENTS = ['onOnlineEvent', 'onOfflineEvent', 'onMultiClientEvent', 'onSyncRoomInfoList'];

/** Logs in, and listens to V2 alone unless `v1`. */
async function login(t, name, { v1 = false, ...options } = {}) {
  const device = await t.login(name, { listen: v1 ? undefined : [], ...options });
  const v2 = device.nim.V2NIMSignallingService;
  for (const event of EVENTS) v2.on(event, (what) => device.heard.hear(event, what));
  /** The next onOnlineEvent, which has to be of that type. */
  const online = async (eventType, fields = {}) => {
    const event = await device.hears('onOnlineEvent');
    has(event, { eventType, ...fields }, 'the event');
    return event;
  };
  return Object.assign(device, { v2, online });
}

const cast = (t, ...names) => Promise.all(names.map((name) => login(t, name)));

/** refused waits for a call to reject with a V2NIMError. */
async function refused(call, code, fields = {}) {
  const error = await rejection(call);
  has(error, { name: 'V2NIMError', code, ...fields }, 'the error');
  equal([error.desc, typeof error.detail], [error.message, 'object']);
  return error;
}

/** isInfo claims that it is a channelInfo: numbers are numbers. */
function isInfo(info, fields) {
  keys(info, info.channelExtension === undefined ? INFO : [...INFO, 'channelExtension'], 'channelInfo');
  equal([info.channelType, info.createTime, info.expireTime].map((v) => typeof v), ['number', 'number', 'number']);
  has(info, { channelValid: true, ...fields }, 'channelInfo');
}

function isMember(member, fields) {
  keys(member, ['accountId', 'uid', 'joinTime', 'expireTime', 'deviceId'], 'a member');
  equal([member.uid, member.joinTime, member.expireTime].map((v) => typeof v), ['number', 'number', 'number']);
  has(member, fields, 'a member');
}

/** A ring that bob's V2 listeners have heard of. */
async function ring(t, ada, bob, params = {}) {
  const requestId = t.unique('ring');
  const { roomInfo } = await ada.v2.call({ calleeAccountId: bob.account, requestId, channelType: 1, ...params });
  const { channelId } = roomInfo.channelInfo;
  const event = await bob.online(3);
  return {
    event,
    channelId,
    requestId,
    info: roomInfo.channelInfo,
    ask: { channelId, requestId, inviteeAccountId: bob.account },
    answer: { channelId, requestId, inviterAccountId: ada.account },
  };
}

const members = (room) => room.members.map((m) => m.accountId);

export const v2 = [
  ['8 call', '{roomInfo: {channelInfo, members}, rtcInfo?, callStatus}; offlineEnabled is true unless said otherwise; nobody there is a callStatus', async (t) => {
    const [ada, bob] = await cast(t, 'ada', 'bob');
    const params = {
      calleeAccountId: bob.account,
      requestId: 'r',
      channelType: 2,
      channelName: t.unique('room'),
      channelExtension: 'x',
      serverExtension: 'come',
      signallingConfig: { selfUid: 42 },
      pushConfig: { pushEnabled: true, pushTitle: 't', pushContent: 'c', pushPayload: '{}' },
      rtcConfig: { rtcChannelName: 'rtc', rtcTokenTtl: 60, rtcParams: '{"a":1}' },
    };
    const { roomInfo, rtcInfo, callStatus } = await ada.v2.call(params);
    equal(callStatus, 200);
    isInfo(roomInfo.channelInfo, { channelName: params.channelName, channelType: 2, channelExtension: 'x', creatorAccountId: ada.account });
    isMember(roomInfo.members[0], { accountId: ada.account, uid: 42, deviceId: ada.nim.options.deviceId });
    has(rtcInfo, { rtcTokenTtl: 60, rtcParams: '{"a":1}', rtcToken: undefined });
    await bob.online(3, { operatorAccountId: ada.account, requestId: 'r', serverExtension: 'come', pushConfig: params.pushConfig });
    const away = await ada.v2.call({ calleeAccountId: t.account('eve'), requestId: 'r2', channelType: 1 });
    equal(away.callStatus, 10201);
    const eve = await login(t, 'eve', { syncAvSignal: true });
    equal((await eve.hears('onOfflineEvent')).map((e) => e.requestId), ['r2']);
  }],
  ['8 callSetup', 'joins and accepts: {roomInfo, rtcInfo?, callStatus}', async (t) => {
    const [ada, bob] = await cast(t, 'ada', 'bob');
    const { channelId, requestId } = await ring(t, ada, bob);
    const result = await bob.v2.callSetup({ channelId, requestId, callerAccountId: ada.account, serverExtension: 'yes', signallingConfig: { selfUid: 7 } });
    equal([result.callStatus, members(result.roomInfo), result.roomInfo.members[1].uid], [200, [ada.account, bob.account], 7]);
    isInfo(result.roomInfo.channelInfo, { channelId });
    const joined = await ada.online(2, { operatorAccountId: bob.account, serverExtension: 'yes' });
    isMember(joined.member, { accountId: bob.account, uid: 7 });
    await ada.online(6, { operatorAccountId: bob.account, inviterAccountId: ada.account, inviteeAccountId: bob.account, requestId });
  }],
  ['8 createRoom', '(channelType, channelName?, channelExtension?): channelInfo; the creator is no member', async (t) => {
    const [ada] = await cast(t, 'ada');
    const name = t.unique('room');
    isInfo(await ada.v2.createRoom(3, name, 'x'), { channelType: 3, channelName: name, channelExtension: 'x', creatorAccountId: ada.account });
    equal(members(await ada.v2.getRoomInfoByChannelName(name)), []);
    await refused(ada.v2.createRoom(1, name), 10405, { desc: 'ROOM_HAS_EXISTS' });
  }],
  ['8 closeRoom', '(channelId, offlineEnabled = false, serverExtension?): nothing', async (t) => {
    const [ada, bob] = await cast(t, 'ada', 'bob');
    const { channelId } = await t.room(ada, bob);
    equal(await ada.v2.closeRoom(channelId, undefined, 'bye'), undefined);
    const event = await bob.online(1, { operatorAccountId: ada.account, serverExtension: 'bye' });
    has(event.channelInfo, { channelId, channelValid: false });
    await refused(ada.v2.closeRoom(channelId), 10404);
  }],
  ['8 joinRoom', '{channelId, serverExtension?, signallingConfig?, rtcConfig?}: {roomInfo, rtcInfo}', async (t) => {
    const [ada, bob] = await cast(t, 'ada', 'bob');
    const { channelId } = await t.room(ada);
    const { roomInfo, rtcInfo } = await bob.v2.joinRoom({ channelId, serverExtension: 'here', signallingConfig: { selfUid: 9 } });
    equal([members(roomInfo), typeof rtcInfo], [[ada.account, bob.account], 'object']);
    isMember(roomInfo.members[1], { accountId: bob.account, uid: 9 });
    await ada.online(2, { operatorAccountId: bob.account, serverExtension: 'here' });
    await refused(bob.v2.joinRoom({ channelId }), 10407, { desc: 'ROOM_MEMBER_HAS_EXISTS' });
  }],
  ['8 leaveRoom', '(channelId, offlineEnabled = false, serverExtension?): nothing', async (t) => {
    const [ada, bob] = await cast(t, 'ada', 'bob');
    const { channelId } = await t.room(ada, bob);
    equal(await bob.v2.leaveRoom(channelId, false, 'bye'), undefined);
    await ada.online(7, { operatorAccountId: bob.account, serverExtension: 'bye' });
    await refused(bob.v2.leaveRoom(channelId), 10406);
  }],
  ['8 invite', '{channelId, inviteeAccountId, requestId, ...}: nothing; offlineEnabled is true unless said otherwise', async (t) => {
    const [ada, bob] = await cast(t, 'ada', 'bob');
    const { channelId } = await t.room(ada);
    const params = { channelId, inviteeAccountId: bob.account, requestId: 'r', serverExtension: 'come' };
    equal(await ada.v2.invite(params), undefined);
    const event = await bob.online(3, { operatorAccountId: ada.account, inviterAccountId: ada.account, inviteeAccountId: bob.account, requestId: 'r', serverExtension: 'come', unreadEnabled: true });
    has(event.pushConfig, { pushEnabled: false });
    equal(typeof event.time, 'number', 'time');
    await refused(ada.v2.invite({ ...params, inviteeAccountId: t.account('eve') }), 10201, { desc: 'PEER_NIM_OFFLINE' });
    const eve = await login(t, 'eve', { syncAvSignal: true });
    equal((await eve.hears('onOfflineEvent')).map((e) => [e.eventType, e.requestId]), [[3, 'r']]);
  }],
  ['8 cancelInvite', '{channelId, inviteeAccountId, requestId, serverExtension?, offlineEnabled = true}: nothing', async (t) => {
    const [ada, bob] = await cast(t, 'ada', 'bob');
    const { ask, requestId } = await ring(t, ada, bob);
    equal(await ada.v2.cancelInvite({ ...ask, serverExtension: 'never mind' }), undefined);
    await bob.online(4, { operatorAccountId: ada.account, inviterAccountId: ada.account, inviteeAccountId: bob.account, requestId, serverExtension: 'never mind' });
    await refused(ada.v2.cancelInvite(ask), 10408);
  }],
  ['8 rejectInvite', '{channelId, inviterAccountId, requestId, serverExtension?, offlineEnabled = true}: nothing', async (t) => {
    const [ada, bob] = await cast(t, 'ada', 'bob');
    const { answer, requestId } = await ring(t, ada, bob);
    equal(await bob.v2.rejectInvite({ ...answer, serverExtension: 'busy' }), undefined);
    await ada.online(5, { operatorAccountId: bob.account, inviterAccountId: ada.account, inviteeAccountId: bob.account, requestId, serverExtension: 'busy' });
    await refused(bob.v2.rejectInvite(answer), 10409);
  }],
  ['8 acceptInvite', '{channelId, inviterAccountId, requestId, serverExtension?, offlineEnabled = true}: nothing, and nobody joins', async (t) => {
    const [ada, bob] = await cast(t, 'ada', 'bob');
    const { answer, requestId, info } = await ring(t, ada, bob);
    equal(await bob.v2.acceptInvite(answer), undefined);
    await ada.online(6, { operatorAccountId: bob.account, inviterAccountId: ada.account, inviteeAccountId: bob.account, requestId });
    equal(members(await bob.v2.getRoomInfoByChannelName(info.channelName)), [ada.account]);
    await refused(bob.v2.acceptInvite(answer), 10410);
  }],
  ['8 sendControl', '(channelId, receiverAccountId?, serverExtension?): nothing', async (t) => {
    const [ada, bob, eve] = await cast(t, 'ada', 'bob', 'eve');
    const { channelId } = await t.room(ada, bob, eve);
    equal(await ada.v2.sendControl(channelId, bob.account, 'mute'), undefined);
    await bob.online(8, { operatorAccountId: ada.account, serverExtension: 'mute' });
    equal(await ada.v2.sendControl(channelId, undefined, 'all'), undefined);
    for (const one of [bob, eve]) await one.online(8, { serverExtension: 'all' });
    await refused(ada.v2.sendControl(channelId, t.account('nobody')), 10406);
  }],
  ['8 getRoomInfoByChannelName', '(channelName): {channelInfo, members}', async (t) => {
    const [ada, bob] = await cast(t, 'ada', 'bob');
    const { channelName, channelId } = await t.room(ada);
    const { channelInfo, members: seats } = await bob.v2.getRoomInfoByChannelName(channelName);
    isInfo(channelInfo, { channelId, channelName, creatorAccountId: ada.account });
    isMember(seats[0], { accountId: ada.account });
    await refused(bob.v2.getRoomInfoByChannelName(t.unique('nowhere')), 10404);
  }],
  ['8 delayRoom', '(channelId): {channelInfo, members}, with the new expireTime', async (t) => {
    const [ada] = await cast(t, 'ada');
    const room = await t.room(ada);
    const delayed = await ada.v2.delayRoom(room.channelId);
    isInfo(delayed.channelInfo, { channelId: room.channelId });
    equal(members(delayed), [ada.account]);
    ok(delayed.channelInfo.expireTime >= Number(room.channelCreateTime) + 7_200_000, 'it lives 2 h more');
  }],
  ['8 parameters', 'missing, of the wrong type, or oneself as the other account: rejects with 191004, throws nothing', async (t) => {
    const [ada] = await cast(t, 'ada');
    const { v2: service } = ada;
    const named = { channelId: 'c', requestId: 'r' };
    const calls = [
      service.call({ requestId: 'r', channelType: 1 }),
      service.call({ calleeAccountId: 'bob', requestId: 'r', channelType: 4 }),
      service.callSetup(named),
      service.createRoom(),
      service.createRoom('1'),
      service.closeRoom(),
      service.joinRoom(),
      service.joinRoom({ channelId: 1n }),
      service.leaveRoom(''),
      service.leaveRoom('c', 'yes'),
      service.invite({ channelId: 'c', inviteeAccountId: 'bob' }),
      service.cancelInvite(named),
      service.rejectInvite({ ...named, inviteeAccountId: 'bob' }),
      service.acceptInvite(null),
      service.sendControl(),
      service.getRoomInfoByChannelName(),
      service.delayRoom(),
      service.call({ calleeAccountId: ada.account, requestId: 'r', channelType: 1 }),
      service.callSetup({ ...named, callerAccountId: ada.account }),
      service.invite({ ...named, inviteeAccountId: ada.account }),
      service.rejectInvite({ ...named, inviterAccountId: ada.account }),
      service.acceptInvite({ ...named, inviterAccountId: ada.account }),
    ];
    await Promise.all(calls.map((call) => refused(call, 191004)));
    await refused(service.createRoom(1, 'x'.repeat(129)), 191004, { field: 'channelName', limit: 128 });
  }],
  ['8 errors', 'V2NIMError: code as a number, desc, message, detail; not logged in is 190002', async (t) => {
    const [ada] = await cast(t, 'ada');
    const error = await refused(ada.v2.delayRoom('nowhere'), 10404, { desc: 'ROOM_NOT_EXISTS' });
    equal(typeof error.detail.timetag, 'number');
    await ada.disconnect();
    await refused(ada.v2.createRoom(1), 190002);
  }],
  ['8 onOnlineEvent', '{eventType, channelInfo, operatorAccountId, serverExtension?, time, ...}; beside the older events', async (t) => {
    const [ada, bob] = [await login(t, 'ada'), await login(t, 'bob', { v1: true })];
    const { event, requestId } = await ring(t, ada, bob, { serverExtension: 'hi', channelExtension: 'x' });
    isInfo(event.channelInfo, { channelExtension: 'x', creatorAccountId: ada.account });
    has(event, { eventType: 3, operatorAccountId: ada.account, serverExtension: 'hi', requestId });
    await bob.next('INVITE', { requestId, attachExt: 'hi', ext: 'x' });
  }],
  ['8 onOfflineEvent', 'what was kept, oldest first, after login', async (t) => {
    const ada = await login(t, 'ada');
    for (const requestId of ['first', 'second']) await ada.v2.call({ calleeAccountId: t.account('bob'), requestId, channelType: 1 });
    const bob = await login(t, 'bob', { syncAvSignal: true });
    const events = await bob.hears('onOfflineEvent');
    equal(events.map((e) => [e.eventType, e.requestId, e.operatorAccountId]), [[3, 'first', ada.account], [3, 'second', ada.account]]);
    isInfo(events[0].channelInfo, { creatorAccountId: ada.account });
  }],
  ['8 onMultiClientEvent', 'another device of mine accepted or rejected', async (t) => {
    const [ada, bob, bob2] = [await login(t, 'ada'), await login(t, 'bob'), await login(t, 'bob', { device: 'two' })];
    const { answer, requestId } = await ring(t, ada, bob);
    await bob.v2.acceptInvite(answer);
    const fields = { eventType: 6, operatorAccountId: bob.account, inviterAccountId: ada.account, inviteeAccountId: bob.account, requestId };
    has(await bob2.hears('onMultiClientEvent'), fields, 'the event');
    const again = await ring(t, ada, bob);
    await bob2.v2.rejectInvite(again.answer);
    has(await bob.hears('onMultiClientEvent'), { eventType: 5, requestId: again.requestId }, 'the event');
  }],
  ['8 onSyncRoomInfoList', 'the rooms that the account has not left, after login', async (t) => {
    const [ada, bob] = await cast(t, 'ada', 'bob');
    const { channelId } = await t.room(ada, bob);
    await bob.leavePage();
    const again = await login(t, 'bob', { syncAvSignal: true });
    const rooms = await again.hears('onSyncRoomInfoList');
    equal(rooms.map((room) => room.channelInfo.channelId), [channelId]);
    isInfo(rooms[0].channelInfo, { creatorAccountId: ada.account });
    equal(members(rooms[0]), [ada.account, bob.account]);
  }],
  ['8 acknowledged', 'what V2 alone was told is marked as read by itself; not where the page listens to the older events', async (t) => {
    const ada = await login(t, 'ada');
    for (const name of ['bob', 'eve']) {
      const listens = name === 'eve';
      const here = await login(t, name, { v1: listens });
      await ring(t, ada, here);
      await here.fence();
      await here.leavePage();
      await ada.v2.call({ calleeAccountId: here.account, requestId: 'away', channelType: 1 });
      const back = await login(t, name, { syncAvSignal: true, v1: listens });
      const told = (await back.hears('onOfflineEvent')).map((e) => e.requestId);
      equal([told.length, told.at(-1)], [listens ? 2 : 1, 'away'], `what was kept for ${name}`);
      await back.fence();
      await back.leavePage();
      const once = await t.login(name, { syncAvSignal: true });
      equal((await once.hears('signalingUnreadMessageSyncNotify')).length, listens ? 2 : 0, `what is left for ${name}`);
    }
  }],
  ['8 the older names and the newer', 'ring each other: it is one machine', async (t) => {
    const [ada, bob] = [await t.login('ada'), await login(t, 'bob')];
    const call = await ada.nim.signalingCallEx({ type: 2, account: bob.account, requestId: 'r', attachExt: 'hi' });
    await bob.online(3, { requestId: 'r', serverExtension: 'hi' });
    await bob.v2.callSetup({ channelId: call.channelId, callerAccountId: ada.account, requestId: 'r', serverExtension: 'yes' });
    await ada.next('ROOM_JOIN', { attachExt: 'yes' });
    await ada.next('ACCEPT', { attachExt: 'yes', requestId: 'r' });
  }],
];
