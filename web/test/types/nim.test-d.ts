// What must compile against our declarations, and what must not. Nothing here runs.

import { NIM, NIMError } from '../../src/nim/index.js';
import type {
  NIMG2Message,
  NIMGetInstanceOptions,
  NIMSignalingChannel,
  NIMSignalingChannelMember,
  NIMSignalingMultiClientNotify,
  NIMSignalingNotify,
  NIMSignalingNotifyEventType,
  NIMSignalingPushInfo,
  NIMSignalingSyncedChannel,
  V2NIMError,
  V2NIMSignallingEvent,
  V2NIMSignallingService,
} from '../../src/nim/index.js';

const names = { channelId: 'c', requestId: 'r', account: 'bob' };
const login = { appKey: 'app', account: 'ada', token: 't' };

// --- getInstance ------------------------------------------------------------

export const nim: NIM = NIM.getInstance({
  ...login,
  needReconnect: true,
  reconnectionAttempts: Infinity,
  customTag: 'desk',
  onconnect: (data) => data.lastLoginDeviceId.length + data.connectionId.length + (data.customTag ?? '').length,
  onwillreconnect: ({ retryCount, duration }) => retryCount + duration,
  ondisconnect(error) {
    if (error.code === 'kicked') return error.reason === 'samePlatformKick';
    return typeof error.code === 'number' ? error.message : undefined;
  },
  onerror: (error) => error.code,
  onSignalingNotify: (event) => event.eventType,
  onSignalingMutilClientSyncNotify: (event) => event.requestId,
  onSignalingUnreadMessageSyncNotify: (events) => events.map((event) => event.channelInValid),
  onSignalingMembersSyncNotify: (channels) => channels.map((channel) => channel.members.length),
  syncAvSignal: false,
  // Options of the vendor's SDK about other things.
  debug: true,
  db: false,
  lbsUrl: 'https://example.org',
  privateConf: { isDataReportEnable: false },
  quickReconnect: undefined,
  onmsg: (message: { text: string }) => message.text,
  onsessions(sessions) {
    sessions.length;
  },
});
NIM.getInstance({ ...login, account: 7 });
// @ts-expect-error account is required
NIM.getInstance({ appKey: 'app', token: 't' });
// @ts-expect-error the token is a string
NIM.getInstance({ ...login, token: 1 });
// @ts-expect-error connectionId is a string
NIM.getInstance({ ...login, onconnect: (data) => data.connectionId * 2 });
// @ts-expect-error getInstance makes instances
new NIM(login);

const account: string = nim.account;
const options: NIMGetInstanceOptions = nim.options;
// @ts-expect-error an instance is one account's for good
nim.account = 'bob';
nim.connect();
nim.disconnect();
nim.disconnect({ done: (error) => error });
nim.destroy({ done() {} });
nim.logout();
nim.setOptions({ token: 'new' });

// --- events -----------------------------------------------------------------

const ring = (event: NIMSignalingNotify) => {
  const flat: string[] = [event.type, event.channelId, event.channelName, event.channelCreateTime, event.channelExpireTime];
  flat.push(event.creator, event.from, event.time, event.msgid, event.attach, event.attachExt ?? '', event.ext ?? '');
  const documented: [boolean, string, number] = [event.invalid, event.channelInfo.creatorId, event.channelInfo.type];
  if (event.eventType === 'INVITE') {
    const { requestId, from, channelId } = event;
    const push: (string | undefined)[] = [event.pushTitle, event.pushContent, event.pushPayload];
    const flags: (boolean | undefined)[] = [event.needPush, event.needBadge, event.channelInValid];
    void nim.signalingAccept({ requestId, channelId, account: from });
  }
  if (event.eventType === 'ROOM_JOIN') JSON.parse(event.attach);
  // @ts-expect-error only events about an invitation have one
  const requestId: string = event.requestId;
  return Number(event.requestId);
};
nim.on('signalingNotify', ring).once('signalingNotify', ring, {}).addListener('signalingNotify', ring);
nim.on('signalingMutilClientSyncNotify', ring);
nim.on('signalingMutilClientSyncNotify', ({ eventType, requestId }: NIMSignalingMultiClientNotify) => {
  const settled: 'ACCEPT' | 'REJECT' = eventType;
  return requestId.length;
});
nim.on('signalingUnreadMessageSyncNotify', (events) => events.forEach(ring));
nim.on('signalingChannelsSyncNotify', (channels: NIMSignalingSyncedChannel[]) => {
  const [first] = channels;
  const seat: [string | undefined, string | undefined, boolean | undefined] = [first?.channelId, first?.members[0]?.accid, first?.invalid];
  // @ts-expect-error a channel is no event
  first?.eventType;
});
nim.on('msg', (message) => message.attach.anything + message.from);
nim.on('error', (error) => error.code);
// @ts-expect-error there is no such event, though the documentation says so
nim.on('signalingMembersSyncNotify', () => {});
// @ts-expect-error an array
nim.on('signalingUnreadMessageSyncNotify', (event: NIMSignalingNotify) => event);
nim.off('signalingNotify', ring).off('signalingNotify').removeListener('signalingNotify', ring).removeAllListeners();
// @ts-expect-error spelt as the vendor spells it
nim.on('signalingMultiClientSyncNotify', ring);
// @ts-expect-error not what the event carries
nim.on('signalingNotify', (event: number) => event);
const kind: NIMSignalingNotifyEventType = 'CANCEL_INVITE';

// --- calls ------------------------------------------------------------------

export async function calls() {
  const made: NIMSignalingChannel = await nim.signalingCreate({ type: 1 });
  await nim.signalingCreate({ type: '2', channelName: 'standup', ext: '{}' });
  await nim.signalingCreate({ type: Number(made.type) });
  const info: [string, number, boolean] = [made.channelInfo.ext, made.channelInfo.createTimestamp, made.channelInfo.invalid];

  const joined = await nim.signalingJoin({ channelId: made.channelId, uid: 7, offlineEnabled: true });
  await nim.signalingJoin({ channelId: 'c', uid: '7', nertcChannelName: 'rtc', nertcTokenTtl: 600, nertcJoinRoomQueryParamMap: { a: 1 } });
  const member: NIMSignalingChannelMember = joined.members[0]!;
  const spellings: [string, string, number, string] = [member.accid, member.account, member.createTimestamp, member.web_uid];
  // @ts-expect-error times come as strings
  const time: number = member.createTime;
  // @ts-expect-error a channel with members carries nothing that the caller passed
  joined.attachExt;

  const left = await nim.signalingLeave({ channelId: 'c', attachExt: 'bye' });
  const closed = await nim.signalingClose({ channelId: 'c' });
  const stored: boolean = left.offlineEnabled || closed.offlineEnabled;

  const pushInfo: NIMSignalingPushInfo = { needPush: true, pushPayload: { a: 1 } };
  const invited = await nim.signalingInvite({ ...names, pushInfo });
  await nim.signalingInvite({ ...names, needPush: true, pushPayload: '{}' });
  const pushed: [boolean, boolean, string | undefined, string] = [invited.needPush, invited.needBadge, invited.pushPayload, invited.to];

  const cancelled = await nim.signalingCancel({ ...names });
  const rejected = await nim.signalingReject({ ...names, attachExt: 'busy' });
  const echoes: [string, string, number] = [cancelled.to, rejected.requestId, rejected.members.length];

  const echo = await nim.signalingAccept({ ...names });
  const seat = await nim.signalingAccept({ ...names, autoJoin: true, uid: null, joinAttachExt: 'hi' });
  const accepted: [string, string, number] = [echo.to, seat.channelName, echo.code];
  // @ts-expect-error without autoJoin there is no flat channel
  echo.channelName;
  const either = await nim.signalingAccept({ ...names, autoJoin: Math.random() > 0.5 });
  const both: [number, number] = [either.members.length, either.channelInfo.type];

  const both2 = await nim.signalingJoinAndAccept({ ...names, uid: 7, nertcTokenTtl: '600' });
  const call = await nim.signalingCall({ type: 2, account: 'bob', requestId: 'r' });
  const callEx = await nim.signalingCallEx({ type: 2, account: 'bob', requestId: 'r', needBadge: false, nertcChannelName: 'rtc' });
  const outcome: [string, number, string, boolean, string] = [callEx.callStatus, callEx.code, call.channelId, call.needPush, both2.creator];
  // @ts-expect-error CallEx answers a channel, not what was passed
  callEx.requestId;

  const delayed = await nim.signalingDelay({ channelId: 'c' });
  const found = await nim.signalingGetChannelInfo({ channelName: 'standup' });
  const entered = await nim.signalingCreateAndJoin({ type: 1, channelName: 'standup', uid: 7, nertcTokenTtl: 60, attachExt: 'hi', offlineEnabled: false });
  const told = await nim.signalingControl({ channelId: 'c', account: 'bob', attachExt: 'mute' });
  const rest: [string, string, string, string | undefined, number] = [delayed.channelExpireTime, found.members[0]!.uid, entered.members[0]!.web_uid, told.to, told.code];
  const nothing: void = nim.signalingMarkMsgRead({ msgid: '65536' });
  nim.signalingMarkMsgRead({ msgid: 65536 });
  nim.signalingMarkMsgRead({ msgid: ['65536', 65537] as const });
  const synced: void = await nim.signalingSync();

  // @ts-expect-error channelId is required
  await nim.signalingDelay({});
  // @ts-expect-error the name, not the id
  await nim.signalingGetChannelInfo({ channelId: 'c' });
  // @ts-expect-error type is required
  await nim.signalingCreateAndJoin({ channelName: 'standup' });
  // @ts-expect-error it is never kept
  await nim.signalingControl({ channelId: 'c', offlineEnabled: true });
  // @ts-expect-error it says nothing of offlineEnabled
  told.offlineEnabled;
  // @ts-expect-error there is no promise to wait for
  nim.signalingMarkMsgRead({ msgid: '1' }).then();
  // @ts-expect-error msgid is required
  nim.signalingMarkMsgRead({});
  // @ts-expect-error it takes nothing
  await nim.signalingSync({ channelId: 'c' });
  // @ts-expect-error channelId is required
  await nim.signalingJoin({});
  // @ts-expect-error requestId is required
  await nim.signalingInvite({ channelId: 'c', account: 'bob' });
  // @ts-expect-error requestId is required
  await nim.signalingCallEx({ type: 1, account: 'bob' });
  // @ts-expect-error misspelt
  await nim.signalingJoin({ channelId: 'c', offlineEnable: true });
  // @ts-expect-error not truthy but true
  await nim.signalingLeave({ channelId: 'c', offlineEnabled: 1 });
  // @ts-expect-error a text
  await nim.signalingClose({ channelId: 'c', attachExt: { a: 1 } });
}

// --- errors -----------------------------------------------------------------

export function failed(error: unknown) {
  if (!(error instanceof NIMError)) return;
  const name: 'NIMError' = error.name;
  const at: [string, number, string] = [error.cmd, error.timetag, error.callFunc];
  if (error.code === 10201) return [error.channelId, error.channelInfo?.channelName, error.members?.length];
  if (error.code === 'Error_Timeout') return [error.field, error.limit, error.detail];
  // @ts-expect-error what happened is not to be rewritten
  error.code = 200;
}

// --- messages ---------------------------------------------------------------

const sent: NIMG2Message = nim.sendG2Msg({ attach: { cmd: 'ring' }, scene: 'p2p', to: 'bob', done: (error, message) => [error?.code, message.idServer] });
nim.sendG2Msg({ attach: 'text', to: 7 });
export const stages: ['out' | 'in', 'sending' | 'success' | 'fail', 'g2', number] = [sent.flow, sent.status, sent.type, sent.time];
// @ts-expect-error to whom?
nim.sendG2Msg({ attach: {} });
// @ts-expect-error no promise either
nim.sendG2Msg({ attach: {}, to: 'bob' }).then();

// --- V2 ---------------------------------------------------------------------

const v2: V2NIMSignallingService = nim.V2NIMSignallingService;
// @ts-expect-error there is one, and it stays
nim.V2NIMSignallingService = v2;

export async function v2Calls() {
  const { roomInfo, rtcInfo, callStatus } = await v2.call({
    calleeAccountId: 'bob',
    requestId: 'r',
    channelType: 2,
    channelName: 'standup',
    channelExtension: '{}',
    serverExtension: 'hi',
    signallingConfig: { offlineEnabled: true, unreadEnabled: false, selfUid: 7 },
    pushConfig: { pushEnabled: true, pushTitle: 't', pushContent: 'c', pushPayload: '{}' },
    rtcConfig: { rtcChannelName: 'rtc', rtcTokenTtl: 600, rtcParams: '{}' },
  });
  const numbers: number[] = [roomInfo.channelInfo.channelType, roomInfo.channelInfo.createTime, roomInfo.members[0]!.uid, callStatus ?? 200];
  const texts: (string | undefined)[] = [roomInfo.channelInfo.channelId, roomInfo.members[0]!.deviceId, rtcInfo?.rtcParams];
  const setUp = await v2.callSetup({ channelId: 'c', callerAccountId: 'ada', requestId: 'r' });
  const made = await v2.createRoom(1, 'standup', '{}');
  const valid: [boolean, number | undefined] = [made.channelValid, setUp.callStatus];
  const joined = await v2.joinRoom({ channelId: 'c', signallingConfig: { selfUid: 7 } });
  const nothing: void[] = [
    await v2.closeRoom('c', true, 'bye'),
    await v2.leaveRoom('c'),
    await v2.invite({ channelId: 'c', inviteeAccountId: 'bob', requestId: 'r', pushConfig: { pushEnabled: false } }),
    await v2.cancelInvite({ channelId: 'c', inviteeAccountId: 'bob', requestId: 'r', offlineEnabled: false }),
    await v2.rejectInvite({ channelId: 'c', inviterAccountId: 'ada', requestId: 'r' }),
    await v2.acceptInvite({ channelId: 'c', inviterAccountId: 'ada', requestId: 'r', serverExtension: 'yes' }),
    await v2.sendControl('c', 'bob', 'mute'),
  ];
  const found = await v2.getRoomInfoByChannelName('standup');
  const longer = await v2.delayRoom('c');
  const rooms: [number, number, number] = [found.members.length, longer.channelInfo.expireTime, joined.roomInfo.members.length];

  // @ts-expect-error whom?
  await v2.call({ requestId: 'r', channelType: 1 });
  // @ts-expect-error the inviter
  await v2.callSetup({ channelId: 'c', requestId: 'r' });
  // @ts-expect-error parameters in their order, not in an object
  await v2.createRoom({ channelType: 1 });
  // @ts-expect-error an id
  await v2.closeRoom();
  // @ts-expect-error a channel
  await v2.joinRoom({});
  // @ts-expect-error a boolean
  await v2.leaveRoom('c', 'bye');
  // @ts-expect-error the older shape's name
  await v2.invite({ channelId: 'c', account: 'bob', requestId: 'r' });
  // @ts-expect-error the invitee, not the inviter
  await v2.cancelInvite({ channelId: 'c', inviterAccountId: 'bob', requestId: 'r' });
  // @ts-expect-error the inviter, not the invitee
  await v2.rejectInvite({ channelId: 'c', inviteeAccountId: 'bob', requestId: 'r' });
  // @ts-expect-error requestId is required
  await v2.acceptInvite({ channelId: 'c', inviterAccountId: 'ada' });
  // @ts-expect-error a text
  await v2.sendControl('c', { mute: true });
  // @ts-expect-error the name
  await v2.getRoomInfoByChannelName();
  // @ts-expect-error an id
  await v2.delayRoom(7);
  // @ts-expect-error numbers are numbers here
  const uid: string = found.members[0]!.uid;
}

const happened = (event: V2NIMSignallingEvent) => [event.eventType + event.time, event.channelInfo.channelId, event.member?.uid];
v2.on('onOnlineEvent', happened).on('onMultiClientEvent', happened).once('onOnlineEvent', happened).off('onOnlineEvent', happened).off('onOfflineEvent');
v2.on('onOfflineEvent', (events) => events.map(happened));
v2.on('onSyncRoomInfoList', (rooms) => rooms.map((room) => room.members.length));
// @ts-expect-error the older shape's name
v2.on('signalingNotify', happened);
// @ts-expect-error an array
v2.on('onOfflineEvent', happened);

export function v2Failed(error: V2NIMError) {
  const why: [number, string, string | undefined, 'V2NIMError'] = [error.code, error.desc, error.detail.reason, error.name];
  // @ts-expect-error a number
  const code: string = error.code;
}
