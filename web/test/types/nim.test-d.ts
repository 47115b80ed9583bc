// What must compile against our declarations, and what must not. Nothing here runs.

import { NIM, NIMError } from '../../src/nim/index.js';
import type {
  NIMGetInstanceOptions,
  NIMSignalingChannel,
  NIMSignalingChannelMember,
  NIMSignalingMultiClientNotify,
  NIMSignalingNotify,
  NIMSignalingNotifyEventType,
  NIMSignalingPushInfo,
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
nim.on('error', (error) => error.code);
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
