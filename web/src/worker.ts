// dist/worker.mjs: Go in a worker, whose timers and socket go on while its page is in the background, where browsers hold
// back a page's own. The page imports this file for `remote`, and that starts a worker with the same file.

import { fault, textOf } from './failure.js';
import { start } from './runtime.js';
import type { Host, Instance } from './runtime.js';

type ToWorker = ['start', WebAssembly.Module] | ['call', id: number, target: string, method: string, json: string] | ['dispose'];
type ToPage =
  | ['started']
  | ['reply', id: number, envelope: string | undefined, why?: string]
  | ['event', target: string, name: string, json: string]
  | ['exited', why: string];

/** As `start`, in a worker. Rejects if there is none to be had. */
export function remote(module: WebAssembly.Module, host: Host): Promise<Instance> {
  const worker = new Worker(import.meta.url, { type: 'module', name: 'beckon' });
  const ask = (message: ToWorker) => worker.postMessage(message);
  const exit = (why: string) => fault('module-exit', why);
  const pending = new Map<number, { resolve(envelope: string): void; reject(why: Error): void }>();
  let calls = 0;
  let dead: Error | undefined;
  const instance: Instance = {
    call(target, method, json) {
      if (dead) return Promise.reject(dead);
      return new Promise((resolve, reject) => {
        pending.set(++calls, { resolve, reject });
        ask(['call', calls, target, method, json]);
      });
    },
    dispose: () => ask(['dispose']),
  };
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<ToPage>) => {
      switch (data[0]) {
        case 'started':
          return resolve(instance);
        case 'reply': {
          const [, id, envelope, why] = data;
          const call = pending.get(id)!;
          pending.delete(id);
          return envelope === undefined ? call.reject(exit(why!)) : call.resolve(envelope);
        }
        case 'event':
          return host.event(data[1], data[2], data[3]);
        case 'exited':
          dead = exit(data[1]);
          worker.terminate();
          reject(dead); // if it had not started
          host.ended();
          for (const call of pending.values()) call.reject(dead); // asked when it was dead already
          pending.clear();
          return host.exited(dead);
      }
    };
    worker.onerror = (event) => reject(new Error(event.message || 'its script does not load'));
    ask(['start', module]);
  });
}

/** The worker's side. */
function serve(): void {
  const tell = (message: ToPage) => postMessage(message);
  const host: Host = {
    event: (...event) => tell(['event', ...event]),
    ended() {},
    exited: (why) => tell(['exited', why.message]),
  };
  let go: Promise<Instance>;
  onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data[0] === 'start') {
      go = start(data[1], host);
      go.then(() => tell(['started']), () => {}); // exited tells why not
    } else if (data[0] === 'dispose') go.then((go) => go.dispose(), () => {});
    else {
      const [, id, ...call] = data;
      go.then((go) => go.call(...call)).then(
        (envelope) => tell(['reply', id, envelope]),
        (why) => tell(['reply', id, undefined, textOf(why)]),
      );
    }
  };
}

if (typeof document === 'undefined' && (globalThis as { name?: string }).name === 'beckon') serve();
