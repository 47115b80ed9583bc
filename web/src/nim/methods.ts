// Every signalling call, once: its parameters, its result, what it requires.

import { settings } from '../configure.js';
import type * as P from './params.js';
import * as R from './results.js';
import type { Shape } from './results.js';
import type * as T from './types.js';

type Accepted = T.NIMSignalingAnswered<P.NIMSignalingAcceptOptions>;

/**
 * The signalling calls of a NIM instance. All of them throw at once, a plain object naming the parameter, when one
 * that is required is missing, and reject with NIMError otherwise.
 */
export interface Signalling {
  /** Makes a channel, without joining it. Rejects 10405 when a live channel has the name. */
  signalingCreate(options: P.NIMSignalingCreateOptions): Promise<T.NIMSignalingChannel>;
  /** Joins. Rejects 10404, 10407, 10417, 10419, 10420. */
  signalingJoin(options: P.NIMSignalingJoinOptions): Promise<T.NIMSignalingJoinedChannel>;
  /** Leaves; the channel lives on. Rejects 10404, 10406. */
  signalingLeave(options: P.NIMSignalingLeaveOptions): Promise<T.NIMSignalingLeft>;
  /** Ends the channel for everybody. Rejects 10404, 10406. */
  signalingClose(options: P.NIMSignalingCloseOptions): Promise<T.NIMSignalingClosedChannel>;
  /**
   * Asks an account into the channel, for 90 s. Rejects 10404, 10406, 10407, 10419; 10201 and 10202 mean that the
   * invitation was made, and no device of theirs was reached.
   */
  signalingInvite(options: P.NIMSignalingInviteOptions): Promise<T.NIMSignalingInvited>;
  /** Takes an invitation back. Rejects 10404, 10408, 10409, 10410. */
  signalingCancel(options: P.NIMSignalingCancelOptions): Promise<T.NIMSignalingAnswered<P.NIMSignalingCancelOptions>>;
  /** Accepts, and with autoJoin joins. Rejects 10404, 10408, 10409, 10410; 10201: done, but the inviter is away. */
  signalingAccept(options: P.NIMSignalingAcceptOptions & { autoJoin: true }): Promise<T.NIMSignalingJoinedChannel>;
  signalingAccept(options: P.NIMSignalingAcceptOptions & { autoJoin?: false }): Promise<Accepted>;
  signalingAccept(options: P.NIMSignalingAcceptOptions): Promise<Accepted | T.NIMSignalingJoinedChannel>;
  /** Joins and accepts in one round trip, both or neither. Rejects as join and accept do, but never 10201. */
  signalingJoinAndAccept(options: P.NIMSignalingJoinAndAcceptOptions): Promise<T.NIMSignalingJoinedChannel>;
  /** Declines. Rejects 10404, 10408, 10409, 10410; 10201: done, but the inviter is away. */
  signalingReject(options: P.NIMSignalingRejectOptions): Promise<T.NIMSignalingAnswered<P.NIMSignalingRejectOptions>>;
  /** Makes a channel, joins it, invites. Rejects as the three do; on 10201 and 10202 the call stands. */
  signalingCall(options: P.NIMSignalingCallOptions): Promise<T.NIMSignalingCalled>;
  /** The same in one round trip; 10201 and 10202 resolve, as callStatus and code. Prefer it. */
  signalingCallEx(options: P.NIMSignalingCallExOptions): Promise<T.NIMSignalingCalledChannel>;
  /** Makes a channel, or finds the live one of that name, and joins it. Rejects as join does. */
  signalingCreateAndJoin(options: P.NIMSignalingCreateAndJoinOptions): Promise<T.NIMSignalingJoinedChannel>;
  /** Lengthens the channel's life. It is lengthened by itself while somebody is in it. Rejects 10404, 10406. */
  signalingDelay(options: P.NIMSignalingDelayOptions): Promise<T.NIMSignalingChannel>;
  /** The channel of a name; anybody may ask. Rejects 10404. */
  signalingGetChannelInfo(options: P.NIMSignalingGetChannelInfoOptions): Promise<T.NIMSignalingFoundChannel>;
  /** Tells one account, or all other members, something that is not kept for those who are away. Rejects 10404, 10406. */
  signalingControl(options: P.NIMSignalingControlOptions): Promise<T.NIMSignalingControlled>;
  /** Has what was kept for this account told again, and its channels: the two SyncNotify events. */
  signalingSync(): Promise<void>;
  /** Takes kept events out of the next sync. There is no telling when, or whether, it is done. */
  signalingMarkMsgRead(options: P.NIMSignalingMarkMsgReadOptions): void;
}

/** What a call needs beside its name. */
export interface Method {
  /** Required parameters, in the order in which they are looked for. */
  needs: readonly string[];
  /** The vendor's result; it has none where this is absent. */
  shape?: Shape;
  /** Called without options it throws a TypeError, not the object naming a parameter. */
  bare?: true;
  /** What the module is told beside what the caller passed. */
  sends?: () => object | false | undefined;
  /** The fields by which the documented result is larger than `shape` and what all get. */
  adds?: Shape;
  /** It answers nothing, not even a promise. */
  mute?: true;
}

const channel = ['channelId'];
const invitation = ['channelId', 'requestId', 'account'];

export const METHODS: Record<keyof Signalling, Method> = {
  signalingCreate: { needs: ['type'], shape: R.created },
  signalingJoin: { needs: channel, shape: R.joined },
  signalingLeave: { needs: channel, shape: R.left },
  signalingClose: { needs: channel, shape: R.closed },
  signalingInvite: { needs: invitation, shape: R.invited },
  signalingCancel: { needs: invitation, shape: R.answered, bare: true },
  signalingAccept: { needs: invitation, shape: R.accepted, bare: true },
  signalingJoinAndAccept: { needs: ['channelId', 'account', 'requestId'], shape: R.joined },
  signalingReject: { needs: invitation, shape: R.answered, bare: true },
  signalingCall: {
    needs: ['type', 'requestId', 'account'],
    bare: true,
    sends: () => settings().nim.callJoinsExisting && { callJoinsExisting: true },
    shape: R.called,
    adds: R.joined,
  },
  signalingCallEx: { needs: ['type', 'account'], shape: R.joined },
  signalingCreateAndJoin: { needs: ['type'], shape: R.joined, bare: true },
  signalingDelay: { needs: channel, shape: R.created },
  signalingGetChannelInfo: { needs: ['channelName'], shape: R.joined },
  signalingControl: { needs: channel, shape: R.told, bare: true },
  signalingSync: { needs: [] },
  signalingMarkMsgRead: { needs: ['msgid'], mute: true },
};
