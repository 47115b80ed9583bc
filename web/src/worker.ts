// dist/worker.mjs: Go in a worker, whose timers and socket go on while its page is in the background, where browsers hold
// back a page's own. The page imports this file for `inWorker`, and that starts a worker with the same file.

import { Hub } from './hub.js';
import { remote } from './remote.js';
import type { Ask, Tell } from './remote.js';
import { start } from './runtime.js';
import type { Host, Instance } from './runtime.js';

type ToWorker = ['start', module: WebAssembly.Module, debug: boolean] | ['dispose'] | Ask;

/** As `start`, in a worker. Rejects if there is none to be had. */
export function inWorker(module: WebAssembly.Module, host: Host, { debug }: { debug?: unknown }): Promise<Instance> {
  const worker = new Worker(import.meta.url, { type: 'module', name: 'beckon' });
  const ask = (message: ToWorker) => worker.postMessage(message);
  const { started, hear } = remote(ask, () => ask(['dispose']), host);
  worker.onmessage = ({ data }: MessageEvent<Tell>) => {
    if (data[0] === 'exited') worker.terminate();
    hear(data);
  };
  worker.onerror = (event) => hear(['failed', event.message || 'its script does not load']);
  ask(['start', module, !!debug]);
  return started;
}

/** The worker's side: a hub for one page. */
function serve(): void {
  let hub: Hub;
  onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data[0] === 'start') {
      hub = new Hub((host) => start(data[1], host));
      hub.join('page', (message) => postMessage(message), data[2]);
    } else if (data[0] === 'dispose') hub.dispose();
    else hub.hear('page', data);
  };
}

if (typeof document === 'undefined' && (globalThis as { name?: string }).name === 'beckon') serve();
