// Stands in for web/src/backend.ts: `go` is what a test plays the module with.

export const go = {
  /** [method, args, target], in order. */
  calls: [],
  /** The args of the calls of a method. */
  called: (method) => go.calls.filter((call) => call[0] === method).map((call) => call[1]),
  /** method → what it resolves to, or a function of its args. */
  answers: {},
  /** Throws or waits, as a load would. */
  load: async () => {},
  listeners: new Map(),
  event(name, payload) {
    for (const fn of go.listeners.values()) fn(name, payload);
  },
  exits: new Set(),
  die() {
    go.module = instance();
    for (const fn of go.exits) fn(failed({ code: 'module-exit', name: 'module-exit', message: 'Go has ended' }));
  },
  module: instance(),
};

/** What calls reject with. */
export const failed = (failure) => Object.assign(new Error(failure.message), { failure });

export async function backend() {
  await go.load();
  return go.module;
}

export function onModuleExit(fn) {
  go.exits.add(fn);
  return () => void go.exits.delete(fn);
}

function instance() {
  return {
    async call(target, method, args) {
      go.calls.push([method, JSON.parse(JSON.stringify(args)), target]);
      const answer = go.answers[method];
      return typeof answer === 'function' ? answer(args) : (answer ?? {});
    },
    listen: (target, fn) => void go.listeners.set(target, fn),
    unlisten: (target) => void go.listeners.delete(target),
  };
}
