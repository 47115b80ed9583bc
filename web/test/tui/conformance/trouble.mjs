// What links that are lost do, and do not do.

import { equal, has } from './claims.mjs';

export const trouble = [
  ['a link that drops', 'comes back by itself, and what was told meanwhile is told then, once', async (t) => {
    const line = await t.line();
    const bob = await t.login('bob', { line });
    const ada = await t.login('ada');
    const roomId = await t.room(ada, bob);
    line.cut();
    const eve = t.account('eve');
    await ada.manager.inviteUsers({ roomId, userIdList: [eve], timeout: 60 });
    await ada.engine.updateRoomNameByAdmin({ roomName: 'New' });
    line.mend();
    await bob.about('onInvitationAdded', eve, 1);
    await bob.next('onRoomNameChanged', { roomName: 'New' });
    await bob.nothing();
    equal(await bob.users(), [ada.account, bob.account]);
  }, 'alone'],
  ['a call in flight', 'is asked again when the link is back, and happens once', async (t) => {
    const line = await t.line();
    const ada = await t.login('ada', { line });
    const bob = await t.login('bob');
    const roomId = await t.room(ada);
    line.hold();
    const asked = ada.manager.inviteUsers({ roomId, userIdList: [bob.account], timeout: 60 });
    line.cut();
    line.mend();
    equal(await asked, { [bob.account]: 0 });
    await bob.about('onReceiveInvitation', bob, 1);
    await bob.nothing();
  }, 'alone'],
  ['an invitation that ended meanwhile', 'is told as it ended', async (t) => {
    const line = await t.line();
    const bob = await t.login('bob', { line });
    const ada = await t.login('ada');
    const roomId = await t.room(ada);
    await t.ring(ada, bob, roomId);
    line.cut();
    await ada.manager.cancelInvitation({ roomId, userIdList: [bob.account] });
    line.mend();
    await bob.about('onInvitationCancelled', bob, 1);
    await bob.nothing();
  }, 'alone'],
  ['a room that was destroyed meanwhile', 'onRoomDismissed', async (t) => {
    const line = await t.line();
    const bob = await t.login('bob', { line });
    const ada = await t.login('ada');
    const roomId = await t.room(ada, bob);
    line.cut();
    await ada.engine.destroyRoom();
    line.mend();
    has(await bob.next('onRoomDismissed'), { roomId, reason: 1 });
  }, 'alone'],
  ['a link that stays away', 'longer than the relay waits: the others hear onRemoteUserLeaveRoom, the device onKickedOutOfRoom 3 when it is back', async (t) => {
    const line = await t.line();
    const bob = await t.login('bob', { line });
    const ada = await t.login('ada');
    const roomId = await t.room(ada, bob);
    line.cut();
    equal((await ada.next('onRemoteUserLeaveRoom', { roomId })).userInfo.userId, bob.account);
    line.mend();
    has(await bob.next('onKickedOutOfRoom'), { roomId, reason: 3 });
    await bob.engine.enterRoom({ roomId });
  }, 'alone'],
];
