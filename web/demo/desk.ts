// One signed-in account: its SDK instance, its phone, and what passes between them.

import type { Call, News, Order } from './call.js';
import { signIn } from './link.js';
import type { Link } from './link.js';
import type { Log } from './log.js';
import { Phone } from './phone.js';
import { owe, owed, saveCall, savedCall, takeOwed } from './saved.js';
import { codeOf, obey } from './signals.js';
import type { SignalEvent } from './signals.js';

export interface DeskEvents {
  changed(link: Link, call: Call): void;
  news(news: News): void;
}

export class Desk {
  readonly phone: Phone;
  link: Link = { state: 'connecting' };
  private readonly sdk: ReturnType<typeof signIn>;
  private linkedBefore = false;

  constructor(readonly account: string, private readonly log: Log, private readonly on: DeskEvents) {
    this.phone = new Phone(
      {
        obey: (order) => this.obey(order),
        owe: (order) => owe(account, order),
        changed: (call) => on.changed(this.link, call),
        tell: (news) => on.news(news),
        save: (call) => saveCall(account, call),
      },
      savedCall(account),
    );
    this.sdk = signIn(account, log, {
      changed: (link) => this.relinked(link),
      notify: (event) => {
        if (!this.turnedDown(event)) this.phone.take({ type: 'notify', event });
      },
      elsewhere: (event) => this.phone.take({ type: 'elsewhere', event }),
    });
  }

  /** leave ends the call and signs out. */
  async leave(): Promise<void> {
    const { call } = this.phone;
    this.phone.stop();
    saveCall(this.account, { state: 'idle' });
    if ('channelId' in call && call.state !== 'incoming') {
      await this.obey({ do: 'close', channelId: call.channelId }).catch(() => {});
    }
    this.sdk.signOut();
  }

  private obey(order: Order) {
    return obey(this.sdk.nim, this.log, order);
  }

  private relinked(link: Link): void {
    this.link = link;
    if (link.state === 'signed-out') {
      this.phone.stop();
      saveCall(this.account, { state: 'idle' });
    }
    if (link.state !== 'online') this.phone.unlinked();
    this.on.changed(link, this.phone.call);
    if (link.state !== 'online') return;
    void this.settle();
    this.phone.linked(!this.linkedBefore);
    this.linkedBefore = true;
  }

  /** settle tells the relay what it could not be told while it was away. */
  private async settle(): Promise<void> {
    for (const order of takeOwed(this.account)) {
      // The relay's refusal means that there is nothing left to end.
      await this.obey(order).catch((error: unknown) => {
        if (typeof codeOf(error) === 'string') owe(this.account, order);
      });
    }
  }

  /** turnedDown: the person rejected this invitation already, and the relay is yet to learn it. */
  private turnedDown({ eventType, channelId, requestId }: SignalEvent): boolean {
    return eventType === 'INVITE' && owed(this.account).some((o) => o.do === 'reject' && o.channelId === channelId && o.requestId === requestId);
  }
}
