// Pictures of the page, for people to look at, in test/screenshots: make screenshots

import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { startRelay } from '../relay.mjs';
import { portrait } from './portrait.mjs';
import { connect, ring, story, wantSheet, wantState } from './kit.mjs';

const folder = fileURLToPath(new URL('../screenshots/', import.meta.url));
const looks = [1280, 360].flatMap((width) => ['light', 'dark'].map((colorScheme) => ({ width, colorScheme })));

async function shoot(page, scene, from = '#main') {
  await page.bringToFront();
  for (const { width, colorScheme } of looks) {
    await page.setViewportSize({ width, height: width === 360 ? 740 : 800 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate((start) => {
      document.body.style.backgroundImage = 'none'; // its gradient alone makes a file too large to keep
      scrollTo(0, 0);
      if (start !== '#main') document.querySelector(start).scrollIntoView();
    }, from);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    await page.screenshot({ path: `${folder}${scene}-${width}-${colorScheme}.png` });
  }
}

const [ada, bob, cleo] = ['ada', 'bob', 'cleo'];
const wantPicture = (page) => page.locator('#stage.pictured').waitFor();
const wantTiles = (page, count) => page.waitForFunction((n) => document.querySelectorAll('.tile:not(.dark)').length === n, count);

story('nobody signed in; idle; missed calls', async ({ open }) => {
  const visitor = await open();
  await visitor.getByTestId('notice').waitFor();
  await shoot(visitor, 'welcome');
  await visitor.close();
  const [a, b] = [await open(ada), await open(bob)];
  await ring(b, ada);
  await wantSheet(a);
  await b.click('#cancel');
  await wantState(b, 'idle');
  await a.waitForSelector('#missed li');
  await a.evaluate(() => document.activeElement.blur());
  await shoot(a, 'idle');
});

story('a call, from ring to picture', async ({ open }) => {
  const [a, b] = [await open(ada, portrait), await open(bob, portrait)];
  await a.check('[data-testid=video]', { force: true });
  await ring(a, bob);
  await wantSheet(b);
  await shoot(b, 'incoming');
  await shoot(a, 'ringing');
  await b.click('#accept');
  for (const page of [a, b]) await wantState(page, 'connected');
  for (const page of [a, b]) await wantPicture(page);
  await a.evaluate(() => document.activeElement.blur());
  await shoot(a, 'call');
  await a.locator('#timeline g[data-name="callEx"][data-type="command"]').first().click();
  await shoot(a, 'timeline', '.signals');
  await a.click('#hangup');
  await wantState(b, 'idle');
});

story('a conference', async ({ open }) => {
  const [a, b, c] = [await open(ada, portrait), await open(bob, portrait), await open(cleo, portrait)];
  for (const page of [a, b]) {
    await page.click('#tab-room');
    await page.fill('#room-id', 'team tea');
    await page.press('#room-id', 'Enter');
    await page.locator('#room-in').waitFor();
  }
  await a.fill('#invitees', 'cleo, dan, eve');
  await a.click('[data-testid=invite]');
  await c.locator('#asked[open]').waitFor();
  await c.click('#join');
  for (const page of [a, b, c]) await wantTiles(page, 3);
  await a.evaluate(() => document.activeElement.blur());
  await shoot(a, 'conference');
  await a.click('#room-leave');
  await a.locator('#room-enter').waitFor();
});

story('a relay for the local network', async ({ open }) => {
  const outward = Object.values(networkInterfaces()).flat().find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
  const relay = await startRelay({ addr: `${outward ?? '127.0.0.1'}:0`, args: ['-lan'], serves: /https:\S+#pass=\S+/ });
  try {
    const page = await open(ada, undefined, relay.url);
    await page.evaluate(() => document.activeElement.blur());
    await shoot(page, 'lan');
  } finally {
    await relay.stop();
  }
}, { ignoreHTTPSErrors: true, expected: /ERR_CONNECTION_REFUSED/ });
