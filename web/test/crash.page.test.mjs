// Go crashes in a worker, of one page or of all its tabs, at a real relay: each page is told in a sentence, and each comes back.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch, noChromium, serve } from './bridge.chromium.mjs';
import { startRelay } from './relay.mjs';

const dist = process.env.BECKON_DIST ?? fileURLToPath(new URL('../dist', import.meta.url));
const panic = 'panic: syscall/js: call of Value.Int on string';
const sentence = `beckon: the Go module has exited with 2: ${panic}`;

/**
 * Put in front of a worker's script: at a word, the socket that Go dialled last closes with a code that is no number. No relay
 * and no browser says that, and the module does not expect it: it panics.
 */
const saboteur = `if (typeof document === 'undefined') {
  const { WebSocket } = globalThis;
  let last;
  globalThis.WebSocket = class extends WebSocket {
    constructor(url) {
      super(url);
      last = this;
    }
  };
  new BroadcastChannel('sabotage').onmessage = () => last.onclose({ code: 'four thousand' });
}
`;
const script = async (name) => ({ body: saboteur + (await readFile(`${dist}/${name}`, 'utf8')), type: 'text/javascript' });

describe('in Chromium', { skip: noChromium }, () => {
  let relay, server, browser;
  before(async () => {
    const workers = { '/sdk/worker.mjs': await script('worker.mjs'), '/sdk/tabs.mjs': await script('tabs.mjs') };
    server = await serve({ '/': { body: '<!doctype html><title>crash</title>' }, ...workers }, { '/sdk/': dist });
    relay = await startRelay({ args: ['-origins', new URL(server.origin).host, '-sync', 'interval'] });
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await relay?.stop();
    server?.close();
  });

  /** A page of ada's, connected, that writes down what it is told. */
  async function connected(context, options) {
    const page = await context.newPage();
    const printed = [];
    page.on('console', (message) => message.type() === 'error' && printed.push(message.text()));
    await page.goto(server.origin);
    await page.evaluate(async (options) => {
      const { NIM, configure } = await import('/sdk/index.mjs');
      configure(options);
      window.told = [];
      await new Promise((resolve) => {
        window.nim = NIM.getInstance({
          appKey: 'k', account: 'ada', token: 'any',
          onconnect: () => resolve(told.push('connected')),
          onerror: ({ code, message }) => told.push(`${code}: ${message}`),
          onwillreconnect: () => told.push('comes back'),
          ondisconnect: () => told.push('given up'),
        });
      });
    }, { url: relay.url, ...options });
    return { page, printed };
  }

  for (const [where, options, count] of [['a page’s worker', { worker: true }, 1], ['the worker of two tabs', { tabs: 'shared' }, 2]]) {
    test(`a crash in ${where}`, { timeout: 60_000 }, async () => {
      const context = await browser.newContext();
      const tabs = [];
      for (let i = 0; i < count; i++) tabs.push(await connected(context, options));
      const [{ page: first }] = tabs;
      const channelId = await first.evaluate(async () => {
        const { channelId } = await nim.signalingCreate({ type: 1 });
        await nim.signalingJoin({ channelId });
        return channelId;
      });
      await first.evaluate(() => new BroadcastChannel('sabotage').postMessage('now'));
      for (const { page, printed } of tabs) {
        await page.waitForFunction(() => told.length >= 4, undefined, { polling: 50, timeout: 30_000 });
        assert.deepEqual(await page.evaluate(() => told), ['connected', `module-exit: ${sentence}`, 'comes back', 'connected']);
        assert.ok(printed.some((line) => line.includes(panic)), `the page's console says so: ${printed}`);
      }
      await first.evaluate((channelId) => nim.signalingClose({ channelId }), channelId);
      await context.close();
    });
  }
});
