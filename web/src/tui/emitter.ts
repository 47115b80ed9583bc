// An emitter as the vendor's pages know it: on and off, for any event, and
// neither answers anything. A listener that throws is reported and disturbs
// nobody else.

import { report } from '../failure.js';

type Fn = (...args: any[]) => void;

export class Listeners {
  private heeded: Record<string, readonly Fn[] | undefined> = Object.create(null);

  add(event: string, fn: Fn): void {
    if (typeof fn !== 'function') throw new TypeError('The listener must be a function');
    this.heeded[event] = [...(this.heeded[event] ?? []), fn];
  }

  once(event: string, fn: Fn): void {
    const first = (...args: any[]) => {
      this.remove(event, first);
      fn(...args);
    };
    this.add(event, first);
  }

  remove(event: string, fn: Fn): void {
    this.heeded[event] = this.heeded[event]?.filter((other) => other !== fn);
  }

  has(event: string): boolean {
    return !!this.heeded[event]?.length;
  }

  // Lists are replaced, never changed: what is being told goes to those who listened when it came.
  tell(event: string, ...args: unknown[]): void {
    for (const fn of this.heeded[event] ?? []) {
      try {
        fn(...args);
      } catch (error) {
        report(error);
      }
    }
  }
}
