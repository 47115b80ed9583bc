// roomEngine.getConferenceInvitationManager(): one for all engines of a page.

import { TUIConferenceInvitationManagerEvents, TUIInvitationCode, TUIInvitationRejectedReason } from './enums.js';
import type { TUIInvitationEvents } from './events.js';
import { call, invitationEvents, ring } from './life.js';
import type { TUIInvitation } from './types.js';

/** What inviteUsers resolves to: what became of each account. The vendor declares, and has, nothing. */
export type TUIInvitationResult = void & { readonly [userId: string]: TUIInvitationCode };

/** What getInvitationList resolves to. The vendor declares an array, and has this. */
export interface TUIInvitationList {
  invitationList: TUIInvitation[];
  /** For the next call; '' at the end. */
  cursor: string;
}

let only: TUIConferenceInvitationManager | undefined;

/** Asks accounts into rooms. Every call rejects with {@link TUIError}. */
export class TUIConferenceInvitationManager {
  /** There is one, and `new` answers it. */
  constructor() {
    return (only ??= this);
  }

  /**
   * Asks accounts into the room that this engine is in. Resolves even if nobody could be asked: the result says of
   * each, by userId, whether they were (kSuccess), are being asked already or are in the room.
   */
  async inviteUsers(options: {
    roomId: string;
    userIdList: string[];
    /** Seconds. Default 0: never. */
    timeout?: number;
    /** For the invitees. Default ''; at most 4096 characters. */
    extensionInfo?: string;
  }): Promise<TUIInvitationResult> {
    const { roomId, userIdList, timeout, extensionInfo = '' } = options;
    return Object.assign(Object.create(null), await call('inviteUsers', { roomId, userIdList, timeout, extensionInfo }));
  }

  /** Takes back one's own invitations; an owner or administrator, those of others as well. */
  async cancelInvitation(options: { roomId: string; userIdList: string[] }): Promise<void> {
    const { roomId, userIdList } = options;
    await call('cancelInvitation', { roomId, userIdList });
  }

  /** Accepts what is pending into the room, and does not enter it. */
  async accept(options: { roomId: string }): Promise<void> {
    const { roomId } = options;
    await call('accept', { roomId });
  }

  /** `reason`: default kRejectToEnter. */
  async reject(options: { roomId: string; reason?: TUIInvitationRejectedReason }): Promise<void> {
    const { roomId, reason } = options;
    await call('reject', { roomId, reason });
  }

  /** A part of the room's list, in the order in which the invitations were made. */
  async getInvitationList(options: {
    roomId: string;
    /** Default '', the beginning. */
    cursor?: string;
    /** Default 20; at most 100. */
    count?: number;
  }): Promise<TUIInvitationList> {
    const { roomId, cursor, count } = options;
    return call('getInvitationList', { roomId, cursor, count });
  }

  /**
   * Listens. Who comes late to onReceiveInvitation is told at once of invitations that came when nobody listened and
   * are still pending.
   */
  on<E extends TUIConferenceInvitationManagerEvents>(event: E, func: (event: TUIInvitationEvents[`${E}`]) => void): void;
  on(event: string, func: (...args: any[]) => void): void;
  on(event: string, func: (...args: any[]) => void): void {
    invitationEvents.add(event, func);
    if (event === TUIConferenceInvitationManagerEvents.onReceiveInvitation) ring();
  }

  /** Stops listening with that function. */
  off(event: string, func: (...args: any[]) => void): void {
    invitationEvents.remove(event, func);
  }
}
