// sendG2Msg and the messages that come in.

import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { diary, go, loggedIn, login, NIM, page, settled, thrown } from './page.mjs';

describe('G2 messages', () => {
  const answer = { time: '1700000000000', idServer: '65536' };

  test('sendG2Msg answers the message on its way, and tells done when the relay has it', async () => {
    const nim = await loggedIn();
    go.answers.sendG2Msg = answer;
    const done = mock.fn();
    const attach = { cmd: 'ring', list: [1, 'é😀'] };
    const sending = nim.sendG2Msg({ attach, scene: 'p2p', to: 'bob', done });
    const { time, idClient, ...rest } = sending;
    assert.deepEqual(rest, { scene: 'p2p', to: 'bob', from: 'ada', type: 'g2', attach, target: 'bob', flow: 'out', status: 'sending' });
    assert.match(idClient, /^[0-9a-f]{32}$/);
    assert.ok(Math.abs(time - Date.now()) < 60_000);
    assert.equal(done.mock.callCount(), 0);
    await settled();
    assert.deepEqual(done.mock.calls.map((c) => c.arguments), [
      [null, { ...sending, time: 1700000000000, idServer: '65536', status: 'success' }],
    ]);
    assert.equal(sending.status, 'sending', 'what was answered is not changed');
    assert.deepEqual(go.called('sendG2Msg'), [{ scene: 'p2p', to: 'bob', attach }]);
  });

  test('every value that JSON has may be said; scene is p2p by default, and an account a text', async () => {
    const nim = await loggedIn();
    go.answers.sendG2Msg = answer;
    for (const attach of ['text', 7, false, [1], { a: null }]) {
      const message = nim.sendG2Msg({ attach, to: 7 });
      assert.deepEqual([message.attach, message.to, message.scene], [attach, '7', 'p2p']);
      assert.deepEqual(go.called('sendG2Msg').at(-1), { scene: 'p2p', to: '7', attach });
    }
  });

  test('a message that fails is told to done, with the error first', async () => {
    go.answers.sendG2Msg = () => {
      throw page.failed({ code: 10414, name: 'NIMError', message: 'too long', field: 'attach', limit: 4096 });
    };
    const nim = await loggedIn();
    const offline = NIM.getInstance({ ...login, account: 'bob' });
    offline.disconnect();
    for (const [sender, attach, code] of [
      [nim, 'x', 10414],
      [nim, { big: 1n }, 10414],
      [offline, 'x', 'Error_Connection_Socket_State_not_Match'],
    ]) {
      const done = mock.fn();
      sender.sendG2Msg({ attach, to: 'eve', done });
      await settled();
      const [error, message] = done.mock.calls[0].arguments;
      assert.deepEqual([error.name, error.code, error.cmd, message.status], ['NIMError', code, 'sendG2Msg', 'fail']);
    }
  });

  test('without done nothing is told, and a done that throws is reported', async () => {
    const nim = await loggedIn();
    const reported = mock.fn();
    globalThis.reportError = reported;
    try {
      const oops = new Error('the page is broken');
      nim.sendG2Msg({ attach: 'x', to: 'bob' });
      nim.sendG2Msg({
        attach: 'x',
        to: 'bob',
        done() {
          throw oops;
        },
      });
      await settled();
      assert.deepEqual(reported.mock.calls.map((c) => c.arguments), [[oops]]);
    } finally {
      delete globalThis.reportError;
    }
  });

  test('it throws at once, an object naming the parameter, for attach and to', async () => {
    const nim = await loggedIn();
    assert.match(thrown(() => nim.sendG2Msg({ to: 'bob' })).message, /^缺少参数 attach,/);
    assert.match(thrown(() => nim.sendG2Msg({ attach: 'x' })).message, /^缺少参数 to,/);
  });

  test('one that comes in is emitted as msg, then onmsg is called, with attach as the sender gave it', async () => {
    const { said, options, note } = diary();
    const nim = await loggedIn(options);
    nim.on('msg', note('msg'));
    const message = { scene: 'p2p', from: 'bob', to: 'ada', type: 'g2', time: 1700000000000, idServer: '65536', flow: 'in', target: 'bob' };
    go.event('message', { ...message, attach: { cmd: 'ring' } });
    const heard = { ...message, attach: { cmd: 'ring' }, status: 'success' };
    assert.deepEqual(said.slice(1), [['msg', heard], ['onmsg', heard]]);
  });
});
