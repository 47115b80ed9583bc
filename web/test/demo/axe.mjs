// What axe finds on the page: nothing, in any of its states, in both colour schemes.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { connect, patience, ring, story, wantSheet, wantState } from './kit.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function wantAccessible(page, when) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(axe);
    const { violations, passes } = await page.evaluate(() => globalThis.axe.run());
    const found = violations.map(({ id, impact, nodes }) => `${when}, ${colorScheme}: ${id} (${impact}) ${nodes.map(({ target }) => target).join(' | ')}`);
    assert.deepEqual(found, []);
    assert.ok(passes.length > 5, 'it looked');
  }
}

story('axe finds nothing', async ({ ada, bob, open }) => {
  const visitor = await open();
  await wantState(visitor, 'signed-out');
  await wantAccessible(visitor, 'signed out');
  await visitor.close();

  const [a, b] = [await open(ada), await open(bob)];
  await a.click('#qr-box summary');
  await wantAccessible(a, 'idle, with the QR code');
  await ring(a, bob);
  await wantSheet(b);
  await wantAccessible(a, 'ringing');
  await wantAccessible(b, 'rung');
  await b.click('#reject');
  await wantState(a, 'idle');

  await a.check('[data-testid=video]', { force: true });
  await connect(a, b, bob);
  await a.locator('#stage.pictured').waitFor();
  await a.locator('#timeline g[data-name="callEx"]').first().click();
  await wantAccessible(a, 'in a call, with a frame');
  await a.click('#tab-log');
  await wantAccessible(a, 'in a call, with the log');
  await a.click('#hangup');

  await a.click('#tab-room');
  await wantAccessible(a, 'before a conference');
  await a.fill('#room-id', `axe ${Math.random().toString(36).slice(2, 8)}`);
  await a.press('#room-id', 'Enter');
  await a.fill('#invitees', bob);
  await a.click('[data-testid=invite]');
  await b.locator('#asked[open]').waitFor();
  await wantAccessible(b, 'asked into a conference');
  await b.click('#join');
  await a.locator(`#members li[data-account="${bob}"]`).waitFor();
  await wantAccessible(a, 'in a conference');
}, { timeout: 20 * patience });
