// nim.V2NIMSignallingService.

import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { go, invite, loggedIn, login, NIM, page, rejection, settled } from './page.mjs';

describe('V2NIMSignallingService', () => {
  const named = { channelId: 'c1', requestId: 'r1' };
  // call → [what is passed, what the module is told]
  const calls = {
    call: [[{ calleeAccountId: 'bob', requestId: 'r1', channelType: 2, pushConfig: { pushEnabled: false } }]],
    callSetup: [[{ ...named, callerAccountId: 'ada' }]],
    joinRoom: [[{ channelId: 'c1', signallingConfig: { selfUid: 7 } }]],
    invite: [[{ ...named, inviteeAccountId: 'bob' }]],
    cancelInvite: [[{ ...named, inviteeAccountId: 'bob', offlineEnabled: false }]],
    rejectInvite: [[{ ...named, inviterAccountId: 'ada' }]],
    acceptInvite: [[{ ...named, inviterAccountId: 'ada' }]],
    createRoom: [[2, 'standup', 'x'], { channelType: 2, channelName: 'standup', channelExtension: 'x' }],
    closeRoom: [['c1', true, 'bye'], { channelId: 'c1', offlineEnabled: true, serverExtension: 'bye' }],
    leaveRoom: [['c1', undefined, 'bye'], { channelId: 'c1', serverExtension: 'bye' }],
    sendControl: [['c1', 'bob', 'mute'], { channelId: 'c1', receiverAccountId: 'bob', serverExtension: 'mute' }],
    getRoomInfoByChannelName: [['standup'], { channelName: 'standup' }],
    delayRoom: [['c1'], { channelId: 'c1' }],
  };

  for (const [name, [given, told = given[0]]] of Object.entries(calls)) {
    test(`${name} passes its parameters on by their names, and the answer back as it is`, async () => {
      const nim = await loggedIn();
      const answer = { roomInfo: { channelInfo: { channelId: 'c1', channelType: 2 }, members: [{ uid: 7 }] } };
      go.answers[`V2.${name}`] = answer;
      const { [name]: call } = nim.V2NIMSignallingService;
      assert.equal(await call(...given), answer);
      assert.deepEqual(go.called(`V2.${name}`), [told]);
    });
  }

  test('a call that answers nothing answers undefined', async () => {
    const { V2NIMSignallingService: v2 } = await loggedIn();
    go.answers['V2.leaveRoom'] = () => null;
    assert.equal(await v2.leaveRoom('c1'), undefined);
  });

  test('what is missing or cannot be sent is a rejection, never thrown', async () => {
    const { V2NIMSignallingService: v2 } = await loggedIn();
    for (const params of [undefined, null, { channelId: 1n }]) {
      const error = await rejection(v2.joinRoom(params));
      assert.ok(error instanceof Error && !(error instanceof page.NIMError));
      assert.deepEqual([error.name, error.code], ['V2NIMError', 191004]);
      assert.match(error.desc, /cannot be sent/);
    }
    assert.equal((await rejection(v2.createRoom('\ud800'))).field, 'channelType');
    assert.equal(go.called('V2.joinRoom').length + go.called('V2.createRoom').length, 0);
    await v2.createRoom();
    assert.deepEqual(go.called('V2.createRoom'), [{}], 'what is required, the module knows');
  });

  test('a failure is the module\'s, as code, desc, message and detail', async () => {
    const { V2NIMSignallingService: v2 } = await loggedIn();
    go.answers['V2.delayRoom'] = () => {
      throw page.failed({ code: 10404, name: 'V2NIMError', message: 'ROOM_NOT_EXISTS', detail: 'c1', field: 'channelId' });
    };
    const error = await rejection(v2.delayRoom('c1'));
    assert.deepEqual(
      [error.name, error.code, error.message, error.desc, error.detail.reason, error.field],
      ['V2NIMError', 10404, 'ROOM_NOT_EXISTS', 'ROOM_NOT_EXISTS', 'c1', 'channelId'],
    );
    assert.equal(typeof error.detail.timetag, 'number');
  });

  test('what is the matter with the SDK itself has the vendor\'s numbers', async () => {
    const { V2NIMSignallingService: v2 } = await loggedIn();
    for (const [code, number] of Object.entries({ 'module-exit': 192003, 'no-target': 190002, 'bad-argument': 191004, panic: 190001 })) {
      go.answers['V2.delayRoom'] = () => {
        throw page.failed({ code, name: code, message: 'so it is' });
      };
      const error = await rejection(v2.delayRoom('c1'));
      assert.deepEqual([error.code, error.detail.reason], [number, code]);
    }
    const offline = NIM.getInstance({ ...login, account: 'bob' }).V2NIMSignallingService;
    assert.equal((await rejection(offline.delayRoom('c1'))).code, 190002);
  });

  test('the module is asked for V2 events when a page first looks at it, once and behind open', async () => {
    const nim = await loggedIn();
    assert.equal(go.called('V2.enable').length, 0);
    const v2 = nim.V2NIMSignallingService;
    assert.equal(nim.V2NIMSignallingService, v2);
    await settled();
    assert.deepEqual(go.calls.map((c) => c[0]), ['open', 'connect', 'open', 'V2.enable']);
    assert.deepEqual(go.called('V2.enable'), [{ ack: true }]);
  });

  test('looked at before the module is there, it is enabled before that connects', async () => {
    let loaded;
    go.load = () => new Promise((resolve) => (loaded = resolve));
    const nim = NIM.getInstance(login);
    await settled();
    void nim.V2NIMSignallingService;
    await settled();
    assert.deepEqual(go.calls, []);
    loaded();
    await settled();
    assert.deepEqual(go.calls.map((c) => c[0]), ['open', 'V2.enable', 'connect']);
  });

  test('what is told is marked as read, unless the page listens to the older events too', async () => {
    for (const [options, event, ack] of [
      [{}, undefined, true],
      [{ onmsg() {} }, 'msg', true],
      [{ onSignalingNotify() {} }, undefined, false],
      [{ onSignalingMembersSyncNotify() {} }, undefined, false],
      [{}, 'signalingUnreadMessageSyncNotify', false],
      [{}, 'signalingMutilClientSyncNotify', false],
    ]) {
      go.calls.length = 0;
      const nim = NIM.getInstance({ ...login, ...options });
      if (event) nim.on(event, () => {});
      void nim.V2NIMSignallingService;
      await settled();
      assert.deepEqual(go.called('V2.enable'), [{ ack }], `${Object.keys(options)} ${event}`);
      nim.destroy();
      await settled();
    }
  });

  test('a module that takes the place of one that died is asked for V2 events as well', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const nim = await loggedIn({ onerror() {} });
    void nim.V2NIMSignallingService;
    await settled();
    go.die();
    mock.timers.tick(10_000);
    await settled();
    assert.deepEqual(go.calls.map((c) => c[0]).slice(-3), ['open', 'V2.enable', 'connect']);
  });

  test('its events are its own, as the module tells them, and end with destroy', async () => {
    const nim = await loggedIn();
    go.event('v2online', { eventType: 3 }); // nobody has looked at the service yet
    const heard = [];
    const v2 = nim.V2NIMSignallingService;
    for (const name of ['onOnlineEvent', 'onOfflineEvent', 'onMultiClientEvent', 'onSyncRoomInfoList']) {
      assert.equal(v2.on(name, (payload) => heard.push([name, payload])), v2);
    }
    v2.once('onOnlineEvent', () => heard.push('once'));
    nim.on('signalingNotify', (event) => heard.push(event.eventType));
    go.event('v2online', { eventType: 3 });
    go.event('v2offline', [{ eventType: 1 }]);
    go.event('v2multiclient', { eventType: 6 });
    go.event('v2rooms', []);
    go.event('notify', invite);
    assert.deepEqual(heard, [
      ['onOnlineEvent', { eventType: 3 }],
      'once',
      ['onOfflineEvent', [{ eventType: 1 }]],
      ['onMultiClientEvent', { eventType: 6 }],
      ['onSyncRoomInfoList', []],
      'INVITE',
    ]);
    v2.off('onOnlineEvent');
    go.event('v2online', { eventType: 3 });
    assert.equal(heard.length, 6);
    nim.destroy();
    assert.equal(v2.emit('onOfflineEvent', []), false);
  });
});
