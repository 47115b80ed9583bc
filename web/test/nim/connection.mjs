// Callbacks about the link; disconnect, connect, destroy.

import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { channel, diary, go, loggedIn, login, NIM, page, rejection, room, settled } from './page.mjs';

describe('the connection', () => {
  test('onconnect tells device, connection and the custom tag', async () => {
    const { said, options } = diary();
    await loggedIn({ ...options, customTag: 'desk' });
    assert.deepEqual(said, [
      ['onconnect', { lastLoginDeviceId: 'd1', connectionId: 'l1', customTag: 'desk', ip: '', port: '' }],
    ]);
  });

  test('ondisconnect tells who kicked us, and that nothing is tried any more', async () => {
    const { said, options } = diary();
    await loggedIn(options);
    const kicked = { code: 'kicked', reason: 'otherPlatformKick', message: 'kicked', from: 'iOS' };
    go.event('disconnected', kicked);
    go.event('connected', { deviceId: 'd1', connectionId: 'l2' });
    assert.deepEqual(said.slice(1), [['ondisconnect', kicked]]);
  });

  test('disconnect tells ondisconnect, then calls done, once the module has closed', async () => {
    const { said, options, note } = diary();
    const nim = await loggedIn(options);
    let closed;
    go.answers.disconnect = () => new Promise((resolve) => (closed = resolve));
    nim.disconnect({ done: note('done') });
    await settled();
    assert.deepEqual(said.slice(1), []);
    closed({});
    await settled();
    assert.deepEqual(said.slice(1).map(([name, what]) => [name, what?.code]), [
      ['ondisconnect', 'manuallyDisconnect'],
      ['done', undefined],
    ]);
    assert.equal(said.at(-1)[1], null);
  });

  test('whatever the module says while it closes, ondisconnect is told once', async () => {
    const { said, options } = diary();
    const nim = await loggedIn(options);
    go.answers.disconnect = () => {
      go.event('disconnected', { code: 'manuallyDisconnect' });
      go.event('notify', { ...channel, eventType: 'LEAVE' });
      return {};
    };
    nim.disconnect();
    await settled();
    assert.deepEqual(said.slice(1).map(([name]) => name), ['ondisconnect']);
  });

  test('disconnect while not connected tells alreadyDisconnected, and is done', async () => {
    const { said, options, note } = diary();
    const nim = await loggedIn(options);
    nim.disconnect();
    await settled();
    nim.disconnect({ done: note('done') });
    await settled();
    assert.deepEqual(said.slice(2).map(([name, what]) => [name, what?.code]), [
      ['ondisconnect', 'alreadyDisconnected'],
      ['done', undefined],
    ]);
  });

  test('logout disconnects under its own code', async () => {
    const { said, options } = diary();
    const nim = await loggedIn(options);
    nim.logout();
    await settled();
    assert.equal(said.at(-1)[1].code, 'logout');
    assert.equal(go.called('disconnect').length, 1);
  });

  test('connect after disconnect connects the same instance again, without opening it twice', async () => {
    const nim = await loggedIn();
    nim.disconnect({ done: () => nim.connect() });
    await settled();
    assert.deepEqual(go.calls.map((c) => c[0]), ['open', 'connect', 'disconnect', 'connect']);
  });

  test('connect while the module still closes waits for that', async () => {
    const nim = await loggedIn();
    let closed;
    go.answers.disconnect = () => new Promise((resolve) => (closed = resolve));
    nim.disconnect();
    nim.connect();
    await settled();
    assert.equal(go.called('connect').length, 1);
    closed({});
    await settled();
    assert.equal(go.called('connect').length, 2);
  });

  test('what the module says late of a disconnect does not end the connection made since', async () => {
    const { said, options } = diary();
    const nim = await loggedIn(options);
    let closed;
    go.answers.disconnect = () => new Promise((resolve) => (closed = resolve));
    nim.disconnect();
    nim.connect();
    go.event('disconnected', { code: 'manuallyDisconnect', message: 'the page disconnected' });
    closed({});
    await settled();
    go.event('disconnected', { code: 'manuallyDisconnect', message: 'the page disconnected' });
    go.event('connected', { deviceId: 'd1', connectionId: 'l2' });
    assert.deepEqual(said.slice(1).map(([name]) => name), ['ondisconnect', 'onconnect']);
  });

  test('disconnect before the module is there leaves nothing to happen later', async () => {
    const { said, options, note } = diary();
    let loaded;
    go.load = () => new Promise((resolve) => (loaded = resolve));
    const nim = NIM.getInstance({ ...login, ...options });
    await settled();
    nim.disconnect({ done: note('done') });
    loaded();
    await settled();
    assert.deepEqual(said.map(([name]) => name), ['ondisconnect', 'done']);
    assert.deepEqual(go.calls, []);
  });

  test('destroy disconnects and forgets: getInstance makes a new instance, a new life of the same device', async () => {
    const nim = await loggedIn();
    const old = go.called('open')[0];
    let done = 0;
    nim.on('signalingNotify', () => assert.fail('destroyed'));
    nim.destroy({ done: () => done++ });
    go.event('notify', { ...channel, eventType: 'LEAVE' });
    await settled();
    assert.equal(done, 1);
    assert.deepEqual(go.calls.slice(2).map((c) => c[0]), ['disconnect', 'destroy']);
    assert.equal(go.listeners.size + go.exits.size, 0);

    const next = NIM.getInstance(login);
    await settled();
    assert.notEqual(next, nim);
    const { device, life } = go.called('open')[1];
    assert.equal(device, old.device);
    assert.notEqual(life, old.life);
  });

  test('a destroyed instance neither connects nor calls; destroyed again, it is done at once', async () => {
    const { said, options, note } = diary();
    const nim = await loggedIn(options);
    nim.destroy();
    await settled();
    const next = NIM.getInstance(login);
    nim.connect();
    nim.destroy({ done: note('done') });
    await settled();
    assert.deepEqual(go.calls.map((c) => c[0]), ['open', 'connect', 'disconnect', 'destroy', 'open', 'connect']);
    assert.deepEqual(said.map(([name]) => name), ['onconnect', 'ondisconnect', 'done']);
    assert.equal(NIM.getInstance(login), next, 'and it is not mistaken for its successor');
    const error = await rejection(nim.signalingJoin({ channelId: 'c1' }));
    assert.equal(error.code, 'Error_Connection_Socket_State_not_Match');
  });

  test('an error of the module is an event first, then onerror', async () => {
    const { said, options, note } = diary();
    const nim = await loggedIn(options);
    nim.on('error', note('error'));
    go.event('error', { code: 10404, message: 'ROOM_NOT_EXISTS' });
    assert.deepEqual(said.slice(1).map(([name, e]) => [name, e instanceof page.NIMError, e.code, e.message]), [
      ['error', true, 10404, 'ROOM_NOT_EXISTS'],
      ['onerror', true, 10404, 'ROOM_NOT_EXISTS'],
    ]);
  });

  test('a callback that throws is reported, and what follows happens all the same', async () => {
    const reported = mock.fn();
    globalThis.reportError = reported;
    try {
      const oops = new Error('the page is broken');
      const nim = await loggedIn({
        onconnect() {
          throw oops;
        },
      });
      assert.deepEqual(reported.mock.calls.map((c) => c.arguments), [[oops]]);
      go.answers.signalingJoin = room;
      assert.equal((await nim.signalingJoin({ channelId: 'c1' })).channelId, 'c1');
    } finally {
      delete globalThis.reportError;
    }
  });
});
