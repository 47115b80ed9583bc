// What nim.on(...) hears about channels and invitations.

import type { NIMError } from './errors.js';
import { channelInfo, member } from './superset.js';
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
  from: string;
  /** Unix milliseconds. */
  time: string;
  /** Decimal; '0' when the event was not stored. */
  msgid: string;
  attach: string;
  attachExt?: string;
  needPush?: boolean;
  needBadge?: boolean;
  pushTitle?: string;
  pushContent?: string;
  pushPayload?: string;
  members?: NIMSignalingChannelMember[];
  /** (+) The channel is closed or expired; the same as channelInValid. */
  invalid: boolean;
  /** (+) */
  channelInfo: NIMSignalingChannelInfo;
}

/** About an invitation: `from` and `to` are inviter and invitee, in REJECT and ACCEPT the other way round. */
export interface NIMSignalingInvitationNotify extends Happened {
  eventType: 'INVITE' | 'CANCEL_INVITE' | 'REJECT' | 'ACCEPT';
  to: string;
  requestId: string;
}

/** About a channel you are in. ROOM_JOIN: `attach` has the member too, {"1":accid,"2":uid,"3":joined,"4":expires,"5":device}. */
export interface NIMSignalingChannelNotify extends Happened {
  eventType: 'ROOM_CLOSE' | 'ROOM_JOIN' | 'LEAVE';
  to?: undefined;
  requestId?: undefined;
}

/** Told by a member or the creator: `to` you alone, or to everybody. */
export interface NIMSignalingControlNotify extends Happened {
  eventType: 'CONTROL';
  to?: string;
  requestId?: undefined;
}

export type NIMSignalingNotify = NIMSignalingInvitationNotify | NIMSignalingChannelNotify | NIMSignalingControlNotify;
export type NIMSignalingNotifyEventType = NIMSignalingNotify['eventType'];

/** Another device of yours accepted or rejected. */
export type NIMSignalingMultiClientNotify = NIMSignalingInvitationNotify & { eventType: 'ACCEPT' | 'REJECT' };

/** The events of NIM, and what their listeners are called with. */
export interface NIMEvents {
  signalingNotify: [event: NIMSignalingNotify];
  /** Spelt as the vendor spells it. */
  signalingMutilClientSyncNotify: [event: NIMSignalingMultiClientNotify];
  /** Something failed that no promise tells of. */
  error: [error: NIMError];
}

/** NOTICES: the module's event → ours, and the option called after it. */
export const NOTICES: Record<string, [keyof NIMEvents, option: string]> = {
  notify: ['signalingNotify', 'onSignalingNotify'],
  multiclient: ['signalingMutilClientSyncNotify', 'onSignalingMutilClientSyncNotify'],
};

/** documented adds the fields of the vendor's documentation to an event in the vendor's own shape. */
export function documented(event: any): any {
  const { members } = event;
  return {
    ...event,
    ...(members && { members: members.map(member) }),
    invalid: !!event.channelInValid,
    channelInfo: channelInfo(event),
  };
}
