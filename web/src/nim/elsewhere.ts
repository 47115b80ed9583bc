// The rest of the vendor's SDK: messages, users, teams, files, its database.
// None of it is here, and pages that call it all the same are told so by name.

import { NIMError } from './errors.js';

/** The vendor's release that this stands in for; kits compare it with what they need. */
export const info = { version: '9.21.12', sdkHumanVersion: '9.21.12', sdkVersion: '92112' };

/** How the vendor's calls are named. Other names have to be absent: frameworks look for them on what they are given. */
const CALLS =
  /^(?!.*Listener)(accept|add|apply|create|delete|dismiss|forward|get|is[MU]|leave|mark|mute|pass|preview|publish|query|recall|reject|remove|resend|reset|save|search|send|set|subscribe|transfer|update)[A-Z]/;

/** elsewhere is `base` with a call that fails for each of the vendor's that it lacks: done(error) where there is a done. */
export function elsewhere<T extends object>(base: T): T {
  return new Proxy(base, {
    get(_, name, self) {
      if (typeof name !== 'string' || name in base || !CALLS.test(name)) return Reflect.get(base, name, self);
      return (options?: { done?: unknown }) => {
        const error = new NIMError(name, 404, `${name} error: Beckon has signalling only`);
        if (typeof options?.done === 'function') setTimeout(options.done, 0, error);
        else console.error(error);
      };
    },
  });
}
