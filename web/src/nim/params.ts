// What calls take, as types.

/** 1 audio, 2 video, 3 other. */
export type NIMSignalingType = 1 | 2 | 3 | '1' | '2' | '3' | (number & {}) | (string & {});

/** A whole number > 0 that no other member has. Anything else: the relay picks one. */
export type NIMSignalingUid = string | number | null;

interface Said {
  /** For the receivers, as event.attachExt. At most 4096 characters. */
  attachExt?: string;
  /** Keep the notification for receivers who are away. Default false; only `true` counts. */
  offlineEnabled?: boolean;
}

interface Nertc {
  nertcChannelName?: string;
  /** Seconds. Default 600. */
  nertcTokenTtl?: string | number;
  /** JSON text, or an object. */
  nertcJoinRoomQueryParamMap?: string | object;
}

interface NewChannel {
  /** What the channel is for; the relay only keeps it. */
  type: NIMSignalingType;
  /** Unique in the app while the channel lives, at most 128 characters. Absent: the relay makes one. */
  channelName?: string;
  /** Stays with the channel. At most 4096 characters. */
  ext?: string;
}

/** The push message for an invitee with no device online. */
export interface NIMSignalingPushInfo {
  /** Default false. */
  needPush?: boolean;
  /** Count as unread. Default true. */
  needBadge?: boolean;
  /** At most 32 characters. */
  pushTitle?: string;
  /** At most 500 characters. */
  pushContent?: string;
  /** JSON text, or an object; at most 4096 characters. */
  pushPayload?: string | object;
}

/** Push fields may stand at the top level too; where pushInfo is given, it alone counts. */
interface Pushed extends NIMSignalingPushInfo {
  pushInfo?: NIMSignalingPushInfo;
}

/** Names an invitation. */
interface Named {
  channelId: string;
  /** Made up by the inviter, at most 128 characters; the same in every call about this invitation. */
  requestId: string;
}

export interface NIMSignalingCreateOptions extends NewChannel {}

export interface NIMSignalingJoinOptions extends Said, Nertc {
  channelId: string;
  uid?: NIMSignalingUid;
}

export interface NIMSignalingLeaveOptions extends Said {
  channelId: string;
}

export interface NIMSignalingCloseOptions extends Said {
  channelId: string;
}

export interface NIMSignalingCreateAndJoinOptions extends NewChannel, Said, Nertc {
  uid?: NIMSignalingUid;
  /** Keep the ROOM_JOIN for members who are away. Default true here, as nowhere else. */
  offlineEnabled?: boolean;
}

export interface NIMSignalingDelayOptions {
  channelId: string;
}

export interface NIMSignalingGetChannelInfoOptions {
  /** Not its id. */
  channelName: string;
}

export interface NIMSignalingControlOptions {
  channelId: string;
  /** A member, or the creator. Absent: every other member. */
  account?: string;
  /** For the receivers, as event.attachExt. At most 4096 characters. */
  attachExt?: string;
}

export interface NIMSignalingMarkMsgReadOptions {
  /** Of the events that were heard; others are ignored. */
  msgid: string | number | readonly (string | number)[];
}

export interface NIMSignalingInviteOptions extends Named, Said, Pushed {
  /** The invitee. */
  account: string;
}

export interface NIMSignalingCancelOptions extends Named, Said {
  /** The invitee. */
  account: string;
}

export interface NIMSignalingRejectOptions extends Named, Said {
  /** The inviter. */
  account: string;
}

export interface NIMSignalingAcceptOptions extends Named, Said, Nertc {
  /** The inviter. */
  account: string;
  /** Then join. Default false. The fields below, and nertc*, count only with it. */
  autoJoin?: boolean;
  uid?: NIMSignalingUid;
  /** attachExt of the ROOM_JOIN that the members hear. At most 4096 characters. */
  joinAttachExt?: string;
}

export interface NIMSignalingJoinAndAcceptOptions extends Named, Said, Nertc {
  /** The inviter. */
  account: string;
  uid?: NIMSignalingUid;
  /** attachExt of the ROOM_JOIN that the members hear. Default: attachExt. */
  joinAttachExt?: string;
}

export interface NIMSignalingCallOptions extends NewChannel, Said, Pushed {
  /** The invitee. */
  account: string;
  /** Made up by the caller, at most 128 characters; cancel, accept and reject name it. */
  requestId: string;
  uid?: NIMSignalingUid;
}

export interface NIMSignalingCallExOptions extends NIMSignalingCallOptions, Nertc {}
