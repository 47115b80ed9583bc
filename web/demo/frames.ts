// The real frames: what passes through this page's WebSockets, as it passes. The
// tabs of one browser tell each other theirs, so that a diagram can show both ends.

import { dialect } from './dialect.js';
import { isConference } from './signals.js';

/** One frame on a link of an account. */
export interface Frame {
  /** Tells frames apart, also those of other tabs. */
  id: string;
  /** Milliseconds since 1970, with fractions: comparable between tabs of one machine. */
  at: number;
  account: string;
  /** On the link of which API: a page has one of each. */
  link: 'NIM' | 'TUI';
  way: 'out' | 'in';
  /** The frame's "type". */
  type: string;
  /** What it asks, answers or tells, such as callEx. */
  name: string;
  /** A reply that refuses. */
  refused: boolean;
  /** How long a reply took, in milliseconds. */
  took?: number;
  /** A notice that the page heeds on its other link. */
  echo: boolean;
  text: string;
}

/** Longer frames are told without their end. */
const LONGEST = 20_000;

export type Heard = (frame: Frame, mine: boolean) => void;

/** tap hands over every frame from now on but heartbeats. It is to be called before the SDK connects. */
export function tap(heard: Heard): void {
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('beckon.demo.frames') : undefined;
  channel?.addEventListener('message', ({ data }: MessageEvent<Frame>) => heard(data, false));
  const page = Math.random().toString(36).slice(2);
  let count = 0;

  const Original = globalThis.WebSocket;
  globalThis.WebSocket = class extends Original {
    private account = '';
    private link: Frame['link'] = 'NIM';
    /** What the commands that wait for a reply ask. */
    private readonly asked = new Map<number, { name: string; at: number }>();

    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', ({ data }) => this.pass('in', data, now()));
    }

    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBuffer>): void {
      const at = now(); // before the other side can have it
      super.send(data);
      this.pass('out', data, at);
    }

    private pass(way: Frame['way'], data: unknown, at: number): void {
      if (typeof data !== 'string') return;
      const parts = parsed(data);
      const { type = '', n = 0, name = '', account = '', app = '', fields, error } = parts;
      if (type === '' || type === 'heartbeat') return;
      if (type === 'hello') {
        this.account = account;
        this.link = /^\d+$/.test(app) ? 'TUI' : 'NIM'; // a sdkAppId is a number
      }
      if (type === 'command') this.asked.set(n, { name, at });
      const asked = type === 'reply' ? this.asked.get(n) : undefined;
      const frame: Frame = {
        id: `${page}-${++count}`,
        at,
        account: this.account,
        link: this.link,
        way,
        type,
        name: type === 'reply' ? (asked?.name ?? '') : name,
        refused: error !== undefined || type === 'refused',
        ...(asked && { took: at - asked.at }),
        echo: type === 'notice' && this.link !== heeded(fields?.channel),
        text: (type === 'hello' ? data.replace(/"token":"[^"]*"/, '"token":"…"') : data).slice(0, LONGEST),
      };
      if (type === 'reply') this.asked.delete(n);
      heard(frame, true);
      channel?.postMessage(frame);
    }
  };
}

interface Parts {
  type?: string;
  n?: number;
  name?: string;
  account?: string;
  app?: string;
  fields?: { channel?: string | { id?: string } };
  error?: unknown;
}

/** now is comparable between the tabs of a browser. */
const now = (): number => performance.timeOrigin + performance.now();

/** heeded is on which link the page listens to a channel. */
function heeded(channel: string | { id?: string } = ''): Frame['link'] {
  const id = typeof channel === 'string' ? channel : (channel.id ?? '');
  return isConference(id) || dialect() === 'tui' ? 'TUI' : 'NIM';
}

/** parsed reads what is looked at of a frame. */
function parsed(text: string): Parts {
  try {
    return JSON.parse(text) as Parts;
  } catch {
    return {};
  }
}
