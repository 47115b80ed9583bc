// A relay that is open to the local network: guests come by its link.

import assert from 'node:assert/strict';
import { startRelay } from '../relay.mjs';
import { counting, seen } from './media.kit.mjs';
import { connect, story, wantNews, wantState } from './kit.mjs';

const lan = (...args) => startRelay({ args: ['-lan', ...args], serves: /https:\S+#pass=\S+/ });
/** The browser would warn of the certificate, and people go on. */
const goOn = { ignoreHTTPSErrors: true };

story('who comes by the link signs in, and whom they show the QR code rings them by video', async ({ ada, bob, open }) => {
  const relay = await lan();
  try {
    const host = await open(undefined, counting, relay.url);
    await host.getByTestId('notice').filter({ hasText: 'Open to your network' }).waitFor();
    assert.ok(!host.url().includes('pass='), 'the address bar does not give it away');
    await host.fill('#account', ada);
    await host.click('#login');
    await wantState(host, 'idle');
    await host.getByTestId('notice').filter({ hasText: /until \d+:\d\d/ }).waitFor();
    await host.locator('#qr').waitFor();
    const address = await host.textContent('#qr-link');
    assert.ok(address.includes(new URL(relay.url).hash), 'the link lets the next one in');

    const guest = await open(undefined, counting, address);
    await guest.fill('#account', bob);
    await guest.click('#login');
    await wantState(guest, 'idle');
    assert.equal(await guest.inputValue('#callee'), ada);
    await guest.check('[data-testid=video]', { force: true });
    await connect(guest, host, ada);
    await seen(guest, host);
    await guest.reload();
    await wantState(guest, 'connected');
    await seen(guest, host);
  } finally {
    await relay.stop();
  }
}, { ...goOn, expected: /ERR_CONNECTION_REFUSED/ });

story('who comes without the link, or with a made-up one, is not let in and told why', async ({ ada, open }) => {
  const relay = await lan();
  try {
    const page = await open(undefined, undefined, new URL('/', relay.url).href);
    await page.fill('#account', ada);
    await page.click('#login');
    await wantNews(page, 'This relay lets in those who come by its link.');
    await page.close();
    const other = await open(undefined, undefined, new URL('/#pass=MADEUP', relay.url).href);
    await other.fill('#account', ada);
    await other.click('#login');
    await wantNews(other, 'The link by which you came has ended.');
    await wantState(other, 'signed-out');
  } finally {
    await relay.stop();
  }
}, { ...goOn, expected: /401/ });

story('when the link has ended, so has the stay of who came by it', async ({ ada, open }) => {
  const relay = await lan('-lan-for', '6s');
  try {
    const page = await open(undefined, undefined, relay.url);
    await page.fill('#account', ada);
    await page.click('#login');
    await wantNews(page, 'The link by which you came has ended.');
    await wantState(page, 'signed-out');
  } finally {
    await relay.stop();
  }
}, { ...goOn, expected: /401/ }); // on a slow machine the link may have ended before the sign-in
