// nim.V2NIMSignallingService's calls, what they take and answer, and its
// events. Here numbers are numbers, and times are Unix milliseconds.

/** 1 audio, 2 video, 3 custom. */
export type V2NIMSignallingChannelType = 1 | 2 | 3 | (number & {});

/** The calls of the service. All of them reject with V2NIMError and throw nothing. */
export interface V2NIMSignallingCalls {
  /** Makes a room, joins it and invites, in one round trip. Resolves also when nobody was reached: see callStatus. */
  call(params: V2NIMSignallingCallParams): Promise<V2NIMSignallingCallResult>;
  /** Joins and accepts in one round trip, both or neither. */
  callSetup(params: V2NIMSignallingCallSetupParams): Promise<V2NIMSignallingCallResult>;
  /** Makes a room, without joining it. */
  createRoom(
    channelType: V2NIMSignallingChannelType,
    channelName?: string,
    channelExtension?: string,
  ): Promise<V2NIMSignallingChannelInfo>;
  /** Ends the room for everybody. Default of offlineEnabled: false. */
  closeRoom(channelId: string, offlineEnabled?: boolean, serverExtension?: string): Promise<void>;
  /** Joins; who is in the room is told. */
  joinRoom(params: V2NIMSignallingJoinParams): Promise<V2NIMSignallingJoinResult>;
  /** Leaves; the room lives on. Default of offlineEnabled: false. */
  leaveRoom(channelId: string, offlineEnabled?: boolean, serverExtension?: string): Promise<void>;
  /** Asks an account into the room, for 90 s. */
  invite(params: V2NIMSignallingInviteParams): Promise<void>;
  /** Takes an invitation back. */
  cancelInvite(params: V2NIMSignallingCancelInviteParams): Promise<void>;
  /** Declines. */
  rejectInvite(params: V2NIMSignallingRejectInviteParams): Promise<void>;
  /** Accepts, without joining. */
  acceptInvite(params: V2NIMSignallingAcceptInviteParams): Promise<void>;
  /** Tells one account, or all other members, something that is not kept for those who are away. */
  sendControl(channelId: string, receiverAccountId?: string, serverExtension?: string): Promise<void>;
  /** Any room of the app, by its name. */
  getRoomInfoByChannelName(channelName: string): Promise<V2NIMSignallingRoomInfo>;
  /** Lengthens the room's life. */
  delayRoom(channelId: string): Promise<V2NIMSignallingRoomInfo>;
}

/** What the service's listeners are called with. */
export interface V2NIMSignallingListener {
  /** Something has happened, and this device is told at once. */
  onOnlineEvent: [event: V2NIMSignallingEvent];
  /** What was kept while this account was away, oldest first. */
  onOfflineEvent: [events: V2NIMSignallingEvent[]];
  /** Another device of yours accepted or rejected. */
  onMultiClientEvent: [event: V2NIMSignallingEvent];
  /** The rooms that this account has not left, after it has logged in. */
  onSyncRoomInfoList: [rooms: V2NIMSignallingRoomInfo[]];
}

/**
 * What the service's calls reject with. `code` is the relay's number, such as 10404, or of the SDK itself: 190001 a
 * fault, 190002 not logged in, 191004 a bad parameter, 192003 the link was lost, 192004 no answer came.
 */
export interface V2NIMError extends Error {
  name: 'V2NIMError';
  /** The relay's number, or the SDK's own: see above. */
  code: number;
  /** The same as message. */
  desc: string;
  detail: {
    reason?: string;
    /** Unix milliseconds. */
    timetag?: number;
    [more: string]: any;
  };
  /** The parameter at fault, and what it may measure at the most. */
  field?: string;
  limit?: number;
  /** Names the call in the relay's log. */
  trace?: string;
}

// --- parameters --------------------------------------------------------------

interface Said {
  /** For the receivers, as the event's serverExtension. At most 4096 characters. */
  serverExtension?: string;
}

export interface V2NIMSignallingConfig {
  /** Keep the event for receivers who are away. Default true. */
  offlineEnabled?: boolean;
  /** Count it as unread. Default true. */
  unreadEnabled?: boolean;
  /** A whole number > 0 that no other member has. Default: the relay picks one. */
  selfUid?: number;
}

/** The push message for an invitee with no device online. */
export interface V2NIMSignallingPushConfig {
  /** Default false. */
  pushEnabled?: boolean;
  /** At most 32 characters. */
  pushTitle?: string;
  /** At most 500 characters. */
  pushContent?: string;
  /** JSON text, at most 4096 characters. */
  pushPayload?: string;
}

/** Accepted, and given back in rtcInfo; this SDK issues no rtcToken. */
export interface V2NIMSignallingRtcConfig {
  rtcChannelName?: string;
  /** Seconds. */
  rtcTokenTtl?: number;
  /** JSON text. */
  rtcParams?: string;
}

interface Configured extends Said {
  signallingConfig?: V2NIMSignallingConfig;
}

/** Names an invitation: the channel, and what the inviter made up for it, at most 128 characters. */
interface Named {
  /** The room. */
  channelId: string;
  /** The same in every call about this invitation. */
  requestId: string;
}

export interface V2NIMSignallingCallParams extends Configured {
  /** Who is rung. */
  calleeAccountId: string;
  /** Made up by the caller, at most 128 characters. */
  requestId: string;
  channelType: V2NIMSignallingChannelType;
  /** Unique in the app while the room lives, at most 128 characters. */
  channelName?: string;
  /** Stays with the room. At most 4096 characters. */
  channelExtension?: string;
  pushConfig?: V2NIMSignallingPushConfig;
  rtcConfig?: V2NIMSignallingRtcConfig;
}

export interface V2NIMSignallingCallSetupParams extends Named, Configured {
  /** Who rings. */
  callerAccountId: string;
  rtcConfig?: V2NIMSignallingRtcConfig;
}

export interface V2NIMSignallingJoinParams extends Configured {
  channelId: string;
  rtcConfig?: V2NIMSignallingRtcConfig;
}

export interface V2NIMSignallingInviteParams extends Named, Configured {
  /** Who is asked. */
  inviteeAccountId: string;
  pushConfig?: V2NIMSignallingPushConfig;
}

export interface V2NIMSignallingCancelInviteParams extends Named, Said {
  /** Who was asked. */
  inviteeAccountId: string;
  /** Default true. */
  offlineEnabled?: boolean;
  pushConfig?: V2NIMSignallingPushConfig;
}

export interface V2NIMSignallingRejectInviteParams extends Named, Said {
  /** Who asks. */
  inviterAccountId: string;
  /** Default true. */
  offlineEnabled?: boolean;
}

export interface V2NIMSignallingAcceptInviteParams extends V2NIMSignallingRejectInviteParams {}

// --- results and events ------------------------------------------------------

export interface V2NIMSignallingChannelInfo {
  channelName?: string;
  channelId: string;
  channelType: V2NIMSignallingChannelType;
  /** It is neither closed nor expired. */
  channelValid: boolean;
  channelExtension?: string;
  createTime: number;
  expireTime: number;
  /** The account that created it. */
  creatorAccountId: string;
}

export interface V2NIMSignallingMember {
  accountId: string;
  /** Unique in the room. */
  uid: number;
  joinTime: number;
  expireTime: number;
  /** The device it joined with. */
  deviceId: string;
}

export interface V2NIMSignallingRoomInfo {
  channelInfo: V2NIMSignallingChannelInfo;
  members: V2NIMSignallingMember[];
}

export interface V2NIMSignallingRtcInfo {
  rtcToken?: string;
  rtcTokenTtl?: number;
  rtcParams?: string;
}

export interface V2NIMSignallingJoinResult {
  roomInfo: V2NIMSignallingRoomInfo;
  rtcInfo: V2NIMSignallingRtcInfo;
}

export interface V2NIMSignallingCallResult {
  roomInfo: V2NIMSignallingRoomInfo;
  rtcInfo?: V2NIMSignallingRtcInfo;
  /** 200, or how the invitation went: 10201 no device of theirs is online, 10202 no push reached them either. */
  callStatus?: number;
}

export type V2NIMSignallingCallSetupResult = V2NIMSignallingCallResult;

/** 1 close, 2 join, 3 invite, 4 cancelled, 5 rejected, 6 accepted, 7 leave, 8 control, 9 kicked; 0 unknown. */
export type V2NIMSignallingEventType = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

export interface V2NIMSignallingEvent {
  eventType: V2NIMSignallingEventType;
  /** The room. */
  channelInfo: V2NIMSignallingChannelInfo;
  /** Who did it. */
  operatorAccountId: string;
  /** What they had to say. */
  serverExtension?: string;
  /** When it happened. */
  time: number;
  /** Of events about an invitation. */
  inviteeAccountId?: string;
  inviterAccountId?: string;
  requestId?: string;
  /** Of an invitation. */
  pushConfig?: V2NIMSignallingPushConfig;
  /** Of an invitation: whether it counts as unread. */
  unreadEnabled?: boolean;
  /** Who joined. */
  member?: V2NIMSignallingMember;
}
