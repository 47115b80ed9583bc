// The page's ends of the bridge's two backends (package jsbridge). A build has one of them.

/** What a backend is given to tell the page with. */
export interface Page {
  settle(id: number, envelope: string): void;
  event(target: string, name: string, json: string): void;
  /** The program takes calls from now on. */
  ready(enter: Enter, dispose: () => void): void;
}

/** Lets a call into Go. Its envelope comes through `settle`. */
export type Enter = (id: number, target: string, method: string, json: string) => void;

/** The globals that jsbridge/serve_js.go looks for. */
export function plain({ settle, event, ready }: Page): object {
  return {
    beckonPage: {
      settle,
      event,
      ready(enter: (id: number, call: string) => void, dispose: () => void) {
        ready((id, target, method, json) => enter(id, `${method}\n${target}\n${json}`), dispose);
      },
    },
  };
}

/** The globals that golang-wasm looks for. */
export function golangWasm({ settle, event, ready }: Page): object {
  let entering = 0;
  return {
    __go_wasm__: {
      __wrapper__:
        (fn: (...args: unknown[]) => { result?: unknown; error?: unknown } | undefined) =>
        (...args: unknown[]) => {
          const { result, error } = fn(...args) ?? {}; // nothing when Go dies of the call
          if (error) throw error;
          return result;
        },
      set __ready__(_: boolean) {
        const go = this as unknown as Exposed;
        go.listen(event);
        ready((id, ...call) => {
          entering = id;
          go.call(...call);
        }, go.dispose);
      },
    },
    // What it makes for each call, while that enters. The page's own would let later events overtake the reply.
    Promise: function (executor: (resolve: (envelope: string) => void, reject: () => void) => void) {
      const id = entering;
      executor((envelope) => settle(id, envelope), () => {});
    },
  };
}

/** What package gwbackend exposes. */
interface Exposed {
  listen(event: Page['event']): void;
  call(target: string, method: string, json: string): void;
  dispose(): void;
}
