// TUI contract, section 1: loading and lifecycle.

import { equal, keys, ok, refused } from './claims.mjs';

export const life = [
  ['1 exports', 'the class is the default export; the enums, events and managers have their names', async (t) => {
    const { tui, Engine } = await t.page();
    equal(tui.TUIRoomEngine === Engine, true);
    for (const name of [
      'TUIRoomEvents', 'TUIConferenceInvitationManager', 'TUIConferenceInvitationManagerEvents', 'TUIInvitationStatus', 'TUIInvitationCode',
      'TUIInvitationRejectedReason', 'TUIErrorCode', 'TUIRole', 'TUIRoomType', 'TUISeatMode', 'TUIKickedOutOfRoomReason',
      'TUIRoomDismissedReason', 'TIM', 'TencentCloudChat', 'TRTCCloud', 'TRTCVideoResolution', 'TUIVideoStreamType', 'TUIMediaDevice',
    ]) {
      ok(tui[name], `there is ${name}`);
    }
  }],
  ["1 once('ready')", 'calls back when the module is there, and at once when it is already', async (t) => {
    const { Engine } = await t.page();
    await new Promise((ready) => Engine.once('ready', ready));
    let again = 0;
    Engine.once('ready', () => again++);
    equal(again, 1);
  }],
  ['1 new', 'any number of engines, shared or not; they are one', async (t) => {
    const ada = await t.login('ada');
    const other = new ada.Engine({ isSharedInstance: false });
    const roomId = await t.room(ada);
    equal((await other.fetchRoomInfo()).roomId, roomId);
    equal(ada.Engine.getInstance() === ada.Engine.getInstance(), true);
    equal((await ada.Engine.getInstance().fetchRoomInfo()).roomId, roomId);
  }],
  ['1 one manager', 'all engines share one manager, and the constructor answers it', async (t) => {
    const { Engine, engine, manager, tui } = await t.page();
    equal(new Engine().getConferenceInvitationManager() === manager, true);
    equal(engine.getConferenceInvitationManager() === manager, true);
    equal(new tui.TUIConferenceInvitationManager({}) === manager, true);
  }],
  ['1 emitter', 'on and off answer nothing; any event is taken; there is no once', async (t) => {
    const { manager, engine } = await t.page();
    const fn = () => {};
    for (const on of [manager, engine]) equal([on.on('anything', fn), on.off('anything', fn), on.off('another', fn), on.once], [undefined, undefined, undefined, undefined]);
  }],
  ['1 login', 'waits for the module by itself; again, it is no mistake; as somebody else, the first one is logged out', async (t) => {
    const page = await t.page();
    const options = { sdkAppId: 1400000001, userId: t.account('ada'), userSig: 'any' };
    equal(await page.Engine.login(options), undefined);
    await page.Engine.login(options);
    equal((await page.Engine.getSelfInfo()).userId, options.userId);
    await page.Engine.login({ ...options, userId: t.account('eve') });
    equal((await page.Engine.getSelfInfo()).userId, t.account('eve'));
  }],
  ['1 logout', 'leaves the room and ends the login; the listeners are there for the next one', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const roomId = await t.room(ada, bob);
    equal(await bob.Engine.logout(), undefined);
    await ada.next('onRemoteUserLeaveRoom', { roomId });
    await refused(bob.engine.fetchRoomInfo({ roomId }), -1002);
    await bob.Engine.login(bob.options);
    await t.ring(ada, bob, roomId);
  }],
  ['1 page and tab', 'a page that reloads without leaving is the same device: it may go back into its room', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const roomId = await t.room(ada, bob);
    const bobAgain = await t.login('bob');
    equal(await bobAgain.engine.enterRoom({ roomId }).then((room) => room.roomMemberCount), 2);
    equal(await bobAgain.users(), [ada.account, bob.account]);
    await ada.nothing();
    keys(await bobAgain.Engine.getSelfInfo(), ['userId', 'userName', 'avatarUrl', 'customInfo', 'level'], 'self');
  }],
];
