// One signed-in account: its SDK instance, its phone, and what passes between them.

import { AUDIO, BUSY } from './call.js';
import type { Call, News, Order } from './call.js';
import { dialect, hearTui, obeyTui } from './dialect.js';
import { signIn } from './link.js';
import type { Link } from './link.js';
import type { Log } from './log.js';
import { Phone } from './phone.js';
import { owe, owed, saveCall, savedCall, takeOwed } from './saved.js';
import { codeOf, isConference, obey, tell } from './signals.js';
import type { SignalEvent } from './signals.js';

export interface DeskEvents {
  changed(link: Link, call: Call): void;
  news(news: News): void;
  /** Somebody in a channel told us something. */
  control(event: SignalEvent): void;
  /** Is this account in a conference? Then it is not rung. */
  busy(): boolean;
}

export class Desk {
  readonly phone: Phone;
  link: Link = { state: 'connecting' };
  private readonly sdk: ReturnType<typeof signIn>;
  private readonly unhear: () => void;
  private linkedBefore = false;

  constructor(readonly account: string, token: string, private readonly log: Log, private readonly on: DeskEvents) {
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
    this.sdk = signIn(account, token, log, {
      changed: (link) => this.relinked(link),
      notify: (event) => {
        if (event.eventType === 'CONTROL') on.control(event);
        else if (dialect() === 'nim' && !isConference(event.channelId)) this.notified(event);
      },
      elsewhere: (event) => dialect() === 'nim' && this.phone.take({ type: 'elsewhere', event }),
    });
    this.unhear = hearTui(
      (event) => dialect() === 'tui' && this.notified(event),
      (event) => dialect() === 'tui' && this.phone.take({ type: 'elsewhere', event }),
    );
  }

  /** leave ends the call and signs out. */
  async leave(): Promise<void> {
    const { call } = this.phone;
    this.phone.stop();
    saveCall(this.account, { state: 'idle' });
    if ('channelId' in call && call.state !== 'incoming') {
      await this.obey({ do: 'close', channelId: call.channelId }).catch(() => {});
    }
    this.unhear();
    this.sdk.signOut();
  }

  /** tell sends a text to somebody in a channel. It may be lost with the link. */
  tell(channelId: string, account: string, text: string): void {
    tell(this.sdk.nim, this.log, channelId, account, text).catch(() => {});
  }

  private obey(order: Order) {
    return dialect() === 'tui' ? obeyTui(this.log, order) : obey(this.sdk.nim, this.log, order);
  }

  private notified(event: SignalEvent): void {
    if (event.eventType === 'INVITE' && this.on.busy()) this.turnAway(event);
    else if (!this.turnedDown(event)) this.phone.take({ type: 'notify', event });
  }

  private relinked(link: Link): void {
    this.link = link;
    if (link.state === 'signed-out') {
      this.phone.stop();
      this.unhear();
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

  /** turnAway declines for somebody who is in a conference. */
  private turnAway({ from: peer, channelId, requestId = '', channelInValid }: SignalEvent): void {
    if (channelInValid) return;
    this.obey({ do: 'reject', peer, channelId, requestId, kind: AUDIO, attachExt: BUSY }).catch(() => {});
    this.on.news({ what: 'turned-away', peer });
  }

  /** turnedDown: the person rejected this invitation already, and the relay is yet to learn it. */
  private turnedDown({ eventType, channelId, requestId }: SignalEvent): boolean {
    return eventType === 'INVITE' && owed(this.account).some((o) => o.do === 'reject' && o.channelId === channelId && o.requestId === requestId);
  }
}
