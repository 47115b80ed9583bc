// What calls answer. Everything read off the wire is a string, times included
// (decimal Unix milliseconds), as in the vendor's SDK. Fields marked (+) are
// those of the vendor's documentation; configure({ nim: { exact: true } })
// leaves them out.

import type { NIMSignalingControlOptions, NIMSignalingInviteOptions, NIMSignalingLeaveOptions } from './params.js';

/** A channel as the vendor's documentation describes it. */
export interface NIMSignalingChannelInfo {
  channelId: string;
  channelName: string;
  /** 1 audio, 2 video, 3 other. */
  type: number;
  /** Set by the creator; '' when there is none. */
  ext: string;
  creatorId: string;
  /** Unix milliseconds. */
  createTimestamp: number;
  /** Unix milliseconds. */
  expireTimestamp: number;
  /** The channel is closed or expired. */
  invalid: boolean;
}

/** An account in a channel, through one device. */
export interface NIMSignalingChannelMember {
  /** The account. */
  accid: string;
  /** Decimal, unique in the channel. */
  uid: string;
  /** When it joined. */
  createTime: string;
  expireTime: string;
  /** The device it joined with. */
  web_uid: string;
  /** (+) The same as accid. */
  account: string;
  /** (+) The same as createTime, as a number. */
  createTimestamp: number;
  /** (+) The same as expireTime, as a number. */
  expireTimestamp: number;
}

/** A channel's own fields, as results and events carry them side by side. */
export interface NIMSignalingChannelFields {
  /** '1' audio, '2' video, '3' other. */
  type: string;
  /** Unique in the app while the channel lives. */
  channelName: string;
  /** By which all calls name the channel. */
  channelId: string;
  /** Unix milliseconds. */
  channelCreateTime: string;
  /** Unix milliseconds. It moves on while somebody is in the channel. */
  channelExpireTime: string;
  /** The account that created it. */
  creator: string;
  /** Set by the creator. */
  ext?: string;
  /** The channel is closed or expired. */
  channelInValid?: boolean;
}

/** NERTC fields, accepted and given back; this SDK issues no nertcToken. */
export interface NIMSignalingNertcResult {
  /** As the caller gave it. */
  nertcChannelName?: string;
  /** Seconds. */
  nertcTokenTtl?: string;
  /** Never there. */
  nertcToken?: string;
  /** As the caller gave it. */
  nertcJoinRoomQueryParamMap?: string;
  /** Never there. */
  nertcJoinRoomResponse?: string;
}

/** What every resolved call carries. */
export interface NIMSignalingDone {
  /** (+) 200; of signalingCallEx also 10201 or 10202, see callStatus. */
  code: number;
}

/** signalingCreate's answer. The creator is not a member yet. */
export interface NIMSignalingChannel extends NIMSignalingDone, NIMSignalingChannelFields {
  /** (+) */
  channelInfo: NIMSignalingChannelInfo;
  members?: NIMSignalingChannelMember[];
}

/** signalingClose's answer. */
export interface NIMSignalingClosedChannel extends NIMSignalingChannel {
  offlineEnabled: boolean;
}

/** signalingGetChannelInfo's answer. */
export interface NIMSignalingFoundChannel extends NIMSignalingChannel {
  members: NIMSignalingChannelMember[];
}

/** A channel with its members, the caller among them. */
export interface NIMSignalingJoinedChannel extends NIMSignalingChannel, NIMSignalingNertcResult {
  members: NIMSignalingChannelMember[];
  callStatus?: string;
}

/** signalingCallEx's answer. */
export interface NIMSignalingCalledChannel extends NIMSignalingJoinedChannel {
  /** How the invitation went: '200', '10201' no device of theirs is online, '10202' no push reached them either. */
  callStatus: string;
}

/** signalingLeave's answer: what the caller passed. */
export type NIMSignalingLeft = NIMSignalingLeaveOptions & NIMSignalingEcho;

export interface NIMSignalingEcho extends NIMSignalingDone {
  offlineEnabled: boolean;
  /** (+) */
  channelInfo: NIMSignalingChannelInfo;
}

/** What signalingCancel, Reject and Accept answer: what the caller passed, and what the channel is like now. */
export type NIMSignalingAnswered<Options> = Options &
  NIMSignalingEcho & {
    /** The same as account. */
    to: string;
    /** (+) */
    members: NIMSignalingChannelMember[];
  };

/** signalingControl's answer: what the caller passed. */
export type NIMSignalingControlled = NIMSignalingControlOptions &
  NIMSignalingDone & {
    /** The same as account, if that was given. */
    to?: string;
  };

/** signalingInvite's answer. */
export type NIMSignalingInvited = NIMSignalingPushed &
  NIMSignalingAnswered<Omit<NIMSignalingInviteOptions, keyof NIMSignalingPushed>>;

/** signalingCall's answer: that of its invitation and (+) that of its join. */
export type NIMSignalingCalled = NIMSignalingInvited & NIMSignalingJoinedChannel;

/** An invitation's push fields as they count, from pushInfo if it was given. */
export interface NIMSignalingPushed {
  needPush: boolean;
  needBadge: boolean;
  pushTitle?: string;
  pushContent?: string;
  /** An object has become JSON text. */
  pushPayload?: string;
  pushInfo?: { needPush?: boolean; needBadge?: boolean; pushTitle?: string; pushContent?: string; pushPayload?: string };
}
