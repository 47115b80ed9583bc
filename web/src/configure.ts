import { node } from './node.js';

/** What `configure` takes. Each option is optional; giving `undefined` takes an option back. */
export interface Options {
  /**
   * Where the relay is: ws, wss, http or https; no path means /ws. In a page it may be relative.
   * Default: `data-relay` on the script tag, else the environment variable BECKON_URL in Node, else
   * the origin that served the script. Several (a list, or with spaces between them) are tried in turn.
   */
  url?: string | URL | readonly (string | URL)[];
  /** Where beckon.wasm is. Default: beside this script. In Node it may be a path. */
  wasmUrl?: string | URL;
  /** beckon.wasm, compiled already; goes before `wasmUrl`. */
  wasmModule?: WebAssembly.Module;
  nim?: {
    /** Results exactly as the vendor's SDK gives them, without the fields of its documentation page. Default: false. */
    exact?: boolean;
    /** signalingCall to a channel name in use joins that channel, whoever made it. Default: false, only the caller's own. */
    callJoinsExisting?: boolean;
  };
  tui?: {
    /**
     * The events onInvitationAdded, Removed and StatusChanged have the room's id as `roomInfo`, as the vendor's SDK has
     * it, and not the TUIRoomInfo of its documentation. Default: false.
     */
    roomInfoAsId?: boolean;
  };
  /**
   * Runs the Go module and its link in a Web Worker, so that they go on in a tab in the background. Needs worker.mjs beside
   * this script; where there is none, it runs in the page, and the console says so. Default: false.
   */
  worker?: boolean;
  /**
   * 'shared': the tabs of this origin that use an account share one connection and are one device, in a SharedWorker; where
   * there is none, one of the tabs has the connection. Each hears everything. Needs tabs.mjs beside this script. Default:
   * 'own', each tab is a device of its own.
   */
  tabs?: 'own' | 'shared';
  /**
   * Tells the console, or a function, of every call, event and frame, a line each. Tokens and passwords are struck out.
   * Default: false.
   */
  debug?: boolean | ((line: string) => void);
}

type Settings = Options & Required<Pick<Options, 'nim' | 'tui'>>;

const known = ['url', 'wasmUrl', 'wasmModule', 'nim', 'tui', 'worker', 'tabs', 'debug'];

let options: Settings = { nim: {}, tui: {} };
let tagged: string | undefined;

/**
 * Says where things are and how the SDK behaves, for all instances made from now
 * on. Options add up over several calls.
 *
 * @throws TypeError if an option is unknown or `url` is no address of a relay.
 */
export function configure(more: Options): void {
  for (const name of Object.keys(more)) {
    if (!known.includes(name)) throw new TypeError(`beckon: configure knows no option '${name}'`);
  }
  if (more.url !== undefined) socketUrls(more.url);
  options = {
    ...options,
    ...more,
    nim: { ...options.nim, ...more.nim },
    tui: { ...options.tui, ...more.tui },
  };
}

/** The options as given. */
export function settings(): Readonly<Settings> {
  return options;
}

/** Remembers the script tag's `data-relay`, which only the running script can see. */
export function relayOfTag(url: string | undefined): void {
  tagged = url;
}

/**
 * The WebSocket address of the relay; several have a space between them.
 *
 * @throws TypeError if there is none, or a malformed one.
 */
export function relayUrl(): string {
  const url = options.url ?? tagged ?? dataRelay() ?? node()?.env?.BECKON_URL ?? servedFrom();
  if (url) return socketUrls(url);
  throw new TypeError("beckon: where is the relay? Say configure({ url: 'wss://…' }), put data-relay on the script tag, or set BECKON_URL");
}

const socketUrls = (given: NonNullable<Options['url']>): string => [given].flat().join(' ').split(' ').map(socketUrl).join(' ');

function socketUrl(text: string): string {
  let url: URL | undefined;
  try {
    url = new URL(text, globalThis.location?.href);
    url.protocol = url.protocol.replace(/^http/, 'ws');
  } catch {}
  if (!url || !/^wss?:$/.test(url.protocol)) throw new TypeError(`beckon: '${text}' is no ws:, wss:, http: or https: address of a relay`);
  if (url.pathname === '/') url.pathname = '/ws';
  url.hash = '';
  return url.href;
}

function dataRelay(): string | undefined {
  return globalThis.document?.querySelector<HTMLElement>('script[data-relay]')?.dataset.relay;
}

function servedFrom(): string | undefined {
  const url = [import.meta.url, globalThis.location?.href].find((url) => /^http/.test(url));
  return url && new URL(url).origin;
}
