// What nim.on(...) hears about channels and invitations.

import type { NIMError } from './errors.js';
import { received } from './message.js';
import type { NIMG2Message } from './message.js';
import { exact, superset } from './superset.js';
import type {
  NIMSignalingChannelFields,
  NIMSignalingChannelInfo,
  NIMSignalingChannelMember,
  NIMSignalingNertcResult,
} from './types.js';

/**
 * The fields of every event. `from` did it; `attach` is JSON text saying what
 * happened, `{"type":3}`; `attachExt` is what `from` had to say.
 */
interface Happened extends NIMSignalingChannelFields, NIMSignalingNertcResult {
  /** The account that did it. */
  from: string;
  /** Unix milliseconds. */
  time: string;
  /** Decimal; '0' when the event was not stored. */
  msgid: string;
  /** JSON text that says what happened: `{"type":3}`, and more of some events. */
  attach: string;
  /** What `from` had to say. */
  attachExt?: string;
  /** The other side of an invitation, or whom a CONTROL is for. Others have none, which the vendor's declaration overlooks too. */
  to: string;
  /** Of an INVITE: whether a push message was asked for. */
  needPush?: boolean;
  /** Of an INVITE: whether it counts as unread. */
  needBadge?: boolean;
  /** Of an INVITE that has one. */
  pushTitle?: string;
  /** Of an INVITE that has one; declared as the vendor declares it. */
  pushContent: string;
  /** Of an INVITE that has one: JSON text. */
  pushPayload?: string;
  /** Who is in the channel, where the event has it. */
  members?: NIMSignalingChannelMember[];
  /** (+) The channel is closed or expired; the same as channelInValid. */
  invalid: boolean;
  /** (+) */
  channelInfo: NIMSignalingChannelInfo;
}

/** About an invitation: `from` and `to` are inviter and invitee, in REJECT and ACCEPT the other way round. */
export interface NIMSignalingInvitationNotify extends Happened {
  /** What happened. */
  eventType: 'INVITE' | 'CANCEL_INVITE' | 'REJECT' | 'ACCEPT';
  /** Which of the inviter's invitations it is about. */
  requestId: string;
}

/** About a channel you are in. ROOM_JOIN: `attach` has the member too, {"1":accid,"2":uid,"3":joined,"4":expires,"5":device}. */
export interface NIMSignalingChannelNotify extends Happened {
  eventType: 'ROOM_CLOSE' | 'ROOM_JOIN' | 'LEAVE';
  requestId?: undefined;
}

/** Told by a member or the creator: `to` you alone, or to everybody. */
export interface NIMSignalingControlNotify extends Happened {
  eventType: 'CONTROL';
  requestId?: undefined;
}

export type NIMSignalingNotify = NIMSignalingInvitationNotify | NIMSignalingChannelNotify | NIMSignalingControlNotify;
export type NIMSignalingNotifyEventType = NIMSignalingNotify['eventType'];

/** Another device of yours accepted or rejected. */
export type NIMSignalingMultiClientNotify = NIMSignalingInvitationNotify & { eventType: 'ACCEPT' | 'REJECT' };

/** The events of NIM, and what their listeners are called with. */
export interface NIMEvents {
  /** Something has happened, and this device is told at once. */
  signalingNotify: [event: NIMSignalingNotify];
  /** Spelt as the vendor spells it. */
  signalingMutilClientSyncNotify: [event: NIMSignalingMultiClientNotify];
  /** What was kept for this account and not marked as read, oldest first; [] when there is nothing. */
  signalingUnreadMessageSyncNotify: [events: NIMSignalingNotify[]];
  /** The channels that this account is in; [] when there are none. */
  signalingChannelsSyncNotify: [channels: NIMSignalingSyncedChannel[]];
  /** From an account, by sendG2Msg. */
  msg: [message: NIMG2Message];
  /** Something failed that no promise tells of. */
  error: [error: NIMError];
}

/** A channel that this account is in. */
export interface NIMSignalingSyncedChannel extends NIMSignalingChannelFields, NIMSignalingNertcResult {
  members: NIMSignalingChannelMember[];
  /** (+) */
  invalid: boolean;
  /** (+) */
  channelInfo: NIMSignalingChannelInfo;
}

/** The module's event → ours, the option called after it, and what they are called with. */
export const NOTICES: Record<string, readonly [keyof NIMEvents, option: string, shape: (payload: any) => any]> = {
  notify: ['signalingNotify', 'onSignalingNotify', signalled],
  multiclient: ['signalingMutilClientSyncNotify', 'onSignalingMutilClientSyncNotify', signalled],
  unread: ['signalingUnreadMessageSyncNotify', 'onSignalingUnreadMessageSyncNotify', signalled],
  channels: ['signalingChannelsSyncNotify', 'onSignalingMembersSyncNotify', signalled],
  message: ['msg', 'onmsg', received],
};

function signalled(payload: any): any {
  if (exact()) return payload;
  return Array.isArray(payload) ? payload.map(documented) : documented(payload);
}

/** documented adds the fields of the vendor's documentation to an event in the vendor's own shape. */
function documented(event: any): any {
  return { ...event, ...superset(event, event.members), invalid: !!event.channelInValid };
}
