import { settings } from './configure.js';
import { CallError, fault, report, textOf } from './failure.js';
import type { Failure } from './failure.js';
import { compiled, wasmAddress } from './loader.js';
import { start } from './runtime.js';
import type { Host, Instance } from './runtime.js';
import { version } from './version.js';

export type { Failure };

/** The Go module, as the facades see it. One serves any number of targets (package jsbridge). */
export interface Backend {
  /**
   * Runs a method of a target. `args` is written as JSON here and now: Go never sees the caller's object.
   * Resolves to what Go answered; rejects with an Error whose `failure` says why.
   */
  call(target: string, method: string, args: unknown): Promise<any>;
  /** Hears a target's events, in Go's order and behind the replies they follow. One listener a target. */
  listen(target: string, fn: Listener): void;
  unlisten(target: string): void;
  /** Ends this module, for all targets. */
  dispose(): void;
}

type Listener = (name: string, payload: any) => void;

const LIMIT = 1 << 20; // characters of JSON; four times what a frame to the relay may hold

// Listeners outlive an instance of Go: whoever opens the target again hears it again.
const listeners = new Map<string, Listener>();
const exits = new Set<(why: Error) => void>();
let loading: Promise<Backend> | undefined;

/** The running module, loaded at the first call. If a load failed or Go has ended, the next call starts anew. */
export function backend(): Promise<Backend> {
  return (loading ??= load());
}

/**
 * Hears that Go has died: what was pending has been rejected with code 'module-exit', all targets are gone.
 * Returns the function that ends it.
 */
export function onModuleExit(fn: (why: Error) => void): () => void {
  exits.add(fn);
  return () => void exits.delete(fn);
}

function load(): Promise<Backend> {
  const forget = () => {
    if (loading === mine) loading = undefined;
  };
  const host = { event, frame, ended: forget, exited };
  const mine = (settings().tabs === 'shared' ? shared(host) : alone(host)).then(wrap);
  mine.then(watchPage, forget);
  return mine;
}

/** Starts Go with a file beside this one. Bundlers bring those along as they are. */
async function by(file: URL, run: (it: any) => Promise<Instance>): Promise<Instance | undefined> {
  const url = String(file);
  try {
    return await run(await import(/* webpackIgnore: true */ /* @vite-ignore */ url));
  } catch (why) {
    console.warn(`beckon: ${url} does not run as a worker, so the page does its work: ${textOf(why)}`);
  }
}

/** Starts Go for this page. */
async function alone(host: Host): Promise<Instance> {
  const module = await compiled();
  const worker = settings().worker && by(new URL('./worker.mjs', import.meta.url), (it) => it.inWorker(module, host, settings()));
  return (await worker) || start(module, host);
}

/** Starts Go for all tabs, or joins them. */
async function shared(host: Host): Promise<Instance> {
  const tabs = by(new URL('./tabs.mjs', import.meta.url), (it) => it.shared({ ...settings(), wasm: wasmAddress(), version, alone }, host));
  return (await tabs) || alone(host);
}

function wrap(go: Instance): Backend {
  return {
    async call(target, method, args) {
      const json = write(target, method, args);
      debug('call', target, method, args);
      const { ok, error } = read(method, await go.call(target, method, json));
      debug(error ? 'failed' : 'answered', target, method, error ?? ok);
      if (error) throw new CallError(error);
      return ok;
    },
    listen: (target, fn) => void listeners.set(target, fn),
    unlisten: (target) => void listeners.delete(target),
    dispose: () => go.dispose(),
  };
}

function write(target: string, method: string, args: unknown): string {
  const refuse = (why: string) => fault('bad-argument', `${method}: ${why}`);
  if (/\p{Cs}/u.test(target)) throw refuse('the target holds half a character');
  let json: string | undefined;
  try {
    json = JSON.stringify(args === undefined ? {} : args);
  } catch (error) {
    throw refuse(`the argument cannot be written as JSON: ${textOf(error)}`);
  }
  if (json === undefined) throw refuse('the argument has no JSON');
  if (json.length > LIMIT) throw refuse(`the argument is ${json.length} characters of JSON, ${LIMIT} are allowed`);
  return json;
}

function read(method: string, envelope: string): { ok?: unknown; error?: Failure } {
  try {
    return JSON.parse(envelope);
  } catch (error) {
    throw fault('internal', `${method}: the answer is no JSON: ${textOf(error)}`);
  }
}

function event(target: string, name: string, json: string): void {
  try {
    const payload = json ? JSON.parse(json) : undefined;
    debug('event', target, name, payload);
    listeners.get(target)?.(name, payload);
  } catch (error) {
    report(error);
  }
}

function exited(why: Error): void {
  for (const fn of exits) {
    try {
      fn(why);
    } catch (error) {
      report(error);
    }
  }
}

let watching = false;

/** A page that was asleep may have lost its link without hearing of it, so its targets look when it wakes. */
function watchPage(): void {
  const page: Partial<Window> = globalThis.window ?? globalThis;
  if (watching || !page.addEventListener) return;
  watching = true;
  const check = () => {
    loading?.then(
      (go) => {
        for (const target of listeners.keys()) go.call(target, 'check', {}).catch(() => {});
      },
      () => {},
    );
  };
  page.addEventListener('online', check);
  page.addEventListener('pageshow', check);
  page.document?.addEventListener('visibilitychange', () => {
    if (page.document!.visibilityState === 'visible') check();
  });
}

/** What is said about people's secrets, in JSON: consoles get pasted into reports. */
const SECRETS = /("[^"]*(?:token|usersig|password|credential)[^"]*":)"(?:[^"\\]|\\.)*"/gi;

function debug(what: string, target: string, name: string, value: unknown): void {
  if (settings().debug) say(`${what} ${target} ${name} ${JSON.stringify(value) ?? ''}`);
}

function frame(way: string, text: string): void {
  if (settings().debug) say(`${way} ${text}`);
}

function say(text: string): void {
  const line = `beckon: ${text.trim().replace(SECRETS, '$1"…"')}`;
  const { debug } = settings();
  try {
    if (typeof debug === 'function') debug(line);
    else console.debug(line);
  } catch (error) {
    report(error);
  }
}
