// The call as this page sees it: a machine without I/O. step.ts takes what
// happened and says what the call is now, what to ask of the SDK, and what to
// tell the person; heard.ts does so for the SDK's events. phone.ts does the asking.
//
//            ring            answered          ACCEPT, ROOM_JOIN
//   idle ──────────▶ asking ──────────▶ ringing ────────────────▶ connected
//    │                                     │ 90 s                    ▲  ▲
//    │                                     ▼        was accepted     │  │
//    │                                  lapsing ─────────────────────┘  │
//    │ INVITE              accept                  answered             │
//    └─────────▶ incoming ────────▶ answering ──────────────────────────┘
//
// Everything else leads back to idle: refused, cancelled, rejected, missed,
// answered on another device, hung up.

import type { SignalEvent } from './signals.js';

/** NIM's channel types that the demo offers. */
export type Kind = 1 | 2;
export const AUDIO: Kind = 1;
export const VIDEO: Kind = 2;

/** How long an invitation rings, in milliseconds, from when it was made. */
export const RINGS_FOR = 90_000;

/** The reason the page sends when it declines by itself. */
export const BUSY = 'busy';

export interface Party {
  peer: string;
  kind: Kind;
  requestId: string;
}
export interface Meeting extends Party {
  channelId: string;
}
export type Call =
  /** No call. Ring somebody, or wait to be rung. */
  | { state: 'idle' }
  /** signalingCallEx is on its way. */
  | ({ state: 'asking' } & Party)
  /** The other side rings until `until` (page time). `away`: no device of theirs was online when we rang. */
  | ({ state: 'ringing'; until: number; away: boolean } & Meeting)
  /** Our 90 s are over, and the relay is asked how the invitation really ended. */
  | ({ state: 'lapsing' } & Meeting)
  /** Somebody rings us. */
  | ({ state: 'incoming'; until: number } & Meeting)
  /** signalingJoinAndAccept is on its way. */
  | ({ state: 'answering'; until: number } & Meeting)
  /** Both are in the channel since `since` (page time). */
  | ({ state: 'connected'; since: number } & Meeting);

/** What the page asks of the SDK. */
export type Order =
  | ({ do: 'callEx' } & Party)
  | ({ do: 'cancel' } & Meeting)
  | ({ do: 'joinAndAccept' } & Meeting)
  | ({ do: 'reject'; attachExt?: string } & Meeting)
  /** Take our seat again; the answer tells whether the call still stands. */
  | { do: 'join'; channelId: string }
  | { do: 'close'; channelId: string };

/** What an order was answered with, as far as the machine looks at it. */
export interface Answer {
  channelId?: string;
  callStatus?: string;
  members?: { accid: string }[];
}

export type Input =
  | ({ type: 'ring' } & Party)
  | { type: 'cancel' | 'accept' | 'reject' | 'hangUp' | 'time' }
  | { type: 'done'; order: Order; answer: Answer }
  /** `code` is the relay's number, or the SDK's text when the link is the trouble. */
  | { type: 'failed'; order: Order; code: number | string }
  | { type: 'notify'; event: SignalEvent }
  /** Another device of ours accepted or rejected. */
  | { type: 'elsewhere'; event: SignalEvent }
  /** The link is up again; `reloaded` when this page has just been loaded. */
  | { type: 'linked'; reloaded: boolean };

/** What the person is told when something ends or is settled without them. */
export type News =
  | { what: 'declined' | 'busy' | 'cancelled' | 'no-answer' | 'missed' | 'hung-up' | 'left' | 'turned-away'; peer: string }
  | { what: 'answered-elsewhere' | 'declined-elsewhere' | 'moved' | 'over' | 'crossed'; peer: string }
  | { what: 'refused'; peer: string; code: number | string };

export interface Step {
  call: Call;
  orders?: Order[];
  news?: News;
}

/** deadline is when the machine wants to hear `time`, or Infinity. */
export function deadline(call: Call): number {
  return call.state === 'ringing' || call.state === 'incoming' ? call.until : Infinity;
}

export const idle: Call = { state: 'idle' };

/** connected is the call once both are in the channel. */
export function connected(call: Meeting, now: number): Call {
  return { state: 'connected', ...meeting(call), since: now };
}

/** at tells whether the call is in this channel. */
export function at(call: Call, channelId: string): call is Call & Meeting {
  return 'channelId' in call && call.channelId === channelId;
}

/** meeting is a call's identity without its state. */
export function meeting({ peer, kind, requestId, channelId }: Meeting): Meeting {
  return { peer, kind, requestId, channelId };
}

export function close({ channelId }: { channelId: string }): Order {
  return { do: 'close', channelId };
}
