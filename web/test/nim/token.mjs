// A new token for the next login, given while the SDK reconnects.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { go, loggedIn, settled } from './page.mjs';

const retry = { retryCount: 1, duration: 800 };
const tokens = () => go.called('open').map((o) => o.token);
const since = (n) => go.calls.slice(n).map((c) => c[0]);

describe('the token', () => {
  test('may be replaced in onwillreconnect, by setOptions', async () => {
    const nim = await loggedIn({ authType: 1, onwillreconnect: () => nim.setOptions({ token: 'new' }) });
    go.event('willreconnect', retry);
    await settled();
    assert.deepEqual(tokens(), ['secret', 'new']);
    assert.equal(go.called('hold').length, 0);
  });

  test('is waited for where onwillreconnect promises it and authType is 1: the module logs in when it has it', async () => {
    let fetched;
    const nim = await loggedIn({
      authType: 1,
      onwillreconnect: () => new Promise((resolve) => (fetched = resolve)).then((token) => nim.setOptions({ token })),
    });
    const before = go.calls.length;
    go.event('willreconnect', retry);
    await settled();
    assert.deepEqual(since(before), ['hold']);
    fetched('new');
    await settled();
    assert.deepEqual(since(before), ['hold', 'open', 'release']);
    assert.deepEqual(tokens(), ['secret', 'new']);
  });

  test('is tried as it is when the promise of a new one fails', async () => {
    await loggedIn({ authType: 1, onwillreconnect: () => Promise.reject(new Error('the server is down')) });
    const before = go.calls.length;
    go.event('willreconnect', retry);
    await settled();
    assert.deepEqual(since(before), ['hold', 'release']);
  });

  test('is not waited for where authType is another: a promise there is an accident', async () => {
    for (const authType of [undefined, 0, 2]) {
      await loggedIn({ account: `a${authType}`, authType, onwillreconnect: async () => {} });
      go.event('willreconnect', retry);
    }
    await settled();
    assert.equal(go.called('hold').length, 0);
  });
});
