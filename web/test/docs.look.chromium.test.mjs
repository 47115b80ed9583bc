// The documentation as a relay serves it, in Chromium: nothing that its policy forbids, nothing for axe, nothing too wide for a phone.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { launch, noChromium } from './bridge.chromium.mjs';
import { startRelay } from './relay.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('in Chromium', { skip: noChromium }, () => {
  let relay, browser;
  before(async () => {
    relay = await startRelay({ args: ['-journal', 'memory'] });
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await relay?.stop();
  });

  test('every page is fit for a phone, and complains of nothing', { timeout: 60_000 }, async () => {
    const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
    const complaints = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(`${relay.url}/docs/`);
    const pages = await page.locator('#contents > ul > li > a').evaluateAll((links) => links.map((link) => link.href.replace(/#.*/, '')));
    assert.ok(pages.length > 12);
    for (const url of pages) {
      const answer = await page.goto(url);
      assert.equal(answer.status(), 200, url);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360, `${url} is too wide`);
    }
    assert.deepEqual(complaints, []);
    await page.close();
  });

  for (const [name, colorScheme, width] of [['states', 'light', 1280], ['api/configure', 'dark', 360]]) {
    test(`axe finds nothing in ${name}, ${colorScheme}`, { timeout: 30_000 }, async () => {
      const context = await browser.newContext({ bypassCSP: true, colorScheme, viewport: { width, height: 900 } }); // axe is a script
      const page = await context.newPage();
      await page.goto(`${relay.url}/docs/${name}.html`);
      await page.evaluate(axe);
      const { violations, passes } = await page.evaluate(() => globalThis.axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).slice(0, 5).join(' | ')}`), []);
      assert.ok(passes.length > 5, 'it looked');
      await context.close();
    });
  }
});
