// The demo: two tabs, two accounts, one rings the other. This file wires the
// page's parts together; the call itself is told in call.ts.

import { keepAccount, problemWith, remembered } from './account.js';
import { AUDIO, idle, VIDEO } from './call.js';
import type { Call, News } from './call.js';
import { Desk } from './desk.js';
import { byId, complain } from './dom.js';
import type { Link } from './link.js';
import { Log } from './log.js';
import { met } from './recent.js';
import { Sheet } from './sheet.js';
import { View } from './view.js';
import { told } from './words.js';

const log = new Log(byId('entries'), byId('log-empty'));
const view = new View({ signIn: (account) => void enter(account) });
const sheet = new Sheet({
  accept: () => desk?.phone.take({ type: 'accept' }),
  reject: () => desk?.phone.take({ type: 'reject' }),
});

/** Where the signed-in account calls from; undefined while nobody is signed in. */
let desk: Desk | undefined;
/** The last sign-out, done or under way. */
let left = Promise.resolve();

async function enter(account: string): Promise<void> {
  const problem = problemWith(account);
  complain(byId('account'), problem);
  if (problem) return byId('account').focus();
  await left;
  if (desk) return;
  keepAccount(account);
  view.news('');
  desk = new Desk(account, log, { changed, news });
  changed(desk.link, desk.phone.call);
}

function leave(): void {
  if (desk) left = desk.leave();
  keepAccount(undefined);
  view.news('');
  changed({ state: 'signed-out' }, idle);
}

/** changed shows how the link and the call are now. */
function changed(link: Link, call: Call): void {
  const account = desk?.account ?? '';
  if (link.state === 'signed-out') {
    desk = undefined;
    if (link.why) {
      view.news(link.why);
      keepAccount(undefined); // a reload must not sign in against the relay's word
      byId<HTMLInputElement>('account').value = account;
    }
    sheet.show(idle);
    view.render({ account: '', link, call: idle });
    return;
  }
  if (call.state !== 'idle') met(account, call.peer);
  sheet.show(call);
  view.render({ account, link, call });
}

function news(item: News): void {
  view.news(told(item));
}

function ring(): void {
  const callee = byId<HTMLInputElement>('callee');
  const peer = callee.value.trim();
  const problem = peer === desk?.account ? 'That is you. Open a second tab as somebody else.' : problemWith(peer);
  complain(callee, problem);
  if (problem) return callee.focus();
  view.news('');
  const video = document.querySelector<HTMLInputElement>('input[name=kind]:checked')?.value === String(VIDEO);
  desk?.phone.ring(peer, video ? VIDEO : AUDIO);
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
byId('clear').addEventListener('click', () => log.clear());
// Escape in the sheet is the sheet's; elsewhere it cancels a ring, and never hangs up.
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented) desk?.phone.take({ type: 'cancel' });
});

changed({ state: 'signed-out' }, idle);
const account = remembered();
if (account) void enter(account);
