// What people should know about the relay that they are on: it lets in anybody.

import { byId, say } from './dom.js';
import { relay } from './relay.js';
import { linkEnds } from './token.js';
import { words } from './words.js';

/** showNotice says whom the relay lets in, and what that risks; nothing where tokens are checked. */
export async function showNotice(): Promise<void> {
  const { dev, lan } = await relay();
  const notice = byId('notice');
  notice.hidden = !dev && !lan;
  notice.dataset['kind'] = lan ? 'lan' : 'dev';
  say(byId('notice-name'), lan ? words().lanName : words().devName);
  say(byId('notice-text'), lan ? words().lanNotice(until()) : words().devNotice);
}

/** until is when the link ends, as the clock on the wall shows it; '' before it is known. */
function until(): string {
  const at = linkEnds();
  return at === undefined ? '' : new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });
}
