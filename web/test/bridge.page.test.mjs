// The bridge in real pages, whose Content-Security-Policy allows WebAssembly and nothing else that evaluates.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { WebSocketServer } from 'ws';
import { launch, noChromium, serve } from './bridge.chromium.mjs';
import { bridges, buildBridge, folder } from './bridge.support.mjs';

const relay = new WebSocketServer({ host: '127.0.0.1', port: 0 });
await once(relay, 'listening');
relay.on('connection', (socket) => {
  socket.on('message', (data) => (data.toString() === 'kick' ? socket.close(4003, 'kicked') : socket.send(data.toString())));
});
const relayUrl = `ws://127.0.0.1:${relay.address().port}/ws`;

const dirs = {};
for (const bridge of bridges) dirs[bridge] = await buildBridge(bridge, await folder());

const policy = (script) => `default-src 'none'; connect-src 'self' ws://127.0.0.1:*; worker-src 'self'; script-src 'self' 'nonce-x' ${script}`;
const page = (body, headers = { 'content-security-policy': policy("'wasm-unsafe-eval'") }) => ({ body: `<!doctype html>${body}`, headers });
const module = (sdk) => `<script type="module" nonce="x">import { NIM } from '${sdk}/index.mjs'; window.bridge = NIM;</script>`;
const inWorker = (sdk) => module(sdk).replace('window.bridge', 'NIM.configure({ worker: true }); window.bridge');
const inTabs = (sdk) => inWorker(sdk).replace('worker: true', "tabs: 'shared'");
const wasm = await readFile(join(dirs.plain, 'beckon.wasm'));

const answers = {
  '/esm': page(module('/plain')),
  '/esm-golang-wasm': page(module('/golang-wasm')),
  '/worker': page(inWorker('/plain')),
  '/worker-golang-wasm': page(inWorker('/golang-wasm')),
  '/worker-script': page(`<script src="/plain/beckon.js"></script><script nonce="x">NIM.configure({ worker: true });</script>`),
  '/no-worker': page(inWorker('/plain'), { 'content-security-policy': policy("'wasm-unsafe-eval'").replace("worker-src 'self'", "worker-src 'none'") }),
  '/tabs': page(inTabs('/plain')),
  '/tabs-golang-wasm': page(inTabs('/golang-wasm')),
  '/tabs-no-worker': page(inTabs('/plain'), { 'content-security-policy': policy("'wasm-unsafe-eval'").replace("worker-src 'self'", "worker-src 'none'") }),
  '/script': page(`<script nonce="x">keys = Reflect.ownKeys(window);</script><script src="/plain/beckon.js"></script>`),
  '/script-golang-wasm': page(`<script nonce="x">keys = Reflect.ownKeys(window);</script><script src="/golang-wasm/beckon.js"></script>`),
  '/script-relay': page(`<script src="/plain/beckon.js" data-relay="https://relay.example"></script>`),
  '/esm-relay': page(`<script type="module" src="/page.mjs" data-relay="/rooms/ws"></script>`),
  '/page.mjs': { body: `import { NIM } from '/plain/index.mjs'; window.bridge = NIM;`, type: 'text/javascript' },
  '/amd': page(`<script nonce="x">define = (names, factory) => { bridge = factory().NIM; }; define.amd = {};</script><script src="/plain/beckon.js"></script>`),
  '/node-like': page(`<script nonce="x">for (const name of ['process', 'fs', 'path', 'Go', 'global']) Object.defineProperty(window, name, { value: {} });</script>${module('/plain')}`),
  '/no-wasm': page(`<script nonce="x">delete window.WebAssembly;</script>${module('/plain')}`),
  '/strict': page(module('/plain'), { 'content-security-policy': policy('') }),
  // Well formed, but for an instruction that no browser has yet: so beckon.wasm looks to one that is too old.
  '/newer': { body: Buffer.from('0061736d01000000010401600000030201000a0601040000ff0b', 'hex'), type: 'application/wasm' },
  '/octets': { body: wasm, type: 'application/octet-stream' },
  '/fallback': page('<p>the app’s page, for any address'),
  '/worker.mjs': {
    body: `import { NIM } from '/plain/index.mjs';
      onmessage = async ({ data }) => postMessage(await (await NIM.backend()).call('', 'echo', data));`,
    type: 'text/javascript',
    headers: { 'content-security-policy': policy("'wasm-unsafe-eval'") },
  },
};

describe('in Chromium', { skip: noChromium }, () => {
  let server, browser;
  before(async () => {
    server = await serve(answers, { '/plain/': dirs.plain, '/golang-wasm/': dirs['golang-wasm'] });
    browser = await launch();
  });
  after(async () => {
    await browser.close();
    server.close();
    relay.close();
  });

  /** Opens a page, waits for its bridge and runs fn in it; fails on errors that the page did not catch. */
  async function inPage(path, fn, arg) {
    const page = await browser.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    try {
      await page.goto(server.origin + path);
      await page.waitForFunction(() => (globalThis.bridge ??= globalThis.NIM));
      return await page.evaluate(fn, arg);
    } finally {
      await page.close();
      assert.deepEqual(errors, []);
    }
  }

  /** In a page: the message that loading fails with. */
  const failure = (wasmUrl) => {
    bridge.configure({ wasmUrl });
    return bridge.backend().then(() => 'loaded', (error) => error.message);
  };

  for (const path of ['/esm', '/esm-golang-wasm', '/script', '/script-golang-wasm', '/amd', '/node-like', '/worker', '/worker-golang-wasm', '/worker-script', '/tabs', '/tabs-golang-wasm', '/tabs-no-worker']) {
    test(`${path}: calls, failures, events, an end and a new beginning`, async () => {
      const story = await inPage(path, async () => {
        const story = [];
        console.warn = (text) => story.push(text); // nothing had to be done without
        const go = await bridge.backend();
        go.listen('a', (...event) => story.push(event));
        story.push(await go.call('a', 'echo', { text: '語 😀' }));
        await go.call('a', 'emit', 2);
        story.push(await go.call('a', 'fail', { code: 10404, message: 'ROOM_NOT_EXISTS' }).catch((error) => [error.failure, error instanceof Error]));
        const exit = new Promise((resolve) => bridge.onModuleExit(resolve));
        go.call('a', 'hang', {}).catch((error) => story.push(error.name));
        go.call('a', 'panicLater', 'out of luck');
        story.push((await exit).message);
        story.push(await (await bridge.backend()).call('a', 'calls', {}));
        return story;
      });
      assert.deepEqual(story, [
        { text: '語 😀' },
        ['tick', 0],
        ['tick', 1],
        [{ code: 10404, message: 'ROOM_NOT_EXISTS' }, true],
        'module-exit',
        'beckon: the Go module has exited with 2: panic: out of luck',
        1,
      ]);
    });
  }

  for (const path of ['/script', '/script-golang-wasm']) {
    test(`${path} leaves NIM and SDK and nothing else, even when it runs`, async () => {
      const added = await inPage(path, async () => {
        delete window.bridge; // the test's own
        await (await NIM.backend()).call('', 'sleep', 1);
        return [Reflect.ownKeys(window).filter((key) => !keys.includes(key) && key !== 'keys').map(String), SDK.NIM === NIM, Object.keys(SDK)];
      });
      assert.deepEqual(added, [['NIM', 'SDK'], true, ['NIM']]);
    });
  }

  test('what awaits a call goes on before events behind its answer are heard', async () => {
    const story = await inPage('/esm', async () => {
      const go = await bridge.backend();
      const story = [];
      const told = new Promise((resolve) => go.listen('a', (name) => resolve(story.push(name))));
      const wrapped = async (n) => (n ? await wrapped(n - 1) : go.call('a', 'emitBehind', {}));
      await wrapped(50);
      story.push('answered');
      await told;
      return story;
    });
    assert.deepEqual(story, ['answered', 'behind']);
  });

  for (const path of ['/worker', '/worker-golang-wasm']) {
    test(`${path}: Go and its socket are in a worker, and end there`, async () => {
      const story = await inPage(
        path,
        async (relayUrl) => {
          const warned = [];
          console.warn = (text) => warned.push(text);
          window.WebSocket = window.setTimeout = undefined; // the page's own are not used
          const go = await bridge.backend();
          const told = new Promise((resolve) => go.listen('a', (...event) => resolve(event)));
          await go.call('a', 'dial', relayUrl);
          const story = [await told, await go.call('', 'sleep', 1)];
          const exit = new Promise((resolve) => bridge.onModuleExit(resolve));
          const hanging = go.call('', 'hang', {}).catch(() => 'rejected');
          go.dispose();
          story.push((await exit).message, await hanging, await go.call('', 'echo', 1).catch((error) => error.failure.code));
          return [...story, await (await bridge.backend()).call('', 'calls', {}), warned];
        },
        relayUrl,
      );
      const ended = 'beckon: the Go module was disposed of';
      assert.deepEqual(story, [['open', undefined], 1, ended, 'rejected', 'module-exit', 1, []]);
    });
  }

  test('in a worker, too, what awaits a call goes on before events behind its answer are heard', async () => {
    const story = await inPage('/worker', async () => {
      const go = await bridge.backend();
      const story = [];
      const told = new Promise((resolve) => go.listen('a', (name) => resolve(story.push(name))));
      const wrapped = async (n) => (n ? await wrapped(n - 1) : go.call('a', 'emitBehind', {}));
      await wrapped(50);
      story.push('answered');
      await told;
      return story;
    });
    assert.deepEqual(story, ['answered', 'behind']);
  });

  test('where a worker is not to be had, the page does its work and says so', async () => {
    const [answer, said] = await inPage('/no-worker', async () => {
      const said = [];
      console.warn = (text) => said.push(text);
      return [await (await bridge.backend()).call('', 'echo', 'hello'), said];
    });
    assert.equal(answer, 'hello');
    assert.match(said.join(), /^beckon: http:.*\/plain\/worker\.mjs does not run as a worker, so the page does its work: /);
  });

  test('a worker runs it too', async () => {
    const answer = await inPage('/esm', () => {
      const worker = new Worker('/worker.mjs', { type: 'module' });
      worker.postMessage('hello');
      return new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)));
    });
    assert.equal(answer, 'hello');
  });

  test('a wrong content type is no obstacle', async () => {
    assert.equal(await inPage('/esm', failure, '/octets'), 'loaded');
  });

  test('what keeps it from loading is one clear sentence', async () => {
    assert.equal(
      await inPage('/esm', failure, '/nowhere.wasm'),
      'beckon: cannot load /nowhere.wasm (HTTP 404): put beckon.wasm there, or say configure({ wasmUrl })',
    );
    assert.match(await inPage('/esm', failure, '/fallback'), /^beckon: what \/fallback serves as text\/html is not beckon\.wasm: .*magic/);
    assert.match(await inPage('/esm', failure, '/newer'), /^beckon: this browser is too old for \/newer: .*opcode/);
    assert.match(await inPage('/esm', failure, 'http://127.0.0.1:1/beckon.wasm'), /^beckon: cannot load http:\/\/127\.0\.0\.1:1\/beckon\.wasm \(Failed to fetch\)/);
    assert.equal(
      await inPage('/strict', failure),
      "beckon: the page's Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src",
    );
    assert.equal(await inPage('/no-wasm', failure), 'beckon: there is no WebAssembly here, and the SDK cannot run without it');
  });

  test('the relay is the one configured, or the script tag’s, or the origin', async () => {
    const where = () => [bridge.relayUrl(), (bridge.configure({ url: '/mine' }), bridge.relayUrl())];
    const ws = server.origin.replace('http', 'ws');
    assert.deepEqual(await inPage('/esm', where), [`${ws}/ws`, `${ws}/mine`]);
    assert.deepEqual(await inPage('/script', where), [`${ws}/ws`, `${ws}/mine`]);
    assert.deepEqual(await inPage('/script-relay', where), ['wss://relay.example/ws', `${ws}/mine`]);
    assert.deepEqual(await inPage('/esm-relay', where), [`${ws}/rooms/ws`, `${ws}/mine`]);
  });

  test('a page that wakes or comes online has its targets checked', async () => {
    const checked = await inPage('/esm', async () => {
      const go = await bridge.backend();
      const checked = [];
      const all = new Promise((resolve) => {
        for (const target of ['a', 'b']) go.listen(target, (name) => checked.push(`${target} ${name}`) === 6 && resolve());
      });
      dispatchEvent(new Event('online'));
      dispatchEvent(new Event('pageshow'));
      document.dispatchEvent(new Event('visibilitychange'));
      Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
      document.dispatchEvent(new Event('visibilitychange'));
      await all;
      await go.call('', 'echo', {});
      return checked;
    });
    assert.deepEqual(checked.sort(), ['a check', 'a check', 'a check', 'b check', 'b check', 'b check']);
  });

  test('a page where Go has ended wakes without starting it again', async () => {
    const restarted = await inPage('/esm', async () => {
      const go = await bridge.backend();
      const events = [];
      go.listen('a', (name) => events.push(name));
      const exit = new Promise((resolve) => bridge.onModuleExit(resolve));
      go.dispose();
      await exit;
      dispatchEvent(new Event('online'));
      const calls = await (await bridge.backend()).call('', 'calls', {});
      return [events, calls];
    });
    assert.deepEqual(restarted, [[], 1]);
  });

  for (const path of ['/esm', '/esm-golang-wasm']) {
    test(`${path}: the browser’s WebSocket`, async () => {
      const story = await inPage(
        path,
        async (relayUrl) => {
          const story = [];
          const go = await bridge.backend();
          const live = async (target, url, ...orders) => {
            const steps = orders[Symbol.iterator]();
            const closed = new Promise((resolve) =>
              go.listen(target, (name, payload) => {
                story.push([name, payload]);
                if (name === 'closed') return setTimeout(resolve, 20); // time for a second one
                const { value } = steps.next();
                if (value) go.call(target, ...value);
              }),
            );
            await go.call(target, 'dial', url);
            await closed;
            story.push(await go.call(target, 'send', 'late').catch((error) => error.message));
          };
          await live('kicked', relayUrl, ['send', '語 😀'], ['send', 'kick']);
          await live('own code', relayUrl, ['close', '4001 enough']);
          await live('forbidden code', relayUrl, ['close', '1011 broken']);
          await live('nobody there', 'ws://127.0.0.1:1/');
          story.push(await go.call('', 'dial', 'ftp://x').catch((error) => error.failure.code));
          return story;
        },
        relayUrl,
      );
      const late = 'the socket is not open';
      assert.deepEqual(story, [
        ['open', null], ['text', '語 😀'], ['closed', { code: 4003, reason: 'kicked' }], late,
        ['open', null], ['closed', { code: 4001, reason: 'enough' }], late,
        ['open', null], ['closed', { code: 1000, reason: 'broken' }], late,
        ['closed', { code: 1006, reason: '' }], late,
        'internal',
      ].map((step) => (step[0] === 'open' ? ['open', undefined] : step)));
    });
  }
});
