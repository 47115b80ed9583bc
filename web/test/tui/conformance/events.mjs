// TUI contract, section 4: the manager's events.

import { equal, has, inOrder, keys, refused } from './claims.mjs';
import { Heard } from './scene.mjs';

/** ada, in a room, has invited bob, who has heard of it. */
async function rung(t, options) {
  const [ada, bob] = await t.cast('ada', 'bob');
  const roomId = await t.room(ada);
  const event = await t.ring(ada, bob, roomId, options);
  return { ada, bob, roomId, event };
}

const whole = (event, roomId, more = []) => {
  keys(event, ['roomInfo', 'invitation', ...more], 'the event');
  has(event.roomInfo, { roomId, roomType: 1 });
  keys(event.invitation, ['status', 'invitee', 'inviter'], 'its invitation');
};

export const events = [
  ['4 onReceiveInvitation', '{ roomInfo, invitation, extensionInfo }; to all devices of the invitee; pending', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const bob2 = await t.login('bob', { device: 'two' });
    const roomId = await t.room(ada);
    await ada.manager.inviteUsers({ roomId, userIdList: [bob.account], timeout: 60, extensionInfo: 'x' });
    for (const device of [bob, bob2]) {
      const event = await device.about('onReceiveInvitation', bob, 1, { extensionInfo: 'x' });
      whole(event, roomId, ['extensionInfo']);
      has(event.roomInfo, { roomOwner: ada.account, roomMemberCount: 1 });
      equal(event.invitation.inviter.userId, ada.account);
      await device.nothing();
    }
  }],
  ['4 onInvitationHandledByOtherDevice', "{ roomInfo, accepted }; to the invitee's other devices", async (t) => {
    for (const [answer, accepted] of [['accept', true], ['reject', false]]) {
      const [ada, bob] = await t.cast('ada', 'bob');
      const bob2 = await t.login('bob', { device: 'two' });
      const roomId = await t.room(ada);
      await t.ring(ada, bob, roomId);
      await bob2.next('onReceiveInvitation');
      await bob2.manager[answer]({ roomId });
      const event = await bob.next('onInvitationHandledByOtherDevice', { accepted });
      keys(event, ['roomInfo', 'accepted'], 'the event');
      equal(event.roomInfo.roomId, roomId);
      for (const device of [bob, bob2]) await device.nothing();
      for (const device of [ada, bob, bob2]) await device.Engine.logout();
    }
  }],
  ['4 onInvitationCancelled', '{ roomInfo, invitation }; to the invitee; pending again', async (t) => {
    const { ada, bob, roomId } = await rung(t);
    await ada.manager.cancelInvitation({ roomId, userIdList: [bob.account] });
    whole(await bob.about('onInvitationCancelled', bob, 1), roomId);
    await bob.nothing();
  }],
  ['4 onInvitationRevokedByAdmin', '{ roomInfo, invitation, operateUser }; to the invitee and the inviter; pending', async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    const roomId = await t.room(ada, bob);
    await t.ring(bob, eve, roomId);
    await ada.manager.cancelInvitation({ roomId, userIdList: [eve.account] });
    for (const device of [bob, eve]) {
      const event = await device.about('onInvitationRevokedByAdmin', eve, 1);
      whole(event, roomId, ['operateUser']);
      has(event.operateUser, { userId: ada.account, userRole: 0 });
    }
    await eve.nothing();
    const kim = await t.login('kim');
    await kim.engine.enterRoom({ roomId });
    await ada.engine.changeUserRole({ userId: kim.account, userRole: 1 });
    await t.ring(bob, eve, roomId);
    await kim.manager.cancelInvitation({ roomId, userIdList: [eve.account] });
    for (const device of [bob, eve]) has((await device.next('onInvitationRevokedByAdmin')).operateUser, { userId: kim.account, userRole: 1 });
  }],
  ['4 onInvitationTimeout', '{ roomInfo, invitation }; to the inviter and the invitee, one for each invitee; status 2', async (t) => {
    const { ada, bob, roomId } = await rung(t, { timeout: 1 });
    for (const device of [ada, bob]) whole(await device.about('onInvitationTimeout', bob, 2), roomId);
    await bob.nothing();
  }, 'slow'],
  ['4 onInvitationTimeout, several', 'one event for each invitee', async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    const roomId = await t.room(ada);
    await ada.manager.inviteUsers({ roomId, userIdList: [bob.account, eve.account], timeout: 1 });
    for (const one of [bob, eve]) {
      await ada.about('onInvitationTimeout', one, 2);
      await one.about('onInvitationTimeout', one, 2);
    }
    await ada.nothing(/^onInvitation(Added|StatusChanged)/);
  }, 'slow'],
  ['4 onInvitationAccepted', '{ roomInfo, invitation }; to the inviter; status 3', async (t) => {
    const { ada, bob, roomId } = await rung(t);
    await bob.manager.accept({ roomId });
    whole(await ada.about('onInvitationAccepted', bob, 3), roomId);
    await bob.nothing();
  }],
  ['4 onInvitationRejected', '{ roomInfo, invitation, reason }; to the inviter; status 4', async (t) => {
    const { ada, bob, roomId } = await rung(t);
    await bob.manager.reject({ roomId, reason: 1 });
    whole(await ada.about('onInvitationRejected', bob, 4, { reason: 1 }), roomId, ['reason']);
    await bob.nothing();
  }],
  ['4 onInvitationAdded', '{ roomInfo, invitation }; to every device in the room, the inviter’s too', async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    const roomId = await t.room(ada, bob);
    await t.ring(ada, eve, roomId);
    for (const device of [ada, bob]) {
      whole(await device.about('onInvitationAdded', eve, 1), roomId);
      await device.nothing();
    }
  }],
  ['4 onInvitationRemoved', '{ roomInfo, invitation }; to every device in the room', async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    const roomId = await t.room(ada, bob);
    await t.ring(ada, eve, roomId);
    await ada.manager.cancelInvitation({ roomId, userIdList: [eve.account] });
    for (const device of [ada, bob]) {
      whole(await device.next('onInvitationRemoved'), roomId);
      inOrder(device.heard.names, ['onInvitationAdded', 'onInvitationRemoved']);
    }
  }],
  ['4 onInvitationStatusChanged', '{ roomInfo, invitation }; to every device in the room, with the new status', async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    const roomId = await t.room(ada, bob);
    await t.ring(ada, eve, roomId);
    await eve.manager.reject({ roomId });
    for (const device of [ada, bob]) whole(await device.about('onInvitationStatusChanged', eve, 4), roomId);
    inOrder(ada.heard.names, ['onInvitationAdded', 'onInvitationRejected', 'onInvitationStatusChanged']);
  }],
  ['4 the list is for who is there', 'a device outside of the room hears nothing of its list', async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    const bob2 = await t.login('bob', { device: 'two' });
    const roomId = await t.room(ada, bob);
    await t.ring(ada, eve, roomId);
    await eve.manager.reject({ roomId });
    await ada.next('onInvitationStatusChanged');
    await bob2.nothing();
    await bob.engine.exitRoom();
    await bob.forget();
    await t.ring(ada, eve, roomId);
    await bob.nothing();
  }],
  ['4 again while pending', 'is not told again', async (t) => {
    const { ada, bob, roomId } = await rung(t);
    equal(await ada.manager.inviteUsers({ roomId, userIdList: [bob.account], timeout: 60 }), { [bob.account]: 1 });
    await bob.nothing();
    await ada.about('onInvitationAdded', bob, 1);
    await ada.nothing();
  }],
  ['4 who listens late', 'is told of what came when nobody listened and is still pending, once', async (t) => {
    const ada = await t.login('ada');
    const roomId = await t.room(ada);
    const page = await t.env.load();
    const userId = t.account('bob');
    await page.default.login({ sdkAppId: 1400000001, userId, userSig: 'any' });
    try {
      await ada.manager.inviteUsers({ roomId, userIdList: [userId], timeout: 60, extensionInfo: 'x' });
      await refused(new page.default().fetchRoomInfo({ roomId: 'no such room' }), 100004); // it has been told
      const heard = new Heard();
      const manager = new page.TUIConferenceInvitationManager();
      manager.on('onReceiveInvitation', (event) => heard.hear('by who came first', event));
      has(await heard.first('by who came first'), { extensionInfo: 'x' });
      manager.on('onReceiveInvitation', (event) => heard.hear('by who came second', event));
      await refused(new page.default().fetchRoomInfo({ roomId: 'no such room' }), 100004);
      equal(heard.names, ['by who came first']);
    } finally {
      await page.default.logout();
    }
  }],
];
