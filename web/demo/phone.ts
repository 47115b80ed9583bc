// Runs the machine of call.ts: hands it what happened, carries out its orders
// one after the other, keeps its timer, and saves the call for a reload.

import { deadline, idle } from './call.js';
import type { Answer, Call, Input, Kind, News, Order } from './call.js';
import { codeOf } from './signals.js';
import { step } from './step.js';

export interface PhonePorts {
  /** Carries out an order; rejects with the SDK's error. */
  obey(order: Order): Promise<Answer>;
  /** An order to end something could not reach the relay. It is to be given again when the link is up. */
  owe(order: Order): void;
  /** The call is another one, or in another state. */
  changed(call: Call): void;
  tell(news: News): void;
  save(call: Call): void;
}

export class Phone {
  call: Call;
  private up = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** What is to be carried out, in turn. */
  private orders: Order[] = [];
  private obeying = false;
  /** The ring that got no answer from the relay: ringing the same person again repeats it, not doubles it. */
  private unanswered: { peer: string; kind: Kind; requestId: string } | undefined;

  /** `saved` is the call that a reload interrupted. */
  constructor(private readonly ports: PhonePorts, saved: Call = idle) {
    this.call = saved;
    this.arm();
  }

  ring(peer: string, kind: Kind): void {
    const again = this.unanswered?.peer === peer && this.unanswered.kind === kind;
    const requestId = again && this.unanswered ? this.unanswered.requestId : newRequestId();
    this.unanswered = undefined;
    this.take({ type: 'ring', peer, kind, requestId });
  }

  /** linked: the relay can be asked again. `reloaded` when this page has just been loaded. */
  linked(reloaded: boolean): void {
    this.up = true;
    this.arm();
    this.take({ type: 'linked', reloaded });
  }

  /** unlinked: the relay cannot be asked for now. */
  unlinked(): void {
    this.up = false;
    this.arm();
  }

  /** take lets something happen to the call. */
  take(input: Input): void {
    this.orders.push(...this.happens(input));
    if (!this.obeying) void this.carryOut();
  }

  /** stop ends the timer. The phone is not to be used after it. */
  stop(): void {
    clearTimeout(this.timer);
  }

  /** happens answers what is to be done about it. */
  private happens(input: Input): Order[] {
    const before = this.call;
    const { call, orders = [], news } = step(before, input, Date.now());
    this.call = call;
    if (call !== before) {
      this.arm();
      this.ports.save(call);
      this.ports.changed(call);
    }
    if (news) this.ports.tell(news);
    return orders;
  }

  /**
   * carryOut obeys in turn. What follows from an answer comes first: who rings, cancels and rings again at once is to
   * have withdrawn the first ring, for else the other side is busy with it.
   */
  private async carryOut(): Promise<void> {
    this.obeying = true;
    try {
      for (let order; (order = this.orders.shift()); ) this.orders.unshift(...this.happens(await this.outcome(order)));
    } finally {
      this.obeying = false;
    }
  }

  private async outcome(order: Order): Promise<Input> {
    try {
      return { type: 'done', order, answer: await this.ports.obey(order) };
    } catch (error) {
      const code = codeOf(error);
      if (typeof code === 'string') this.unheard(order);
      return { type: 'failed', order, code };
    }
  }

  /** unheard: the link was the trouble, so the relay may not know. Closing a channel withdraws its invitations too. */
  private unheard(order: Order): void {
    if (order.do === 'callEx') this.unanswered = order;
    else if (order.do === 'close' || order.do === 'reject') this.ports.owe(order);
  }

  /** arm sets the timer. How our own ring ended only the relay knows, so that waits for the link. */
  private arm(): void {
    clearTimeout(this.timer);
    const at = deadline(this.call);
    if (at === Infinity || (this.call.state === 'ringing' && !this.up)) return;
    this.timer = setTimeout(() => this.take({ type: 'time' }), Math.max(0, at - Date.now()));
  }
}

/** newRequestId makes an id that nobody else has. crypto.randomUUID exists on secure origins only. */
function newRequestId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
