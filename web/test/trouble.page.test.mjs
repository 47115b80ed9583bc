// Pages in which the module cannot run, and pages that are offline for a while: what the package's users are told, in the
// promise, the callback and the console.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch, noChromium, serve } from './bridge.chromium.mjs';

const dist = process.env.BECKON_DIST ?? fileURLToPath(new URL('../dist', import.meta.url));
const policy = (script) => ({ 'content-security-policy': `default-src 'none'; connect-src 'self' ws://127.0.0.1:*; script-src 'self' 'nonce-x' ${script}` });
const page = (before, headers) => ({
  headers,
  body: `<!doctype html><script nonce="x">${before}</script><script type="module" nonce="x">
    import * as beckon from '/sdk/index.mjs'; window.beckon = beckon;</script>`,
});
const answers = {
  '/old': page('delete window.WebAssembly', policy("'wasm-unsafe-eval'")),
  '/strict': page('', policy('')),
  '/lost': page('', policy("'wasm-unsafe-eval'")),
};

describe('in Chromium', { skip: noChromium }, () => {
  let server, browser;
  before(async () => {
    server = await serve(answers, { '/sdk/': dist });
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  for (const [what, path, sentence] of [
    ['a browser without WebAssembly', '/old', 'beckon: there is no WebAssembly here, and the SDK cannot run without it'],
    ['a policy that forbids it', '/strict', "beckon: the page's Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src"],
    ['a module that is not there', '/lost', 'beckon: cannot load /nowhere.wasm (HTTP 404): put beckon.wasm there, or say configure({ wasmUrl })'],
  ]) {
    test(`${what}: one sentence for either dialect, also for who does not listen`, { timeout: 30_000 }, async () => {
      const tab = await browser.newPage();
      const printed = [];
      tab.on('console', (message) => message.type() === 'error' && printed.push(message.text()));
      const uncaught = [];
      tab.on('pageerror', (error) => uncaught.push(error.message));
      await tab.goto(server.origin + path);
      await tab.waitForFunction(() => window.beckon);
      const told = await tab.evaluate(async (lost) => {
        const { NIM, TUIRoomEngine, configure } = beckon;
        if (lost) configure({ wasmUrl: '/nowhere.wasm' });
        const login = { appKey: 'k', token: 'any', needReconnect: false };
        NIM.getInstance({ ...login, account: 'silent' });
        const errors = [];
        const gone = await new Promise((ondisconnect) => NIM.getInstance({ ...login, account: 'ada', onerror: (e) => errors.push(e), ondisconnect }));
        const refused = await TUIRoomEngine.login({ sdkAppId: 1, userId: 'bob', userSig: 'any' }).catch((why) => why);
        return [...errors.map((e) => [e.code, e.message]), [gone.code, gone.message], [refused.code, refused.message]];
      }, path === '/lost');
      assert.deepEqual(told, [['module-load', sentence], ['allAttemptsFailed', sentence], [-1, sentence]]);
      assert.ok(printed.some((line) => line.includes(sentence)) || uncaught.includes(sentence), `the console says so: ${printed} ${uncaught}`);
      await tab.close();
    });
  }
});
