// The demo: two tabs, two accounts, one rings the other. This file wires the
// page's parts together; the call itself is told in call.ts.

import { keepAccount, problemWith, remembered } from './account.js';
import { AUDIO, idle, VIDEO } from './call.js';
import type { Call, News } from './call.js';
import { CallMedia } from './callmedia.js';
import { Conference } from './conference.js';
import { Desk } from './desk.js';
import { dialect, speakDialect } from './dialect.js';
import { byId, complain, say } from './dom.js';
import { tap } from './frames.js';
import type { Link } from './link.js';
import { Log } from './log.js';
import { MissedCalls } from './missed.js';
import { Notices } from './notices.js';
import { showNotice } from './notice.js';
import { showLink } from './qr.js';
import { met } from './recent.js';
import { Ringtone } from './ringtone.js';
import { Sheet } from './sheet.js';
import type { SignalEvent } from './signals.js';
import { Tabs } from './tabs.js';
import { Timeline } from './timeline.js';
import { linkEnds, takePass, tokenFor } from './token.js';
import { View } from './view.js';
import { language, speak, told, translate, words } from './words.js';

translate(document);

const timeline = new Timeline();
tap((frame, mine) => timeline.heard(frame, mine));
const log = new Log(byId('entries'), byId('log-empty'));
const view = new View({ signIn: (account) => void enter(account) });
const sheet = new Sheet({
  accept: () => desk?.phone.take({ type: 'accept' }),
  reject: () => desk?.phone.take({ type: 'reject' }),
});
const media = new CallMedia(() => desk?.account ?? '', (...told) => tell(...told));
const missed = new MissedCalls((peer) => {
  byId<HTMLInputElement>('callee').value = peer;
  ring();
});
const notices = new Notices();
const ringtone = new Ringtone();
new Tabs(byId('views'));
const modes = new Tabs(byId('modes'));
const tell = (channelId: string, account: string, text: string): void => desk?.tell(channelId, account, text);

/** Where the signed-in account calls from; undefined while nobody is signed in. */
let desk: Desk | undefined;
let conference: Conference | undefined;
/** Somebody asks us into a conference. */
let asked = false;
/** The link is down. */
let away = false;
let entering = false;
/** The last sign-out, done or under way. */
let left = Promise.resolve();

async function enter(account: string): Promise<void> {
  const problem = problemWith(account);
  complain(byId('account'), problem);
  if (problem) return byId('account').focus();
  if (entering) return;
  entering = true;
  try {
    await left;
    if (!desk) await signIn(account);
  } finally {
    entering = false;
  }
}

async function signIn(account: string): Promise<void> {
  let token: string;
  try {
    token = await tokenFor(account);
  } catch (error) {
    return view.news((error as Error).message);
  }
  keepAccount(account);
  view.news('');
  timeline.as(account);
  missed.show(account);
  showLink(account, linkEnds() !== undefined);
  void showNotice();
  desk = new Desk(account, token, log, { changed, news, control, busy: () => conference?.busy ?? false });
  conference = new Conference(account, token, log, tell, {
    met: (other) => timeline.meet(other),
    show: () => modes.choose('tab-room'),
    busy: () => desk?.phone.call.state !== 'idle',
    rings: (on) => {
      asked = on;
      sound(desk?.phone.call ?? idle);
    },
  });
  byId('modes').hidden = false;
  changed(desk.link, desk.phone.call);
}

function leave(): void {
  if (desk) left = desk.leave();
  keepAccount(undefined);
  view.news('');
  changed({ state: 'signed-out' }, idle);
}

/** control passes on what another page says about its media. */
function control(event: SignalEvent): void {
  media.heard(event);
  conference?.heard(event);
}

/** changed shows how the link and the call are now. */
function changed(link: Link, call: Call): void {
  const account = desk?.account ?? '';
  if (link.state === 'signed-out') {
    desk = undefined;
    conference?.leave();
    conference = undefined;
    modes.choose('tab-call');
    byId('modes').hidden = true;
    if (link.why) {
      view.news(link.why);
      keepAccount(undefined); // a reload must not sign in against the relay's word
      byId<HTMLInputElement>('account').value = account;
    }
    attend(link, idle);
    missed.show('');
    showLink('');
    sheet.show(idle);
    view.render({ account: '', link, call: idle });
    return;
  }
  if (call.state !== 'idle') {
    met(account, call.peer);
    timeline.meet(call.peer);
    if (call.state !== 'incoming') modes.choose('tab-call');
  }
  attend(link, call);
  if (link.state === 'online' && away) conference?.again();
  away = link.state !== 'online';
  sheet.show(call);
  view.render({ account, link, call });
}

/** attend lets the call be heard, seen, and noticed from elsewhere. */
function attend(link: Link, call: Call): void {
  media.show(link, call);
  notices.show(call);
  sound(call);
}

function sound(call: Call): void {
  const calling = call.state === 'asking' || call.state === 'ringing';
  const rung = call.state === 'incoming' || asked;
  ringtone.play(rung ? 'incoming' : calling ? 'outgoing' : undefined);
}

function news(item: News): void {
  missed.took(item);
  view.news(told(item));
}

function ring(): void {
  const callee = byId<HTMLInputElement>('callee');
  const peer = callee.value.trim();
  const problem = peer === desk?.account ? words().thatIsYou : problemWith(peer);
  complain(callee, problem);
  if (problem) return callee.focus();
  view.news('');
  const video = document.querySelector<HTMLInputElement>('input[name=kind]:checked')?.value === String(VIDEO);
  desk?.phone.ring(peer, video ? VIDEO : AUDIO);
}

/** retell says everything again, in the language that is chosen now. */
function retell(): void {
  translate(document);
  byId('language').lang = language() === 'en' ? 'zh-CN' : 'en';
  say(byId('language'), language() === 'en' ? '中文' : 'English');
  view.news('');
  view.retell();
  void showNotice();
  media.retell();
  missed.show(desk?.account ?? '');
  conference?.retell();
  if (desk) changed(desk.link, desk.phone.call);
  else changed({ state: 'signed-out' }, idle);
}

byId('sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  void enter(byId<HTMLInputElement>('account').value.trim());
});
byId('dial').addEventListener('submit', (event) => {
  event.preventDefault();
  ring();
});
byId('cancel').addEventListener('click', () => desk?.phone.take({ type: 'cancel' }));
byId('hangup').addEventListener('click', () => desk?.phone.take({ type: 'hangUp' }));
byId('logout').addEventListener('click', leave);
byId('clear').addEventListener('click', () => {
  log.clear();
  timeline.clear();
});
byId('language').addEventListener('click', () => {
  speak(language() === 'en' ? 'zh' : 'en');
  retell();
});
for (const choice of document.querySelectorAll<HTMLInputElement>('input[name=dialect]')) {
  choice.checked = choice.value === dialect();
  choice.addEventListener('change', () => speakDialect(choice.value === 'tui' ? 'tui' : 'nim'));
}
// Escape in the sheet is the sheet's; elsewhere it cancels a ring, and never hangs up.
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented) desk?.phone.take({ type: 'cancel' });
});

takePass();
retell();
byId<HTMLInputElement>('callee').value = new URLSearchParams(location.search).get('call') ?? '';
const account = remembered();
if (account) void enter(account);
