// TUI contract, section 5: who is told what. Each case lists what every device hears, in its order, and nothing else.

import { equal } from './claims.mjs';

/** ada owns the room, kim is in it too; bob is invited, on two devices. */
async function stage(t, inviter = 'ada') {
  const [ada, kim, bob] = await t.cast('ada', 'kim', 'bob');
  const bob2 = await t.login('bob', { device: 'two' });
  const roomId = await t.room(ada, kim);
  const cast = { ada, kim, bob, bob2 };
  const invite = (options) => cast[inviter].manager.inviteUsers({ roomId, userIdList: [bob.account], timeout: 60, ...options });
  return { ...cast, roomId, invite };
}

/** heard waits until all have heard what was to come, and claims that this was all. */
async function heard(cast, expected) {
  for (const [name, events] of Object.entries(expected)) {
    const device = cast[name];
    for (const event of new Set(events)) await device.next(event);
    await device.fence();
    equal(device.heard.names, events, `what ${name} heard`);
    device.heard.clear();
  }
}

const LISTED = { added: 'onInvitationAdded', removed: 'onInvitationRemoved', changed: 'onInvitationStatusChanged' };

export const delivery = [
  ['5 inviteUsers', 'inviter and members: Added; all of the invitee’s devices: onReceiveInvitation', async (t) => {
    const stand = await stage(t);
    await stand.invite();
    await heard(stand, { ada: [LISTED.added], kim: [LISTED.added], bob: ['onReceiveInvitation'], bob2: ['onReceiveInvitation'] });
  }],
  ['5 cancelInvitation by the inviter', 'inviter and members: Removed; the invitee: onInvitationCancelled', async (t) => {
    const stand = await stage(t, 'kim');
    await stand.invite();
    await heard(stand, { ada: [LISTED.added], kim: [LISTED.added], bob: ['onReceiveInvitation'], bob2: ['onReceiveInvitation'] });
    await stand.kim.manager.cancelInvitation({ roomId: stand.roomId, userIdList: [stand.bob.account] });
    await heard(stand, { ada: [LISTED.removed], kim: [LISTED.removed], bob: ['onInvitationCancelled'], bob2: ['onInvitationCancelled'] });
  }],
  ['5 cancelInvitation by the owner', 'the inviter: onInvitationRevokedByAdmin, Removed; members: Removed; the invitee: onInvitationRevokedByAdmin', async (t) => {
    const stand = await stage(t, 'kim');
    await stand.invite();
    await heard(stand, { ada: [LISTED.added], kim: [LISTED.added], bob: ['onReceiveInvitation'], bob2: ['onReceiveInvitation'] });
    await stand.ada.manager.cancelInvitation({ roomId: stand.roomId, userIdList: [stand.bob.account] });
    const revoked = 'onInvitationRevokedByAdmin';
    await heard(stand, { ada: [LISTED.removed], kim: [revoked, LISTED.removed], bob: [revoked], bob2: [revoked] });
  }],
  ['5 accept', 'the inviter: onInvitationAccepted, StatusChanged; members: StatusChanged; other devices: HandledByOtherDevice; on entering: Removed', async (t) => {
    const stand = await stage(t);
    await stand.invite();
    await heard(stand, { ada: [LISTED.added], kim: [LISTED.added], bob: ['onReceiveInvitation'], bob2: ['onReceiveInvitation'] });
    await stand.bob.manager.accept({ roomId: stand.roomId });
    await heard(stand, { ada: ['onInvitationAccepted', LISTED.changed], kim: [LISTED.changed], bob: [], bob2: ['onInvitationHandledByOtherDevice'] });
    await stand.bob.engine.enterRoom({ roomId: stand.roomId });
    const came = [LISTED.removed, 'onRemoteUserEnterRoom', 'onRoomUserCountChanged'];
    await heard(stand, { ada: came, kim: came, bob: [], bob2: [] });
  }],
  ['5 reject', 'the inviter: onInvitationRejected, StatusChanged; members: StatusChanged; other devices: HandledByOtherDevice', async (t) => {
    const stand = await stage(t);
    await stand.invite();
    await heard(stand, { ada: [LISTED.added], kim: [LISTED.added], bob: ['onReceiveInvitation'], bob2: ['onReceiveInvitation'] });
    await stand.bob.manager.reject({ roomId: stand.roomId });
    await heard(stand, { ada: ['onInvitationRejected', LISTED.changed], kim: [LISTED.changed], bob: [], bob2: ['onInvitationHandledByOtherDevice'] });
  }],
  ['5 timeout', 'inviter and invitee: onInvitationTimeout; the room: StatusChanged', async (t) => {
    const stand = await stage(t);
    await stand.invite({ timeout: 1 });
    const timeout = 'onInvitationTimeout';
    await heard(stand, {
      ada: [LISTED.added, timeout, LISTED.changed],
      kim: [LISTED.added, LISTED.changed],
      bob: ['onReceiveInvitation', timeout],
      bob2: ['onReceiveInvitation', timeout],
    });
  }, 'slow'],
  ['5 offline invitee', 'the promise resolves with 0; the room: Added; told when they come while it is pending', async (t) => {
    const ada = await t.login('ada');
    const roomId = await t.room(ada);
    const bob = t.account('bob');
    equal(await ada.manager.inviteUsers({ roomId, userIdList: [bob], timeout: 60 }), { [bob]: 0 });
    await ada.about('onInvitationAdded', bob, 1);
    const late = await t.login('bob');
    await late.about('onReceiveInvitation', bob, 1);
    await late.nothing();
    await late.manager.accept({ roomId });
    await ada.about('onInvitationAccepted', bob, 3);
  }],
  ['5 offline invitee, over', 'what is over when they come is not told', async (t) => {
    const ada = await t.login('ada');
    const roomId = await t.room(ada);
    const userIdList = [t.account('bob')];
    await ada.manager.inviteUsers({ roomId, userIdList, timeout: 60 });
    await ada.manager.cancelInvitation({ roomId, userIdList });
    await (await t.login('bob')).nothing();
  }],
  ['5 the room is destroyed', 'the invitee: onInvitationCancelled; members: Removed, onRoomDismissed; who destroyed it: nothing', async (t) => {
    const stand = await stage(t);
    await stand.invite();
    await heard(stand, { ada: [LISTED.added], kim: [LISTED.added], bob: ['onReceiveInvitation'], bob2: ['onReceiveInvitation'] });
    await stand.ada.engine.destroyRoom();
    await heard(stand, { ada: [], kim: [LISTED.removed, 'onRoomDismissed'], bob: ['onInvitationCancelled'], bob2: ['onInvitationCancelled'] });
  }],
];
