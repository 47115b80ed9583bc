// What crosses the bridge and what does not, over both backends.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { importBridges } from './bridge.support.mjs';

for (const [bridge, { backend }] of await importBridges()) {
  const call = async (...args) => (await backend()).call(...args);

  describe(`calls over ${bridge}`, () => {
    test('a call is answered with what Go made of it', async () => {
      const args = { account: 'bob', list: [1, null, { deep: true }], text: '"quoted" \\ \u0000 \u2028 語 😀' };
      assert.deepEqual(await call('nim1', 'echo', args), args);
      for (const target of ['', 'nim/ada "語"', '\nlines\n\u0000']) assert.equal(await call(target, 'who', {}), target);
    });

    test('no argument is an empty object, no result is null', async () => {
      assert.deepEqual(await call('', 'echo'), {});
      assert.equal(await call('', 'echo', null), null);
      assert.equal(await call('', 'nothing', {}), null);
    });

    test('500 calls at a time each get their own answer', async () => {
      const asked = Array.from({ length: 500 }, (_, i) => i);
      assert.deepEqual(await Promise.all(asked.map((i) => call('', i % 2 ? 'echo' : 'sleep', i % 50))), asked.map((i) => i % 50));
    });

    test('a megabyte crosses', async () => {
      const text = '語'.repeat((1 << 20) - 2);
      assert.equal(await call('', 'echo', text), text);
    });

    test('a failure keeps all that Go said', async () => {
      const failure = { code: 10404, name: 'NIMError', message: 'ROOM_NOT_EXISTS', detail: 'c1', members: [{ accid: 'ada' }] };
      const error = await call('', 'fail', failure).catch((e) => e);
      assert.ok(error instanceof Error);
      assert.equal(error.name, 'NIMError');
      assert.equal(error.message, 'ROOM_NOT_EXISTS');
      assert.deepEqual(error.failure, failure);
    });

    test('any other Go error is internal', async () => {
      const { failure } = await call('', 'error', 'disk "on" fire').catch((e) => e);
      assert.deepEqual(failure, { code: 'internal', name: 'internal', message: 'disk "on" fire' });
    });

    test('an answer that is no JSON is internal', async () => {
      const { failure } = await call('', 'malformed', {}).catch((e) => e);
      assert.equal(failure.code, 'internal');
      assert.match(failure.message, /^malformed: the answer is no JSON/);
    });

    test('a panic fails its own call and no other', async (t) => {
      const printed = t.mock.method(console, 'error', () => {});
      const other = call('', 'sleep', 20);
      const { failure } = await call('', 'panic', 'out of luck').catch((e) => e);
      assert.deepEqual(failure, { code: 'panic', name: 'panic', message: 'panic in panic: out of luck' });
      assert.equal(await other, 20);
      assert.match(printed.mock.calls.map((c) => c.arguments[0]).join('\n'), /out of luck\ngoroutine \d+[^]*main\.\(\*handler\)\.Call/, 'the console has the stack');
    });

    const cycle = {};
    cycle.self = cycle;
    const { proxy: revoked, revoke } = Proxy.revocable({}, {});
    revoke();
    const boom = () => {
      throw new Error('boom');
    };
    const deep = {};
    for (let i = 0, at = deep; i < 1e5; i++) at = at.in = {};
    const hostile = {
      'a BigInt': [{ n: 1n }, /BigInt/],
      'a cycle': [cycle, /circular/],
      'a getter that throws': [{ get account() { return boom(); } }, /boom/],
      'a toJSON that throws': [{ toJSON: boom }, /boom/],
      'something thrown that cannot be read': [{ toJSON() { throw { get message() { return boom(); } }; } }, /cannot be read/],
      'a Proxy that throws': [new Proxy({}, { ownKeys: boom }), /boom/],
      'a revoked Proxy': [revoked, /revoked/],
      'nesting without end': [deep, /call stack/],
      'a function': [boom, /has no JSON/],
      'a symbol': [Symbol('s'), /has no JSON/],
      'more than a megabyte': ['x'.repeat(1 << 20), /1048578 characters of JSON, 1048576 are allowed/],
    };
    for (const [what, [args, why]] of Object.entries(hostile)) {
      test(`${what} is refused and never reaches Go`, async () => {
        const before = await call('', 'calls', {});
        const { failure } = await call('', 'echo', args).catch((e) => e);
        assert.equal(failure.code, 'bad-argument');
        assert.match(failure.message, /^echo: /);
        assert.match(failure.message, why);
        assert.equal(await call('', 'calls', {}), before + 1);
      });
    }

    test('half a character in a text arrives as half a character, in a target it is refused', async () => {
      for (const half of ['\ud800', 'a\udfffb', '\udc00\ud800']) {
        assert.equal(await call('', 'echo', half), half);
        const { failure } = await call(half, 'who', {}).catch((e) => e);
        assert.deepEqual(failure, { code: 'bad-argument', name: 'bad-argument', message: 'who: the target holds half a character' });
      }
    });

    test('the argument is read when the call is made', async () => {
      const args = { account: 'bob' };
      const go = await backend();
      const answer = go.call('', 'echo', args);
      args.account = 'eve';
      assert.deepEqual(await answer, { account: 'bob' });
    });
  });
}
