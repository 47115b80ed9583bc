// Every sentence, in the language that the person reads, and which sentence fits.

import { VIDEO } from './call.js';
import type { Call, Kind, News } from './call.js';
import type { Link } from './link.js';
import { browser, recall, remember } from './remember.js';
import { en } from './words.en.js';
import type { Words } from './words.en.js';
import { zh } from './words.zh.js';

export type { Words } from './words.en.js';

const languages = { en, zh };
export type Language = keyof typeof languages;

let chosen: Language = preferred();

/** words are those of the language that is chosen. */
export function words(): Words {
  return languages[chosen];
}

export function language(): Language {
  return chosen;
}

/** speak chooses a language, and keeps the choice. */
export function speak(language: Language): void {
  chosen = language;
  remember(browser, 'language', language);
}

/** preferred: the address says so, or the person did, or their browser. */
function preferred(): Language {
  const kept = [new URLSearchParams(location.search).get('lang'), recall(browser, 'language'), navigator.language.slice(0, 2)];
  return (kept.find((name) => typeof name === 'string' && Object.hasOwn(languages, name)) as Language | undefined) ?? 'en';
}

/** translate puts words into the elements that name theirs: data-word for the text, data-word-ATTRIBUTE for an attribute. */
export function translate(root: Document): void {
  root.documentElement.lang = chosen === 'zh' ? 'zh-CN' : 'en';
  const fixed = words() as unknown as Record<string, string>;
  for (const element of root.querySelectorAll<HTMLElement>('[data-word]')) element.textContent = fixed[element.dataset['word'] ?? ''] ?? '';
  for (const attribute of ['placeholder', 'aria-label', 'content']) {
    for (const element of root.querySelectorAll(`[data-word-${attribute}]`)) {
      element.setAttribute(attribute, fixed[element.getAttribute(`data-word-${attribute}`) ?? ''] ?? '');
    }
  }
}

/** status says in one sentence how things stand. */
export function status(link: Link, call: Call, account: string): string {
  const w = words();
  if (link.state === 'signed-out') return w.signedOut;
  if (link.state === 'connecting') return w.signingIn(account);
  switch (call.state) {
    case 'idle':
      return link.state === 'online' ? w.idle(account) : w.relayAway(account);
    case 'asking':
      return w.ringing(call.peer);
    case 'ringing':
      return call.away ? w.ringingAway(call.peer) : w.ringing(call.peer);
    case 'lapsing':
    case 'incoming':
    case 'answering':
    case 'connected':
      return w[call.state](call.peer);
  }
}

/** hint says what a second tab is good for. */
export function hint(call: Call): string {
  return call.state === 'ringing' ? words().answerSecond : words().openSecond;
}

/** told puts a piece of news into words. */
export function told(news: News): string {
  const { peer } = news;
  if (news.what === 'refused') return refusal(news.code, peer);
  const key = news.what === 'missed' ? 'missed-call' : news.what === 'left' ? 'has-left' : news.what;
  return words()[key](peer);
}

/** refusal says why the SDK would not do it. */
export function refusal(code: number | string, peer: string): string {
  switch (code) {
    case 'Error_Connection_Socket_State_not_Match':
    case 'Error_Internet_Disconnected':
      return words().unreached;
    case 'Error_Timeout':
      return words().unanswered;
    case 414:
    case 10414:
      return words().badName(peer);
    case 416:
    case 503:
      return words().relayBusy;
    default:
      return words().failed(code);
  }
}

/** title is what the browser's tab says: a ring must be seen from another tab. */
export function title(call: Call, account: string): string {
  const page = account ? `${account} · Beckon` : words().page;
  if (call.state === 'incoming') return words().titleRung(call.peer, page);
  if (call.state === 'connected') return words().titleWith(call.peer, page);
  return page;
}

export function kindOf(kind: Kind): string {
  return kind === VIDEO ? words().videoCall : words().audioCall;
}

/** clock writes a number of milliseconds as m:ss, or h:mm:ss. */
export function clock(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
