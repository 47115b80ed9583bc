// configure({ tabs: 'shared' }) over a real relay: the tabs of an account are one device with one connection, in a SharedWorker
// and, where there is none, in one of the tabs.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch, noChromium } from './bridge.chromium.mjs';
import { startRelay } from './relay.mjs';

const timeout = 60_000;
const long = !!process.env.BECKON_LONG; // else each thing in one of the two places

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

  /** A tab that has loaded the package; nothing is connected yet. `shared` is false for somebody else's page. */
  async function tab(context, { worker = true, shared = true } = {}) {
    const page = await context.newPage();
    page.on('pageerror', (error) => assert.fail(error));
    await page.goto(`${relay.url}/favicon.svg`); // a page of the relay's origin and policy that does nothing
    await page.evaluate(
      async ([worker, shared]) => {
        if (!worker) delete window.SharedWorker;
        window.opened = 0;
        const { WebSocket } = window;
        window.WebSocket = function (...url) {
          window.opened++;
          return new WebSocket(...url);
        };
        window.warned = [];
        console.warn = (text) => warned.push(text);
        Object.assign(window, await import('/sdk/index.mjs'));
        if (shared) configure({ tabs: 'shared' });
      },
      [worker, shared],
    );
    return page;
  }

  /** Connects as an account of NIM's. `nim` and `heard` are the page's. */
  const connect = (page, account) =>
    page.evaluate(async (account) => {
      window.heard = [];
      window.connects = [];
      await new Promise((connected) => {
        const onconnect = ({ lastLoginDeviceId }) => connected(connects.push(lastLoginDeviceId));
        window.nim = NIM.getInstance({ appKey: 'k', account, token: 'any', onconnect, onwillreconnect: () => connects.push('again') });
      });
      const note = (name) => nim.on(name, (event) => heard.push([name, event.eventType, (window.last = event).requestId]));
      note('signalingNotify');
      note('signalingMutilClientSyncNotify');
    }, account);

  const call = (page, method, options) => page.evaluate(([method, options]) => nim[method](options), [method, options]);
  const hears = (page, type, requestId) =>
    page.waitForFunction(([type, id]) => heard.some((e) => e[1] === type && e[2] === id), [type, requestId], { polling: 50, timeout: 20_000 });
  const until = (page, fn) => page.waitForFunction(fn, undefined, { polling: 50, timeout: 30_000 });
  const ring = (from, account, requestId) => call(from, 'signalingCallEx', { type: 1, account, requestId, offlineEnabled: true });

  for (const worker of [true, false]) {
    const where = worker ? 'in a SharedWorker' : 'in the tab that leads';

    test(`tabs of an account are one device and all hear what happens, ${where}`, { timeout, skip: !worker && !long }, async () => {
      const [ada, bobs] = ['ada', 'bob'].map((name) => `${name}-1-${worker}`);
      const [context, other] = [await browser.newContext(), await browser.newContext()];
      const [one, two] = [await tab(context, { worker }), await tab(context, { worker })];
      const bob = await tab(other, { shared: false });
      for (const [page, account] of [[one, ada], [two, ada], [bob, bobs]]) await connect(page, account);
      assert.deepEqual(await one.evaluate(() => connects), await two.evaluate(() => connects));
      assert.deepEqual([await one.evaluate(() => opened), await two.evaluate(() => opened)], worker ? [0, 0] : [1, 0]);

      await ring(bob, ada, 'r1');
      await hears(one, 'INVITE', 'r1');
      await hears(two, 'INVITE', 'r1');
      await call(two, 'signalingJoinAndAccept', { channelId: await two.evaluate(() => last.channelId), requestId: 'r1', account: bobs });
      await hears(bob, 'ACCEPT', 'r1');
      await hears(one, 'ACCEPT', 'r1');
      assert.deepEqual(await one.evaluate(() => heard), [['signalingNotify', 'INVITE', 'r1'], ['signalingMutilClientSyncNotify', 'ACCEPT', 'r1']]);
      assert.deepEqual(await two.evaluate(() => heard), [['signalingNotify', 'INVITE', 'r1']]);

      const three = await tab(context, { worker });
      await ring(bob, ada, 'r2');
      await hears(one, 'INVITE', 'r2');
      await connect(three, ada);
      await hears(three, 'INVITE', 'r2'); // who comes late is told what is pending
      assert.deepEqual(await two.evaluate(() => heard.filter((e) => e[2] === 'r2')), [['signalingNotify', 'INVITE', 'r2']], 'and nobody else again');
      assert.deepEqual(await one.evaluate(() => warned), []);
      await context.close();
      await other.close();
    });

    test(`a tab that closes does not hang up, ${where}`, { timeout, skip: worker && !long }, async () => {
      const [ada, bobs] = ['ada', 'bob'].map((name) => `${name}-2-${worker}`);
      const [context, other] = [await browser.newContext(), await browser.newContext()];
      const [one, two] = [await tab(context, { worker }), await tab(context, { worker })];
      const bob = await tab(other, { shared: false });
      for (const [page, account] of [[one, ada], [two, ada], [bob, bobs]]) await connect(page, account);
      const device = await two.evaluate(() => connects[0]);
      await ring(bob, ada, 'r');
      await hears(one, 'INVITE', 'r');
      const channelId = await one.evaluate(() => last.channelId);
      await call(one, 'signalingJoinAndAccept', { channelId, requestId: 'r', account: bobs });

      await one.close(); // which leads, where a tab does
      if (!worker) await until(two, () => connects.length >= 3);
      assert.deepEqual(await two.evaluate(() => connects), worker ? [device] : [device, 'again', device], 'the same device');
      await call(two, 'signalingControl', { channelId, account: bobs, attachExt: 'still here' });
      await hears(bob, 'CONTROL');
      assert.deepEqual((await call(bob, 'signalingGetChannelInfo', { channelName: channelId }).catch((e) => e)).members?.map((m) => m.account).sort(), [ada, bobs]);
      assert.deepEqual(await bob.evaluate(() => heard.map((e) => e[1])), ['ROOM_JOIN', 'ACCEPT', 'CONTROL']);

      await two.reload(); // the last one: the call waits for it, as for any page that reloads
      await two.close();
      await context.close();
      await other.close();
    });
  }

  test('the tabs of TUIRoomEngine share a login, too', { timeout }, async () => {
    const context = await browser.newContext();
    const [one, two] = [await tab(context), await tab(context)];
    for (const page of [one, two]) {
      await page.evaluate(async () => {
        window.heard = [];
        await TUIRoomEngine.login({ sdkAppId: 1, userId: 'ada', userSig: 'any' });
        window.engine = TUIRoomEngine.getInstance();
        for (const name of ['onKickedOffLine', 'onRoomDismissed']) engine.on(name, (event) => heard.push([name, event.roomId]));
      });
    }
    await one.evaluate(() => engine.createRoom({ roomId: 'team' }));
    for (const page of [one, two]) await page.evaluate(() => engine.enterRoom({ roomId: 'team' }));
    await one.evaluate(() => engine.destroyRoom());
    await until(two, () => heard.length);
    assert.deepEqual(await two.evaluate(() => heard), [['onRoomDismissed', 'team']]);
    assert.deepEqual(await one.evaluate(() => heard), []);
    await context.close();
  });
});
