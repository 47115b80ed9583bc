// The demo's video calls in a stock Firefox, and from there to a Chromium: make test-firefox
// Which programs they are FIREFOX and CHROMIUM say; else firefox-esr and chromium.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launchChromium } from './demo/chromium.mjs';
import { launch } from './demo/firefox.mjs';
import { arrivals } from './demo/media.kit.mjs';
import { startRelay } from './relay.mjs';

const url = process.env.BECKON_TEST_URL;

let firefox;
let chromium;
before(async () => {
  assert.ok(url, 'BECKON_TEST_URL is not set: run this by way of with-relay.mjs');
  firefox = await launch();
  chromium = await drive();
});
after(() => Promise.all([firefox?.close(), chromium?.close()]));

/** drive has a Chromium driven by the same words as Firefox. */
async function drive() {
  const browser = await launchChromium();
  const open = async (address, before) => {
    const page = await (await browser.newContext()).newPage();
    await page.addInitScript(before);
    await page.goto(address);
    return {
      run: (what, ...texts) => page.evaluate(`(${what})(...${JSON.stringify(texts)})`),
      until: (selector) => page.waitForSelector(selector, { state: 'attached' }),
      click: (selector) => page.locator(selector).dispatchEvent('click'),
      reload: () => page.reload(),
    };
  };
  return { open, close: () => browser.close() };
}

const named = (account) => `${account}-${randomUUID().slice(0, 8)}`;

/** sit opens the demo as an account that rings by one of the two APIs. */
async function sit(browser, account, dialect, relay = url) {
  const page = await browser.open(`${relay}?account=${account}`, arrivals);
  await page.until('#status[data-state="idle"]');
  await page.click(`[data-testid=dialect-${dialect}]`);
  return page;
}

/** connect has one ring the other by video, who accepts. */
async function connect(caller, callee, account) {
  await caller.click('[data-testid=video]');
  await caller.run((name) => (document.getElementById('callee').value = name), account);
  await caller.click('#ring');
  await callee.until('#incoming[open]');
  await callee.click('#accept');
  for (const page of [caller, callee]) await page.until('#status[data-state="connected"]');
}

/** seen: pictures arrive. */
async function seen(page) {
  const frames = () => page.run(async () => (await globalThis.arrived()).frames);
  const first = await frames();
  for (let tries = 0; (await frames()) <= first + 5; tries++) {
    assert.ok(tries < 150, 'no picture arrives');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function endBy(caller, callee) {
  await caller.click('#hangup');
  for (const page of [caller, callee]) await page.until('#status[data-state="idle"]');
}

for (const [first, second] of [['nim', 'nim'], ['tui', 'tui'], ['nim', 'tui'], ['tui', 'nim']]) {
  test(`a video call, ${first} rings ${second}: both see each other, also after a reload`, { timeout: 120_000 }, async () => {
    const [ada, bob] = ['ada', 'bob'].map(named);
    const [a, b] = [await sit(firefox, ada, first), await sit(firefox, bob, second)];
    await connect(a, b, bob);
    for (const page of [a, b]) await seen(page);
    await b.reload();
    await b.until('#status[data-state="connected"]');
    for (const page of [a, b]) await seen(page);
    await endBy(a, b);
  });
}

for (const [caller, callee, dialects] of [['Firefox', 'Chromium', ['nim', 'tui']], ['Chromium', 'Firefox', ['nim', 'nim']]]) {
  test(`${caller} rings ${callee}: both see each other, also after a reload`, { timeout: 120_000 }, async () => {
    const browsers = { Firefox: firefox, Chromium: chromium };
    const [ada, bob] = ['ada', 'bob'].map(named);
    const [a, b] = [await sit(browsers[caller], ada, dialects[0]), await sit(browsers[callee], bob, dialects[1])];
    await connect(a, b, bob);
    for (const page of [a, b]) await seen(page);
    for (const page of [a, b]) {
      await page.reload();
      await page.until('#status[data-state="connected"]');
      for (const either of [a, b]) await seen(either);
    }
    await endBy(a, b);
  });
}

test('a video call outlives a relay that is killed and started again', { timeout: 120_000 }, async () => {
  const data = await mkdtemp(join(tmpdir(), 'beckon-demo-'));
  let relay = await startRelay({ data });
  try {
    const [ada, bob] = ['ada', 'bob'].map(named);
    const [a, b] = [await sit(firefox, ada, 'nim', relay.url), await sit(firefox, bob, 'nim', relay.url)];
    await connect(a, b, bob);
    for (const page of [a, b]) await seen(page);
    await relay.kill();
    for (const page of [a, b]) await page.until('#status[data-state="reconnecting"]');
    for (const page of [a, b]) await seen(page);
    relay = await startRelay({ data, addr: new URL(relay.url).host });
    for (const page of [a, b]) await page.until('#status[data-state="connected"]');
    for (const page of [a, b]) await seen(page);
    await endBy(a, b);
  } finally {
    await relay.stop();
    await rm(data, { recursive: true, force: true });
  }
});
