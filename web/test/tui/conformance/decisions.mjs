// TUI contract, section 10, T1 to T9: what we decided where the documentation and the SDK leave it open.

import { equal, keys, match, ok, refused } from './claims.mjs';

export const decisions = [
  ['T1', 'engines, managers and listeners before the module is ready; calls wait for it', async (t) => {
    const page = await t.page(); // it has made an engine, its manager and its listeners, and loads only now
    const account = t.account('ada');
    const logged = page.Engine.login({ sdkAppId: 1400000001, userId: account, userSig: 'any' });
    const roomId = t.unique();
    const made = page.engine.createRoom({ roomId });
    const entered = made.then(() => page.engine.enterRoom({ roomId }));
    equal((await entered).roomOwner, account);
    await logged;
  }],
  ['T2', 'count: 20 where it is absent, 0 or less, and 100 at the most; a cursor that is none: -1001 naming it', async (t) => {
    const ada = await t.login('ada');
    const roomId = await t.room(ada);
    await ada.manager.inviteUsers({ roomId, userIdList: Array.from({ length: 120 }, (_, i) => t.account(`guest${i}`)) });
    const part = async (count) => (await ada.manager.getInvitationList({ roomId, cursor: '', count })).invitationList.length;
    equal([await part(undefined), await part(0), await part(-1), await part(1), await part(100), await part(1000)], [20, 20, 20, 1, 100, 100]);
    await refused(ada.manager.getInvitationList({ roomId, cursor: 'no cursor', count: 20 }), -1001, { field: 'cursor' });
  }],
  ['T3, userIdList', 'none or []: -1001; one named twice counts once', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const roomId = await t.room(ada);
    for (const userIdList of [undefined, []]) await refused(ada.manager.inviteUsers({ roomId, userIdList }), -1001, /^invalid user_id_list/);
    equal(await ada.manager.inviteUsers({ roomId, userIdList: [bob.account, bob.account] }), { [bob.account]: 0 });
    await bob.next('onReceiveInvitation');
    await bob.nothing();
  }],
  ['T3, timeout', 'negative, NaN or no number: -1001 naming it', async (t) => {
    const ada = await t.login('ada');
    const roomId = await t.room(ada);
    for (const timeout of [-1, NaN, Infinity, '60', null, {}]) {
      await refused(ada.manager.inviteUsers({ roomId, userIdList: ['bob'], timeout }), -1001, { field: 'timeout' });
    }
  }],
  ['T4', "a bad roomId: -1001 'invalid conference_id' with the rule in the manager, -2105 in createRoom and enterRoom", async (t) => {
    const ada = await t.login('ada');
    for (const [roomId, rule] of [['x'.repeat(65), /64 bytes/], ['a/b', /a-z/]]) {
      match((await refused(ada.manager.accept({ roomId }), -1001, /^invalid conference_id/)).message, rule);
      match((await refused(ada.engine.createRoom({ roomId }), -2105)).message, rule);
      await refused(ada.engine.enterRoom({ roomId }), -2105);
    }
  }],
  ['T5', 'inviteUsers resolves with a code for each, also when nobody was asked; being in another room is kSuccess', async (t) => {
    const [ada, bob, eve, kim] = await t.cast('ada', 'bob', 'eve', 'kim');
    const roomId = await t.room(ada, eve);
    await t.room(kim);
    await t.ring(ada, bob, roomId);
    const result = await ada.manager.inviteUsers({ roomId, userIdList: [ada.account, bob.account, eve.account, kim.account, '__proto__'] });
    equal(Object.entries(result), [[ada.account, 2], [bob.account, 1], [eve.account, 2], [kim.account, 0], ['__proto__', 0]]);
    equal(Object.getPrototypeOf(result), null);
    equal(await ada.manager.inviteUsers({ roomId, userIdList: [ada.account, bob.account] }), { [ada.account]: 2, [bob.account]: 1 });
    await bob.nothing();
  }],
  ['T6', "the documentation's names of enums are there, not enumerable; TUIInvitationStatus[1] is 'kPending'", async (t) => {
    const { tui } = await t.page();
    equal([tui.TUIInvitationStatus[1], tui.TUIInvitationStatus.PENDING], ['kPending', 1]);
    equal(Object.keys(tui.TUIInvitationCode), ['0', '1', '2', 'kSuccess', 'kAlreadyInInvitationList', 'kAlreadyInConference']);
  }],
  ['T7', 'reason, timeout, extensionInfo, cursor and count may be left out', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const roomId = await t.room(ada);
    await ada.manager.inviteUsers({ roomId, userIdList: [bob.account] });
    await bob.next('onReceiveInvitation');
    await bob.manager.reject({ roomId });
    keys(await ada.manager.getInvitationList({ roomId }), ['invitationList', 'cursor'], 'the list');
  }],
  ['T8, entering', 'accepts what is pending: the inviter hears onInvitationAccepted, the room StatusChanged, then Removed', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const bob2 = await t.login('bob', { device: 'two' });
    const roomId = await t.room(ada);
    await t.ring(ada, bob, roomId);
    await bob.engine.enterRoom({ roomId });
    await bob2.next('onInvitationHandledByOtherDevice', { accepted: true });
    await ada.next('onRoomUserCountChanged');
    equal(ada.heard.names, ['onInvitationAdded', 'onInvitationAccepted', 'onInvitationStatusChanged', 'onInvitationRemoved', 'onRemoteUserEnterRoom', 'onRoomUserCountChanged']);
    await ada.about('onInvitationStatusChanged', bob, 3);
    equal(await ada.list(roomId), []);
  }],
  ['T8, nothing pending', 'accept and reject: 100002; of one that has ended, the message says how', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const roomId = await t.room(ada);
    const answers = (pattern) => Promise.all(['accept', 'reject'].map((answer) => refused(bob.manager[answer]({ roomId }), 100002, pattern)));
    await answers(/invitation/i);
    await t.ring(ada, bob, roomId);
    await bob.manager.reject({ roomId });
    await answers(/reject/i);
    await t.ring(ada, bob, roomId);
    await ada.manager.cancelInvitation({ roomId, userIdList: [bob.account] });
    await answers(/cancel/i);
    await t.ring(ada, bob, roomId);
    await bob.manager.accept({ roomId });
    await answers(/accept/i);
    await t.ring(ada, bob, roomId, { timeout: 1 });
    await bob.next('onInvitationTimeout');
    await answers(/expire|timeout/i);
  }, 'slow'],
  ['T9, cancel', "general users cancel their own; others': -2301", async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    const roomId = await t.room(ada, bob);
    await t.ring(ada, eve, roomId);
    await refused(bob.manager.cancelInvitation({ roomId, userIdList: [eve.account] }), -2301);
    await eve.forget();
    await ada.manager.cancelInvitation({ roomId, userIdList: [eve.account] });
    await eve.next('onInvitationCancelled');
  }],
  ['T9, list', 'timed out and rejected stay until they are invited again; accepted until they have entered', async (t) => {
    const [ada, bob, eve, kim] = await t.cast('ada', 'bob', 'eve', 'kim');
    const roomId = await t.room(ada);
    await t.ring(ada, bob, roomId, { timeout: 1 });
    for (const one of [eve, kim]) await t.ring(ada, one, roomId);
    await eve.manager.reject({ roomId });
    await kim.manager.accept({ roomId });
    await ada.about('onInvitationTimeout', bob, 2);
    equal(await ada.list(roomId), [[bob.account, 2], [eve.account, 4], [kim.account, 3]]);
    await kim.engine.enterRoom({ roomId });
    await ada.forget();
    await t.ring(ada, eve, roomId);
    equal(await ada.list(roomId), [[bob.account, 2], [eve.account, 1]]);
    await ada.about('onInvitationRemoved', eve, 4);
    await ada.about('onInvitationAdded', eve, 1);
    ok(!ada.heard.names.includes('onInvitationStatusChanged'), 'a new invitation is a new entry');
  }, 'slow'],
];
