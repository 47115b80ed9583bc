// The calls that nobody answered here, newest first, kept for the account on this device.

import type { News } from './call.js';
import { byId, el } from './dom.js';
import { browser, recall, remember } from './remember.js';
import { language, words } from './words.js';

const KEEP = 5;

interface Missed {
  peer: string;
  /** Page time. */
  at: number;
}

export class MissedCalls {
  private account = '';

  constructor(private readonly ring: (peer: string) => void) {
    byId('forget').addEventListener('click', () => {
      remember(browser, this.name, undefined);
      this.show(this.account);
      byId('callee').focus();
    });
  }

  /** took: is this news of a missed call? Then it is kept. */
  took(news: News): void {
    if (news.what !== 'missed' && news.what !== 'cancelled' && news.what !== 'turned-away') return;
    remember(browser, this.name, [{ peer: news.peer, at: Date.now() }, ...this.kept()].slice(0, KEEP));
    this.show(this.account);
  }

  /** show lists an account's missed calls. Choosing one rings back. */
  show(account: string): void {
    this.account = account;
    const kept = account ? this.kept() : [];
    byId('missed-box').hidden = kept.length === 0;
    byId('missed').replaceChildren(
      ...kept.map(({ peer, at }) => {
        const back = el('button', { type: 'button', class: 'chip', 'aria-label': words().choose(peer) }, peer);
        back.addEventListener('click', () => this.ring(peer));
        const when = new Date(at);
        return el('li', {}, back, el('time', { datetime: when.toISOString() }, when.toLocaleTimeString(language(), { hour: '2-digit', minute: '2-digit' })));
      }),
    );
  }

  private get name(): string {
    return `missed.${this.account}`;
  }

  private kept(): Missed[] {
    const list = recall(browser, this.name);
    return Array.isArray(list) ? list.filter((item): item is Missed => typeof item?.peer === 'string' && typeof item.at === 'number') : [];
  }
}
