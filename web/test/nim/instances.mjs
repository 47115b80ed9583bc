// NIM.getInstance.

import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { channel, diary, go, loggedIn, login, NIM, page, room, settled, thrown } from './page.mjs';

describe('getInstance', () => {
  test('answers one instance for each appKey and account', () => {
    const nim = NIM.getInstance(login);
    assert.equal(NIM.getInstance({ ...login, token: 'other' }), nim);
    assert.notEqual(NIM.getInstance({ ...login, account: 'bob' }), nim);
    assert.notEqual(NIM.getInstance({ ...login, appKey: 'app2' }), nim);
  });

  test('throws an object naming account, appKey or token when it is missing; it is no Error', () => {
    for (const name of ['account', 'appKey', 'token']) {
      for (const missing of [undefined, null, '', {}, []]) {
        const what = thrown(() => NIM.getInstance({ ...login, [name]: missing }));
        assert.ok(!(what instanceof Error));
        assert.match(what.message, new RegExp(`^缺少参数 ${name},`));
        assert.equal(typeof what.callFunc, 'string');
        assert.equal(+what.time, what.timetag);
      }
    }
    assert.throws(() => NIM.getInstance(), TypeError);
  });

  test('makes a text of an account that is a number', () => {
    const nim = NIM.getInstance({ ...login, account: 7 });
    assert.equal(nim.account, '7');
    assert.equal(nim.options.account, '7');
    assert.equal(NIM.getInstance({ ...login, account: '7' }), nim);
  });

  test('opens the instance in the module and connects it, by itself', async () => {
    NIM.getInstance({ ...login, needReconnect: true, reconnectionAttempts: 5, customTag: 'desk' });
    await settled();
    const [[open, args, target], [connect, , same]] = go.calls;
    assert.deepEqual([open, connect, same], ['open', 'connect', target]);
    const { device, life, ...rest } = args;
    assert.match(device, /^[0-9a-f]{32}$/);
    assert.match(life, /^[0-9a-f]{32}$/);
    assert.deepEqual(rest, {
      dialect: 'nim',
      url: 'ws://relay.test/ws',
      app: 'app',
      account: 'ada',
      token: 'secret',
      options: { needReconnect: true, reconnectionAttempts: 5, customTag: 'desk', syncAvSignal: true },
    });
  });

  for (const [given, told] of [
    [{}, { needReconnect: true }],
    [{ reconnectionAttempts: Infinity }, { needReconnect: true }],
    [{ reconnectionAttempts: 3 }, { needReconnect: true, reconnectionAttempts: 3 }],
    [{ reconnectionAttempts: 0 }, { needReconnect: false, reconnectionAttempts: 0 }],
    [{ needReconnect: false }, { needReconnect: false, reconnectionAttempts: 0 }],
    [{ needReconnect: undefined, reconnectionAttempts: Number.MAX_VALUE }, { needReconnect: true }],
    [{ syncAvSignal: false }, { needReconnect: true, syncAvSignal: false }],
    [{ syncAvSignal: undefined }, { needReconnect: true }],
  ]) {
    test(`tells the module ${JSON.stringify(told)} when given ${JSON.stringify(given)}`, async () => {
      NIM.getInstance({ ...login, ...given });
      await settled();
      assert.deepEqual(go.called('open')[0].options, { syncAvSignal: true, ...told });
    });
  }

  test('called again while connected, connects nothing twice', async () => {
    await loggedIn();
    NIM.getInstance(login);
    await settled();
    assert.deepEqual(go.calls.map((c) => c[0]), ['open', 'connect']);
  });

  test('called again after the link was lost for good, connects again', async () => {
    await loggedIn();
    go.event('disconnected', { code: 'kicked', reason: 'samePlatformKick' });
    NIM.getInstance(login);
    await settled();
    assert.equal(go.called('connect').length, 2);
  });

  test('called again with a new token, tells the module, under the same device and life', async () => {
    const nim = await loggedIn();
    NIM.getInstance({ ...login, token: 'newer' });
    await settled();
    const [first, second] = go.called('open');
    assert.deepEqual(second, { ...first, token: 'newer' });
    assert.equal(go.called('connect').length, 1);
    assert.equal(nim.options.token, 'newer');
  });

  test('replaces callbacks when called again', async () => {
    await loggedIn({ onwillreconnect: () => assert.fail('replaced') });
    const { said, options } = diary();
    NIM.getInstance({ ...login, ...options });
    go.event('willreconnect', { retryCount: 1, duration: 1600 });
    assert.deepEqual(said, [['onwillreconnect', { retryCount: 1, duration: 1600 }]]);
  });

  test('does not touch the options it was given', () => {
    NIM.getInstance(Object.freeze({ ...login, account: 7 }));
  });

  test('can be had before configure says where the relay is, and then tries again', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    page.configure({ url: undefined });
    const { said, options } = diary();
    NIM.getInstance({ ...login, ...options });
    await settled();
    assert.match(said[0][1].message, /where is the relay/);
    page.configure({ url: 'ws://late.test' });
    mock.timers.tick(10_000);
    await settled();
    assert.equal(go.called('open')[0].url, 'ws://late.test/ws');
  });

  test('answers an instance that works from behind a Proxy, as frameworks put around their state', async () => {
    const nim = behindProxy(NIM.getInstance(login));
    const heard = [];
    nim.on('signalingNotify', (e) => heard.push(e.channelId)).once('error', () => heard.push('error'));
    await settled();
    go.event('connected', { deviceId: 'd1', connectionId: 'l1' });
    go.event('notify', channel);
    go.event('error', { code: 500, message: 'once' });
    go.event('error', { code: 500, message: 'twice' });
    go.answers.signalingJoin = room;
    assert.equal((await nim.signalingJoin({ channelId: 'c1' })).channelId, 'c1');
    nim.setOptions({ token: 'newer' });
    await settled();
    await new Promise((done) => nim.disconnect({ done }));
    nim.connect();
    await settled();
    await new Promise((done) => nim.destroy({ done }));
    assert.deepEqual(heard, ['c1', 'error']);
    assert.deepEqual(
      go.calls.map((c) => c[0]),
      ['open', 'connect', 'signalingJoin', 'open', 'disconnect', 'connect', 'disconnect', 'destroy'],
    );
  });
});

/** Everything reached through it is behind a Proxy too, as with Vue's reactive(). */
function behindProxy(object) {
  return new Proxy(object, {
    get(target, name, receiver) {
      const value = Reflect.get(target, name, receiver);
      const plain = ['[object Object]', '[object Array]'].includes(Object.prototype.toString.call(value));
      return plain ? behindProxy(value) : value;
    },
  });
}
