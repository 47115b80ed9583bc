// What listeners hear.

import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { TUIRoomEngine, engine, go, invitation, login, manager, page, roomInfo, settled } from './page.mjs';

const listed = ['onInvitationAdded', 'onInvitationRemoved', 'onInvitationStatusChanged'];

function diary(on) {
  const said = [];
  return { said, listen: (name) => on.on(name, (...args) => said.push([name, ...args])) };
}

describe('events', () => {
  test('of invitations go to the manager, all others to the engine, with one object', async () => {
    const [mine, rooms] = [diary(manager), diary(engine)];
    const names = Object.values(page.TUIConferenceInvitationManagerEvents);
    for (const name of names) mine.listen(name);
    for (const name of ['onError', 'onInvitationAdded', 'onRoomDismissed', 'onUserInfoChanged']) rooms.listen(name);
    await login();
    for (const name of names) go.event(name, { roomInfo, invitation });
    for (const name of ['onError', 'onRoomDismissed', 'onUserInfoChanged']) go.event(name, { roomId: 'r1' });
    assert.deepEqual(mine.said, names.map((name) => [name, { roomInfo, invitation }]));
    assert.deepEqual(rooms.said, ['onError', 'onRoomDismissed', 'onUserInfoChanged'].map((name) => [name, { roomId: 'r1' }]));
  });

  test('without a payload come without an argument', async () => {
    const { said, listen } = diary(engine);
    listen('onUserSigExpired');
    await login();
    go.event('onUserSigExpired', null);
    assert.deepEqual(said, [['onUserSigExpired']]);
  });

  test('reach the listeners of all engines', async () => {
    const [one, other] = [diary(engine), diary(TUIRoomEngine.getInstance())];
    one.listen('onError');
    other.listen('onError');
    await login();
    go.event('onError', { code: 1, message: 'm' });
    assert.deepEqual([one.said, other.said], [[['onError', { code: 1, message: 'm' }]], [['onError', { code: 1, message: 'm' }]]]);
  });

  test('of the list have roomInfo as the id, when so configured, and only they', async () => {
    const { said, listen } = diary(manager);
    for (const name of [...listed, 'onInvitationAccepted']) listen(name);
    await login();
    page.configure({ tui: { roomInfoAsId: true } });
    for (const name of [...listed, 'onInvitationAccepted']) go.event(name, { roomInfo, invitation });
    assert.deepEqual(said.map(([, { roomInfo }]) => roomInfo), ['r1', 'r1', 'r1', roomInfo]);
    page.configure({ tui: { roomInfoAsId: undefined } });
    go.event(listed[0], { roomInfo, invitation });
    assert.deepEqual(said.at(-1)[1], { roomInfo, invitation });
  });
});

describe('on and off', () => {
  test('answer nothing, take any event, and off is silent about what it does not know', () => {
    const fn = () => {};
    for (const emitter of [engine, manager, engine.getConferenceListManager(), engine.getMediaDeviceManager(), engine.getTRTCCloud(), engine.getTIM()]) {
      assert.equal(emitter.off('onReceiveInvitation', fn), undefined);
      assert.equal(emitter.on('onWhatever', fn), undefined);
      assert.equal(emitter.off('onWhatever', fn), undefined);
    }
    assert.equal(manager.once, undefined);
  });

  test('a listener that is off hears nothing more, and one that goes while it is told disturbs nobody', async () => {
    const said = [];
    const first = () => {
      said.push('first');
      manager.off('onInvitationCancelled', first);
    };
    manager.on('onInvitationCancelled', first);
    manager.on('onInvitationCancelled', () => said.push('second'));
    await login();
    go.event('onInvitationCancelled', { roomInfo, invitation });
    go.event('onInvitationCancelled', { roomInfo, invitation });
    assert.deepEqual(said, ['first', 'second', 'second']);
  });

  test('a listener that throws is reported, and the others hear', async () => {
    const report = mock.fn();
    globalThis.reportError = report;
    try {
      let heard = 0;
      engine.on('onError', () => {
        throw new Error('mine');
      });
      engine.on('onError', () => heard++);
      await login();
      go.event('onError', { code: 1, message: 'm' });
      assert.deepEqual([heard, report.mock.calls[0].arguments[0].message], [1, 'mine']);
    } finally {
      delete globalThis.reportError;
    }
  });

  test('only functions listen', () => {
    assert.throws(() => manager.on('onReceiveInvitation', undefined), TypeError);
  });
});

describe('an invitation that comes before anybody listens', () => {
  const rings = (roomId) => go.event('onReceiveInvitation', { roomInfo: { roomId }, invitation, extensionInfo: '' });

  test('is told to the first who does', async () => {
    go.answers.ring = () => rings('r1');
    await login();
    rings('r1');
    const { said, listen } = diary(manager);
    listen('onReceiveInvitation');
    await settled();
    assert.deepEqual(said.map(([, { roomInfo }]) => roomInfo.roomId), ['r1']);
    assert.equal(go.called('ring').length, 1);
  });

  test('is not told a second time, nor what was heard before', async () => {
    go.answers.ring = () => {
      rings('heard');
      rings('missed');
    };
    const { said, listen } = diary(manager);
    const early = () => {};
    manager.on('onReceiveInvitation', early);
    await login();
    rings('heard');
    manager.off('onReceiveInvitation', early);
    rings('missed');
    listen('onReceiveInvitation');
    await settled();
    assert.deepEqual(said.map(([, { roomInfo }]) => roomInfo.roomId), ['missed']);
    manager.on('onReceiveInvitation', early);
    await settled();
    assert.equal(go.called('ring').length, 1);
  });

  test('is not asked for when all were heard, or nobody is logged in', async () => {
    manager.on('onReceiveInvitation', () => {});
    await login();
    rings('r1');
    manager.on('onReceiveInvitation', () => {});
    assert.deepEqual(go.called('ring'), []);
  });
});
