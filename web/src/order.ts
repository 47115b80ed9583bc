/** Takes what Go sends, a reply or an event, and calls `run` when it is its turn. */
export type Outbox = (kind: 'reply' | 'event', run: () => void) => void;

/**
 * An outbox keeps what Go sends in order and runs it when Go has come to rest, so
 * none of the page's code ever runs on top of Go.
 *
 * A reply settles a promise, and what awaits it goes on some microtasks later. So
 * an event behind a reply waits until the page had its turn: code that awaits a
 * call hears of its result before listeners hear what came after it. (The turn is
 * no timeout, which a tab in the background would hold back for up to a minute.)
 */
export function outbox(): Outbox {
  const waiting: [kind: 'reply' | 'event', run: () => void][] = [];
  let scheduled = false;

  function deliver(): void {
    let replied = false;
    for (let next; (next = waiting[0]); next[1]()) {
      if (next[0] === 'reply') replied = true;
      else if (replied) return afterPage(deliver);
      waiting.shift();
    }
    scheduled = false;
  }

  return (kind, run) => {
    waiting.push([kind, run]);
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(deliver);
  };
}

/** Calls fn when all promises that are settled by now have run their reactions. */
function afterPage(fn: () => void): void {
  const { setImmediate } = globalThis as { setImmediate?: (fn: () => void) => void };
  if (setImmediate) return setImmediate(fn); // Node, where an open port would keep the process alive
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    fn();
  };
  port2.postMessage(0);
}
