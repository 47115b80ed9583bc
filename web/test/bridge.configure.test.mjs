// Where the relay is and what may be configured, outside a page. In pages: bridge.page.test.mjs.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterEach, test } from 'node:test';
import { bundleBridge, folder } from './bridge.support.mjs';

const dir = await bundleBridge('plain', await folder());
const { configure, relayUrl, settings } = (await import(join(dir, 'index.mjs'))).NIM;

delete process.env.BECKON_URL;
afterEach(() => {
  delete process.env.BECKON_URL;
  configure({ url: undefined, wasmUrl: undefined, debug: undefined, nim: { exact: undefined }, tui: { roomInfoAsId: undefined } });
});

for (const [given, relay] of [
  ['wss://relay.example', 'wss://relay.example/ws'],
  ['https://relay.example/', 'wss://relay.example/ws'],
  ['http://relay.example:8080', 'ws://relay.example:8080/ws'],
  ['ws://relay.example/calls', 'ws://relay.example/calls'],
  ['https://relay.example/calls/?region=eu#top', 'wss://relay.example/calls/?region=eu'],
  ['https://relay.example/?region=eu', 'wss://relay.example/ws?region=eu'],
  [new URL('https://relay.example'), 'wss://relay.example/ws'],
  [['https://a.example', new URL('wss://b.example/calls')], 'wss://a.example/ws wss://b.example/calls'],
  ['https://a.example http://b.example', 'wss://a.example/ws ws://b.example/ws'],
]) {
  test(`the relay at ${given} is ${relay}`, () => {
    configure({ url: given });
    assert.equal(relayUrl(), relay);
  });
}

test('BECKON_URL says where the relay is, configure says it louder', () => {
  process.env.BECKON_URL = 'http://127.0.0.1:8080';
  assert.equal(relayUrl(), 'ws://127.0.0.1:8080/ws');
  configure({ url: 'wss://relay.example' });
  assert.equal(relayUrl(), 'wss://relay.example/ws');
  configure({ url: undefined });
  assert.equal(relayUrl(), 'ws://127.0.0.1:8080/ws');
});

test('without any of them, the error says how to say it', () => {
  assert.throws(relayUrl, {
    name: 'TypeError',
    message: "beckon: where is the relay? Say configure({ url: 'wss://…' }), put data-relay on the script tag, or set BECKON_URL",
  });
});

test('what is no address is refused, by configure at once', () => {
  for (const url of ['relay.example', '/ws', '', 'ftp://relay.example', 'localhost:8080', 'javascript:alert(1)']) {
    assert.throws(() => configure({ url }), new TypeError(`beckon: '${url}' is no ws:, wss:, http: or https: address of a relay`));
  }
  assert.throws(() => configure({ url: ['wss://relay.example', '/ws'] }), new TypeError("beckon: '/ws' is no ws:, wss:, http: or https: address of a relay"));
  assert.throws(() => configure({ url: [] }), new TypeError("beckon: '' is no ws:, wss:, http: or https: address of a relay"));
  process.env.BECKON_URL = 'localhost:8080';
  assert.throws(relayUrl, new TypeError("beckon: 'localhost:8080' is no ws:, wss:, http: or https: address of a relay"));
});

test('an unknown option is refused, and none of the others is taken', () => {
  assert.throws(
    () => configure({ debug: true, wasmURL: '/beckon.wasm' }),
    new TypeError("beckon: configure knows no option 'wasmURL'"),
  );
  assert.equal(settings().debug, undefined);
});

test('options add up, those of a dialect too', () => {
  configure({ nim: { exact: true }, debug: true });
  configure({ nim: { callJoinsExisting: true }, tui: { roomInfoAsId: true } });
  const { debug, nim, tui } = settings();
  assert.deepEqual({ debug, nim, tui }, { debug: true, nim: { exact: true, callJoinsExisting: true }, tui: { roomInfoAsId: true } });
});
