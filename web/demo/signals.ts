// The SDK's calls that the demo makes, each written to the log with its answer.

import type { NIM } from 'beckon';
import type { Answer, Order } from './call.js';
import type { Log } from './log.js';

export type Nim = ReturnType<typeof NIM.getInstance>;

/** What the demo reads of a signalling event. All values are strings, as the SDK gives them. */
export interface SignalEvent {
  eventType?: string;
  type: string;
  channelId: string;
  from: string;
  /** Whom it is for, where it is for one. */
  to?: string;
  requestId?: string;
  attachExt?: string;
  time: string;
  /** What to mark as read; '0' when it was not stored. */
  msgid?: string;
  /** The channel is gone: an old invitation, not to be rung for. */
  channelInValid?: boolean;
}

/**
 * isConference: a page is logged in under both dialects, and hears of an invitation in both. Those into calls are for
 * the phone, those into conferences for room.ts. The relay's ids of calls are 32 hexadecimal digits, conferences have names.
 */
export const isConference = (channelId: string): boolean => !/^[0-9a-f]{32}$/.test(channelId);

/** How the relay refuses to close what belongs to somebody else. */
const FOREIGN = new Set<number | string>([403, 10403]);

/** obey carries out an order through the SDK. It rejects with the SDK's error. */
export function obey(nim: Nim, log: Log, order: Order): Promise<Answer> {
  switch (order.do) {
    case 'callEx': {
      const { kind: type, peer: account, requestId } = order;
      const options = { type, account, requestId, offlineEnabled: true };
      return logged(log, 'signalingCallEx', options, () => nim.signalingCallEx(options));
    }
    case 'cancel': {
      const options = { ...invitation(order), offlineEnabled: true };
      return logged(log, 'signalingCancel', options, () => nim.signalingCancel(options));
    }
    case 'joinAndAccept': {
      const options = { ...invitation(order), offlineEnabled: true };
      return logged(log, 'signalingJoinAndAccept', options, () => nim.signalingJoinAndAccept(options));
    }
    case 'reject': {
      const attachExt = order.attachExt;
      const options = { ...invitation(order), offlineEnabled: true, ...(attachExt ? { attachExt } : {}) };
      return logged(log, 'signalingReject', options, () => nim.signalingReject(options));
    }
    case 'join': {
      const options = { channelId: order.channelId };
      return logged(log, 'signalingJoin', options, () => nim.signalingJoin(options));
    }
    case 'close': {
      const options = { channelId: order.channelId, offlineEnabled: true };
      return logged(log, 'signalingClose', options, () => nim.signalingClose(options)).catch((error: unknown) => {
        // Somebody else's room, rung by the other dialect, is not ours to close.
        if (!FOREIGN.has(codeOf(error))) throw error;
        return logged(log, 'signalingLeave', options, () => nim.signalingLeave(options));
      });
    }
  }
}

/** tell sends a text to somebody in a channel: neither stored nor told after a reload. */
export function tell(nim: Nim, log: Log, channelId: string, account: string, attachExt: string): Promise<object> {
  const options = { channelId, account, attachExt };
  return logged(log, 'signalingControl', options, () => nim.signalingControl(options));
}

/** codeOf is what the SDK's error says: the relay's number, or a text when the link is the trouble. */
export function codeOf(error: unknown): number | string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'number' || typeof code === 'string' ? code : 'internal';
}

/** invitation names an invitation as the SDK wants it: `account` is the other side. */
function invitation({ channelId, requestId, peer }: { channelId: string; requestId: string; peer: string }) {
  return { channelId, requestId, account: peer };
}

/** logged writes a call of the SDK to the log, and its answer. */
export async function logged<T extends object>(log: Log, name: string, options: object, call: () => Promise<T>): Promise<T> {
  log.asked(name, options);
  try {
    const answer = await call();
    log.answered(name, answer);
    return answer;
  } catch (error) {
    log.refused(name, error);
    throw error;
  }
}
