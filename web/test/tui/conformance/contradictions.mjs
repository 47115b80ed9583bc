// TUI contract, section 6: where the documentation contradicts the SDK, and what we do.

import { equal, has, keys, refused } from './claims.mjs';

async function rung(t) {
  const [ada, bob] = await t.cast('ada', 'bob');
  const roomId = await t.room(ada);
  return { ada, bob, roomId, event: await t.ring(ada, bob, roomId) };
}

export const contradictions = [
  ['S1', 'onReceiveInvitation has `invitation`, and no `accepted`', async (t) => {
    const { event } = await rung(t);
    keys(event, ['roomInfo', 'invitation', 'extensionInfo'], 'the event');
  }],
  ['S2', 'the list is read by getInvitationList', async (t) => {
    const { ada, bob, roomId } = await rung(t);
    const { invitationList } = await ada.manager.getInvitationList({ roomId, cursor: '', count: 10 });
    equal(invitationList.map(({ invitee }) => invitee.userId), [bob.account]);
  }],
  ['S3', 'reject takes a reason, and does without: kRejectToEnter', async (t) => {
    const { ada, bob, roomId } = await rung(t);
    await bob.manager.reject({ roomId });
    await ada.next('onInvitationRejected', { reason: 0 });
  }],
  ['S4', 'onInvitationRevokedByAdmin has `operateUser`, and no `userRole`', async (t) => {
    const { ada, bob, roomId } = await rung(t);
    const kim = await t.login('kim');
    await kim.engine.enterRoom({ roomId });
    await ada.engine.changeUserRole({ userId: kim.account, userRole: 1 });
    await kim.manager.cancelInvitation({ roomId, userIdList: [bob.account] });
    keys(await bob.next('onInvitationRevokedByAdmin'), ['roomInfo', 'invitation', 'operateUser'], 'the event');
  }],
  ['S6', 'cursor and count may be left out', async (t) => {
    const { ada, bob, roomId } = await rung(t);
    equal(await ada.list(roomId), [[bob.account, 1]]);
  }],
  ['S7', 'what calls resolve to: nothing, but for the list and the codes', async (t) => {
    const { ada, bob, roomId } = await rung(t);
    equal(await bob.manager.reject({ roomId }), undefined);
    equal(await ada.manager.inviteUsers({ roomId, userIdList: [bob.account] }), { [bob.account]: 0 });
    equal(await ada.manager.cancelInvitation({ roomId, userIdList: [bob.account] }), undefined);
  }],
  ['S8', 'timeout may be left out, and is then never', async (t) => {
    const { ada, bob, roomId } = await rung(t);
    const eve = await t.login('eve');
    await ada.manager.inviteUsers({ roomId, userIdList: [eve.account] });
    equal(await ada.list(roomId), [[bob.account, 1], [eve.account, 1]]);
  }],
  ['S9', 'TUIInvitationCode is what inviteUsers resolves with', async (t) => {
    const { ada, bob, roomId } = await rung(t);
    const { TUIInvitationCode } = ada.tui;
    const codes = await ada.manager.inviteUsers({ roomId, userIdList: [ada.account, bob.account] });
    equal([codes[ada.account], codes[bob.account]], [TUIInvitationCode.kAlreadyInConference, TUIInvitationCode.kAlreadyInInvitationList]);
  }],
  ['S10', 'enums have names with k, and the documentation’s as well', async (t) => {
    const { tui } = await t.page();
    equal([tui.TUIInvitationStatus.PENDING, tui.TUIInvitationStatus.kPending], [1, 1]);
    equal(Object.keys(tui.TUIInvitationStatus).includes('PENDING'), false);
  }],
  ['S13', 'Added, Removed and StatusChanged have a whole TUIRoomInfo, or the id when so configured', async (t, env) => {
    const { ada, bob, roomId } = await rung(t);
    equal((await ada.next('onInvitationAdded')).roomInfo.roomId, roomId);
    env.configure({ tui: { roomInfoAsId: true } });
    await bob.manager.reject({ roomId });
    equal((await ada.next('onInvitationStatusChanged')).roomInfo, roomId);
    equal((await ada.next('onInvitationRejected')).roomInfo.roomId, roomId);
    await t.ring(ada, bob, roomId);
    equal((await ada.next('onInvitationRemoved')).roomInfo, roomId);
    equal((await ada.next('onInvitationAdded')).roomInfo, roomId);
  }, 'alone'],
  ['S14', 'error codes are those of 3.x, and the enum names them', async (t) => {
    const ada = await t.login('ada');
    const { TUIErrorCode } = ada.tui;
    has(TUIErrorCode, { ERR_ROOM_ID_NOT_EXIST: 100004, ERR_ROOM_ID_OCCUPIED: 100003, ERR_NEED_PASSWORD: 100018, ERR_WRONG_PASSWORD: 100019, ERR_ROOM_USER_FULL: 100008, ERR_USER_NOT_ENTERED: 100005, ERR_NO_PERMISSION: 100006 });
    await refused(ada.engine.enterRoom({ roomId: t.unique() }), TUIErrorCode.ERR_ROOM_ID_NOT_EXIST);
  }],
];
