// The vendor's own declarations of signalling (9.21), by their shapes. What is
// written against them must compile against ours. Nothing here runs.

import type { NIM, NIMSignalingChannel, NIMSignalingNotify, V2NIMSignallingService } from '../../src/nim/index.js';

declare const nim: NIM;

// --- parameters: whatever a variable of the vendor's type holds, we take ------

interface Push {
  needPush?: boolean;
  pushTitle?: string;
  pushContent: string;
  pushPayload?: string;
  needBadge?: boolean;
}
type Said = { attachExt?: string; offlineEnabled?: boolean };
type Nertc = { nertcChannelName?: string; nertcTokenTtl?: string; nertcJoinRoomQueryParamMap?: string };
type Made = { type: number; channelName: string; ext?: string };
type Asked = { channelId: string; account: string; requestId: string } & Said;

export const takes = {
  callEx: (o: Made & Said & Nertc & { uid?: string; account: string; requestId: string; pushInfo?: Push }) => nim.signalingCallEx(o),
  call: (o: Made & Said & { uid?: string; account: string; requestId: string; pushInfo?: Push }) => nim.signalingCall(o),
  createAndJoin: (o: Made & Said & { uid?: string }) => nim.signalingCreateAndJoin(o),
  create: (o: Made) => nim.signalingCreate(o),
  delay: (o: { channelId: string }) => nim.signalingDelay(o),
  close: (o: { channelId: string } & Said) => nim.signalingClose(o),
  getChannelInfo: (o: { channelName: string }) => nim.signalingGetChannelInfo(o),
  join: (o: { channelId: string; uid?: number } & Said) => nim.signalingJoin(o),
  leave: (o: { channelId: string } & Said) => nim.signalingLeave(o),
  invite: (o: Asked & { pushInfo?: Push }) => nim.signalingInvite(o),
  cancel: (o: Asked) => nim.signalingCancel(o),
  reject: (o: Asked) => nim.signalingReject(o),
  accept: (o: Asked & { autoJoin?: boolean; uid?: number; joinAttachExt?: string }) => nim.signalingAccept(o),
  joinAndAccept: (o: Asked & { uid?: number; nertcChannelName?: string; nertcTokenTtl?: number; nertcJoinRoomQueryParamMap?: string }) =>
    nim.signalingJoinAndAccept(o),
  control: (o: { channelId: string; account?: string; attachExt?: string }) => nim.signalingControl(o),
  markMsgRead: (o: { msgid: number[] | string[] }) => nim.signalingMarkMsgRead(o),
};

// --- results: whoever expects the vendor's channel gets one -------------------

interface Channel {
  type: string;
  channelName: string;
  channelId: string;
  channelCreateTime: string;
  channelExpireTime: string;
  ext?: string;
  creator: string;
  members?: { accid: string; uid: string; web_uid: string; createTime: string; expireTime: string }[];
  nertcChannelName?: string;
  nertcTokenTtl?: string;
  nertcJoinRoomQueryParamMap?: string;
}

export const channels: Promise<Channel>[] = [
  nim.signalingCallEx({ type: 1, account: 'bob', requestId: 'r' }),
  nim.signalingCall({ type: 1, account: 'bob', requestId: 'r' }),
  nim.signalingCreateAndJoin({ type: 1 }),
  nim.signalingCreate({ type: 1 }),
  nim.signalingDelay({ channelId: 'c' }),
  nim.signalingGetChannelInfo({ channelName: 'n' }),
  nim.signalingJoin({ channelId: 'c' }),
];

// --- events: listeners that say what they expect ------------------------------

interface Notify {
  type: string;
  to: string;
  eventType: 'ROOM_CLOSE' | 'ROOM_JOIN' | 'INVITE' | 'CANCEL_INVITE' | 'REJECT' | 'ACCEPT' | 'LEAVE' | 'CONTROL';
  channelName: string;
  channelId: string;
  channelCreateTime: string;
  channelExpireTime: string;
  creator: string;
  attach?: string;
  ext?: string;
  needPush?: boolean;
  pushTitle?: string;
  pushContent: string;
  pushPayload?: string;
  needBadge?: boolean;
}

nim.on('signalingNotify', (event: Notify) => event.to.length);
nim.on('signalingMutilClientSyncNotify', (event: Notify) => event.eventType);
nim.on('signalingUnreadMessageSyncNotify', (events: Notify[]) => events.length);
nim.on('signalingChannelsSyncNotify', (channels: Channel[]) => channels.length);

/** What the vendor's declarations forgot and its SDK has: C15 of the contract. */
export const forgotten = (event: NIMSignalingNotify): (string | object | boolean | undefined)[] => [
  event.from,
  event.time,
  event.msgid,
  event.requestId,
  event.attachExt,
  event.members,
  event.channelInValid,
];

// --- the rest -----------------------------------------------------------------

type Anything = { [key: string]: any };
nim.disconnect({ done: (error: Error | Anything | null, data: Anything) => [error, data] });
nim.destroy({ done: (error: Error | Anything | null, data: Anything) => [error, data] });
nim.setOptions({ appKey: 'app', account: 'ada', token: 'new', onerror: (error: Anything) => error });
nim.setOptions({ onmsg: (message: { text: string }) => message.text });

// --- V2, as nim-web-sdk-ng declares it ------------------------------------------

declare const v2: V2NIMSignallingService;
enum ChannelType {
  Audio = 1,
  Video = 2,
}
type Configured = { serverExtension?: string; signallingConfig?: { offlineEnabled?: boolean; unreadEnabled?: boolean; selfUid?: number } };
type V2Push = { pushEnabled?: boolean; pushTitle?: string; pushContent?: string; pushPayload?: string };
type Rtc = { rtcChannelName?: string; rtcTokenTtl?: number; rtcParams?: string };

export const takesV2 = {
  call: (
    p: Configured & {
      calleeAccountId: string;
      requestId: string;
      channelType: ChannelType;
      channelName?: string;
      channelExtension?: string;
      pushConfig?: V2Push;
      rtcConfig?: Rtc;
    },
  ) => v2.call(p),
  callSetup: (p: Configured & { channelId: string; callerAccountId: string; requestId: string; rtcConfig?: Rtc }) => v2.callSetup(p),
  createRoom: (type: ChannelType, name?: string, extension?: string) => v2.createRoom(type, name, extension),
  closeRoom: (id: string, offline?: boolean, extension?: string): Promise<void> => v2.closeRoom(id, offline, extension),
  joinRoom: (p: Configured & { channelId: string; rtcConfig?: Rtc }) => v2.joinRoom(p),
  leaveRoom: (id: string, offline?: boolean, extension?: string): Promise<void> => v2.leaveRoom(id, offline, extension),
  invite: (p: Configured & { channelId: string; inviteeAccountId: string; requestId: string; pushConfig?: V2Push }): Promise<void> =>
    v2.invite(p),
  cancelInvite: (p: { channelId: string; inviteeAccountId: string; requestId: string; offlineEnabled?: boolean; pushConfig?: V2Push }) =>
    v2.cancelInvite(p),
  rejectInvite: (p: { channelId: string; inviterAccountId: string; requestId: string; serverExtension?: string; offlineEnabled?: boolean }) =>
    v2.rejectInvite(p),
  acceptInvite: (p: { channelId: string; inviterAccountId: string; requestId: string; serverExtension?: string; offlineEnabled?: boolean }) =>
    v2.acceptInvite(p),
  sendControl: (id: string, to?: string, extension?: string): Promise<void> => v2.sendControl(id, to, extension),
  getRoomInfoByChannelName: (name: string) => v2.getRoomInfoByChannelName(name),
};

interface Room {
  channelInfo: {
    channelName?: string;
    channelId: string;
    channelType: ChannelType | number;
    channelValid: boolean;
    channelExtension?: string;
    createTime: number;
    expireTime: number;
    creatorAccountId: string;
  };
  members: { accountId: string; uid: number; joinTime: number; expireTime: number; deviceId: string }[];
}
export const rooms: Promise<Room>[] = [v2.getRoomInfoByChannelName('n'), v2.joinRoom({ channelId: 'c' }).then((r) => r.roomInfo)];

v2.on('onOnlineEvent', (event: { eventType: number; operatorAccountId: string; time: number; requestId?: string }) => event.time);
v2.on('onOfflineEvent', (events: { channelInfo: { channelId: string } }[]) => events.length);
v2.on('onMultiClientEvent', (event: { inviterAccountId?: string }) => event.inviterAccountId);
v2.on('onSyncRoomInfoList', (list: Room[]) => list.length);

export const channel: NIMSignalingChannel['type'] = '1';
