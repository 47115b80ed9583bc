// What pages call beside signalling.

import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { go, loggedIn, login, NIM, page, settled } from './page.mjs';

describe('the rest of the vendor\'s SDK', () => {
  const calls = ['getUser', 'getMyInfo', 'updateMyInfo', 'sendText', 'sendCustomMsg', 'sendCustomSysMsg', 'createTeam', 'markMsgRead', 'subscribeEvent', 'getChatroomAddress'];

  test('fails by name, through done, and throws nothing', async () => {
    const nim = await loggedIn();
    for (const name of calls) {
      const error = await new Promise((done) => nim[name]({ account: 'bob', done }));
      assert.ok(error instanceof page.NIMError, name);
      assert.deepEqual([error.code, error.cmd], [404, name]);
      assert.match(error.message, new RegExp(`^${name} `));
    }
  });

  test('fails on the console where there is no done', async () => {
    const nim = await loggedIn();
    const said = mock.method(console, 'error', () => {});
    nim.setCurrSession('p2p-bob');
    nim.resetSessionsUnread();
    said.mock.restore();
    assert.deepEqual(said.mock.calls.map((c) => c.arguments[0].cmd), ['setCurrSession', 'resetSessionsUnread']);
  });

  test('hides nothing that frameworks look for, and nothing of ours', async () => {
    const nim = await loggedIn();
    for (const name of ['then', 'toJSON', 'nodeType', '$$typeof', 'asymmetricMatch', '__v_isRef', 'subscribe', 'addEventListener', 'removeEventListener', 'getMaxListeners', 'isReactComponent', Symbol.iterator]) {
      assert.equal(nim[name], undefined, String(name));
    }
    assert.equal(await nim, nim);
    assert.ok(!('getUser' in nim));
    assert.equal(nim.hasOwnProperty('account'), true);
    assert.equal(typeof nim.removeAllListeners, 'function');
    assert.equal(nim.signalingFly, undefined);
  });

  test('NIM.use installs a plug-in, NIM.info is a release of the vendor\'s, and NIM.NIM is NIM', () => {
    const install = mock.fn();
    NIM.use({ install }, { level: 1 });
    NIM.use(undefined);
    NIM.use({});
    assert.deepEqual(install.mock.calls.map((c) => c.arguments), [[NIM, { level: 1 }]]);
    assert.match(NIM.info.version, /^9\.\d+\.\d+$/);
    assert.equal(NIM.getInstance(login).info, NIM.info);
    assert.equal(NIM.NIM, NIM);
    assert.equal(typeof NIM.support, 'object');
  });

  test('NIM.rmAllInstances destroys them all', async () => {
    const nim = await loggedIn();
    NIM.rmAllInstances();
    await settled();
    assert.equal(go.called('destroy').length, 1);
    assert.notEqual(NIM.getInstance(login), nim);
  });
});

describe('the login\'s state', () => {
  test('is 0 off, 2 on its way, 1 logged in, 3 about to try again', async () => {
    const states = [];
    const note = () => states.push([nim.getLoginStatus(), nim.isConnected()]);
    const nim = NIM.getInstance({ ...login, onconnect: note, onwillreconnect: note, ondisconnect: note });
    note();
    await settled();
    go.event('connected', { deviceId: 'd1', connectionId: 'l1' });
    go.event('willreconnect', { retryCount: 1, duration: 800 });
    go.event('connected', { deviceId: 'd1', connectionId: 'l2' });
    nim.disconnect();
    await settled();
    nim.connect();
    note();
    assert.deepEqual(states, [[2, false], [1, true], [3, false], [1, true], [0, false], [2, false]]);
  });

  test('onsyncdone follows every onconnect', async () => {
    const said = [];
    await loggedIn({ onconnect: () => said.push('connect'), onsyncdone: () => said.push('syncdone') });
    go.event('connected', { deviceId: 'd1', connectionId: 'l2' });
    assert.deepEqual(said, ['connect', 'syncdone', 'connect', 'syncdone']);
  });
});
