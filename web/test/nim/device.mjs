// Which device a tab is.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { login, newPage, settled } from './page.mjs';

describe('the device', () => {
  /** Web Locks over several tabs: a lock is had until its tab is closed. */
  class Locks {
    held = new Map(); // name → tab
    forTab(tab) {
      return {
        request: async (name, { ifAvailable }, granted) => {
          assert.ok(ifAvailable, 'nobody waits for a lock');
          const lock = this.held.has(name) ? null : { name };
          if (lock) this.held.set(name, tab);
          return granted(lock);
        },
      };
    }
    close(tab) {
      for (const [name, owner] of this.held) if (owner === tab) this.held.delete(name);
    }
  }

  class Storage {
    constructor(copyOf) {
      this.items = new Map(copyOf?.items);
    }
    getItem = (key) => this.items.get(key) ?? null;
    setItem = (key, value) => void this.items.set(key, String(value));
  }

  const globals = { sessionStorage: undefined, navigator: undefined };
  beforeEach(() => {
    for (const name in globals) globals[name] = Object.getOwnPropertyDescriptor(globalThis, name);
  });
  afterEach(() => {
    for (const name in globals) {
      if (globals[name]) Object.defineProperty(globalThis, name, globals[name]);
      else delete globalThis[name];
    }
  });
  const stub = (name, value) => Object.defineProperty(globalThis, name, { configurable: true, value });

  /** Loads the page in a tab and logs in; answers its device. */
  async function load(storage, locks, tab, options = {}) {
    stub('sessionStorage', storage);
    stub('navigator', locks && { locks: locks.forTab(tab) });
    const { go, NIM } = await newPage();
    NIM.getInstance({ ...login, ...options });
    await settled();
    return go.called('open')[0].device;
  }

  test('stays the same when its tab reloads', async () => {
    const [locks, storage] = [new Locks(), new Storage()];
    const before = await load(storage, locks, 'tab');
    locks.close('tab');
    assert.equal(await load(storage, locks, 'tab'), before);
    assert.match(before, /^[0-9a-f]{32}$/);
  });

  test('is another one in a duplicated tab, and stays that when it reloads', async () => {
    const [locks, storage] = [new Locks(), new Storage()];
    const original = await load(storage, locks, 'original');
    const copy = new Storage(storage);
    const duplicate = await load(copy, locks, 'copy');
    assert.match(duplicate, /^[0-9a-f]{32}$/);
    assert.notEqual(duplicate, original);
    locks.close('copy');
    assert.equal(await load(copy, locks, 'copy'), duplicate);
    locks.close('original');
    assert.equal(await load(storage, locks, 'original'), original);
  });

  test('is its own for each app and account', async () => {
    const [locks, storage] = [new Locks(), new Storage()];
    const devices = [
      await load(storage, locks, 'tab'),
      await load(storage, locks, 'tab', { account: 'bob' }),
      await load(storage, locks, 'tab', { appKey: 'app2' }),
    ];
    assert.equal(new Set(devices).size, 3);
  });

  test('is new with each page where storage throws, or where there are no locks', async () => {
    const forbidden = { getItem: () => assert.fail('denied'), setItem: () => assert.fail('denied') };
    for (const [storage, locks] of [[forbidden, new Locks()], [new Storage(), undefined], [undefined, undefined]]) {
      const devices = [await load(storage, locks, 'tab'), await load(storage, locks, 'tab')];
      for (const device of devices) assert.match(device, /^[0-9a-f]{32}$/);
      assert.notEqual(devices[0], devices[1]);
    }
  });

  test('is the one given', async () => {
    assert.equal(await load(undefined, undefined, 'tab', { deviceId: 'desk-1' }), 'desk-1');
  });
});
