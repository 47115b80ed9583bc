// The module cannot be loaded, dies, or refuses.

import assert from 'node:assert/strict';
import { beforeEach, describe, mock, test } from 'node:test';
import { diary, go, loggedIn, login, NIM, page, rejection, settled } from './page.mjs';

describe('a module in trouble', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));

  const codes = (said) => said.map(([name, what]) => [name, what.code ?? what.retryCount]);

  test('that cannot be loaded is tried again until it can', async () => {
    const { said, options } = diary();
    go.load = () => Promise.reject(new Error('cannot load beckon.wasm'));
    NIM.getInstance({ ...login, ...options });
    for (let i = 0; i < 3; i++) {
      await settled();
      mock.timers.tick(10_000);
    }
    go.load = async () => {};
    await settled();
    const failure = (n) => [['onerror', 'module-load'], ['onwillreconnect', n]];
    assert.deepEqual(codes(said), [...failure(1), ...failure(2), ...failure(3)]);
    assert.equal(go.called('connect').length, 1);
    assert.ok(said.every(([name, what]) => name !== 'onwillreconnect' || what.duration > 0));
  });

  test('is tried as often as reconnectionAttempts says, and not at all without needReconnect', async () => {
    go.load = () => Promise.reject(new Error('cannot load beckon.wasm'));
    for (const [limit, retries] of [[{ reconnectionAttempts: 2 }, 2], [{ needReconnect: false }, 0]]) {
      const { said, options } = diary();
      NIM.getInstance({ ...login, account: `ada${retries}`, ...limit, ...options });
      for (let i = 0; i < 4; i++) {
        await settled();
        mock.timers.tick(10_000);
      }
      assert.equal(said.filter(([name]) => name === 'onwillreconnect').length, retries);
      assert.deepEqual(codes(said.slice(-1)), [['ondisconnect', 'allAttemptsFailed']]);
      assert.match(said.at(-1)[1].message, /cannot load/);
    }
  });

  test('says so on the console when the page does not listen', async () => {
    const said = mock.method(console, 'error', () => {});
    go.load = () => Promise.reject(new Error('cannot load beckon.wasm'));
    NIM.getInstance(login);
    await settled();
    said.mock.restore();
    assert.match(said.mock.calls[0].arguments[0].message, /cannot load/);
  });

  test('may be given up on, even in the callback that tells of it', async () => {
    for (const name of ['onerror', 'onwillreconnect']) {
      const { said, options } = diary();
      go.load = () => Promise.reject(new Error('cannot load beckon.wasm'));
      const account = `ada-${name}`;
      NIM.getInstance({ ...login, ...options, account, [name]: () => NIM.getInstance({ ...login, account }).disconnect() });
      await settled();
      go.load = async () => {};
      mock.timers.tick(10_000);
      await settled();
      assert.deepEqual(codes(said.slice(-1)), [['ondisconnect', 'manuallyDisconnect']]);
    }
    assert.deepEqual(go.calls, []);
  });

  test('that dies is replaced, and the instance opens itself there as a new life', async () => {
    const { said, options } = diary();
    const nim = await loggedIn(options);
    go.die();
    assert.deepEqual(codes(said.slice(1)), [['onerror', 'module-exit'], ['onwillreconnect', 1]]);
    assert.equal((await rejection(nim.signalingJoin({ channelId: 'c1' }))).code, 'Error_Connection_Socket_State_not_Match');
    mock.timers.tick(10_000);
    await settled();
    const [before, now] = go.called('open');
    assert.notEqual(now.life, before.life);
    assert.deepEqual({ ...now, life: 0 }, { ...before, life: 0 });
    assert.equal(go.called('connect').length, 2);
  });

  test('that dies while it connects is told of once, in whichever order it is learnt', async () => {
    for (const order of ['the exit first', 'the call first']) {
      const { said, options } = diary();
      let lose;
      go.answers.connect = () => new Promise((_, reject) => (lose = reject));
      NIM.getInstance({ ...login, ...options, account: order });
      await settled();
      const exit = { code: 'module-exit', name: 'module-exit', message: 'Go has ended' };
      if (order === 'the exit first') go.die();
      lose(page.failed(exit));
      await settled();
      if (order === 'the call first') go.die();
      const last = said.filter(([name]) => name !== 'onconnect');
      assert.deepEqual(codes(last), [['onerror', 'module-exit'], ['onwillreconnect', 1]], order);
      NIM.getInstance({ ...login, account: order }).destroy();
    }
  });

  test('that dies while the instance is disconnected is not started for it', async () => {
    const { said, options } = diary();
    const nim = await loggedIn(options);
    nim.disconnect();
    await settled();
    go.die();
    mock.timers.tick(10_000);
    await settled();
    assert.deepEqual(said.map(([name]) => name), ['onconnect', 'ondisconnect']);
    assert.equal(go.called('connect').length, 1);
  });

  test('that refuses to open the instance is not asked again', async () => {
    const { said, options } = diary();
    go.answers.open = () => {
      throw page.failed({ code: 414, name: 'NIMError', message: 'account is too long', field: 'account' });
    };
    NIM.getInstance({ ...login, ...options });
    await settled();
    mock.timers.tick(10_000);
    await settled();
    assert.deepEqual(codes(said), [['ondisconnect', 414]]);
    assert.equal(go.called('open').length, 1);

    go.answers.open = {};
    NIM.getInstance(login); // until the page does
    await settled();
    assert.equal(go.called('open').length, 2);
    assert.equal(go.called('connect').length, 1);
  });
});
