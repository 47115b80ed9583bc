// Every sentence that depends on what happened.

import { VIDEO } from './call.js';
import type { Call, Kind, News } from './call.js';
import type { Link } from './link.js';

/** status says in one sentence how things stand. */
export function status(link: Link, call: Call, account: string): string {
  if (link.state === 'signed-out') return 'Sign in with any name.';
  if (link.state === 'connecting') return `Signing in as ${account} …`;
  switch (call.state) {
    case 'idle':
      return link.state === 'online' ? `You are ${account}. Ring somebody, or wait to be rung.` : `You are ${account}, but the relay is away.`;
    case 'asking':
      return `Ringing ${call.peer} …`;
    case 'ringing':
      return call.away
        ? `${call.peer} is not online. It keeps ringing until you cancel or the time is up.`
        : `Ringing ${call.peer} …`;
    case 'lapsing':
      return `${call.peer} does not answer …`;
    case 'incoming':
      return `${call.peer} is calling you.`;
    case 'answering':
      return `Answering ${call.peer} …`;
    case 'connected':
      return `Connected with ${call.peer}.`;
  }
}

/** hint says what a second tab is good for. */
export function hint(call: Call): string {
  return call.state === 'ringing' ? 'Answer it yourself in a second tab:' : 'Open this page in a second tab to ring yourself:';
}

/** told puts a piece of news into words. */
export function told(news: News): string {
  const { peer } = news;
  switch (news.what) {
    case 'declined':
      return `${peer} declined your call.`;
    case 'busy':
      return `${peer} is busy with another call.`;
    case 'no-answer':
      return `${peer} did not answer.`;
    case 'cancelled':
      return `You missed ${peer}: they stopped ringing.`;
    case 'missed':
      return `You missed a call from ${peer}.`;
    case 'hung-up':
      return `${peer} hung up.`;
    case 'left':
      return `${peer} left the call.`;
    case 'turned-away':
      return `${peer} rang you too, and was told that you are busy.`;
    case 'answered-elsewhere':
      return `You answered ${peer} on another device.`;
    case 'declined-elsewhere':
      return `You declined ${peer} on another device.`;
    case 'moved':
      return `Your call with ${peer} goes on in another tab or device.`;
    case 'over':
      return `The call with ${peer} ended while this page was away.`;
    case 'refused':
      return refusal(news.code, peer);
  }
}

/** refusal says why the SDK would not do it. */
function refusal(code: number | string, peer: string): string {
  switch (code) {
    case 'Error_Connection_Socket_State_not_Match':
    case 'Error_Internet_Disconnected':
      return 'The relay cannot be reached. Please try again in a moment.';
    case 'Error_Timeout':
      return 'The relay did not answer. Please try again.';
    case 414:
    case 10414:
      return `“${peer}” cannot be rung: the relay does not take that name.`;
    case 416:
    case 503:
      return 'The relay is busy. Please try again in a moment.';
    default:
      return `That did not work (code ${code}).`;
  }
}

/** title is what the browser's tab says: a ring must be seen from another tab. */
export function title(call: Call, account: string): string {
  const page = account ? `${account} · Beckon` : 'Beckon demo';
  if (call.state === 'incoming') return `☎ ${call.peer} is calling – ${page}`;
  if (call.state === 'connected') return `With ${call.peer} – ${page}`;
  return page;
}

export function kindOf(kind: Kind): string {
  return kind === VIDEO ? 'Video call' : 'Audio call';
}

/** clock writes a number of milliseconds as m:ss, or h:mm:ss. */
export function clock(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
