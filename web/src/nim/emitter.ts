// An event emitter as pages know it from EventEmitter3, with one difference: a
// listener that throws is reported and disturbs nobody else. Here and in nim.ts,
// private members are not #private: frameworks that make an instance reactive
// put a Proxy around it, and #private members are out of a Proxy's reach.

import { report } from '../failure.js';

type Args<E, N extends keyof E> = E[N] extends unknown[] ? E[N] : never;
type Fn = (...args: any[]) => void;

interface Listener {
  fn: Fn;
  context: unknown;
  once: boolean;
}

export class Emitter<E extends object> {
  /** The same as on. */
  declare addListener: this['on'];
  /** The same as off. */
  declare removeListener: this['off'];
  private heeded = new Map<keyof E, Listener[]>();

  /** `context` becomes `this` in the listener; without it, the emitter. */
  on<N extends keyof E>(event: N, fn: (...args: Args<E, N>) => void, context?: unknown): this {
    return this.add(event, fn, context, false);
  }

  /** As on, for the next event only. */
  once<N extends keyof E>(event: N, fn: (...args: Args<E, N>) => void, context?: unknown): this {
    return this.add(event, fn, context, true);
  }

  /** Without `fn`, removes all listeners of the event. */
  off<N extends keyof E>(event: N, fn?: (...args: Args<E, N>) => void, context?: unknown, once?: boolean): this {
    const stay = this.of(event).filter(
      (l) => fn && (l.fn !== fn || (once && !l.once) || (context !== undefined && l.context !== context)),
    );
    if (stay.length) this.heeded.set(event, stay);
    else this.heeded.delete(event);
    return this;
  }

  /** Without `event`, removes all listeners. */
  removeAllListeners(event?: keyof E): this {
    if (event === undefined) this.heeded.clear();
    else this.heeded.delete(event);
    return this;
  }

  /** How many listeners an event has. */
  listenerCount(event: keyof E): number {
    return this.of(event).length;
  }

  /** An event's listeners, in the order in which they are called. */
  listeners(event: keyof E): Fn[] {
    return this.of(event).map((l) => l.fn);
  }

  /** The events that have listeners. */
  eventNames(): (keyof E)[] {
    return [...this.heeded.keys()].filter((event) => this.listenerCount(event));
  }

  /** Answers whether anybody listened. */
  emit<N extends keyof E>(event: N, ...args: Args<E, N>): boolean {
    const listeners = this.of(event);
    for (const l of listeners) {
      if (l.once) this.heeded.set(event, this.of(event).filter((other) => other !== l));
      try {
        l.fn.apply(l.context, args);
      } catch (error) {
        report(error);
      }
    }
    return listeners.length > 0;
  }

  private of(event: keyof E): Listener[] {
    return this.heeded.get(event) ?? [];
  }

  // Lists are replaced, never changed: whoever is being emitted to keeps the list it began with.
  private add(event: keyof E, fn: Fn, context: unknown, once: boolean): this {
    if (typeof fn !== 'function') throw new TypeError('The listener must be a function');
    this.heeded.set(event, [...this.of(event), { fn, context: context ?? this, once }]);
    return this;
  }
}

Emitter.prototype.addListener = Emitter.prototype.on;
Emitter.prototype.removeListener = Emitter.prototype.off;
