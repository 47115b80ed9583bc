// Where no relay is: what a page is told in its promise or callback, and on the console, once; addresses that are none are
// refused where they are said. Over both bridges.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const packages = { plain: process.env.BECKON_DIST ?? here('../dist'), 'golang-wasm': here('../build/golang-wasm') };

const other = createServer((_, response) => response.writeHead(404).end('no relay'));
await once(other.listen(0, '127.0.0.1'), 'listening');
after(() => other.close());

for (const [bridge, what, url] of [
  ['plain', 'a port that nobody listens to', 'ws://127.0.0.1:1/ws'],
  ['golang-wasm', 'a server that is no relay', `ws://127.0.0.1:${other.address().port}/ws`],
]) {
  test(`${what}, over the ${bridge} bridge: each dialect says so, and the console once`, { timeout: 60_000 }, async (t) => {
    const dist = packages[bridge];
    assert(existsSync(dist), `${dist} is missing: run make test, which builds both`);
    const { NIM, TUIRoomEngine, configure } = await import(pathToFileURL(`${dist}/index.mjs`).href);
    for (const none of ['ftp://relay.example', 'http://', 'relay.example:8080']) {
      const message = `beckon: '${none}' is no ws:, wss:, http: or https: address of a relay`;
      assert.throws(() => configure({ url: none }), { message });
    }

    configure({ url });
    const printed = t.mock.method(console, 'warn', () => {});
    const tries = [];
    const gone = new Promise((ondisconnect) =>
      NIM.getInstance({
        appKey: 'k', account: 'ada', token: 'any', reconnectionAttempts: 1, ondisconnect,
        onwillreconnect: ({ retryCount }) => tries.push(retryCount),
      }),
    );
    const error = await TUIRoomEngine.login({ sdkAppId: 1, userId: 'bob', userSig: 'any' }).catch((why) => why);
    assert.ok(error instanceof Error);
    assert.deepEqual([error.code, error.message], [-1, `login(): no relay answers at ${url}`]);
    const { code, message } = await gone;
    assert.deepEqual([code, message, tries], ['allAttemptsFailed', 'every attempt to come back failed', [1]]);
    assert.deepEqual(printed.mock.calls.map((call) => call.arguments), [[`beckon: no relay answers at ${url}, or it does not let this page's host in (its option -origins)`]]);
  });
}
