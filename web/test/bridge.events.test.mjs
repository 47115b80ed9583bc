// The order in which a page hears of things, over both backends.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { importBridges } from './bridge.support.mjs';

for (const [bridge, { backend }] of await importBridges()) {
  let go;

  /** Waits until fn has been called n times, and answers with what. */
  const heard = (target, n) =>
    new Promise((resolve) => {
      const events = [];
      go.listen(target, (...event) => events.push(event) === n && resolve(events));
    });

  describe(`events over ${bridge}`, () => {
    before(async () => (go = await backend()));

    test('events come in the order in which Go emitted them', async () => {
      const events = heard('a', 300);
      await go.call('a', 'emit', 300);
      assert.deepEqual(await events, Array.from({ length: 300 }, (_, i) => ['tick', i]));
    });

    test('an event goes to its own target only', async () => {
      const [a, b] = [heard('a', 1), heard('b', 1)];
      go.call('a', 'emitAfter', 'for a');
      go.call('b', 'emitAfter', 'for b');
      assert.deepEqual(await a, [['after', 'for a']]);
      assert.deepEqual(await b, [['after', 'for b']]);
    });

    test('an event without JSON has no payload', async () => {
      const event = heard('a', 1);
      await go.call('a', 'nothing', {});
      assert.deepEqual(await event, [['nothing', undefined]]);
    });

    test('what awaits a call goes on before events behind its answer are heard', async () => {
      const story = [];
      const told = new Promise((resolve) => go.listen('a', (name) => resolve(story.push(name))));
      // As deep as a facade and an application may wrap it.
      const wrapped = async (n) => (n ? await wrapped(n - 1) : go.call('a', 'emitBehind', {}));
      await wrapped(50);
      story.push('answered');
      await told;
      assert.deepEqual(story, ['answered', 'behind']);
    });

    test('events before an answer are heard before it', async () => {
      const story = [];
      go.listen('a', (_, i) => story.push(i));
      await go.call('a', 'emit', 3);
      assert.deepEqual(story, [0, 1, 2]);
    });

    test('a listener may call Go', async () => {
      const answer = new Promise((resolve) => go.listen('a', (_, i) => i === 0 && resolve(go.call('a', 'echo', 'from inside'))));
      await go.call('a', 'emit', 2);
      assert.equal(await answer, 'from inside');
    });

    test('no listener runs on top of Go', async () => {
      let inside = true;
      const where = new Promise((resolve) => go.listen('a', () => resolve(inside)));
      const emitted = go.call('a', 'emit', 1);
      inside = false;
      await emitted;
      assert.equal(await where, false);
    });

    // What browsers have and Node does not: it takes an exception where nobody can catch it.
    const reported = (t) =>
      new Promise((resolve) => {
        globalThis.reportError = resolve;
        t.after(() => delete globalThis.reportError);
      });

    test('what a listener throws is the page’s, and the next event comes', async (t) => {
      const error = reported(t);
      const last = new Promise((resolve) =>
        go.listen('a', (_, i) => {
          if (i === 0) throw new Error('a bug in the page');
          resolve(i);
        }),
      );
      await go.call('a', 'emit', 2);
      assert.equal(await last, 1);
      assert.equal((await error).message, 'a bug in the page');
    });

    test('an event whose payload is no JSON is reported, not heard', async (t) => {
      const error = reported(t);
      go.listen('a', () => assert.fail('heard'));
      await go.call('a', 'emitRaw', '{');
      assert.equal((await error).name, 'SyntaxError');
    });

    test('who stopped listening hears nothing', async () => {
      const events = [];
      go.listen('a', (name) => events.push(name));
      await go.call('a', 'emit', 1);
      go.unlisten('a');
      await go.call('a', 'emit', 1);
      assert.deepEqual(events, ['tick']);
    });
  });
}
