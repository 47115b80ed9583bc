// Pictures of the page, for people to look at: BECKON_SCREENSHOTS=1 writes them anew into test/screenshots.

import { fileURLToPath } from 'node:url';
import { counting, seen } from './media.kit.mjs';
import { connect, story, wantState } from './kit.mjs';

const folder = fileURLToPath(new URL('../screenshots/', import.meta.url));
const looks = [1280, 360].flatMap((width) => ['light', 'dark'].map((colorScheme) => ({ width, colorScheme })));

async function shoot(page, scene) {
  for (const { width, colorScheme } of looks) {
    await page.setViewportSize({ width, height: 760 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    await page.evaluate(() => {
      scrollTo(0, 0);
      document.body.style.backgroundImage = 'none'; // its gradient alone makes a file too large to keep
    });
    await page.screenshot({ path: `${folder}${scene}-${width}-${colorScheme}.png` });
  }
}

if (process.env.BECKON_SCREENSHOTS) {
  const names = { ada: 'ada', bob: 'bob', cleo: 'cleo' };

  story('pictures of a video call', async ({ open }) => {
    const [a, b] = [await open(names.ada, counting), await open(names.bob, counting)];
    await a.check('[data-testid=video]', { force: true });
    await connect(a, b, names.bob);
    await seen(a, b);
    await a.bringToFront();
    await a.locator('#stage.pictured').waitFor();
    await a.locator('#timeline g[data-name="callEx"]').first().waitFor();
    await shoot(a, 'call');
    await a.click('#hangup');
    await wantState(b, 'idle');
  });

  story('pictures of a conference', async ({ open }) => {
    const [a, b, c] = [await open(names.ada, counting), await open(names.bob, counting), await open(names.cleo, counting)];
    for (const page of [a, b]) {
      await page.click('#tab-room');
      await page.fill('#room-id', 'team tea');
      await page.press('#room-id', 'Enter');
    }
    await seen(a, b);
    await a.fill('#invitees', 'cleo, dan');
    await a.click('[data-testid=invite]');
    await c.locator('#asked[open]').waitFor();
    await c.click('#join');
    await a.waitForFunction(() => document.querySelectorAll('.tile:not(.dark)').length === 3);
    await seen(a, b, c);
    await a.bringToFront();
    await shoot(a, 'conference');
    await a.click('#room-leave');
    await a.locator('#room-enter').waitFor();
  });
}
