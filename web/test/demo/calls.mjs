// Ringing, answering, hanging up, and what can come between.

import assert from 'node:assert/strict';
import { company, connect, focused, lineToRelay, ring, story, wantFocus, wantLogged, wantNews, wantNoSheet, wantSheet, wantState } from './kit.mjs';

company('a ring is accepted, both are connected and see whom with, and the caller hangs up', async ({ ada, bob, tabs }) => {
  const [a, b] = await tabs(2);
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

company('the callee can hang up too, and the two can ring again', async ({ ada, bob, tabs }) => {
  const [a, b] = await tabs(2);
  await connect(a, b, bob);
  await b.click('#hangup');
  await wantNews(a, `${bob} hung up.`);
  await wantState(b, 'idle');
  await connect(b, a, ada);
});

company('a ring is rejected', async ({ ada, bob, tabs }) => {
  const [a, b] = await tabs(2);
  await ring(a, bob);
  await wantSheet(b);
  await b.click('#reject');
  await wantNews(a, `${bob} declined your call.`);
  await Promise.all([wantState(a, 'idle'), wantState(b, 'idle'), wantNoSheet(b)]);
});

company('a ring is cancelled, and the sheet goes away', async ({ ada, bob, tabs }) => {
  const [a, b] = await tabs(2);
  await ring(a, bob);
  await wantSheet(b);
  await a.click('#cancel');
  await wantState(a, 'idle');
  await Promise.all([wantState(b, 'idle'), wantNoSheet(b)]);
  await wantNews(b, `You missed ${ada}`);
});

company('somebody who is not online is rung all the same, until the caller cancels', async ({ tabs }) => {
  const [a] = await tabs(1);
  const bob = `bob-${Math.random()}`;
  await ring(a, bob);
  await a.locator('#status', { hasText: `${bob} is not online.` }).waitFor();
  await a.click('#cancel');
  await wantState(a, 'idle');
});

company('the callee reloads while it rings: it still rings, and accept works', async ({ ada, bob, tabs }) => {
  const [a, b] = await tabs(2);
  await ring(a, bob);
  await wantSheet(b);
  await b.reload();
  await wantSheet(b);
  await b.click('#accept');
  await Promise.all([wantState(a, 'connected'), wantState(b, 'connected')]);
});

company('the caller reloads while it rings: it still rings, and hears the accept', async ({ ada, bob, tabs }) => {
  const [a, b] = await tabs(2);
  await ring(a, bob);
  await wantSheet(b);
  await a.reload();
  await wantState(a, 'ringing');
  await wantLogged(a, 'signalingJoin');
  assert.equal(await b.locator('#incoming[open]').count(), 1, 'the reload does not disturb the callee');
  await b.click('#accept');
  await Promise.all([wantState(a, 'connected'), wantState(b, 'connected')]);
});

company('the caller reloads while it rings, and can still cancel', async ({ ada, bob, tabs }) => {
  const [a, b] = await tabs(2);
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

company('a call outlives a reload of either side', async ({ ada, bob, tabs }) => {
  const [a, b] = await tabs(2);
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

company('who rings somebody in a call is told that they are busy, and so are they', async ({ ada, bob, cleo, tabs }) => {
  const [a, b, c] = await tabs(3);
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

for (const first of ['ada', 'bob']) {
  story(`two who ring each other at the same time are in one call, ${first} being first`, async ({ ada, bob, open }) => {
    const line = lineToRelay();
    const [one, two] = first === 'ada' ? [ada, bob] : [bob, ada];
    const [a, b] = [await open(one), await open(two, line.lay)];
    line.hold();
    await ring(a, two);
    await ring(b, one);
    line.release();
    await Promise.all([wantState(a, 'connected'), wantState(b, 'connected')]);
    await wantNews(bob === two ? b : a, `You and ${ada} rang each other`);
    await a.click('#hangup');
    await wantNews(b, `${one} hung up.`);
  });
}

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

story('who is rung again at once decides anew, also where the browser tells late that the first sheet closed', async ({ ada, bob, open }) => {
  // It tells with the next frame of the page, and a hidden tab has none.
  const late = (page) => page.addInitScript(() => {
    window.addEventListener('close', (event) => {
      if (!event.isTrusted) return;
      event.stopImmediatePropagation();
      globalThis.tellClosed = () => event.target.dispatchEvent(new Event('close'));
    }, true);
  });
  const [a, b] = [await open(ada), await open(bob, late)];
  await ring(a, bob);
  await wantSheet(b);
  await a.click('#cancel');
  await wantNoSheet(b);
  await b.waitForFunction(() => globalThis.tellClosed);
  await ring(a, bob);
  await wantSheet(b);
  await b.evaluate(() => globalThis.tellClosed());
  assert.equal(await b.getAttribute('#status', 'data-state'), 'incoming', 'the second call rings on');
  await b.click('#accept');
  await Promise.all([wantState(a, 'connected'), wantState(b, 'connected')]);
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

company('nobody rings themself, or nobody', async ({ ada, tabs }) => {
  const [page] = await tabs(1);
  await page.click('#ring');
  assert.equal(await page.textContent('#callee-problem'), 'Type a name first.');
  await page.fill('#callee', ada);
  await page.click('#ring');
  assert.match(await page.textContent('#callee-problem'), /That is you/);
  assert.equal(await page.getAttribute('#status', 'data-state'), 'idle');
});

company('the keyboard is enough: Enter rings, Escape rejects and cancels, focus follows', async ({ ada, bob, tabs }) => {
  const [a, b] = await tabs(2);
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

company('the log shows what was asked and heard, newest first, with its JSON, and can be cleared', async ({ ada, bob, tabs }) => {
  const [a, b] = await tabs(2);
  await a.click('#tab-log');
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

company('at 360 pixels nothing sticks out sideways', async ({ ada, bob, tabs }) => {
  const [a, b] = await tabs(2);
  for (const page of [a, b]) await page.setViewportSize({ width: 360, height: 740 });
  const wide = (page) => page.evaluate(() => document.scrollingElement.scrollWidth);
  await ring(a, bob);
  await wantSheet(b);
  assert.deepEqual([await wide(a), await wide(b)], [360, 360]);
  await b.click('#accept');
  await wantState(b, 'connected');
  assert.deepEqual([await wide(a), await wide(b)], [360, 360]);
});
