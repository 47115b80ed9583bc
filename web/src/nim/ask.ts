// A call's way: checked at once, asked of the module, answered in the vendor's words.

import { demand, plain } from './checks.js';
import type { Plain } from './checks.js';
import { refused } from './errors.js';
import type { Method } from './methods.js';
import { documented } from './results.js';
import { exact } from './superset.js';
import type { Target } from './target.js';

/** A call throws at once what the vendor throws at once; everything else is a rejection. */
export function call(target: Target, cmd: string, method: Method, options: any): Promise<unknown> | undefined {
  if (options === null || (method.bare && options === undefined)) {
    throw new TypeError(`${cmd} needs an object with its parameters`);
  }
  const given = plain(options ?? {});
  demand('api::signalling', given.args, method.needs);
  const result = answered(target, cmd, method, given);
  if (!method.shape) result.catch(() => {}); // nobody waits for those: kits sync before they are logged in
  if (!method.mute) return result;
}

async function answered(target: Target, cmd: string, { sends, shape, adds }: Method, given: Plain): Promise<unknown> {
  const { args } = given;
  const ok = await ask(target, cmd, { ...given, args: { ...args, ...sends?.() } });
  if (shape) return exact() ? shape(args, ok) : documented({ ...shape(args, ok), ...adds?.(args, ok) }, ok);
}

/** ask resolves to what the module answers, and rejects with what `failed` makes of a failure: a NIMError. */
export async function ask(target: Target, cmd: string, { args, bad }: Plain, failed: (cmd: string, why: unknown) => Error = refused): Promise<any> {
  try {
    if (bad) throw bad;
    return await target.call(cmd, args);
  } catch (why) {
    throw failed(cmd, why);
  }
}
