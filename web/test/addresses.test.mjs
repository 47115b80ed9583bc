// Several relays, the first of which is nowhere: the page finds the next, and when that goes away the one after it.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startRelay } from './relay.mjs';

const sdk = fileURLToPath(new URL('index.mjs', `file://${process.env.BECKON_DIST ?? fileURLToPath(new URL('../dist', import.meta.url))}/`));
const nowhere = 'ws://127.0.0.1:1';

let relays, beckon;
before(async () => {
  assert(existsSync(sdk), `${sdk} is missing: run make build`);
  beckon = await import(sdk);
  relays = await Promise.all([startRelay(), startRelay()]);
});
after(() => Promise.all(relays.map((relay) => relay.stop())));

test('relays are tried in turn, and the console says which does not answer', { timeout: 60_000 }, async (t) => {
  const said = t.mock.method(console, 'warn', () => {});
  const { NIM, configure } = beckon;
  configure({ url: [nowhere, ...relays.map((relay) => relay.url)] });
  const connects = [];
  const connected = () => new Promise((resolve) => connects.push(resolve));
  const nim = NIM.getInstance({ appKey: 'k', account: 'ada', token: 'any', onconnect: () => connects.shift()?.() });
  t.after(() => new Promise((done) => nim.destroy({ done })));

  await connected();
  const channel = await nim.signalingCreate({ type: 1 });
  assert.match(said.mock.calls[0].arguments[0], /^beckon: no relay answers at ws:\/\/127\.0\.0\.1:1\/ws, or it does not let/);

  const again = connected();
  await relays[0].kill();
  await again;
  // The other one is a relay of its own: it answers, and knows nothing of that channel.
  const error = await nim.signalingJoin({ channelId: channel.channelId }).catch((error) => error);
  assert.equal(error.code, 10404);
  const first = new URL(relays[0].url).host;
  assert.deepEqual(said.mock.calls.slice(1).map((call) => call.arguments[0]), [`beckon: the link to ws://${first}/ws is lost`], 'once for each outage');
});
