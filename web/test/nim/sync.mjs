// signalingSync and signalingMarkMsgRead: what was kept for the account.

import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { go, loggedIn, login, NIM, page, rejection, settled, thrown } from './page.mjs';

describe('what was kept', () => {
  test('signalingSync resolves to nothing, takes nothing, and rejects when there is no link', async () => {
    const nim = await loggedIn();
    go.answers.signalingSync = () => null;
    assert.equal(await nim.signalingSync(), undefined);
    assert.deepEqual(go.called('signalingSync'), [{}]);
    go.answers.signalingSync = () => {
      throw page.failed({ code: 'Error_Timeout', name: 'NIMError', message: 'no answer' });
    };
    const error = await rejection(nim.signalingSync());
    assert.deepEqual([error.name, error.code, error.cmd], ['NIMError', 'Error_Timeout', 'signalingSync']);
  });

  test('a signalingSync that fails and that nobody waits for ends no process', async () => {
    const unhandled = mock.fn();
    process.on('unhandledRejection', unhandled);
    const nim = NIM.getInstance(login);
    const promise = nim.signalingSync(); // as kits do, before they are logged in
    await settled();
    process.off('unhandledRejection', unhandled);
    assert.equal(unhandled.mock.callCount(), 0);
    assert.equal((await rejection(promise)).code, 'Error_Connection_Socket_State_not_Match');
  });

  for (const msgid of ['65536', 65536, ['65536', 65537], 'junk']) {
    test(`signalingMarkMsgRead passes ${JSON.stringify(msgid)} on and answers undefined, no promise`, async () => {
      const nim = await loggedIn();
      assert.equal(nim.signalingMarkMsgRead({ msgid }), undefined);
      assert.deepEqual(go.called('signalingMarkMsgRead'), [{ msgid }]);
    });
  }

  test('signalingMarkMsgRead throws at once when msgid is missing, as other calls do', async () => {
    const nim = await loggedIn();
    for (const missing of [undefined, null, '', [], [null], {}]) {
      const what = thrown(() => nim.signalingMarkMsgRead({ msgid: missing }));
      assert.deepEqual([what instanceof Error, what.callFunc], [false, 'api::signalling']);
      assert.match(what.message, /^缺少参数 msgid,/);
    }
    assert.match(thrown(() => nim.signalingMarkMsgRead()).message, /msgid/);
    assert.equal(go.called('signalingMarkMsgRead').length, 0);
  });

  test('signalingMarkMsgRead fails in silence: refused, not logged in, or not to be sent at all', async () => {
    const unhandled = mock.fn();
    process.on('unhandledRejection', unhandled);
    try {
      const offline = NIM.getInstance({ ...login, account: 'bob' });
      assert.equal(offline.signalingMarkMsgRead({ msgid: '1' }), undefined);
      const nim = await loggedIn();
      go.answers.signalingMarkMsgRead = () => {
        throw page.failed({ code: 503, name: 'NIMError', message: 'busy' });
      };
      assert.equal(nim.signalingMarkMsgRead({ msgid: '1' }), undefined);
      assert.equal(nim.signalingMarkMsgRead({ msgid: 1n }), undefined);
      await settled();
      await settled();
      assert.equal(unhandled.mock.callCount(), 0);
      assert.deepEqual(go.called('signalingMarkMsgRead'), [{ msgid: '1' }]);
    } finally {
      process.off('unhandledRejection', unhandled);
    }
  });
});
