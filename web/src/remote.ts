// A Go module in another thread or tab, as the page sees it: what is asked and told goes as messages.

import { fault } from './failure.js';
import type { Host, Instance } from './runtime.js';

export type Ask = ['call', id: number, target: string, method: string, json: string];
export type Tell =
  | ['started']
  | ['failed', why: string]
  | ['reply', id: number, envelope: string | undefined, why?: string]
  | ['event', target: string, name: string, json: string]
  | ['frame', way: string, text: string]
  | ['exited', why: string];

export interface Remote {
  started: Promise<Instance>;
  hear(message: Tell): void;
}

/** Makes an instance of a way to ask; `dispose` ends it. */
export function remote(ask: (message: Ask) => void, dispose: () => void, host: Host): Remote {
  const pending = new Map<number, { resolve(envelope: string): void; reject(why: Error): void }>();
  let calls = 0;
  let dead: Error | undefined;
  const instance: Instance = {
    call(target, method, json) {
      if (dead) return Promise.reject(dead);
      return new Promise((resolve, reject) => {
        pending.set(++calls, { resolve, reject });
        ask(['call', calls, target, method, json]);
      });
    },
    dispose,
  };
  let resolve!: (instance: Instance) => void;
  let reject!: (why: Error) => void;
  const started = new Promise<Instance>((...how) => ([resolve, reject] = how));
  started.catch(() => {});

  function hear(message: Tell): void {
    switch (message[0]) {
      case 'started':
        return resolve(instance);
      case 'failed':
        return reject(new Error(message[1]));
      case 'reply': {
        const [, id, envelope, why] = message;
        const call = pending.get(id);
        if (!pending.delete(id)) return;
        return envelope === undefined ? call!.reject(fault('module-exit', why!)) : call!.resolve(envelope);
      }
      case 'event':
        return host.event(message[1], message[2], message[3]);
      case 'frame':
        return host.frame(message[1], message[2]);
      case 'exited':
        if (dead) return;
        dead = fault('module-exit', message[1]);
        reject(dead); // if it had not started
        host.ended();
        for (const call of pending.values()) call.reject(dead); // asked when it was dead already
        pending.clear();
        host.exited(dead);
    }
  }
  return { started, hear };
}
