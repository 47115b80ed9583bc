// The demo's video calls in a stock Firefox: node web/test/with-relay.mjs web/test/demo.firefox.mjs
// It takes a Firefox of the system: firefox-esr, or what FIREFOX names.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { launch } from './demo/firefox.mjs';
import { arrivals } from './demo/media.kit.mjs';

const url = process.env.BECKON_TEST_URL;

let firefox;
before(async () => {
  assert.ok(url, 'BECKON_TEST_URL is not set: run this by way of with-relay.mjs');
  firefox = await launch();
});
after(() => firefox?.close());

/** seen: pictures arrive. */
const seen = async (page) => {
  const frames = () => page.run(async () => (await globalThis.arrived()).frames);
  const first = await frames();
  for (let tries = 0; (await frames()) <= first + 5; tries++) {
    assert.ok(tries < 150, 'no picture arrives');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

for (const [first, second] of [['nim', 'nim'], ['tui', 'tui'], ['nim', 'tui'], ['tui', 'nim']]) {
  test(`a video call, ${first} rings ${second}: both see each other, also after a reload`, { timeout: 120_000 }, async () => {
    const [ada, bob] = ['ada', 'bob'].map((name) => `${name}-${randomUUID().slice(0, 8)}`);
    const open = async (account, dialect) => {
      const page = await firefox.open(`${url}?account=${account}`, arrivals);
      await page.until('#status[data-state="idle"]');
      await page.click(`[data-testid=dialect-${dialect}]`);
      return page;
    };
    const [a, b] = [await open(ada, first), await open(bob, second)];
    await a.click('[data-testid=video]');
    await a.run((callee) => (document.getElementById('callee').value = callee), bob);
    await a.click('#ring');
    await b.until('#incoming[open]');
    await b.click('#accept');
    for (const page of [a, b]) await page.until('#status[data-state="connected"]');
    for (const page of [a, b]) await seen(page);
    await b.reload();
    await b.until('#status[data-state="connected"]');
    for (const page of [a, b]) await seen(page);
    await a.click('#hangup');
    for (const page of [a, b]) await page.until('#status[data-state="idle"]');
  });
}
