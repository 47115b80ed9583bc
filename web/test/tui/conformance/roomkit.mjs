// TUI contract, section 8: the sequence in which the vendor's UI kit drives it.

import { equal } from './claims.mjs';

/** What the kit does when it is asked: `asked` says whether it shows an invitation, `inRoom` whether it is in a room. */
function kit(device) {
  const { TUIInvitationRejectedReason, TUIConferenceInvitationManagerEvents: events } = device.tui;
  const state = { asked: false, inRoom: false, invitees: new Map(), shown: [] };
  const note = ({ invitation }) => {
    const { status, invitee: { userId, userName, avatarUrl } } = invitation;
    state.invitees.set(userId, { userId, userName, avatarUrl, status });
  };
  const listeners = {
    [events.onReceiveInvitation]: (event) => {
      if (state.asked || state.inRoom) {
        const { kRejectToEnter, kInOtherConference } = TUIInvitationRejectedReason;
        return void device.manager.reject({ roomId: event.roomInfo.roomId, reason: state.asked ? kRejectToEnter : kInOtherConference });
      }
      state.asked = true;
      state.shown.push(event.roomInfo.roomId);
    },
    [events.onInvitationHandledByOtherDevice]: () => (state.asked = false),
    [events.onInvitationAccepted]: note,
    [events.onInvitationRejected]: note,
    [events.onInvitationTimeout]: (event) => {
      note(event);
      state.asked = false;
    },
    [events.onInvitationAdded]: note,
    [events.onInvitationStatusChanged]: note,
    [events.onInvitationRevokedByAdmin]: () => (state.asked = false),
  };
  for (const [event, fn] of Object.entries(listeners)) device.manager.on(event, fn);
  return {
    state,
    async enter(roomId) {
      state.asked = false;
      await device.engine.enterRoom({ roomId, roomType: 1 });
      state.inRoom = true;
      const users = [];
      for (let nextSequence = 0, more = true; more; more = nextSequence !== 0) {
        const page = await device.engine.getUserList({ nextSequence });
        users.push(...page.userInfoList);
        nextSequence = page.nextSequence;
      }
      for (let cursor = '', more = true; more; more = cursor !== '') {
        const part = await device.manager.getInvitationList({ roomId, cursor, count: 20 });
        for (const { status, invitee } of part.invitationList) state.invitees.set(invitee.userId, { ...invitee, status });
        cursor = part.cursor;
      }
      return users;
    },
    // It takes its listeners off another manager, by mistake.
    dispose() {
      for (const [event, fn] of Object.entries(listeners)) device.engine.getConferenceListManager().off(event, fn);
    },
  };
}

export const roomkit = [
  ['8 the sequence', 'login, setSelfInfo, ready, listeners, createRoom, enterRoom, users, list, inviteUsers; accept, enterRoom', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    for (const one of [ada, bob]) {
      await one.Engine.setSelfInfo({ userName: `name of ${one.account}`, avatarUrl: '' });
      await new Promise((ready) => one.Engine.once('ready', ready));
    }
    const [desk, phone] = [kit(ada), kit(bob)];
    const roomId = t.unique();
    await ada.engine.createRoom({ roomId, roomName: 'weekly', roomType: 1, isSeatEnabled: false });
    equal((await desk.enter(roomId)).map((user) => user.userId), [ada.account]);
    await ada.manager.inviteUsers({ roomId, timeout: 60, userIdList: [bob.account], extensionInfo: '' });
    await bob.next('onReceiveInvitation');
    equal(phone.state.shown, [roomId]);
    await bob.manager.accept({ roomId });
    await ada.next('onInvitationAccepted');
    equal((await phone.enter(roomId)).map((user) => user.userId), [ada.account, bob.account]);
    await ada.next('onRemoteUserEnterRoom');
    equal(desk.state.invitees.get(bob.account).status, 3);
    equal(desk.state.invitees.get(bob.account).userName, `name of ${bob.account}`);
    for (const one of [desk, phone]) one.dispose();
  }],
  ['8 busy', 'asked while already being asked: kRejectToEnter; asked while in a room: kInOtherConference', async (t) => {
    const [ada, eve, bob] = await t.cast('ada', 'eve', 'bob');
    const phone = kit(bob);
    const [first, second] = [await t.room(ada), await t.room(eve)];
    const invite = (who, roomId) => who.manager.inviteUsers({ roomId, timeout: 60, userIdList: [bob.account] });
    await invite(ada, first);
    await bob.next('onReceiveInvitation');
    await invite(eve, second);
    await eve.about('onInvitationRejected', bob, 4, { reason: 0 });
    await bob.manager.accept({ roomId: first });
    await phone.enter(first);
    await invite(eve, second);
    await eve.about('onInvitationRejected', bob, 4, { reason: 1 });
    equal(phone.state.shown, [first]);
  }],
];
