// Memory over many calls: node test/memory.mjs [CALLS], by default 50,000, all in this process over one relay. A call is a ring,
// an acceptance and an end. It prints figures for each tenth, and fails if the last ones are above the first by more than 10 %.
import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startRelay } from './relay.mjs';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc');

/** The module's memory, which only grows. */
let memory;
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (...args) => {
  const instance = await instantiate(...args);
  memory = instance.exports?.mem ?? memory;
  return instance;
};

/** Makes so many calls, and answers the memory after each tenth: of JavaScript after a collection, of Go, in MB. */
export async function measure(calls, tell = (line) => console.log(line)) {
  const relay = await startRelay({ args: ['-sync', 'interval'] });
  const { NIM, configure } = await import('../dist/index.mjs');
  configure({ url: relay.url });
  const online = (account) => new Promise((resolve) => void NIM.getInstance({ appKey: 'k', account, token: 'any', onconnect: () => resolve(NIM.getInstance({ appKey: 'k', account })) }));
  const figures = [];
  try {
    const [ada, bob] = [await online('ada'), await online('bob')];
    let answered;
    bob.on('signalingNotify', ({ eventType, channelId, requestId }) => {
      if (eventType === 'INVITE') bob.signalingJoinAndAccept({ channelId, requestId, account: 'ada' });
    });
    ada.on('signalingNotify', ({ eventType }) => eventType === 'ACCEPT' && answered());
    for (let n = 1; n <= calls; n++) {
      const accepted = new Promise((resolve) => (answered = resolve));
      const { channelId } = await ada.signalingCallEx({ type: 1, account: 'bob', requestId: `r${n}` });
      await accepted;
      await ada.signalingClose({ channelId });
      if (n % (calls / 10)) continue;
      gc();
      const MB = (bytes) => Math.round(bytes / 1e4) / 100;
      const { heapUsed, external, arrayBuffers } = process.memoryUsage();
      figures.push({ calls: n, heap: MB(heapUsed), module: MB(memory.buffer.byteLength), other: MB(external + arrayBuffers - memory.buffer.byteLength) });
      tell(`${String(n).padStart(8)} calls: JavaScript ${figures.at(-1).heap.toFixed(2)} MB, module ${figures.at(-1).module.toFixed(2)} MB`);
    }
  } finally {
    await Promise.all(['ada', 'bob'].map((account) => new Promise((done) => NIM.getInstance({ appKey: 'k', account }).destroy({ done }))));
    await relay.stop();
  }
  return figures;
}

/**
 * Memory does not grow with the number of calls: it is at the end as after the first tenths, when all caches are warm. A MB
 * more is chance: the module's memory grows by as much at once, and when it does so depends on when Go collects.
 */
export function flat(figures) {
  const warm = figures[2];
  const last = figures.at(-1);
  assert(last.heap <= 1.1 * warm.heap + 1, `JavaScript: ${warm.heap} MB after ${warm.calls} calls, ${last.heap} MB after ${last.calls}`);
  assert(last.module <= 1.1 * warm.module + 1, `module: ${warm.module} MB after ${warm.calls} calls, ${last.module} MB after ${last.calls}`);
}

if (process.argv[1] === import.meta.filename) flat(await measure(Number(process.argv[2] ?? 50_000)));
