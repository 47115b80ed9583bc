// How calls fail.

import { textOf } from '../failure.js';
import { TUIErrorCode } from './codes.js';

/** What calls reject with, whether the relay, the link or the module refused. */
export class TUIError extends Error {
  /** One of {@link TUIErrorCode}. */
  readonly code: number;
  /** The parameter at fault, and what it may measure at the most. */
  declare readonly field?: string;
  declare readonly limit?: number;
  /** Milliseconds to wait before asking again. */
  declare readonly after?: number;
  /** Names the call, or the login, in the relay's log. */
  declare readonly trace?: string;

  constructor(code: number, message: string, more?: object) {
    super(message);
    this.code = code;
    this.name = '';
    // Enumerable, as the vendor's is: pages log errors as JSON.
    Object.defineProperty(this, 'message', { value: message, enumerable: true, writable: true });
    Object.assign(this, more);
  }
}

/** What the module's own codes are to the caller; those not named here are a fault of ours. */
const OWN: Record<string, TUIErrorCode> = {
  'no-target': TUIErrorCode.ERR_SDK_NOT_INITIALIZED,
  'bad-argument': TUIErrorCode.ERR_INVALID_PARAMETER,
  'bad-field': TUIErrorCode.ERR_INVALID_PARAMETER,
};

/** refused makes the caller's error of what the module rejected with. */
export function refused(why: any): TUIError {
  const { code, name, message, ...more } = why.failure ?? { message: textOf(why) };
  return new TUIError(typeof code === 'number' ? code : (OWN[code] ?? TUIErrorCode.ERR_FAILED), message, more);
}
