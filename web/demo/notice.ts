// What people should know about the relay that they are on: whom it lets in.

import { byId, say } from './dom.js';
import { relay } from './relay.js';
import { linkEnds } from './token.js';
import { words } from './words.js';

/** showNotice says whom the relay lets in, and what that risks. */
export async function showNotice(): Promise<void> {
  const { letsIn } = await relay();
  const notice = byId('notice');
  notice.hidden = letsIn === '';
  if (letsIn === '') return;
  notice.dataset['kind'] = letsIn;
  const { name, text } = words().letsIn[letsIn];
  say(byId('notice-name'), name);
  say(byId('notice-text'), text(until()));
}

/** until is when the link ends, as the clock on the wall shows it; '' before it is known. */
function until(): string {
  const at = linkEnds();
  return at === undefined ? '' : new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });
}
