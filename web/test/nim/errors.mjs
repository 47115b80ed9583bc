// What calls reject with.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { all, channel, channelInfo, go, loggedIn, login, members, membersTwice, names, NIM, page, rejection } from './page.mjs';

describe('errors', () => {
  const fails = (method, failure) => {
    go.answers[method] = () => {
      throw page.failed(failure);
    };
  };

  test('a refusal of the relay is a NIMError with the vendor\'s fields', async () => {
    const nim = await loggedIn();
    fails('signalingJoin', { code: 10404, name: 'NIMError', message: 'ROOM_NOT_EXISTS' });
    const error = await rejection(nim.signalingJoin({ channelId: 'c1' }));
    assert.ok(error instanceof Error && error instanceof page.NIMError);
    const { timetag, stack, ...rest } = { ...error };
    assert.deepEqual(rest, {
      name: 'NIMError',
      code: 10404,
      message: 'ROOM_NOT_EXISTS',
      event: {},
      callFunc: 'api::signalling',
      cmd: 'signalingJoin',
    });
    assert.equal(typeof timetag, 'number');
    assert.match(String(error), /^NIMError: ROOM_NOT_EXISTS$/);
    assert.match(JSON.stringify(error), /"message":"ROOM_NOT_EXISTS"/);
  });

  test('field, limit, after and detail come along when there are any', async () => {
    const nim = await loggedIn();
    const more = { field: 'requestId', limit: 128, after: 5, detail: 'is 129 long' };
    fails('signalingInvite', { code: 10414, name: 'NIMError', message: 'bad', ...more });
    const { field, limit, after, detail } = await rejection(nim.signalingInvite(names));
    assert.deepEqual({ field, limit, after, detail }, more);
  });

  for (const [method, code] of [['signalingInvite', 10201], ['signalingCall', 10202]]) {
    test(`${code} of ${method} says in which channel the invitation stands`, async () => {
      const nim = await loggedIn();
      fails(method, { code, name: 'NIMError', message: 'PEER_NIM_OFFLINE', channel, members });
      const error = await rejection(nim[method](all));
      assert.deepEqual([error.channelId, error.channelInfo, error.members], ['c1', channelInfo, membersTwice]);
      assert.match(error.message, /OFFLINE/i);
      page.configure({ nim: { exact: true } });
      const bare = await rejection(nim[method](all));
      assert.ok(!('channelId' in bare) && !('channel' in bare) && !('members' in bare));
    });
  }

  test('trouble with the link has the vendor\'s text for a code', async () => {
    const nim = await loggedIn();
    for (const code of ['Error_Connection_Socket_State_not_Match', 'Error_Internet_Disconnected', 'Error_Timeout']) {
      fails('signalingLeave', { code, name: 'NIMError', message: 'so it is' });
      const error = await rejection(nim.signalingLeave(names));
      assert.deepEqual([error.name, error.code, error.cmd], ['NIMError', code, 'signalingLeave']);
    }
  });

  test('before the module is there, a call is refused at once as not logged in', async () => {
    go.load = () => new Promise(() => {});
    const nim = NIM.getInstance(login);
    const error = await rejection(nim.signalingCreate({ type: 1 }));
    assert.deepEqual([error.name, error.code], ['NIMError', 'Error_Connection_Socket_State_not_Match']);
  });

  test('a module that dies meanwhile is a link that was lost: what became of the call is not known', async () => {
    const nim = await loggedIn();
    fails('signalingCreate', { code: 'module-exit', name: 'module-exit', message: 'Go has ended' });
    const error = await rejection(nim.signalingCreate({ type: 1 }));
    assert.deepEqual([error.code, error.detail], ['Error_Internet_Disconnected', 'module-exit']);
  });

  test('an instance that the module does not know yet is not logged in', async () => {
    const nim = await loggedIn();
    fails('signalingCreate', { code: 'no-target', name: 'BeckonError', message: 'nim1 is not open' });
    assert.equal((await rejection(nim.signalingCreate({ type: 1 }))).code, 'Error_Connection_Socket_State_not_Match');
  });

  test('a fault of ours is a 500 that keeps its own name', async () => {
    const nim = await loggedIn();
    for (const code of ['panic', 'internal']) {
      fails('signalingCreate', { code, name: code, message: 'index out of range' });
      const error = await rejection(nim.signalingCreate({ type: 1 }));
      assert.deepEqual([error.name, error.code, error.detail, error.message], ['NIMError', 500, code, 'index out of range']);
    }
    go.answers.signalingCreate = () => {
      throw new TypeError('no failure at all');
    };
    assert.equal((await rejection(nim.signalingCreate({ type: 1 }))).code, 500);
  });

  test('only 10201 and 10202 read like somebody offline: known pages look for that word', async () => {
    const nim = NIM.getInstance(login);
    const errors = [await rejection(nim.signalingCreate({ type: 1 })), await rejection(nim.signalingCreate({ type: 1n }))];
    for (const error of errors) assert.doesNotMatch(error.message, /offline/i);
  });
});
