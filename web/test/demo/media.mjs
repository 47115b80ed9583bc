// Sound and picture in the demo: two tabs of one Chromium with fake devices, a real relay,
// and the browser's own count of the pictures that arrived.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRelay } from '../relay.mjs';
import { counting, heard, seen } from './media.kit.mjs';
import { company, connect, lineToRelay, story, wantState } from './kit.mjs';

async function videoCall(bob, [a, b]) {
  await a.check('[data-testid=video]', { force: true });
  await connect(a, b, bob);
  await seen(a, b);
  return [a, b];
}

company('a video call: both see and hear each other, and themselves', async ({ bob, tabs }) => {
  const [a, b] = await videoCall(bob, await tabs(2));
  await heard(a, b);
  for (const page of [a, b]) {
    await page.locator('#stage.pictured').waitFor();
    assert.ok(await page.isVisible('#mine'));
    assert.ok(await page.locator('#mine').evaluate((video) => video.muted), 'nobody hears themself');
  }
  await a.click('#hangup');
  await wantState(b, 'idle');
  assert.equal(await b.locator('#theirs').evaluate((video) => video.srcObject), null, 'the camera and the picture go with the call');
});

company('an audio call has sound, and becomes a video call when a camera is switched on', async ({ ada, bob, tabs }) => {
  const [a, b] = await tabs(2);
  await connect(a, b, bob);
  await heard(a, b);
  await b.click('#camera');
  await seen(a);
  await a.locator('#stage.pictured').waitFor();
  await b.click('#camera');
  await a.locator('#stage:not(.pictured)').waitFor();
  await heard(a, b);
});

company('both switch their cameras on at once: the two offers meet, and both are seen', async ({ ada, bob, tabs }) => {
  const [a, b] = await tabs(2);
  await connect(a, b, bob);
  await heard(a, b);
  await Promise.all([a.click('#camera'), b.click('#camera')]);
  await seen(a, b);
});

company('who mutes is not heard, and the other side is told', async ({ ada, bob, tabs }) => {
  const [a, b] = await videoCall(bob, await tabs(2));
  await a.click('#mic');
  await b.locator('#media-note', { hasText: `${ada} is muted.` }).waitFor();
  assert.equal(await a.getAttribute('#mic', 'aria-pressed'), 'true');
  await a.click('#mic');
  await b.waitForFunction(() => document.getElementById('media-note').textContent === '');
});

company('a page reloaded during a video call comes back into it, on either side', async ({ bob, tabs }) => {
  const [a, b] = await videoCall(bob, await tabs(2));
  for (const page of [a, b]) {
    await page.reload();
    await wantState(page, 'connected');
    await seen(a, b);
  }
});

story('a video call goes on while the relay is away, and can be changed when it is back', async ({ ada, bob, open }) => {
  const line = lineToRelay();
  const prepare = async (page) => {
    await counting(page);
    await line.lay(page);
  };
  const [a, b] = await videoCall(bob, [await open(ada, prepare), await open(bob, prepare)]);
  await line.cut();
  await Promise.all([wantState(a, 'reconnecting'), wantState(b, 'reconnecting')]);
  await seen(a, b);
  line.mend();
  await Promise.all([wantState(a, 'connected'), wantState(b, 'connected')]);
  await a.click('#camera');
  await b.locator('#stage:not(.pictured)').waitFor();
  await a.click('#camera');
  await seen(b);
});

story('a relay that is killed and started again ends no call, and what it missed is told again', async ({ ada, bob, open }) => {
  const data = await mkdtemp(join(tmpdir(), 'beckon-demo-'));
  let relay = await startRelay({ data });
  try {
    const [a, b] = [await open(ada, counting, relay.url), await open(bob, counting, relay.url)];
    await connect(a, b, bob);
    await heard(a, b);
    await relay.kill();
    await Promise.all([wantState(a, 'reconnecting'), wantState(b, 'reconnecting')]);
    await heard(a, b);
    await a.click('#camera'); // its offer cannot be told now
    await a.locator('#mine').waitFor();
    relay = await startRelay({ data, addr: new URL(relay.url).host });
    await Promise.all([wantState(a, 'connected'), wantState(b, 'connected')]);
    await seen(b);
    await b.click('#hangup');
    await wantState(a, 'idle');
  } finally {
    await relay.stop();
    await rm(data, { recursive: true, force: true });
  }
}, { expected: /WebSocket connection to .* failed|ERR_CONNECTION_REFUSED/ }); // the relay ends before its pages do

story('without a camera one is heard, without any device one still sees, and a sentence says so', async ({ ada, bob, open }) => {
  const without = (kinds) => async (page) => {
    await counting(page);
    await page.addInitScript((missing) => {
      const { getUserMedia } = MediaDevices.prototype;
      MediaDevices.prototype.getUserMedia = function (wanted) {
        if (missing.some((kind) => wanted[kind])) return Promise.reject(new DOMException('none', 'NotFoundError'));
        return getUserMedia.call(this, wanted);
      };
    }, kinds);
  };
  const [a, b] = [await open(ada, without(['video'])), await open(bob, without(['audio', 'video']))];
  await a.check('[data-testid=video]', { force: true });
  await connect(a, b, bob);
  await a.getByTestId('lack').filter({ hasText: 'you are heard but not seen' }).waitFor();
  await b.getByTestId('lack').filter({ hasText: 'neither heard nor seen' }).waitFor();
  await heard(b);
});

story('the relay says which servers help pages to reach each other, and gives who is signed in credentials', async ({ ada, bob, open }) => {
  const folder = await mkdtemp(join(tmpdir(), 'beckon-ice-'));
  await writeFile(join(folder, 'beckon.toml'), `
    [[ice]]
    urls = ["stun:127.0.0.1:9"]
    [[ice]]
    urls = ["turn:127.0.0.1:9?transport=udp"]
    secret = "shared with the TURN server"
  `);
  const relay = await startRelay({ args: ['-config', join(folder, 'beckon.toml')] });
  const asking = async (page) => {
    await page.addInitScript(() => {
      const Original = RTCPeerConnection;
      globalThis.RTCPeerConnection = class extends Original {
        constructor(how) {
          super(how);
          globalThis.servers = how.iceServers;
        }
      };
    });
  };
  try {
    const [a, b] = [await open(ada, asking, relay.url), await open(bob, asking, relay.url)];
    await connect(a, b, bob);
    const names = new Set();
    for (const page of [a, b]) {
      const [stun, turn] = await (await page.waitForFunction(() => globalThis.servers)).jsonValue();
      assert.deepEqual(stun.urls, ['stun:127.0.0.1:9']);
      assert.deepEqual(turn.urls, ['turn:127.0.0.1:9?transport=udp']);
      assert.match(turn.username, /^\d+:[0-9a-f]+$/, 'credentials that end');
      assert.ok(turn.credential.length > 20);
      names.add(turn.username);
    }
    assert.equal(names.size, 2, 'each has their own');
  } finally {
    await relay.stop();
    await rm(folder, { recursive: true });
  }
}, { expected: /WebSocket connection to .* failed|ERR_CONNECTION_REFUSED/ }); // the relay ends before its pages do
