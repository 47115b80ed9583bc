// How calls fail: NIMError for what the relay, the link or the module refused;
// a plain object, thrown at once, for a parameter that was left out.

import { textOf } from '../failure.js';
import { exact, superset } from './superset.js';
import type { NIMSignalingChannelInfo, NIMSignalingChannelMember } from './types.js';

/**
 * What calls reject with. `code` is the relay's number, or a text when the link is the trouble:
 * 'Error_Connection_Socket_State_not_Match' not logged in, 'Error_Internet_Disconnected' the link
 * was lost while waiting (what became of the call is not known), 'Error_Timeout' no answer in 8 s.
 * `message` of a signalling code is its name, such as 'ROOM_NOT_EXISTS'.
 */
export class NIMError extends Error {
  override readonly name = 'NIMError';
  readonly code: number | string;
  /** Unix milliseconds. */
  readonly timetag = Date.now();
  readonly event = {};
  readonly callFunc = 'api::signalling';
  /** The call that failed, such as 'signalingInvite'. */
  readonly cmd: string;
  /** The parameter at fault, and what it may measure at the most. */
  declare readonly field?: string;
  declare readonly limit?: number;
  /** Milliseconds to wait before asking again. */
  declare readonly after?: number;
  /** For people. */
  declare readonly detail?: string;
  /** Names the call, or the login, in the relay's log. */
  declare readonly trace?: string;
  /** The channel, where something has happened in it all the same: with 10201 and 10202 the invitation stands. */
  declare readonly channelId?: string;
  declare readonly channelInfo?: NIMSignalingChannelInfo;
  declare readonly members?: NIMSignalingChannelMember[];

  constructor(cmd: string, code: number | string, message: string, more?: object) {
    super(message);
    this.cmd = cmd;
    this.code = code;
    // Enumerable, as the vendor's is: pages log errors as JSON.
    Object.defineProperty(this, 'message', { value: message, enumerable: true, writable: true });
    Object.assign(this, more);
  }
}

/** What the module's own codes are to the caller, in the older shape and in V2; those not named here are a fault of ours. */
const OWN: Record<string, readonly [number | string, v2: number]> = {
  'module-exit': ['Error_Internet_Disconnected', 192003],
  'no-target': ['Error_Connection_Socket_State_not_Match', 190002],
  'bad-argument': [10414, 191004],
};
const FAULT = [500, 190001] as const;

/** failureOf reads what the module rejected with; `detail` keeps a code of its own. */
export function failureOf(why: any, v2: 0 | 1): Record<string, any> {
  const failure = why.failure ?? { code: 'internal', message: textOf(why) };
  const { code } = failure;
  if (typeof code !== 'string' || code.startsWith('Error_')) return failure;
  return { ...failure, code: (OWN[code] ?? FAULT)[v2], detail: code };
}

/** refused makes the caller's error of what the module rejected with. */
export function refused(cmd: string, why: unknown): NIMError {
  const { code, name, message, channel, members, ...more } = failureOf(why, 0);
  if (channel && !exact()) Object.assign(more, { channelId: channel.channelId }, superset(channel, members));
  return new NIMError(cmd, code, message, more);
}

/** missing is thrown, not rejected with, and is no Error: that is how the vendor does it. */
export function missing(callFunc: string, parameter: string): object {
  const time = new Date();
  const message = `缺少参数 ${parameter}, 不能为空`;
  return { callFunc, message, time, timetag: +time };
}
