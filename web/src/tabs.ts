// dist/tabs.mjs: one Go module for all tabs of an origin. It runs in a SharedWorker; where there is none, in one of the
// tabs, which the others reach over a BroadcastChannel. A page imports this file for `shared`, and that starts a
// SharedWorker with the same file.

import { configure } from './configure.js';
import { Hub } from './hub.js';
import { compiled } from './loader.js';
import { newId } from './nim/device.js';
import { remote } from './remote.js';
import type { Ask, Tell } from './remote.js';
import { start } from './runtime.js';
import type { Host, Instance } from './runtime.js';

/** What a hub in another thread or tab is sent. */
type ToHub = ['who'] | ['join', tab: string, debug: boolean] | ['leave', tab: string] | ['tell', tab: string, Ask];
/** What it answers. On a BroadcastChannel everybody hears everything. */
type FromHub = ['here', hub: string] | ['told', tab: string, Tell];

export interface Sharing {
  /** Names what may be shared: the release, and where beckon.wasm is. */
  wasm: string;
  version: string;
  debug?: unknown;
  /** One that is compiled already; a SharedWorker cannot be sent it. */
  wasmModule?: WebAssembly.Module;
  /** Starts Go for this page alone. */
  alone(host: Host): Promise<Instance>;
}

const locks = globalThis.navigator?.locks as LockManager | undefined;

/** Names that a hub or a tab holds for as long as it lives. */
const alive = (id: string) => `beckon:alive:${id}`;

/** As `start`, for all tabs of this origin that ask for the same. */
export async function shared(sharing: Sharing, host: Host): Promise<Instance> {
  if (!globalThis.document) return sharing.alone(host); // Node, or a worker of the page's
  const name = `beckon ${sharing.version} ${new URL(sharing.wasm, location.href).href}`;
  if (!sharing.wasmModule && globalThis.SharedWorker) {
    try {
      return await join(overPort(name), name, sharing, host);
    } catch (why) {
      if (!(why instanceof NoHub)) throw why;
    }
  }
  if (globalThis.BroadcastChannel && locks) {
    lead(name, sharing);
    return join(wayOver(new BroadcastChannel(name)), name, sharing, host);
  }
  console.warn('beckon: tabs cannot share a connection here, so this one has its own: there is neither SharedWorker nor Web Locks');
  return sharing.alone(host);
}

/** There is no SharedWorker to be had. */
class NoHub extends Error {}

/** A way to a hub. It says 'here' once it can be joined. */
interface Way {
  send(message: ToHub): void;
  close(): void;
  hear(message: FromHub | ToHub): void;
  /** There is none to be had. */
  lost(why: Error): void;
}

/** This page as a tab of the hub. */
async function join(way: Way, name: string, { debug }: Sharing, host: Host): Promise<Instance> {
  const tab = newId();
  const lost = new Promise<never>((_, reject) => (way.lost = reject));
  lost.catch(() => {});
  const letGo = await hold(alive(tab)); // before the hub can hear of this tab, or it would find it gone
  const { started, hear } = remote(
    (ask) => way.send(['tell', tab, ask[3] === 'open' ? opening(ask, name) : ask]),
    () => leave(),
    host,
  );
  let hub: string | undefined;
  way.hear = (message) => {
    if (message[0] === 'told' && message[1] === tab) {
      if (message[2][0] === 'exited') {
        console.error(message[2][1]); // a SharedWorker's own console is not the page's
        end(message[2][1]);
      } else hear(message[2]);
    } else if (message[0] === 'here' && hub === undefined) {
      hub = message[1];
      way.send(['join', tab, !!debug]);
      void locks?.request(alive(hub), () => end('beckon: the Go module is gone with its tab or worker'));
    }
  };
  const unload = ({ persisted }: PageTransitionEvent) => (persisted ? leave() : way.send(['leave', tab]));
  addEventListener('pagehide', unload);
  function leave(): void {
    way.send(['leave', tab]);
    end('beckon: the Go module was disposed of');
  }
  function end(why: string): void {
    removeEventListener('pagehide', unload);
    letGo();
    hear(['exited', why]);
    way.close();
  }
  way.send(['who']);
  return Promise.race([started, lost]);
}

/** The instance shares its account's line, and is the same device in every tab: the one that was first. */
function opening([call, id, target, method, json]: Ask, name: string): Ask {
  const about = JSON.parse(json);
  if (about.device) {
    about.shared = true;
    about.device = kept(`${name} ${JSON.stringify([about.dialect, about.app, about.account])}`, about.device);
  }
  return [call, id, target, method, JSON.stringify(about)];
}

function kept(key: string, first: string): string {
  try {
    if (!localStorage.getItem(key)) localStorage.setItem(key, first);
    return localStorage.getItem(key) ?? first;
  } catch {
    return first; // no storage: whoever opens first is the device
  }
}

/** Takes a lock, and answers what lets go of it. */
function hold(name: string): Promise<() => void> {
  if (!locks) return Promise.resolve(() => {});
  return new Promise((resolve) => {
    void locks.request(name, () => new Promise<void>((letGo) => resolve(letGo)));
  });
}

// --- the hub's side ------------------------------------------------------------

/** Serves a hub over one port or channel. */
async function serve(hub: Hub, id: string, held: Promise<unknown>, port: MessagePort | BroadcastChannel): Promise<void> {
  const tell = (message: FromHub) => port.postMessage(message);
  const here = () => held.then(() => tell(['here', id])); // not before, or the tabs would find it dead
  port.onmessage = ({ data }: MessageEvent<ToHub>) => {
    const [what, tab] = data;
    if (what === 'who') void here();
    else if (what === 'leave') hub.leave(tab!);
    else if (what === 'tell') hub.hear(tab!, data[2]);
    else if (what === 'join') {
      hub.join(tab!, (what) => tell(['told', tab!, what]), data[2]);
      void locks?.request(alive(tab!), () => hub.leave(tab!)); // a tab that is gone cannot say so
    }
  };
  await here();
}

function overPort(name: string): Way {
  const worker = new SharedWorker(import.meta.url, { type: 'module', name });
  const way = wayOver(worker.port);
  worker.onerror = ({ message }: Partial<ErrorEvent>) => way.lost(new NoHub(message));
  return way;
}

function wayOver(port: MessagePort | BroadcastChannel): Way {
  const way: Way = { send: (message) => port.postMessage(message), close: () => port.close(), hear() {}, lost() {} };
  port.onmessage = ({ data }: MessageEvent<FromHub>) => way.hear(data);
  return way;
}

/** The SharedWorker's side. */
function serveWorker(wasmUrl: string): void {
  configure({ wasmUrl });
  const hub = new Hub(async (host) => start(await compiled(), host));
  const id = newId();
  const held = hold(alive(id));
  globalThis.onconnect = ({ ports: [port] }) => void serve(hub, id, held, port!);
}

const waiting = new Set<string>();

/** Has this page lead when no other one does any more. */
function lead(name: string, { alone }: Sharing): void {
  if (waiting.has(name)) return;
  waiting.add(name);
  void locks!.request(name, () => {
    const id = newId();
    return serve(new Hub(alone), id, hold(alive(id)), new BroadcastChannel(name)).then(() => new Promise(() => {}));
  });
}

declare global {
  var onconnect: (event: MessageEvent) => void;
}

if (typeof document === 'undefined' && globalThis.onconnect !== undefined && /^beckon /.test(self.name)) serveWorker(self.name.split(' ')[2]!);
