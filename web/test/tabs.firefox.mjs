// configure({ tabs: 'shared' }) in a stock Firefox, over a real relay: two tabs of an account are one device with one
// connection in a SharedWorker, and both hear: make test-firefox
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './demo/firefox.mjs';

const url = process.env.BECKON_TEST_URL;

let firefox;
before(async () => {
  assert.ok(url, 'BECKON_TEST_URL is not set: run this by way of with-relay.mjs');
  firefox = await launch();
});
after(() => firefox?.close());

/** A tab of an account, connected, which counts the sockets it opens itself. Answers the device that it is. */
async function tab(account, tabs) {
  const page = await firefox.open(`${url}/favicon.svg`); // a page of the relay's origin and policy that does nothing
  const connect = async (account, tabs) => {
    Object.assign(window, { opened: 0, heard: [], warned: [] });
    const { WebSocket } = window;
    window.WebSocket = function (...address) {
      window.opened++;
      return new WebSocket(...address);
    };
    console.warn = (text) => window.warned.push(text);
    const { NIM, configure } = await import('/sdk/index.mjs');
    if (tabs) configure({ tabs });
    return new Promise((connected) => {
      window.nim = NIM.getInstance({ appKey: 'k', account, token: 'any', onconnect: ({ lastLoginDeviceId }) => connected(lastLoginDeviceId) });
      for (const name of ['signalingNotify', 'signalingMutilClientSyncNotify']) {
        window.nim.on(name, (event) => window.heard.push([name, (window.last = event).eventType]));
      }
    });
  };
  return { ...page, device: await page.run(connect, account, tabs ?? '') };
}

const hears = (page, type) =>
  page.run(
    (type) =>
      new Promise((resolve) => {
        const look = () => (window.heard.some((event) => event[1] === type) ? resolve(true) : setTimeout(look, 20));
        look();
      }),
    type,
  );

test('two tabs of an account ring together, and one answers for both', { timeout: 60_000 }, async () => {
  const [ada, bobs] = ['ada', 'bob'].map((name) => `${name}-tabs-${process.pid}`);
  const [one, two, bob] = [await tab(ada, 'shared'), await tab(ada, 'shared'), await tab(bobs)];
  assert.equal(one.device, two.device);
  for (const page of [one, two]) assert.deepEqual(await page.run(() => [window.opened, window.warned]), [0, []]);
  await bob.run((account) => window.nim.signalingCallEx({ type: 1, account, requestId: 'r', offlineEnabled: true }), ada);
  for (const page of [one, two]) await hears(page, 'INVITE');
  await two.run((account) => window.nim.signalingJoinAndAccept({ channelId: window.last.channelId, requestId: 'r', account }), bobs);
  await hears(bob, 'ACCEPT');
  await hears(one, 'ACCEPT');
  assert.deepEqual(await one.run(() => window.heard), [['signalingNotify', 'INVITE'], ['signalingMutilClientSyncNotify', 'ACCEPT']]);
  assert.deepEqual(await two.run(() => window.heard), [['signalingNotify', 'INVITE']]);
});
