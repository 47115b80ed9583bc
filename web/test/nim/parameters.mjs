// What calls check, and what they pass on.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { all, go, loggedIn, page, rejection, required, room, thrown } from './page.mjs';

describe('parameters', () => {
  for (const [method, needs] of Object.entries(required)) {
    test(`${method} throws at once, an object naming the parameter, when ${needs.join(' or ')} is missing`, async () => {
      const nim = await loggedIn();
      for (const name of needs) {
        for (const missing of [undefined, null, '', {}, [], [null]]) {
          const what = thrown(() => nim[method]({ ...all, [name]: missing }));
          assert.ok(!(what instanceof Error));
          assert.deepEqual(Object.keys(what).sort(), ['callFunc', 'message', 'time', 'timetag']);
          assert.equal(what.callFunc, 'api::signalling');
          assert.match(what.message, new RegExp(`^缺少参数 ${name},`));
          assert.ok(what.time instanceof Date);
        }
      }
      assert.match(thrown(() => nim[method]({})).message, new RegExp(` ${needs[0]},`), 'the first one is named');
      assert.equal(go.called(method).length, 0);
    });
  }

  test('0 and false are not missing: what they are worth is the relay\'s business', async () => {
    const nim = await loggedIn();
    await nim.signalingInvite({ channelId: 'c1', account: 0, requestId: false });
    assert.deepEqual(go.called('signalingInvite'), [{ channelId: 'c1', account: 0, requestId: false }]);
  });

  test('without any options, cancel, accept, reject, control, call and createAndJoin throw a TypeError, the others name the parameter', async () => {
    const nim = await loggedIn();
    for (const method of Object.keys(required)) {
      const bare = /Cancel|Accept$|Reject|Control|Call$|CreateAndJoin/.test(method) && method !== 'signalingJoinAndAccept';
      assert.equal(thrown(() => nim[method]()) instanceof TypeError, bare, method);
      assert.throws(() => nim[method](null), TypeError, method);
    }
  });

  test('go to the module as they are: also those it is to ignore, and push fields wherever they stand', async () => {
    const nim = await loggedIn();
    const args = { ...all, needPush: true, pushPayload: { a: [1, { b: 'é😀' }] }, uid: '', extra: null };
    await nim.signalingCallEx(args);
    await nim.signalingCall({ ...args, dropped: undefined });
    assert.deepEqual(go.called('signalingCallEx'), [args]);
    assert.deepEqual(go.called('signalingCall'), [args]);
  });

  test('signalingCall joins existing channels only if configured to', async () => {
    const nim = await loggedIn();
    page.configure({ nim: { callJoinsExisting: true } });
    const result = await nim.signalingCall(all);
    await nim.signalingCallEx(all);
    assert.deepEqual(go.called('signalingCall'), [{ ...all, callJoinsExisting: true }]);
    assert.deepEqual(go.called('signalingCallEx'), [all]);
    assert.ok(!('callJoinsExisting' in result));
  });

  test('the caller\'s object is neither changed nor kept', async () => {
    const nim = await loggedIn();
    const pushPayload = Object.freeze({ from: 1 });
    const options = Object.freeze({ ...all, pushInfo: Object.freeze({ needPush: true, pushPayload }) });
    for (const method of Object.keys(required)) {
      go.answers[method] = room;
      const result = await nim[method](options);
      assert.notEqual(result, options);
      assert.notEqual(result.pushInfo, options.pushInfo ?? null);
    }
    assert.deepEqual(options.pushInfo, { needPush: true, pushPayload: { from: 1 } });
  });

  const cyclic = {};
  cyclic.self = cyclic;
  const hostile = {
    'a BigInt': 1n,
    'a cycle': cyclic,
    'half a surrogate pair': 'a\ud83d',
    'the other half': '\ude00b',
    'half a pair deep inside': { a: [{ b: '\ud800' }] },
    'half a pair in a key': { '\udfff': 1 },
    'a throwing getter inside': {
      get a() {
        throw new Error('boo');
      },
    },
    'a throwing toJSON': {
      toJSON() {
        throw null;
      },
    },
  };
  for (const [what, value] of Object.entries(hostile)) {
    test(`${what} in a field is a 10414 naming the field, and never reaches the module`, async () => {
      const nim = await loggedIn();
      for (const field of ['attachExt', 'channelId', 'pushInfo']) {
        const error = await rejection(nim.signalingInvite({ ...all, [field]: value }));
        assert.deepEqual([error.name, error.code, error.field, error.cmd], ['NIMError', 10414, field, 'signalingInvite']);
        assert.match(error.message, new RegExp(field));
      }
      assert.equal(go.called('signalingInvite').length, 0);
    });
  }

  test('a getter that throws, or a whole object that does, is a 10414 too', async () => {
    const nim = await loggedIn();
    const getter = Object.defineProperty({ ...all }, 'ext', { enumerable: true, get: () => assert.fail('boo') });
    assert.equal((await rejection(nim.signalingCreate(getter))).field, 'ext');
    const trap = new Proxy({}, { ownKeys: () => assert.fail('boo') });
    assert.match(thrown(() => nim.signalingCreate(trap)).message, /缺少参数 type/);
    assert.equal(go.called('signalingCreate').length, 0);
  });

  test('of several bad fields the first is named, and half a pair in a field\'s own name counts', async () => {
    const nim = await loggedIn();
    assert.equal((await rejection(nim.signalingLeave({ ...all, attachExt: 1n, ext: 1n }))).field, 'attachExt');
    assert.equal((await rejection(nim.signalingLeave({ ...all, '\ud800': 1 }))).code, 10414);
    assert.equal(go.called('signalingLeave').length, 0);
  });

  test('what is unreadable does not hide what is missing', async () => {
    const nim = await loggedIn();
    assert.match(thrown(() => nim.signalingInvite({ channelId: 'c1', attachExt: 1n })).message, /requestId/);
  });

  test('a whole surrogate pair, an escaped half and a key named __proto__ pass unharmed', async () => {
    const nim = await loggedIn();
    const args = JSON.parse('{"channelId":"c1","attachExt":"😀 \\\\ud83d","__proto__":{"channelId":"c2"}}');
    await nim.signalingLeave(args);
    assert.deepEqual(go.called('signalingLeave'), [args]);
    assert.ok(Object.hasOwn(go.called('signalingLeave')[0], '__proto__'));
  });
});
