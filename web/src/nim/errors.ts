// How calls fail: NIMError for what the relay, the link or the module refused;
// a plain object, thrown at once, for a parameter that was left out.

import { textOf } from '../failure.js';
import { channelInfo, member } from './superset.js';
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

const NOT_LOGGED_IN = 'Error_Connection_Socket_State_not_Match';

/** notLoggedIn: the call never left. */
export function notLoggedIn(cmd: string): NIMError {
  return new NIMError(cmd, NOT_LOGGED_IN, `${cmd}: not logged in`);
}

/** badParameter: the field's value cannot be sent. */
export function badParameter(cmd: string, field: string, cause: unknown): NIMError {
  return new NIMError(cmd, 10414, `${cmd}: ${field} cannot be sent: ${textOf(cause)}`, { field });
}

/** What the module's own codes are to the caller; those not named here are a 500. `detail` keeps them. */
const INTERNAL: Record<string, number | string> = {
  'module-exit': 'Error_Internet_Disconnected',
  'no-target': NOT_LOGGED_IN,
  'bad-argument': 10414,
};

/** refused makes the caller's error of what the module rejected with. */
export function refused(cmd: string, why: any, exact: boolean): NIMError {
  const { code, name, message, channel, members, ...more } = why.failure ?? { code: 'internal', message: textOf(why) };
  if (typeof code === 'string' && !code.startsWith('Error_')) {
    return new NIMError(cmd, INTERNAL[code] ?? 500, message, { ...more, detail: code });
  }
  if (channel && !exact) {
    Object.assign(more, { channelId: channel.channelId, channelInfo: channelInfo(channel), members: members?.map(member) });
  }
  return new NIMError(cmd, code, message, more);
}

/** missing is thrown, not rejected with, and is no Error: that is how the vendor does it. */
export function missing(callFunc: string, parameter: string): object {
  const time = new Date();
  const message = `缺少参数 ${parameter}, 不能为空`;
  return { callFunc, message, time, timetag: +time };
}
