// What callers pass, before it goes anywhere: nothing hostile gets past here,
// and their objects are read once and never written.

import { CallError, textOf } from '../failure.js';
import { missing } from './errors.js';

/** A copy of what a caller passed. */
export interface Plain {
  args: Record<string, any>;
  /** Why it cannot be sent, if it cannot. */
  bad?: CallError;
}

/**
 * plain copies the caller's options as JSON would carry them. A field that JSON cannot carry (BigInt, a cycle,
 * a getter that throws, half a surrogate pair) is named in `bad` and counts as present in the copy.
 */
export function plain(options: object): Plain {
  let bad: CallError | undefined;
  const read = (field: string): [string, unknown][] => {
    try {
      const json = JSON.stringify((options as any)[field], wellFormed);
      wellFormed(field, field);
      return json === undefined ? [] : [[field, JSON.parse(json)]];
    } catch (cause) {
      bad ??= unsendable(field, cause);
      return [[field, true]];
    }
  };
  try {
    return { args: Object.fromEntries(Object.keys(options).flatMap(read)), bad };
  } catch (cause) {
    return { args: {}, bad: unsendable('options', cause) };
  }
}

function unsendable(field: string, cause: unknown): CallError {
  return new CallError({ code: 'bad-argument', name: '', message: `${field} cannot be sent: ${textOf(cause)}`, field });
}

/** wellFormed is a JSON replacer that lets everything pass but half surrogate pairs, which no UTF-8 can say. */
function wellFormed(key: string, value: unknown): unknown {
  for (const text of [key, value]) {
    if (typeof text === 'string' && /\p{Surrogate}/u.test(text)) throw new TypeError('half a surrogate pair');
  }
  return value;
}

/** demand throws for the first parameter, of those named, that is missing. */
export function demand(callFunc: string, args: Record<string, any>, names: readonly string[]): void {
  for (const name of names) if (!present(args[name])) throw missing(callFunc, name);
}

function present(value: unknown): boolean {
  if (typeof value !== 'object') return value !== undefined && value !== '';
  const inside = Object.values(value ?? {});
  return inside.length > 0 && !(Array.isArray(value) && inside.some((v) => v == null));
}
