// What one signs in with. A relay in development takes anything. One that serves
// the local network gives a token to who came by its link, which carries a pass.

import { relay } from './relay.js';
import { browser, recall, remember } from './remember.js';
import { words } from './words.js';

/** What pages call the app, in the dialect of NIM. */
export const APP_KEY = 'dev';

interface Given {
  token: string;
  /** When token and link end, in Unix milliseconds. */
  until: number;
}

let signedIn = { account: '', token: '' };
let ends: number | undefined;

/** tokenFor gets an account its token. It rejects with a sentence for the person. */
export async function tokenFor(account: string): Promise<string> {
  const { letsIn } = await relay();
  const token = letsIn === 'lan' ? await asGuest(account) : 'dev';
  signedIn = { account, token };
  return token;
}

/** credentials are those of who is signed in, as the relay wants them asked for. */
export function credentials(): { app: string; account: string; token: string } {
  return { app: APP_KEY, ...signedIn };
}

/** linkEnds is when the link that let us in ends, in Unix milliseconds; undefined: there is none. */
export function linkEnds(): number | undefined {
  return ends;
}

/** pass is what the relay's link carries, '' without one. */
export function pass(): string {
  const kept = recall(browser, 'pass');
  return typeof kept === 'string' ? kept : '';
}

/** takePass moves the pass from the address, where others would see it, to where this browser's tabs find it. */
export function takePass(): void {
  const given = new URLSearchParams(location.hash.slice(1)).get('pass');
  if (!given) return;
  remember(browser, 'pass', given);
  history.replaceState(null, '', location.pathname + location.search);
}

async function asGuest(account: string): Promise<string> {
  if (pass() === '') throw new Error(words().needsLink);
  let answer: Response;
  try {
    answer = await fetch('./lan/token', { method: 'POST', body: JSON.stringify({ account, pass: pass() }) });
  } catch {
    throw new Error(words().unreached);
  }
  if (answer.status === 401) throw new Error(words().linkEnded);
  if (!answer.ok) throw new Error(words().failed(answer.status));
  const given = (await answer.json()) as Given;
  ends = given.until;
  return given.token;
}
