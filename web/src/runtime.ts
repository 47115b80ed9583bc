import { golangWasm, plain } from './bridges.js';
import type { Page } from './bridges.js';
import { fault, textOf } from './failure.js';
import { outbox } from './order.js';
import { Sockets } from './sockets.js';
import { Stderr } from './stderr.js';
import { defineGo } from './wasm_exec.js';

/** One running Go program. */
export interface Instance {
  /** Resolves to the envelope; rejects with code 'module-exit' if Go ends first. */
  call(target: string, method: string, json: string): Promise<string>;
  /** Ends the program. */
  dispose(): void;
}

export interface Host {
  event(target: string, name: string, json: string): void;
  /** What went over a socket: 'sent' or 'received'. */
  frame(way: string, text: string): void;
  /** Go has ended this moment: no call will reach it any more. */
  ended(): void;
  /** The same, after everything that was pending has been rejected. */
  exited(why: Error): void;
}

interface Go {
  importObject: WebAssembly.Imports;
  exit: (code: number) => void;
  run(instance: WebAssembly.Instance): Promise<void>;
  _resume(): void;
  _scheduledTimeouts: Map<number, ReturnType<typeof setTimeout>>;
}

/**
 * Starts a Go program. It sees the page's globals through a scope of its own:
 * what it and wasm_exec.js set stays there, so programs do not meet and the page
 * finds nothing new on its globalThis.
 */
export async function start(module: WebAssembly.Module, host: Host): Promise<Instance> {
  const send = outbox();
  const stderr = new Stderr();
  const sockets = new Sockets(host.frame);
  const pending = new Map<number, { resolve(envelope: string): void; reject(why: Error): void }>();
  let calls = 0;
  let dead: Error | undefined;
  let ready!: (doors: Parameters<Page['ready']>) => void;
  let unready!: (why: Error) => void;

  const page: Page = {
    settle(id, envelope) {
      const call = pending.get(id);
      if (pending.delete(id)) send('reply', () => call!.resolve(envelope));
    },
    event: (...event) => send('event', () => host.event(...event)),
    ready: (...doors) => ready(doors),
  };

  const scope = {
    __proto__: null,
    fs: stderr,
    process: undefined, // Node's own would answer
    path: undefined,
    get WebSocket() {
      return sockets.constructable;
    },
    ...(BECKON_BRIDGE === 'plain' ? plain(page) : golangWasm(page)),
  } as unknown as Record<PropertyKey, unknown> & { Go: new () => Go };
  const own = new Proxy(scope, {
    get: (_, key) => (key in scope ? scope[key] : (globalThis as Record<PropertyKey, unknown>)[key]),
  });
  defineGo(own, stderr);

  const go = new scope.Go();
  go.exit = (code) => die(code ? `has exited with ${code}: ${stderr.lastWords() ?? 'it did not say why'}` : 'was disposed of');

  // The one door through which calls, timers and sockets enter Go.
  const resume = go._resume.bind(go);
  go._resume = () => {
    if (dead) return;
    try {
      resume();
    } catch (error) {
      trapped(error);
    }
  };
  const trapped = (error: unknown) => die(`was ended by an error: ${textOf(error)}`, error);

  function die(how: string, cause?: unknown): void {
    if (dead) return;
    if (cause) console.error(`beckon: the Go module ${how}`); // else Go has said so itself
    const why = (dead = fault('module-exit', `beckon: the Go module ${how}`, cause));
    for (const timer of go._scheduledTimeouts.values()) clearTimeout(timer);
    sockets.closeAll();
    unready(why);
    host.ended();
    for (const call of pending.values()) send('reply', () => call.reject(why));
    pending.clear();
    send('event', () => host.exited(why));
  }

  const [enter, dispose] = await new Promise<Parameters<Page['ready']>>((resolve, reject) => {
    ready = resolve;
    unready = reject;
    WebAssembly.instantiate(module, go.importObject)
      .then((instance) => go.run(instance))
      .catch(trapped);
  });

  return {
    call(target, method, json) {
      if (dead) return Promise.reject(dead);
      return new Promise((resolve, reject) => {
        pending.set(++calls, { resolve, reject });
        enter(calls, target, method, json);
      });
    },
    dispose() {
      if (!dead) dispose();
    },
  };
}
