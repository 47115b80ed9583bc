// The demo's phone by itself: what it asks of the relay, and in which order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('../demo/phone.ts', import.meta.url))], bundle: true, write: false, format: 'esm', platform: 'neutral',
});
const { Phone } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);

/** A phone whose orders wait in `asked` until they are answered; each stands there as `what of whose call`. */
function phone() {
  const waiting = [];
  const asked = [];
  const made = new Phone({
    obey: (order) => new Promise((answer) => {
      asked.push(`${order.do} ${order.channelId ?? `of ${order.peer}`}`);
      waiting.push(answer);
    }),
    owe: assert.fail, changed: () => {}, tell: () => {}, save: () => {},
  });
  return {
    made, asked,
    /** Answers the order that has waited longest. */
    answer: async (answer = {}) => {
      waiting.shift()(answer);
      await new Promise(setImmediate);
    },
  };
}

const rung = { channelId: 'first', callStatus: '200' };

test('who cancels before the relay has answered, and rings again at once, has taken back the first ring before the second is made', async () => {
  const { made, asked, answer } = phone();
  made.ring('bob', 1);
  made.take({ type: 'cancel' });
  made.ring('bob', 1);
  assert.equal(made.call.state, 'asking', 'the page shows the second ring at once');
  assert.deepEqual(asked, ['callEx of bob']);
  await answer(rung);
  for (let left = 2; left > 0; left--) await answer();
  assert.deepEqual(asked, ['callEx of bob', 'cancel first', 'close first', 'callEx of bob']);
  await answer({ channelId: 'second', callStatus: '200' });
  assert.deepEqual([made.call.state, made.call.channelId], ['ringing', 'second']);
  made.stop();
});

test('who hangs up and rings at once has left the call before the next is made', async () => {
  const { made, asked, answer } = phone();
  made.ring('bob', 1);
  await answer(rung);
  made.take({ type: 'notify', event: { eventType: 'ROOM_JOIN', channelId: 'first', from: 'bob' } });
  made.take({ type: 'hangUp' });
  made.ring('bob', 1);
  assert.deepEqual(asked, ['callEx of bob', 'close first']);
  await answer();
  assert.deepEqual(asked.slice(2), ['callEx of bob']);
});

const theirs = { eventType: 'INVITE', channelId: 'theirs', from: 'ada', to: 'bob', requestId: 'r', type: '1', time: '0' };

test('where two ring each other, the own ring is taken back before the other is accepted', async () => {
  const { made, asked, answer } = phone();
  made.ring('ada', 1);
  await answer({ channelId: 'own', callStatus: '200' });
  made.take({ type: 'notify', event: theirs });
  for (let left = 3; left > 0; left--) await answer();
  assert.deepEqual(asked.slice(1), ['cancel own', 'close own', 'joinAndAccept theirs']);
  assert.deepEqual([made.call.state, made.call.channelId], ['connected', 'theirs']);
});

test('also when the relay has not answered the own ring yet', async () => {
  const { made, asked, answer } = phone();
  made.ring('ada', 1);
  made.take({ type: 'notify', event: theirs });
  await answer({ channelId: 'own', callStatus: '200' });
  for (let left = 3; left > 0; left--) await answer();
  assert.deepEqual(asked, ['callEx of ada', 'cancel own', 'close own', 'joinAndAccept theirs']);
  assert.deepEqual([made.call.state, made.call.channelId], ['connected', 'theirs']);
});
