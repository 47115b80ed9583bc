// configure({ worker: true }) over a real relay: two pages ring each other, and neither opens a socket or sets a timer.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch, noChromium } from './bridge.chromium.mjs';
import { startRelay } from './relay.mjs';

describe('in Chromium', { skip: noChromium }, () => {
  let relay, browser;
  before(async () => {
    relay = await startRelay({ args: ['-sync', 'interval'] });
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await relay?.stop();
  });

  /** A page of an account, connected. Its own sockets and timers do not work. */
  async function connected(context, account) {
    const page = await context.newPage();
    await page.goto(`${relay.url}/favicon.svg`); // a page of the relay's origin and policy that does nothing
    await page.evaluate(async (account) => {
      window.WebSocket = window.setTimeout = window.setInterval = () => {
        throw new Error('the page is asleep');
      };
      const { NIM, configure } = await import('/sdk/index.mjs');
      configure({ worker: true });
      window.heard = [];
      await new Promise((onconnect) => (window.nim = NIM.getInstance({ appKey: 'k', account, token: 'any', onconnect })));
      nim.on('signalingNotify', (event) => heard.push([event.eventType, event.from]));
      nim.on('signalingNotify', (event) => (window.last = event));
    }, account);
    return page;
  }

  test('two pages ring each other while both are asleep', { timeout: 60_000 }, async () => {
    const context = await browser.newContext();
    const [ada, bob] = [await connected(context, 'ada'), await connected(context, 'bob')];
    await ada.evaluate(() => nim.signalingCallEx({ type: 1, account: 'bob', requestId: 'r', offlineEnabled: true }));
    const heard = (page, type) => page.waitForFunction((type) => heard.some(([what]) => what === type), type, { polling: 'raf' });
    await heard(bob, 'INVITE');
    await bob.evaluate(() => nim.signalingJoinAndAccept({ channelId: last.channelId, requestId: 'r', account: 'ada' }));
    await heard(ada, 'ACCEPT');
    assert.deepEqual(await bob.evaluate(() => heard), [['INVITE', 'ada']]);
    assert.equal(ada.workers().length, 1);
    await context.close();
  });
});
