// Logging in and out, and when the module is there.

import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { TUIRoomEngine, ada, engine, go, login, manager, page, promised, rejection, settled } from './page.mjs';

const { keys } = Object;

describe('login', () => {
  test('opens a target of its own and logs in there', async () => {
    assert.equal(await login(), undefined);
    assert.deepEqual(go.calls.map((call) => call[0]), ['open', 'login']);
    const [opened] = go.called('open');
    assert.deepEqual({ ...opened, device: '', life: '' }, { dialect: 'tui', url: 'ws://relay.test/ws', app: '7', account: 'ada', token: 'secret', device: '', life: '' });
    assert.match(opened.device, /^[0-9a-f]{32}$/);
    assert.match(opened.life, /^[0-9a-f]{32}$/);
    assert.deepEqual(go.called('login'), [ada]);
    assert.match(go.calls[0][2], /^tui-/);
  });

  test('takes the name of the device', async () => {
    await login({ deviceId: 'desk' });
    assert.equal(go.called('open')[0].device, 'desk');
  });

  for (const [name, wrong, text] of [
    ['sdkAppId', undefined, "'sdkAppId' is a required param when calling login(), received: undefined."],
    ['userId', undefined, "'userId' is a required param when calling login(), received: undefined."],
    ['userSig', undefined, "'userSig' is a required param when calling login(), received: undefined."],
    ['sdkAppId', '7', "'sdkAppId' must be type of number when calling login(), received type: string."],
    ['sdkAppId', NaN, "'sdkAppId' cannot be 'NaN' when calling login()."],
    ['userId', null, "'userId' must be type of string when calling login(), received type: null."],
    ['userId', '', "'userId' cannot be '' when calling login()."],
    ['userSig', ' ', "'userSig' cannot be ' ' when calling login()."],
  ]) {
    test(`rejects ${name} ${JSON.stringify(wrong) ?? wrong}`, async () => {
      const error = await rejection(login({ [name]: wrong }));
      assert.deepEqual([error.code, error.message, error.field], [-1001, text, name]);
      assert.ok(error instanceof page.TUIError);
      assert.deepEqual(go.calls, []);
    });
  }

  test('without options rejects, and does not throw', async () => {
    assert.equal((await rejection(TUIRoomEngine.login())).code, -1001);
  });

  test('rejects as the relay does, and the next one begins anew', async () => {
    go.answers.login = () => {
      throw page.failed({ code: -1003, message: 'no' });
    };
    assert.deepEqual({ ...(await rejection(login())) }, { code: -1003, message: 'no', name: '' });
    assert.equal((await rejection(engine.exitRoom())).code, -1002);
    assert.equal(go.called('destroy').length, 1);
    go.answers.login = {};
    await login();
    const [first, second] = go.calls.filter((call) => call[0] === 'open').map((call) => call[2]);
    assert.notEqual(first, second);
  });

  test('rejects with a sentence when the module cannot be loaded', async () => {
    go.load = async () => {
      throw new Error('beckon: cannot load it');
    };
    const error = await rejection(login());
    assert.deepEqual([error.code, error.message], [-1, 'beckon: cannot load it']);
    go.load = async () => {};
    await login();
  });

  test('rejects at once when there is no way to open a socket', async () => {
    const errors = [];
    engine.on('onError', (error) => errors.push(error));
    go.answers.login = () => promised().promise;
    const logged = rejection(login());
    await settled();
    go.event('error', { code: 'bad-url', message: 'cannot open it' });
    assert.deepEqual({ ...(await logged) }, { code: -1, message: 'cannot open it', name: '' });
    assert.deepEqual(errors, [{ code: -1, message: 'cannot open it' }]);
  });

  test('again, for the same account, tells the module the new userSig and stays the same target', async () => {
    await login();
    await login({ userSig: 'new' });
    const opens = go.calls.filter((call) => call[0] === 'open');
    assert.deepEqual(opens.map((call) => call[1].token), ['secret', 'new']);
    assert.equal(opens[0][2], opens[1][2]);
    assert.equal(opens[0][1].life, opens[1][1].life);
    assert.deepEqual(go.called('logout'), []);
  });

  test('of another account logs the first one out', async () => {
    await login();
    await login({ userId: 'bob' });
    assert.deepEqual(go.calls.map((call) => call[0]), ['open', 'login', 'logout', 'destroy', 'open', 'login']);
    assert.deepEqual(go.called('open').map((o) => o.account), ['ada', 'bob']);
  });

  test('is what calls wait for that are made meanwhile', async () => {
    const { promise, resolve } = promised();
    go.answers.login = () => promise;
    const logged = login();
    const left = engine.exitRoom();
    await settled();
    assert.deepEqual(go.called('exitRoom'), []);
    resolve({});
    await Promise.all([logged, left]);
    assert.equal(go.called('exitRoom').length, 1);
  });

  test('is over when logout overtakes it', async () => {
    go.answers.login = () => promised().promise;
    const logged = rejection(login());
    await settled();
    await TUIRoomEngine.logout();
    assert.equal((await logged).code, -1002);
  });
});

describe('logout', () => {
  test('resolves when the module has logged out, which then forgets the target', async () => {
    await login();
    assert.equal(await TUIRoomEngine.logout(), undefined);
    assert.deepEqual(go.calls.map((call) => call[0]), ['open', 'login', 'logout', 'destroy']);
    assert.equal(go.listeners.size, 0);
    assert.equal((await rejection(engine.exitRoom())).code, -1002);
  });

  test('does nothing when nobody is logged in', async () => {
    await TUIRoomEngine.logout();
    assert.deepEqual(go.calls, []);
  });

  test('leaves the listeners for the next login', async () => {
    const heard = [];
    engine.on('onError', (error) => heard.push(error));
    await login();
    await TUIRoomEngine.logout();
    await login();
    go.event('onError', { code: 1, message: 'm' });
    assert.deepEqual(heard, [{ code: 1, message: 'm' }]);
  });
});

describe("once('ready')", () => {
  test('calls back once, when the module is there', async () => {
    const { promise, resolve } = promised();
    go.load = () => promise;
    let times = 0;
    TUIRoomEngine.once('ready', () => times++);
    await settled();
    assert.equal(times, 0);
    resolve();
    await settled();
    assert.equal(times, 1);
    await login();
    assert.equal(times, 1);
  });

  test('calls back at once when the module is there already', async () => {
    await login();
    let times = 0;
    TUIRoomEngine.once('ready', () => times++);
    assert.equal(times, 1);
  });

  test('engines, the manager and listeners do not wait for it (T1)', () => {
    go.load = () => promised().promise;
    const early = new TUIRoomEngine({ isSharedInstance: false });
    early.on('onError', () => {});
    early.getConferenceInvitationManager().on('onReceiveInvitation', () => {});
    early.getConferenceInvitationManager().off('onReceiveInvitation', () => {});
    assert.ok(TUIRoomEngine.getInstance() instanceof TUIRoomEngine);
    assert.equal(TUIRoomEngine.getInstance(), TUIRoomEngine.getInstance());
  });
});

describe('a page has one of it all', () => {
  test('all engines share the manager, and `new` of it answers it too', () => {
    assert.equal(new TUIRoomEngine().getConferenceInvitationManager(), manager);
    assert.equal(TUIRoomEngine.getInstance().getConferenceInvitationManager(), manager);
    assert.equal(new page.TUIConferenceInvitationManager({}), manager);
  });

  test('engines keep nothing themselves, so a framework may wrap them', async () => {
    assert.deepEqual(keys(engine), []);
    await login();
    const wrapped = new Proxy(engine, {});
    await wrapped.exitRoom();
    await new Proxy(manager, {}).accept({ roomId: 'r1' });
    assert.equal(go.called('accept').length, 1);
  });
});

describe('a module that dies', () => {
  test('is replaced: it logs in by itself, in a new life, and goes back into the room', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const errors = [];
    engine.on('onError', (error) => errors.push(error));
    go.answers.enterRoom = { roomId: 'r1' };
    await login();
    await engine.enterRoom({ roomId: 'r1' });
    const before = go.called('open')[0];
    go.calls.length = 0;
    go.die();
    await settled();
    assert.deepEqual(errors, [{ code: -1, message: 'Go has ended' }]);
    assert.deepEqual(go.calls.map((call) => call[0]), ['open', 'login', 'enterRoom']);
    const [after] = go.called('open');
    assert.equal(after.device, before.device);
    assert.notEqual(after.life, before.life);
  });

  test('is tried again until it loads, and calls wait for it', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    await login();
    go.load = async () => {
      throw new Error('offline');
    };
    go.calls.length = 0;
    go.die();
    await settled();
    const failed = await rejection(engine.exitRoom());
    assert.equal(failed.message, 'offline');
    go.load = async () => {};
    mock.timers.tick(1000);
    await settled();
    assert.deepEqual(go.calls.map((call) => call[0]), ['open', 'login']);
    await engine.exitRoom();
  });

  test('tells that the room is lost when there is no way back into it', async () => {
    const out = [];
    engine.on('onKickedOutOfRoom', (why) => out.push(why));
    go.answers.enterRoom = { roomId: 'r1' };
    await login();
    await engine.enterRoom({ roomId: 'r1' });
    go.answers.enterRoom = () => {
      throw page.failed({ code: 100004, message: 'no such room' });
    };
    go.die();
    await settled();
    assert.deepEqual(out, [{ roomId: 'r1', reason: page.TUIKickedOutOfRoomReason.kJoinRoomStatusInvalidDuringOffline, message: 'no such room' }]);
  });

  test('does not bring back who has logged out', async () => {
    await login();
    await TUIRoomEngine.logout();
    go.calls.length = 0;
    go.die();
    await settled();
    assert.deepEqual(go.calls, []);
  });
});
