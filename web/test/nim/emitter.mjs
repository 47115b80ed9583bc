// on, once, off and the rest.

import assert from 'node:assert/strict';
import { beforeEach, describe, mock, test } from 'node:test';
import { go, invite, loggedIn, page, settled } from './page.mjs';

describe('the emitter is EventEmitter3\'s', () => {
  let nim, heard;
  const ring = (n) => go.event('notify', { ...invite, requestId: n });
  const note = (who) => (e) => void heard.push(who + e.requestId);
  beforeEach(async () => {
    nim = await loggedIn();
    heard = [];
  });

  test('listeners are called in order, the same one as often as it was added, and everything chains', () => {
    const a = note('a');
    const same = nim.on('signalingNotify', a).addListener('signalingNotify', note('b')).on('signalingNotify', a);
    assert.equal(same, nim);
    ring(1);
    assert.deepEqual(heard, ['a1', 'b1', 'a1']);
  });

  test('once is once, also when emitted from within', () => {
    nim.once('signalingNotify', (e) => {
      heard.push(e.requestId);
      if (e.requestId === 1) ring(2);
    });
    ring(1);
    ring(3);
    assert.deepEqual(heard, [1]);
  });

  test('off takes one function away, off without a function all', () => {
    const [a, b] = [note('a'), note('b')];
    nim.on('signalingNotify', a).on('signalingNotify', b).on('signalingNotify', b).removeListener('signalingNotify', a);
    ring(1);
    nim.off('signalingNotify');
    ring(2);
    assert.deepEqual(heard, ['b1', 'b1']);
    assert.equal(nim.emit('signalingNotify', invite), false);
  });

  test('the context is this, tells listeners apart, and is the instance by default', () => {
    const [one, two] = [{ name: 'one' }, { name: 'two' }];
    function who() {
      heard.push(this);
    }
    nim.on('signalingNotify', who, one).on('signalingNotify', who, two).on('signalingNotify', who);
    nim.off('signalingNotify', who, one);
    ring(1);
    assert.deepEqual(heard, [two, nim]);
  });

  test('off with once takes only the one-time listener', () => {
    const a = note('a');
    nim.on('signalingNotify', a).once('signalingNotify', a).off('signalingNotify', a, undefined, true);
    ring(1);
    ring(2);
    assert.deepEqual(heard, ['a1', 'a2']);
  });

  test('removeAllListeners takes one event\'s or all', () => {
    nim.on('signalingNotify', note('a')).on('error', note('e')).removeAllListeners('error');
    assert.equal(nim.emit('error', new page.NIMError('', 500, '')), false);
    ring(1);
    nim.removeAllListeners();
    ring(2);
    assert.deepEqual(heard, ['a1']);
  });

  test('emit tells whether anybody listened, and pages may emit themselves', () => {
    assert.equal(nim.emit('signalingNotify', invite), false);
    nim.on('signalingNotify', note('a'));
    assert.equal(nim.emit('signalingNotify', invite), true);
    assert.deepEqual(heard, ['ar1']);
  });

  test('a listener that adds or removes listeners changes the next event, not this one', () => {
    nim.on('signalingNotify', () => {
      nim.off('signalingNotify').on('signalingNotify', note('new'));
    });
    nim.on('signalingNotify', note('old'));
    ring(1);
    ring(2);
    assert.deepEqual(heard, ['old1', 'new2']);
  });

  test('a listener that throws is reported, and the others and the option are called', async () => {
    const reported = mock.fn();
    globalThis.reportError = reported;
    try {
      const oops = new Error('the page is broken');
      nim.on('signalingNotify', () => {
        throw oops;
      });
      nim.on('signalingNotify', note('next'));
      nim.setOptions({ onSignalingNotify: note('option') });
      ring(1);
      assert.deepEqual(heard, ['next1', 'option1']);
      assert.deepEqual(reported.mock.calls.map((c) => c.arguments), [[oops]]);
    } finally {
      delete globalThis.reportError;
    }
  });

  test('listeners and eventNames tell what there is', () => {
    const [a, b] = [note('a'), note('b')];
    nim.on('signalingNotify', a).once('signalingNotify', b).once('error', a);
    assert.deepEqual([nim.listeners('signalingNotify'), nim.eventNames()], [[a, b], ['signalingNotify', 'error']]);
    nim.emit('error', new page.NIMError('', 500, ''));
    ring(1);
    assert.deepEqual([nim.listeners('signalingNotify'), nim.eventNames()], [[a], ['signalingNotify']]);
  });

  test('a listener that throws in Node, where nobody takes reports, is on the console, and the process lives on', async () => {
    const said = mock.method(console, 'error', () => {});
    const oops = new Error('the page is broken');
    nim.on('signalingNotify', () => {
      throw oops;
    });
    nim.on('signalingNotify', note('next'));
    ring(1);
    await settled();
    said.mock.restore();
    assert.deepEqual([said.mock.calls.map((c) => c.arguments), heard], [[[oops]], ['next1']]);
  });

  test('a listener that is no function is a TypeError', () => {
    assert.throws(() => nim.on('signalingNotify', {}), TypeError);
  });
});
