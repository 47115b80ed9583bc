// One SDK instance's end in the Go module: opens it there, keeps it wanted or
// not, and starts again when the module could not be loaded or has died.

import { backend, onModuleExit } from '../backend.js';
import type { Backend } from '../backend.js';
import { fault, textOf } from '../failure.js';
import { newId } from './device.js';

/** What the instance tells its target, and is told by it. */
export interface Owner {
  /**
   * What the module is to know of the instance; asked again whenever it may have changed. `v2`: enable the events of
   * V2NIMSignallingService.
   */
  describe(): Promise<About>;
  /** How often to try in a row before giving up. */
  attempts(): number;
  /** Something the module said, while this target is wanted. */
  heard(name: string, payload: any): void;
}

type About = { v2?: object; [more: string]: unknown };
type Gone = { code: string | number; message: string };

let count = 0;

export class Target {
  readonly #name = `nim${++count}`;
  readonly #owner: Owner;
  #wanted = false;
  /** Rises whenever what was under way no longer counts. */
  #turn = 0;
  #tries = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #closing: Promise<void> | undefined;
  /** Set while the module knows the target, with what it was told last. */
  #module: Backend | undefined;
  #told = '';
  #opened: Promise<unknown> = Promise.resolve();
  /** What has to end before it logs in again. */
  #held: Promise<unknown> | undefined;
  /** New with each module: its commands are numbered from 1 again. */
  #life = newId();
  readonly #unhook: () => void;

  constructor(owner: Owner) {
    this.#owner = owner;
    this.#unhook = onModuleExit((why) => this.#died(why));
  }

  /** connect starts to connect, unless that is under way. */
  connect(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#tries = 0;
    void this.#start();
  }

  /** update tells the module again what has changed about the instance. */
  async update(): Promise<void> {
    try {
      const about = await this.#owner.describe();
      if (this.#module) await this.#open(this.#module, about);
    } catch (why) {
      if (this.#module) this.#owner.heard('error', problem(why)); // else whoever connects will tell
    }
  }

  /** hold has it not log in again before `until` has ended, whichever way, and what that changed of the instance is told. */
  hold(until: PromiseLike<unknown>): void {
    const module = this.#module;
    const told = () => this.update();
    module?.call(this.#name, 'hold', {}).catch(() => {});
    this.#held = Promise.resolve(until).then(told, told).then(() => module?.call(this.#name, 'release', {}).catch(() => {}));
  }

  /** call asks the module. While there is none to ask, it rejects as the module itself does. */
  async call(method: string, args: object): Promise<any> {
    if (!this.#wanted || !this.#module) throw fault('no-target', `${method}: not logged in`);
    return this.#module.call(this.#name, method, args);
  }

  /** disconnect closes on purpose, and resolves when that is done. `why` is what the owner hears before that. */
  async disconnect(why: Gone): Promise<void> {
    if (!this.#wanted) {
      if (this.#closing) return this.#closing;
      return this.#owner.heard('disconnected', { code: 'alreadyDisconnected', message: 'not connected' });
    }
    this.#stop();
    const closing = (this.#closing = Promise.resolve(this.#module?.call(this.#name, 'disconnect', {}))
      .catch(() => {}) // a module that died is closed as well
      .then(() => {
        if (this.#closing === closing) this.#closing = undefined;
        this.#owner.heard('disconnected', why);
      }));
    return closing;
  }

  /** destroy makes the module forget the target. Disconnect first; there is no way back. */
  destroy(): void {
    const module = this.#module;
    this.#module = undefined;
    this.#unhook();
    if (!module) return;
    module.unlisten(this.#name);
    module.call(this.#name, 'destroy', {}).catch(() => {});
  }

  async #start(): Promise<void> {
    const turn = this.#settle();
    const current = () => turn === this.#turn;
    try {
      await this.#closing;
      await this.#held;
      const module = await backend();
      const about = await this.#owner.describe(); // as late as can be: the page may have said more meanwhile
      if (!current()) return;
      await this.#open(module, about);
      if (current()) await module.call(this.#name, 'connect', {});
    } catch (why) {
      if (current()) this.#failed(why);
    }
  }

  // Opening again tells the module what is new, and keeps life and place in the feed.
  #open(module: Backend, { v2, ...about }: About): Promise<unknown> {
    const args = { dialect: 'nim', ...about, life: this.#life };
    const told = JSON.stringify([args, v2]);
    if (this.#module === module && this.#told === told) return this.#opened;
    if (this.#module !== module) module.listen(this.#name, (name, payload) => this.#heard(name, payload));
    this.#module = module;
    this.#told = told;
    // Both now: the module takes calls in their order, and what is rung from here on is for V2 as well.
    const asked = [module.call(this.#name, 'open', args), v2 && module.call(this.#name, 'V2.enable', v2)];
    return (this.#opened = Promise.all(asked).catch((why) => {
      this.#told = '';
      throw why;
    }));
  }

  #heard(name: string, payload: any): void {
    if (!this.#wanted || this.#closing) return;
    if (name === 'connected') this.#tries = 0;
    if (name === 'disconnected') {
      if (payload.code === 'manuallyDisconnect') return; // disconnect tells of that itself
      this.#stop();
    }
    this.#owner.heard(name, payload);
  }

  #stop(): void {
    this.#wanted = false;
    this.#held = undefined;
    this.#settle();
  }

  /** What was under way counts no longer. */
  #settle(): number {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    return ++this.#turn;
  }

  #died(why: Error): void {
    this.#module = undefined;
    this.#life = newId();
    if (this.#wanted && this.#retry === undefined) this.#failed(why);
  }

  // The module answered that it will not: that is final. It could not be asked: try again.
  // Whoever hears of it may disconnect at once.
  #failed(why: any): void {
    const turn = this.#settle();
    const failure = why.failure;
    if (failure && failure.code !== 'module-exit') return this.#heard('disconnected', failure);
    this.#owner.heard('error', problem(why));
    if (turn !== this.#turn) return;
    if (this.#tries >= this.#owner.attempts()) {
      return this.#heard('disconnected', { code: 'allAttemptsFailed', message: problem(why).message });
    }
    const duration = Math.round(Math.min(8000, 1600 * 1.5 ** this.#tries) * (0.75 + Math.random() / 4));
    this.#retry = setTimeout(() => void this.#start(), duration);
    this.#owner.heard('willreconnect', { retryCount: ++this.#tries, duration });
  }
}

function problem(why: any): Gone {
  return { code: why.failure ? why.failure.code : 'module-load', message: textOf(why) };
}
