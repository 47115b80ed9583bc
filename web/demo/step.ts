// What the machine of call.ts does about the person, the clock and the relay's answers.

import { at, close, connected, deadline, idle, meeting, RINGS_FOR } from './call.js';
import type { Answer, Call, Input, News, Order, Step } from './call.js';
import { elsewhere, notified } from './heard.js';

/** The codes that say how an invitation or a seat stands. */
const ROOM_NOT_EXISTS = 10404;
const ALREADY_IN = 10407;
const INVITE_NOT_EXISTS = 10408;
const HAS_REJECT = 10409;
const HAS_ACCEPT = 10410;
const OTHER_DEVICE_IN = 10420;

/** step decides. `now` is page time in milliseconds. It changes nothing. */
export function step(call: Call, input: Input, now: number): Step {
  switch (input.type) {
    case 'ring': {
      if (call.state !== 'idle') return { call };
      const { peer, kind, requestId } = input;
      const party = { peer, kind, requestId };
      return { call: { state: 'asking', ...party }, orders: [{ do: 'callEx', ...party }] };
    }
    case 'cancel':
      // While asking, the channel is not known yet: callEx's answer will find us idle, and withdraw.
      if (call.state === 'asking') return { call: idle };
      if (call.state !== 'ringing' && call.state !== 'lapsing') return { call };
      return { call: idle, orders: [{ do: 'cancel', ...meeting(call) }, close(call)] };
    case 'accept':
      if (call.state !== 'incoming') return { call };
      return { call: { ...call, state: 'answering' }, orders: [{ do: 'joinAndAccept', ...meeting(call) }] };
    case 'reject':
      if (call.state !== 'incoming') return { call };
      return { call: idle, orders: [{ do: 'reject', ...meeting(call) }] };
    case 'hangUp':
      if (call.state !== 'connected') return { call };
      return { call: idle, orders: [close(call)] };
    case 'time':
      return lapse(call, now);
    case 'done':
      return done(call, input.order, input.answer, now);
    case 'failed':
      return failed(call, input.order, input.code, now);
    case 'notify':
      return notified(call, input.event, now);
    case 'elsewhere':
      return elsewhere(call, input.event);
    case 'linked':
      return linked(call, input.reloaded);
  }
}

function lapse(call: Call, now: number): Step {
  if (now < deadline(call)) return { call };
  if (call.state === 'incoming') return { call: idle, news: { what: 'missed', peer: call.peer } };
  if (call.state !== 'ringing') return { call };
  // An accept may have crossed our 90 s: cancelling tells which of the two it was.
  return { call: { state: 'lapsing', ...meeting(call) }, orders: [{ do: 'cancel', ...meeting(call) }] };
}

function done(call: Call, order: Order, answer: Answer, now: number): Step {
  switch (order.do) {
    case 'callEx': {
      const { peer, kind, requestId } = order;
      const made = { peer, kind, requestId, channelId: answer.channelId ?? '' };
      if (call.state !== 'idle' && call.requestId === requestId) {
        if (call.state !== 'asking') return { call }; // an ACCEPT overtook this answer
        return { call: { state: 'ringing', ...made, until: now + RINGS_FOR, away: answer.callStatus !== '200' } };
      }
      return { call, orders: [{ do: 'cancel', ...made }, close(made)] };
    }
    case 'joinAndAccept':
      if (at(call, order.channelId) && call.state === 'answering') return { call: connected(call, now) };
      return at(call, order.channelId) ? { call } : { call, orders: [close(order)] };
    case 'join':
      return rejoined(call, order.channelId, answer.members ?? [], now);
    case 'cancel':
      if (!at(call, order.channelId) || call.state !== 'lapsing') return { call };
      return { call: idle, orders: [close(call)], news: { what: 'no-answer', peer: call.peer } };
    case 'reject':
    case 'close':
      return { call };
  }
}

function failed(call: Call, order: Order, code: number | string, now: number): Step {
  switch (order.do) {
    case 'callEx':
      if (call.state !== 'asking' || call.requestId !== order.requestId) return { call };
      return { call: idle, news: { what: 'refused', peer: call.peer, code } };
    case 'joinAndAccept':
      if (!at(call, order.channelId) || call.state !== 'answering') return { call };
      return notAnswered(call, code, now);
    case 'cancel':
      if (!at(call, order.channelId) || call.state !== 'lapsing') return { call };
      if (code === HAS_ACCEPT) return { call: connected(call, now) };
      return {
        call: idle,
        orders: [close(call)],
        news: { what: code === HAS_REJECT ? 'declined' : 'no-answer', peer: call.peer },
      };
    case 'join':
      if (!at(call, order.channelId)) return { call };
      if (code === ROOM_NOT_EXISTS) return { call: idle, news: { what: 'over', peer: call.peer } };
      if (code === OTHER_DEVICE_IN) return { call: idle, news: { what: 'moved', peer: call.peer } };
      return { call }; // 10407: the seat is still ours
    case 'reject':
    case 'close':
      return { call };
  }
}

function notAnswered(call: Call & { state: 'answering' }, code: number | string, now: number): Step {
  const { peer } = call;
  switch (code) {
    case ALREADY_IN: // our first try did reach the relay
      return { call: connected(call, now) };
    case HAS_ACCEPT:
    case OTHER_DEVICE_IN:
      return { call: idle, news: { what: 'answered-elsewhere', peer } };
    case HAS_REJECT:
      return { call: idle, news: { what: 'declined-elsewhere', peer } };
    case ROOM_NOT_EXISTS:
    case INVITE_NOT_EXISTS:
      return { call: idle, news: { what: 'cancelled', peer } };
  }
  const news: News = { what: 'refused', peer, code };
  // The link was the trouble: it still rings, and accepting again is safe.
  if (typeof code === 'string') return { call: { ...call, state: 'incoming' }, news };
  return { call: idle, news };
}

/** linked makes sure, after a gap in the link, that the call still stands. Asking again is safe by requestId. */
function linked(call: Call, reloaded: boolean): Step {
  switch (call.state) {
    case 'ringing':
    case 'connected':
      return { call, orders: [{ do: 'join', channelId: call.channelId }] };
    case 'asking':
      return { call, orders: reloaded ? [{ do: 'callEx', peer: call.peer, kind: call.kind, requestId: call.requestId }] : [] };
    case 'answering':
      return { call, orders: reloaded ? [{ do: 'joinAndAccept', ...meeting(call) }] : [] };
  }
  return { call };
}

/** rejoined: our seat had been given up, so the members say what we missed. */
function rejoined(call: Call, channelId: string, members: { accid: string }[], now: number): Step {
  if (!at(call, channelId)) return { call, orders: [{ do: 'close', channelId }] };
  const here = members.some((m) => m.accid === call.peer);
  if (call.state === 'ringing' && here) return { call: connected(call, now) };
  if (call.state === 'connected' && !here) {
    return { call: idle, orders: [close(call)], news: { what: 'left', peer: call.peer } };
  }
  return { call };
}
