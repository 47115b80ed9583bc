// The quick start's pages, as they stand there, on a host that is not the relay's: two tabs ring each other.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch, noChromium, serve } from './bridge.chromium.mjs';
import { sample } from './docs.samples.mjs';
import { startRelay } from './relay.mjs';

describe('in Chromium', { skip: noChromium }, () => {
  let relay, server, browser;
  before(async () => {
    const answers = {};
    server = await serve(answers, {});
    relay = await startRelay({ args: ['-origins', new URL(server.origin).host, '-sync', 'interval'] });
    for (const name of ['call.html', 'room.html']) answers[`/${name}`] = { body: await sample('quickstart.md', 'file', name, relay.url) };
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    server?.close();
    await relay?.stop();
  });

  for (const [name, rung, told] of [
    ['call.html', 'ada rings', { ada: 'bob answered', bob: 'talking to ada' }],
    ['room.html', 'ada asks you in', { ada: 'bob came in', bob: 'in the room of ada' }],
  ]) {
    test(`${name}: ada rings, bob answers`, { timeout: 60_000 }, async () => {
      const context = await browser.newContext();
      const complaints = [];
      const tab = async (hash) => {
        const page = await context.newPage();
        page.on('pageerror', (error) => complaints.push(error.message));
        await page.goto(`${server.origin}/${name}${hash}`);
        return { page, wants: (text) => page.locator('#news').filter({ hasText: text }).waitFor({ timeout: 20_000 }) };
      };
      const [ada, bob] = [await tab(''), await tab('#bob')];
      await Promise.all([ada.wants('ada is here'), bob.wants('bob is here')]);
      await ada.page.click('#ring');
      await bob.wants(rung);
      await bob.page.click('#answer');
      await Promise.all([ada.wants(told.ada), bob.wants(told.bob)]);
      await context.close();
      assert.deepEqual(complaints, []);
    });
  }
});
