// The demo page, driven as people would: tabs of one Chromium, a real relay.
// The relay that serves the page is named by BECKON_TEST_URL.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';

const url = process.env.BECKON_TEST_URL;
const patience = 20_000;

let browser;
before(async () => {
  assert.ok(url, 'BECKON_TEST_URL is not set: it must be the address of a running relay that serves the demo, such as http://127.0.0.1:8080/');
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  });
});
after(() => browser?.close());

/** story is a test with a browser window of its own and accounts that no other test uses. */
function story(claim, tell) {
  test(claim, { timeout: 4 * patience }, async () => {
    const context = await browser.newContext({ viewport: { width: 1000, height: 900 } });
    context.setDefaultTimeout(patience);
    const complaints = [];
    const people = Object.fromEntries(['ada', 'bob', 'cleo'].map((name) => [name, `${name}-${randomUUID().slice(0, 8)}`]));
    /** Opens a tab; with an account, waits until it is signed in. */
    const open = async (account, prepare = () => {}) => {
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      await prepare(page);
      await page.goto(account ? `${url}?account=${account}` : url);
      if (account) await wantState(page, 'idle');
      return page;
    };
    try {
      await tell({ ...people, open, context });
      assert.deepEqual(complaints, [], 'no page complains on its console');
    } finally {
      await context.close();
    }
  });
}

const wantState = (page, state) => page.waitForSelector(`#status[data-state="${state}"]`);
const wantNews = (page, text) => page.getByTestId('news').filter({ hasText: text }).waitFor();
const wantSheet = (page) => page.locator('#incoming[open]').waitFor();
const wantNoSheet = (page) => page.locator('#incoming').waitFor({ state: 'hidden' });
const wantLogged = (page, name, event = '') => page.locator(`#entries li[data-name="${name}"][data-event="${event}"]`).first().waitFor();
const focused = (page) => page.evaluate(() => document.activeElement?.id);
const wantFocus = (page, id) => page.waitForFunction((wanted) => document.activeElement?.id === wanted, id);

async function ring(page, callee) {
  await page.fill('#callee', callee);
  await page.click('#ring');
  await wantState(page, 'ringing');
}

/** lineToRelay is a page's way to the relay, which can be cut and mended. */
function lineToRelay() {
  const sockets = new Set();
  const gone = { code: 1012, reason: 'away' };
  let away = false;
  return {
    lay: (page) =>
      page.routeWebSocket(/./, (socket) => {
        if (away) return void socket.close(gone);
        socket.connectToServer();
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
  };
}

/** connect has one page ring another, which accepts. */
async function connect(caller, callee, account) {
  await ring(caller, account);
  await wantState(callee, 'incoming');
  await callee.click('#accept');
  await Promise.all([wantState(caller, 'connected'), wantState(callee, 'connected')]);
}

story('a ring is accepted, both are connected and see whom with, and the caller hangs up', async ({ ada, bob, open }) => {
  const [a, b] = [await open(ada), await open(bob)];
  await a.check('[data-testid=video]', { force: true });
  await ring(a, bob);
  await wantSheet(b);
  assert.equal(await b.textContent('#caller'), `${ada} is calling`);
  assert.equal(await b.textContent('#caller-kind'), 'Video call');
  assert.match(await b.title(), /is calling/);
  await b.click('#accept');
  await Promise.all([wantState(a, 'connected'), wantState(b, 'connected')]);
  await wantNoSheet(b);
  assert.equal(await a.textContent('#status'), `Connected with ${bob}.`);
  assert.equal(await b.textContent('#status'), `Connected with ${ada}.`);
  assert.match(await a.textContent('#timer'), /^\d+:\d\d$/);
  await a.click('#hangup');
  await Promise.all([wantState(a, 'idle'), wantState(b, 'idle')]);
  await wantNews(b, `${ada} hung up.`);
});

story('the callee can hang up too, and the two can ring again', async ({ ada, bob, open }) => {
  const [a, b] = [await open(ada), await open(bob)];
  await connect(a, b, bob);
  await b.click('#hangup');
  await wantNews(a, `${bob} hung up.`);
  await wantState(b, 'idle');
  await connect(b, a, ada);
});

story('a ring is rejected', async ({ ada, bob, open }) => {
  const [a, b] = [await open(ada), await open(bob)];
  await ring(a, bob);
  await wantSheet(b);
  await b.click('#reject');
  await wantNews(a, `${bob} declined your call.`);
  await Promise.all([wantState(a, 'idle'), wantState(b, 'idle'), wantNoSheet(b)]);
});

story('a ring is cancelled, and the sheet goes away', async ({ ada, bob, open }) => {
  const [a, b] = [await open(ada), await open(bob)];
  await ring(a, bob);
  await wantSheet(b);
  await a.click('#cancel');
  await wantState(a, 'idle');
  await Promise.all([wantState(b, 'idle'), wantNoSheet(b)]);
  await wantNews(b, `You missed ${ada}`);
});

story('somebody who is not online is rung all the same, until the caller cancels', async ({ ada, bob, open }) => {
  const a = await open(ada);
  await ring(a, bob);
  await a.locator('#status', { hasText: `${bob} is not online.` }).waitFor();
  await a.click('#cancel');
  await wantState(a, 'idle');
});

story('the callee reloads while it rings: it still rings, and accept works', async ({ ada, bob, open }) => {
  const [a, b] = [await open(ada), await open(bob)];
  await ring(a, bob);
  await wantSheet(b);
  await b.reload();
  await wantSheet(b);
  await b.click('#accept');
  await Promise.all([wantState(a, 'connected'), wantState(b, 'connected')]);
});

story('the caller reloads while it rings: it still rings, and hears the accept', async ({ ada, bob, open }) => {
  const [a, b] = [await open(ada), await open(bob)];
  await ring(a, bob);
  await wantSheet(b);
  await a.reload();
  await wantState(a, 'ringing');
  await wantLogged(a, 'signalingJoin');
  assert.equal(await b.locator('#incoming[open]').count(), 1, 'the reload does not disturb the callee');
  await b.click('#accept');
  await Promise.all([wantState(a, 'connected'), wantState(b, 'connected')]);
});

story('the caller reloads while it rings, and can still cancel', async ({ ada, bob, open }) => {
  const [a, b] = [await open(ada), await open(bob)];
  await ring(a, bob);
  await wantSheet(b);
  await a.reload();
  await wantState(a, 'ringing');
  await a.click('#cancel');
  await Promise.all([wantState(a, 'idle'), wantNoSheet(b), wantState(b, 'idle')]);
});

story('a ring whose time is up while the caller reloads ends on both sides', async ({ ada, bob, open }) => {
  const [a, b] = [await open(ada), await open(bob)];
  await ring(a, bob);
  await wantSheet(b);
  await a.clock.setFixedTime(Date.now() + 91_000);
  await a.reload();
  await wantNews(a, `${bob} did not answer.`);
  await Promise.all([wantState(a, 'idle'), wantNoSheet(b)]);
});

story('a call outlives a reload of either side', async ({ ada, bob, open }) => {
  const [a, b] = [await open(ada), await open(bob)];
  await connect(a, b, bob);
  for (const page of [a, b]) {
    await page.reload();
    await wantState(page, 'connected');
    await wantLogged(page, 'signalingJoin');
  }
  await b.click('#hangup');
  await wantNews(a, `${bob} hung up.`);
});

story('a call that ended while a page was away is over when it comes back', async ({ ada, bob, open }) => {
  const [a, b] = [await open(ada), await open(bob)];
  await connect(a, b, bob);
  const address = a.url();
  await a.goto('about:blank');
  await b.click('#hangup');
  await wantLogged(b, 'signalingClose');
  await wantState(b, 'idle');
  await a.goto(address);
  await wantNews(a, `The call with ${bob} ended while this page was away.`);
  await wantState(a, 'idle');
});

story('an accept in one tab silences the other tab of the same account', async ({ ada, bob, open }) => {
  const [a, b1, b2] = [await open(ada), await open(bob), await open(bob)];
  await ring(a, bob);
  await Promise.all([wantSheet(b1), wantSheet(b2)]);
  await b1.click('#accept');
  await wantState(b1, 'connected');
  await wantNoSheet(b2);
  await wantNews(b2, `You answered ${ada} on another device.`);
  await wantState(b2, 'idle');
});

story('a reject in one tab silences the other tab of the same account', async ({ ada, bob, open }) => {
  const [a, b1, b2] = [await open(ada), await open(bob), await open(bob)];
  await ring(a, bob);
  await Promise.all([wantSheet(b1), wantSheet(b2)]);
  await b2.click('#reject');
  await wantNoSheet(b1);
  await wantNews(b1, `You declined ${ada} on another device.`);
  await wantNews(a, `${bob} declined your call.`);
});

story('who rings somebody in a call is told that they are busy, and so are they', async ({ ada, bob, cleo, open }) => {
  const [a, b, c] = [await open(ada), await open(bob), await open(cleo)];
  await connect(a, b, bob);
  await c.fill('#callee', bob);
  await c.click('#ring');
  await wantNews(c, `${bob} is busy with another call.`);
  await wantState(c, 'idle');
  await wantNews(b, `${cleo} rang you too, and was told that you are busy.`);
  assert.equal(await b.getAttribute('#status', 'data-state'), 'connected', 'the call goes on');
  await b.click('#hangup');
  await wantNews(a, `${bob} hung up.`);
});

story('a calm banner counts the attempts while the relay is away, and goes when it is back', async ({ ada, bob, open }) => {
  const line = lineToRelay();
  const [a, b] = [await open(ada, line.lay), await open(bob)];
  await connect(a, b, bob);

  await line.cut();
  await wantState(a, 'reconnecting');
  await a.getByTestId('banner').filter({ hasText: 'attempt 2' }).waitFor();
  assert.equal(await a.getAttribute('#status', 'data-call'), 'connected', 'the call is kept');
  assert.ok(await a.isVisible('#hangup'));

  line.mend();
  await wantState(a, 'connected');
  assert.equal(await a.textContent('#banner'), '');
  await b.click('#hangup');
  await wantNews(a, `${bob} hung up.`);
});

story('who hangs up while the relay is away has hung up when it is back', async ({ ada, bob, open }) => {
  const line = lineToRelay();
  const [a, b] = [await open(ada, line.lay), await open(bob)];
  await connect(a, b, bob);
  await line.cut();
  await wantState(a, 'reconnecting');
  await a.click('#hangup');
  await a.waitForSelector('#status[data-call="idle"]');
  assert.equal(await b.getAttribute('#status', 'data-state'), 'connected', 'nobody can know yet');
  line.mend();
  await wantNews(b, `${ada} hung up.`);
  await wantState(a, 'idle');
});

story('a visitor signs in by name, stays signed in over a reload, and signs out', async ({ ada, open }) => {
  const page = await open();
  await wantState(page, 'signed-out');
  await page.click('#login');
  assert.equal(await page.textContent('#account-problem'), 'Type a name first.');
  await page.fill('#account', ada);
  await page.press('#account', 'Enter');
  await wantState(page, 'idle');
  await wantFocus(page, 'callee');
  await page.reload();
  await wantState(page, 'idle');
  assert.equal(await page.textContent('#my-name'), ada);
  await page.click('[data-testid=logout]');
  await wantState(page, 'signed-out');
  await page.reload();
  await wantState(page, 'signed-out');
});

story('the link opens a second tab as somebody else, who can be rung', async ({ ada, open, context }) => {
  const page = await open(ada);
  const [second] = await Promise.all([context.waitForEvent('page'), page.click('#second')]);
  await wantState(second, 'idle');
  const other = await second.textContent('#my-name');
  assert.notEqual(other, ada);
  await ring(second, ada);
  await wantSheet(page);
  await page.click('#reject');
  await wantNews(second, `${ada} declined your call.`);
  await page.locator(`#recent [data-account="${other}"]`).waitFor();
});

story('nobody rings themself, or nobody', async ({ ada, open }) => {
  const page = await open(ada);
  await page.click('#ring');
  assert.equal(await page.textContent('#callee-problem'), 'Type a name first.');
  await page.fill('#callee', ada);
  await page.click('#ring');
  assert.match(await page.textContent('#callee-problem'), /That is you/);
  assert.equal(await page.getAttribute('#status', 'data-state'), 'idle');
});

story('the keyboard is enough: Enter rings, Escape rejects and cancels, focus follows', async ({ ada, bob, open }) => {
  const [a, b] = [await open(ada), await open(bob)];
  await b.focus('#clear');
  await a.fill('#callee', bob);
  await a.press('#callee', 'Enter');
  await wantSheet(b);
  await wantFocus(b, 'caller');
  await wantFocus(a, 'cancel');
  await b.keyboard.press('Escape');
  await wantNoSheet(b);
  await wantFocus(b, 'clear');
  await wantNews(a, `${bob} declined your call.`);
  await wantFocus(a, 'callee');

  await a.keyboard.press('Enter');
  await wantSheet(b);
  await wantState(a, 'ringing');
  await a.keyboard.press('Escape');
  await Promise.all([wantState(a, 'idle'), wantNoSheet(b)]);

  await b.focus('#callee');
  await a.keyboard.press('Enter');
  await wantSheet(b);
  for (let i = 0; i < 2; i++) await b.keyboard.press('Tab');
  assert.equal(await focused(b), 'accept');
  await b.keyboard.press('Enter');
  await Promise.all([wantState(a, 'connected'), wantState(b, 'connected')]);
  await wantFocus(b, 'hangup');
  await b.keyboard.press('Escape');
  assert.equal(await b.getAttribute('#status', 'data-state'), 'connected', 'Escape does not hang up');
});

story('the log shows what was asked and heard, newest first, with its JSON, and can be cleared', async ({ ada, bob, open }) => {
  const [a, b] = [await open(ada), await open(bob)];
  await connect(a, b, bob);
  await wantLogged(a, 'signalingNotify', 'ACCEPT');
  const names = await a.locator('#entries .name').allTextContents();
  assert.equal(names.at(-1), 'NIM.getInstance', 'the oldest is at the bottom');
  assert.ok(names.indexOf('signalingNotify') < names.indexOf('signalingCallEx'), 'events stand above the call that led to them');

  const asked = a.locator('#entries li.asked[data-name="signalingCallEx"]');
  await asked.locator('summary').click();
  const { account, type } = JSON.parse(await asked.locator('pre').textContent());
  assert.deepEqual({ account, type }, { account: bob, type: 1 });
  await wantLogged(b, 'signalingNotify', 'INVITE');

  await a.click('#clear');
  assert.equal(await a.locator('#entries li').count(), 0);
  assert.ok(await a.isVisible('#log-empty'));
});

story('at 360 pixels nothing sticks out sideways', async ({ ada, bob, open }) => {
  const [a, b] = [await open(ada), await open(bob)];
  for (const page of [a, b]) await page.setViewportSize({ width: 360, height: 740 });
  const wide = (page) => page.evaluate(() => document.scrollingElement.scrollWidth);
  await ring(a, bob);
  await wantSheet(b);
  assert.deepEqual([await wide(a), await wide(b)], [360, 360]);
  await b.click('#accept');
  await wantState(b, 'connected');
  assert.deepEqual([await wide(a), await wide(b)], [360, 360]);
});
