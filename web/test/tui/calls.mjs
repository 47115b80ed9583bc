// What calls pass on, and what they resolve to.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TUIRoomEngine, engine, go, login, manager, page, rejection, roomInfo } from './page.mjs';

describe('the engine', () => {
  for (const [method, options] of Object.entries({
    createRoom: { roomId: 'r1', roomName: 'n', maxSeatCount: 5 },
    exitRoom: undefined,
    destroyRoom: undefined,
    kickRemoteUserOutOfRoom: { userId: 'bob' },
    changeUserRole: { userId: 'bob', userRole: 1 },
    changeUserNameCard: { userId: 'bob', nameCard: 'B' },
    updateRoomNameByAdmin: { roomName: 'n' },
    updateRoomPasswordByAdmin: { password: 'p' },
  })) {
    test(`${method} passes its options on, and resolves to nothing`, async () => {
      await login();
      go.answers[method] = null;
      assert.equal(await engine[method](options), undefined);
      assert.deepEqual(go.called(method), [options ?? {}]);
    });
  }

  for (const [method, options] of Object.entries({
    enterRoom: { roomId: 'r1', roomType: 1, options: { password: 'p' } },
    fetchRoomInfo: { roomId: 'r1', roomType: 1 },
    getUserList: { nextSequence: 50 },
    getUserInfo: { userId: 'bob' },
  })) {
    test(`${method} passes its options on, and resolves to what the module answers`, async () => {
      await login();
      go.answers[method] = { ...roomInfo };
      assert.deepEqual(await engine[method]({ ...options }), roomInfo);
      assert.deepEqual(go.called(method), [options]);
    });
  }

  test('fetchRoomInfo and getUserList need no options', async () => {
    await login();
    await engine.fetchRoomInfo();
    await engine.getUserList();
    assert.deepEqual([go.called('fetchRoomInfo'), go.called('getUserList')], [[{}], [{}]]);
  });

  test('setSelfInfo and getSelfInfo are static', async () => {
    await login();
    const self = { userName: 'Ada', avatarUrl: 'a.png', customInfo: { level: 3 } };
    assert.equal(await TUIRoomEngine.setSelfInfo(self), undefined);
    assert.deepEqual(go.called('setSelfInfo'), [self]);
    go.answers.getSelfInfo = { userId: 'ada', ...self };
    assert.deepEqual(await TUIRoomEngine.getSelfInfo(), { userId: 'ada', ...self });
  });

  test('createRoom deletes `password` from the object it is given, enterRoom `options`, after having read them', async () => {
    await login();
    const created = { roomId: 'r1', password: 'p' };
    const entered = { roomId: 'r1', options: { password: 'p' } };
    go.answers.enterRoom = roomInfo;
    await Promise.all([engine.createRoom(created), engine.enterRoom(entered)]);
    assert.deepEqual([created, entered], [{ roomId: 'r1' }, { roomId: 'r1' }]);
    assert.deepEqual([go.called('createRoom')[0].password, go.called('enterRoom')[0].options], ['p', { password: 'p' }]);
    await engine.createRoom(Object.freeze({ roomId: 'r2', password: 'p' }));
    assert.equal(go.called('createRoom')[1].password, 'p');
  });
});

describe('the manager', () => {
  test('passes on what the vendor does, and nothing else', async () => {
    await login();
    await manager.inviteUsers({ roomId: 'r1', userIdList: ['bob'], timeout: 60, extensionInfo: 'x', more: 1 });
    await manager.inviteUsers({ roomId: 'r1', userIdList: ['bob'] });
    await manager.cancelInvitation({ roomId: 'r1', userIdList: ['bob'], more: 1 });
    await manager.accept({ roomId: 'r1', more: 1 });
    await manager.reject({ roomId: 'r1', reason: 1 });
    await manager.reject({ roomId: 'r1' });
    await manager.getInvitationList({ roomId: 'r1', cursor: '', count: 20 });
    await manager.getInvitationList({ roomId: 'r1' });
    assert.deepEqual(go.calls.slice(2).map(([method, args]) => [method, args]), [
      ['inviteUsers', { roomId: 'r1', userIdList: ['bob'], timeout: 60, extensionInfo: 'x' }],
      ['inviteUsers', { roomId: 'r1', userIdList: ['bob'], extensionInfo: '' }],
      ['cancelInvitation', { roomId: 'r1', userIdList: ['bob'] }],
      ['accept', { roomId: 'r1' }],
      ['reject', { roomId: 'r1', reason: 1 }],
      ['reject', { roomId: 'r1' }],
      ['getInvitationList', { roomId: 'r1', cursor: '', count: 20 }],
      ['getInvitationList', { roomId: 'r1' }],
    ]);
  });

  test('inviteUsers resolves to a code for each account, without a prototype', async () => {
    await login();
    go.answers.inviteUsers = JSON.parse('{"bob":0,"eve":1,"__proto__":2}');
    const codes = await manager.inviteUsers({ roomId: 'r1', userIdList: ['bob', 'eve', '__proto__'] });
    assert.equal(Object.getPrototypeOf(codes), null);
    assert.deepEqual(Object.entries(codes), [['bob', 0], ['eve', 1], ['__proto__', 2]]);
    assert.equal(codes.constructor, undefined);
  });

  test('resolves to nothing but that and the list', async () => {
    await login();
    for (const method of ['cancelInvitation', 'accept', 'reject']) {
      go.answers[method] = null;
      assert.equal(await manager[method]({ roomId: 'r1' }), undefined, method);
    }
    go.answers.getInvitationList = { invitationList: [], cursor: '' };
    assert.deepEqual(await manager.getInvitationList({ roomId: 'r1' }), { invitationList: [], cursor: '' });
  });

  test('rejects without an object, and does not throw', async () => {
    for (const method of ['inviteUsers', 'cancelInvitation', 'accept', 'reject', 'getInvitationList']) {
      assert.ok((await rejection(manager[method]())) instanceof TypeError, method);
    }
  });
});

describe('a failed call', () => {
  test('rejects with an Error that has code, message and an empty name', async () => {
    await login();
    go.answers.accept = () => {
      throw page.failed({ code: 100002, message: 'no pending invitation', name: 'TUIError' });
    };
    const error = await rejection(manager.accept({ roomId: 'r1' }));
    assert.ok(error instanceof Error && error instanceof page.TUIError);
    assert.deepEqual([error.code, error.message, error.name, typeof error.stack], [100002, 'no pending invitation', '', 'string']);
    assert.deepEqual(JSON.parse(JSON.stringify(error)), { code: 100002, name: '', message: 'no pending invitation' });
  });

  test('has field, limit and after where the module names them', async () => {
    await login();
    go.answers.createRoom = () => {
      throw page.failed({ code: -2107, message: 'too long', field: 'roomName', limit: 30, after: 5 });
    };
    const { field, limit, after } = await rejection(engine.createRoom({ roomId: 'r1' }));
    assert.deepEqual([field, limit, after], ['roomName', 30, 5]);
  });

  test('is -1002 while nobody is logged in, from every call', async () => {
    const { getInvitationList, exitRoom, fetchRoomInfo } = { ...engine };
    for (const call of [
      () => manager.inviteUsers({ roomId: 'r1', userIdList: ['bob'] }),
      () => manager.getInvitationList({ roomId: 'r1' }),
      () => engine.createRoom({ roomId: 'r1' }),
      () => engine.enterRoom({ roomId: 'r1' }),
      () => engine.fetchRoomInfo(),
      () => TUIRoomEngine.getSelfInfo(),
      () => TUIRoomEngine.setSelfInfo({ userName: '', avatarUrl: '' }),
    ]) {
      assert.equal((await rejection(call())).code, page.TUIErrorCode.ERR_SDK_NOT_INITIALIZED);
    }
    assert.deepEqual([getInvitationList, exitRoom, fetchRoomInfo], [undefined, undefined, undefined]);
  });

  test('says of what cannot be sent that it is an invalid parameter, and of what the module does not explain that it failed', async () => {
    await login();
    for (const [failure, code] of [
      [{ code: 'bad-argument', message: 'a cycle' }, -1001],
      [{ code: 'internal', message: 'a panic' }, -1],
      [{ code: 'module-exit', message: 'gone' }, -1],
    ]) {
      go.answers.accept = () => {
        throw page.failed(failure);
      };
      assert.equal((await rejection(manager.accept({ roomId: 'r1' }))).code, code, failure.code);
    }
  });
});
