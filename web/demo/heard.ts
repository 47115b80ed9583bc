// What the machine of call.ts does about the SDK's events.

import { at, AUDIO, BUSY, close, connected, idle, meeting, RINGS_FOR, VIDEO } from './call.js';
import type { Call, Meeting, Order, Party, Step } from './call.js';
import type { SignalEvent } from './signals.js';

/** notified: signalingNotify told us something. */
export function notified(call: Call, event: SignalEvent, now: number): Step {
  const { channelId, from } = event;
  if (event.eventType === 'INVITE') return invited(call, event, now);
  switch (event.eventType) {
    case 'ACCEPT':
      return rings(call, event) ? { call: connected({ ...call, channelId }, now) } : { call };
    case 'REJECT': {
      if (!rings(call, event)) return { call };
      const what = event.attachExt === BUSY ? 'busy' : 'declined';
      return { call: idle, orders: [close(event)], news: { what, peer: from } };
    }
  }
  if (!at(call, channelId)) return { call };
  switch (event.eventType) {
    case 'CANCEL_INVITE':
      // While answering, the relay's answer says whether the cancel came first.
      if (call.state !== 'incoming' || call.requestId !== event.requestId) return { call };
      return { call: idle, news: { what: 'cancelled', peer: from } };
    case 'ROOM_JOIN':
      if ((call.state === 'ringing' || call.state === 'lapsing') && from === call.peer) return { call: connected(call, now) };
      return { call };
    case 'LEAVE':
      if (call.state !== 'connected' || from !== call.peer) return { call };
      return { call: idle, orders: [close(call)], news: { what: 'left', peer: from } };
    case 'ROOM_CLOSE':
      return { call: idle, news: { what: 'hung-up', peer: call.peer } };
  }
  return { call };
}

function invited(call: Call, event: SignalEvent, now: number): Step {
  const { channelId, from, requestId = '' } = event;
  if (event.channelInValid) return { call };
  if (at(call, channelId) && call.requestId === requestId) return { call }; // told again after a reconnect
  const asked = { peer: from, kind: Number(event.type) === VIDEO ? VIDEO : AUDIO, requestId, channelId } as const;
  if ((call.state === 'asking' || call.state === 'ringing') && call.peer === from) return crossed(call, { ...asked, to: event.to ?? '' }, now);
  if (call.state !== 'idle') {
    return { call, orders: [{ do: 'reject', ...asked, attachExt: BUSY }], news: { what: 'turned-away', peer: from } };
  }
  return { call: { state: 'incoming', ...asked, until: now + remaining(Number(event.time), now) } };
}

/**
 * crossed: both rang each other. The call of the account that sorts first stands,
 * so both sides decide alike: the other takes its own back and accepts.
 */
function crossed(call: Call & Party & { state: 'asking' | 'ringing' }, theirs: Meeting & { to: string }, now: number): Step {
  const { to, ...asked } = theirs;
  if (to < asked.peer) return { call };
  // While asking, our channel is not known yet: callEx's answer will withdraw it.
  const withdraw: Order[] = call.state === 'ringing' ? [{ do: 'cancel', ...meeting(call) }, close(call)] : [];
  return {
    call: { state: 'answering', ...asked, until: now + RINGS_FOR },
    orders: [...withdraw, { do: 'joinAndAccept', ...asked }], // in this order: TUIRoomEngine is in one room at a time
    news: { what: 'crossed', peer: asked.peer },
  };
}

/**
 * remaining is how long an invitation made at `madeAt` (relay time) still rings.
 * The relay tells only pending ones, so a remainder out of range means that the
 * two clocks differ: then it rings in full, and CANCEL_INVITE or a refusal ends it.
 */
function remaining(madeAt: number, now: number): number {
  const left = madeAt + RINGS_FOR - now;
  return left > 0 && left <= RINGS_FOR ? left : RINGS_FOR;
}

/** elsewhere: another device of ours accepted or rejected. */
export function elsewhere(call: Call, event: SignalEvent): Step {
  // While answering, the relay's answer says whether we or the other device won.
  if (call.state !== 'incoming' || !at(call, event.channelId) || call.requestId !== event.requestId) return { call };
  const what = event.eventType === 'ACCEPT' ? 'answered-elsewhere' : 'declined-elsewhere';
  return { call: idle, news: { what, peer: call.peer } };
}

/** rings tells whether an answer is to the invitation we made. Its channel may not be known yet. */
function rings(call: Call, event: SignalEvent): call is Call & Party & { state: 'asking' | 'ringing' | 'lapsing' } {
  if (call.state !== 'asking' && call.state !== 'ringing' && call.state !== 'lapsing') return false;
  return call.requestId === event.requestId && call.peer === event.from;
}
