// The page around the call: languages, the timeline, missed calls, notifications, ways to be rung.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRelay } from '../relay.mjs';
import { company, connect, ring, story, wantNews, wantNoSheet, wantSheet, wantState } from './kit.mjs';

company('the timeline draws the frames of both tabs as they pass, and shows one when it is chosen', async ({ ada, bob, tabs }) => {
  const [a, b] = await tabs(2);
  await connect(a, b, bob);
  const arrow = (page, account, type, name) => page.locator(`#timeline g[data-account="${account}"][data-type="${type}"][data-name="${name}"]`).first();
  for (const page of [a, b]) {
    for (const [account, type, name] of [[ada, 'command', 'callEx'], [ada, 'reply', 'callEx'], [bob, 'notice', 'invited'], [bob, 'command', 'joinAndAccept']]) {
      await arrow(page, account, type, name).waitFor({ state: 'attached' });
    }
  }
  await arrow(a, ada, 'command', 'callEx').focus();
  await a.keyboard.press('Enter');
  const frame = JSON.parse(await a.textContent('#frame-text'));
  assert.deepEqual([frame.type, frame.name, frame.fields.invitee], ['command', 'callEx', bob]);
  const times = await a.locator('#timeline g[data-type]').evaluateAll((all) => all.map((g) => g.getAttribute('aria-label').slice(-16)));
  assert.deepEqual(times, [...times].sort(), 'from top to bottom in the order of time');
  await a.click('#clear');
  assert.equal(await a.locator('#timeline g[data-type]').count(), 0);
});

story('the page says whom the relay lets in', async ({ ada, open }) => {
  const page = await open();
  await page.getByTestId('notice').filter({ hasText: 'Dev mode' }).waitFor();
  const folder = await mkdtemp(join(tmpdir(), 'beckon-apps-'));
  await writeFile(join(folder, 'beckon.toml'), `[[app]]\nname = "shop"\n[[app.jwt]]\nalg = "HS256"\nsecret = "${'s'.repeat(32)}"\n`);
  const relay = await startRelay({ args: ['-config', join(folder, 'beckon.toml')] });
  try {
    const other = await open(undefined, undefined, relay.url);
    await other.getByTestId('notice').filter({ hasText: 'Apps only' }).waitFor();
    await other.fill('#account', ada);
    await other.click('#login');
    await wantState(other, 'signed-out');
    await wantNews(other, 'The relay did not accept the sign-in.');
  } finally {
    await relay.stop();
    await rm(folder, { recursive: true });
  }
});

company('what is about sound and picture is in the timeline if one wants to see it', async ({ ada, bob, tabs }) => {
  const [a, b] = await tabs(2);
  await connect(a, b, bob);
  const candidates = a.locator('#timeline g[data-label^="candidates"]').first();
  await candidates.waitFor({ state: 'attached' });
  assert.equal(await candidates.isVisible(), false);
  await a.check('#with-media');
  await candidates.waitFor();
});

company('the token is not shown', async ({ tabs }) => {
  const [a] = await tabs(1);
  await a.reload();
  await wantState(a, 'idle');
  await a.locator('#timeline g[data-type="hello"]').first().click();
  assert.equal(JSON.parse(await a.textContent('#frame-text')).token, '…');
});

company('a missed call is kept over a reload, and one press rings back', async ({ ada, bob, tabs }) => {
  const [a, b] = await tabs(2);
  await ring(a, bob);
  await wantSheet(b);
  await a.click('#cancel');
  await wantNoSheet(b);
  await b.reload();
  await wantState(b, 'idle');
  await b.locator('#missed button', { hasText: ada }).click();
  await wantSheet(a);
  await a.click('#reject');
  await wantNews(b, `${ada} declined your call.`);
  await b.click('#forget');
  await b.locator('#missed-box').waitFor({ state: 'hidden' });
});

story('a call that comes while the tab is hidden is notified, if that is allowed', async ({ ada, bob, open, context }) => {
  await context.grantPermissions(['notifications', 'camera', 'microphone']);
  const noticing = (page) =>
    page.addInitScript(() => {
      globalThis.noticed = [];
      globalThis.Notification = class {
        static permission = 'granted';
        static requestPermission = async () => 'granted';
        constructor(title, { body }) {
          globalThis.noticed.push(`${title}: ${body}`);
        }
        close() {
          globalThis.noticed.push('closed');
        }
      };
    });
  const [a, b] = [await open(ada), await open(bob, noticing)];
  await b.check('#notices');
  await b.evaluate(() => Object.defineProperty(document, 'hidden', { get: () => true }));
  await ring(a, bob);
  await wantSheet(b);
  assert.deepEqual(await b.evaluate(() => globalThis.noticed), [`${ada} is calling: Audio call`]);
  await a.click('#cancel');
  await wantNoSheet(b);
  assert.equal(await b.evaluate(() => globalThis.noticed.at(-1)), 'closed');
});

story('who is rung hears it, once they have touched the page', async ({ ada, bob, open }) => {
  const listening = (page) =>
    page.addInitScript(() => {
      globalThis.notes = 0;
      const { start } = OscillatorNode.prototype;
      OscillatorNode.prototype.start = function (...at) {
        globalThis.notes++;
        return start.apply(this, at);
      };
    });
  const [a, b] = [await open(ada), await open(bob, listening)];
  await b.click('#callee');
  await ring(a, bob);
  await b.waitForFunction(() => globalThis.notes > 0);
  await b.click('#reject');
  await wantState(b, 'idle');
});

story('the page speaks Chinese, and remembers it', async ({ ada, bob, open }) => {
  const [a, b] = [await open(ada), await open(bob)];
  await a.click('#language');
  assert.equal(await a.getAttribute('html', 'lang'), 'zh-CN');
  assert.equal(await a.textContent('#status'), `你是 ${ada}。可以呼叫别人，或等待来电。`);
  await a.reload();
  await wantState(a, 'idle');
  assert.equal(await a.textContent('#ring'), '呼叫');
  const english = await a.evaluate(() => [...document.querySelectorAll('[data-word]')].filter((e) => e.checkVisibility() && /[a-z]{3}/.test(e.textContent.replace('Beckon', ''))).map((e) => e.textContent));
  assert.deepEqual(english, []);
  await b.reload();
  assert.equal(await b.getAttribute('html', 'lang'), 'zh-CN', 'it is the browser’s choice');
});

story('the QR code is the address that rings this account', async ({ ada, bob, open, context }) => {
  const a = await open(ada);
  await a.click('#qr-box summary');
  const address = await a.textContent('#qr-link');
  assert.ok((await a.locator('#qr path').getAttribute('d')).length > 1000);
  const b = await context.newPage();
  await b.goto(address);
  await b.fill('#account', bob);
  await b.click('#login');
  await wantState(b, 'idle');
  assert.equal(await b.inputValue('#callee'), ada);
  await b.click('#ring');
  await wantSheet(a);
});
