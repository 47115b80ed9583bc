// What the demo's stories are told with: tabs of one Chromium with fake devices, a real relay.
// The relay that serves the page is named by BECKON_TEST_URL.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { launchChromium } from './chromium.mjs';
import { counting } from './media.kit.mjs';

const url = process.env.BECKON_TEST_URL;
export const patience = 20_000;

let browser;
before(async () => {
  assert.ok(url, 'BECKON_TEST_URL is not set: it must be the address of a running relay that serves the demo, such as http://127.0.0.1:8080/');
  browser = await launchChromium();
});
after(() => browser?.close());

const view = { width: 1000, height: 900 };

/** People of a story: accounts that no other test uses. */
const people = () => Object.fromEntries(['ada', 'bob', 'cleo'].map((name) => [name, `${name}-${randomUUID().slice(0, 8)}`]));

/** newContext is a browser window; what its pages complain of on their consoles is in `complaints`, but for what `expected` matches. */
async function newContext(expected, options) {
  const context = await browser.newContext({ viewport: view, ...options });
  context.setDefaultTimeout(patience);
  const complaints = [];
  /** Opens a tab; with an account, waits until it is signed in. */
  const open = async (account, prepare = () => {}, relay = url) => {
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
    page.on('console', (message) => message.type() === 'error' && !expected.test(message.text()) && complaints.push(message.text()));
    await prepare(page);
    const address = new URL(relay);
    if (account) address.searchParams.set('account', account);
    await page.goto(address.href);
    if (account) await wantState(page, 'idle');
    return page;
  };
  return { context, complaints, open };
}

/**
 * story is a test with a browser window of its own. No page may complain on its console, but of what `expected` matches.
 * @param {{ expected?: RegExp, timeout?: number, [option: string]: unknown }} [options] the others are the browser context's
 */
export function story(claim, tell, { expected = /^$/, timeout = 4 * patience, ...options } = {}) {
  test(claim, { timeout }, async () => {
    const { context, complaints, open } = await newContext(expected, options);
    try {
      await tell({ ...people(), open, context });
      assert.deepEqual(complaints, [], 'no page complains on its console');
    } finally {
      await context.close();
    }
  });
}

/**
 * company is a story of ada, bob and cleo in one window. `tabs(n)` opens n of their tabs at once; they count what arrives.
 */
export function company(claim, tell) {
  story(claim, async ({ ada, bob, cleo, open, context }) => {
    const tabs = (count) => Promise.all([ada, bob, cleo].slice(0, count).map((account) => open(account, counting)));
    await tell({ ada, bob, cleo, tabs, context });
  });
}

export const wantState = (page, state) => page.waitForSelector(`#status[data-state="${state}"]`);
export const wantNews = (page, text) => page.getByTestId('news').filter({ hasText: text }).waitFor();
export const wantSheet = (page) => page.locator('#incoming[open]').waitFor();
export const wantNoSheet = (page) => page.locator('#incoming').waitFor({ state: 'hidden' });
export const wantLogged = (page, name, event = '') => page.locator(`#entries li[data-name="${name}"][data-event="${event}"]`).first().waitFor({ state: 'attached' });
export const focused = (page) => page.evaluate(() => document.activeElement?.id);
export const wantFocus = (page, id) => page.waitForFunction((wanted) => document.activeElement?.id === wanted, id);

export async function ring(page, callee) {
  await page.fill('#callee', callee);
  await page.click('#ring');
  await wantState(page, 'ringing');
}

/** lineToRelay is a page's way to the relay, which can be cut and mended, and held up. */
export function lineToRelay() {
  const sockets = new Set();
  const gone = { code: 1012, reason: 'away' };
  let away = false;
  let held;
  return {
    lay: (page) =>
      page.routeWebSocket(/./, (socket) => {
        if (away) return void socket.close(gone);
        const relay = socket.connectToServer();
        relay.onMessage((message) => {
          if (held) held.push(() => socket.send(message));
          else socket.send(message);
        });
        sockets.add(socket);
      }),
    cut: async () => {
      away = true;
      for (const socket of sockets) await socket.close(gone);
      sockets.clear();
    },
    mend: () => {
      away = false;
    },
    /** What the relay says waits, until it is released. */
    hold: () => {
      held = [];
    },
    release: () => {
      const waiting = held;
      held = undefined;
      for (const pass of waiting) pass();
    },
  };
}

/** connect has one page ring another, which accepts. */
export async function connect(caller, callee, account) {
  await ring(caller, account);
  await wantState(callee, 'incoming');
  await callee.click('#accept');
  await Promise.all([wantState(caller, 'connected'), wantState(callee, 'connected')]);
}
