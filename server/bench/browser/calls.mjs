// node server/bench/browser/calls.mjs CALLS EVERY PID: two pages in this process call each other through the relay that BECKON_URL
// names, whose process is PID; a few pairs at a time. Prints the memory of both programs after every so many calls, as JSON.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const [calls, every, pid] = process.argv.slice(2).map(Number);
const { NIM } = createRequire(import.meta.url)(fileURLToPath(new URL('../../../web', import.meta.url)));

const device = (account) =>
  new Promise((resolve, reject) => {
    const nim = NIM.getInstance({ appKey: 'bench', account, token: 'any', onconnect: () => resolve(nim), onerror: reject, ondisconnect: reject });
  });

/** Resolves with the next event of that type that a device hears. */
function hears(nim, type) {
  return new Promise((resolve) => {
    const look = (event) => {
      if (event.eventType !== type) return;
      nim.off('signalingNotify', look);
      resolve(event);
    };
    nim.on('signalingNotify', look);
  });
}

const attachExt = JSON.stringify({ mode: 'video', from: 'Ada Lovelace', avatar: 'https://example.org/a/ada.png' });

/** callEx, joinAndAccept, close; both hear all of it. */
async function call(caller, callee, n) {
  const requestId = `r${n}`;
  const rung = hears(callee, 'INVITE');
  const accepted = hears(caller, 'ACCEPT');
  const closed = hears(callee, 'ROOM_CLOSE');
  await caller.signalingCallEx({ type: 2, account: callee.account, requestId, attachExt });
  const { channelId } = await rung;
  await callee.signalingJoinAndAccept({ channelId, account: caller.account, requestId });
  await accepted;
  await caller.signalingClose({ channelId });
  await closed;
}

/** MB of a process that are in memory. */
async function resident(of) {
  const pages = Number((await readFile(`/proc/${of}/statm`, 'utf8')).split(' ')[1]);
  return (pages * 4096) / 1e6;
}

const found = { calls: [], relay: [], page: [] };
const pairs = await Promise.all(
  [0, 1, 2, 3].map(async (k) => [await device(`long${k}a`), await device(`long${k}b`)]),
);
let made = 0;
while (made < calls) {
  const until = Math.min(calls, made + every);
  await Promise.all(
    pairs.map(async ([caller, callee]) => {
      while (made < until) await call(caller, callee, ++made);
    }),
  );
  found.calls.push(made);
  found.relay.push(await resident(pid));
  found.page.push(await resident(process.pid));
}
console.log(JSON.stringify(found));
process.exit(0);
