import { textOf } from './failure.js';
import type { Ask, Tell } from './remote.js';
import type { Host, Instance } from './runtime.js';

interface Tab {
  tell(message: Tell): void;
  debug: boolean;
  /** Its targets. In Go their names have the tab's in front. */
  open: Set<string>;
}

/** One Go module that serves several tabs. It starts when the first one joins, and again when one joins after its end. */
export class Hub {
  #tabs = new Map<string, Tab>();
  #go: Promise<Instance> | undefined;
  readonly #run: (host: Host) => Promise<Instance>;

  constructor(run: (host: Host) => Promise<Instance>) {
    this.#run = run;
  }

  /** `tell` hears 'started' or 'failed', and then what is for this tab, up to 'exited'. `debug`: the frames as well. */
  join(tab: string, tell: (message: Tell) => void, debug: boolean): void {
    this.#tabs.set(tab, { tell, debug, open: new Set() });
    this.#started().then(
      () => tell(['started']),
      (why) => why.failure || tell(['failed', textOf(why)]), // else it is told that Go has exited
    );
  }

  hear(tab: string, [, id, target, method, json]: Ask): void {
    const from = this.#tabs.get(tab);
    if (!from) return;
    if (method === 'open') from.open.add(target);
    if (method === 'destroy') from.open.delete(target);
    this.#started()
      .then((go) => go.call(`${tab}/${target}`, method, json))
      .then(
        (envelope) => from.tell(['reply', id, envelope]),
        (why) => from.tell(['reply', id, undefined, textOf(why)]),
      );
  }

  /** A tab is gone. What it shares with others goes on. */
  leave(tab: string): void {
    const open = this.#tabs.get(tab)?.open ?? [];
    this.#tabs.delete(tab);
    for (const target of open) this.#go?.then((go) => go.call(`${tab}/${target}`, 'destroy', '{}')).catch(() => {});
  }

  /** Ends the module, for all tabs. */
  dispose(): void {
    this.#go?.then((go) => go.dispose(), () => {});
  }

  #started(): Promise<Instance> {
    if (this.#go) return this.#go;
    const forget = () => {
      if (this.#go === mine) this.#go = undefined;
    };
    const mine = this.#run({
      event: (name, ...what) => {
        const [tab, ...target] = name.split('/');
        this.#tabs.get(tab!)?.tell(['event', target.join('/'), ...what]);
      },
      frame: (...frame) => {
        for (const { tell, debug } of this.#tabs.values()) if (debug) tell(['frame', ...frame]);
      },
      ended: forget,
      exited: (why) => {
        const tabs = [...this.#tabs.values()];
        this.#tabs.clear(); // they join again
        for (const { tell } of tabs) tell(['exited', why.message]);
      },
    });
    mine.catch(forget);
    return (this.#go = mine);
  }
}
