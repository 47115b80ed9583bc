// TUI contract, sections 5 and 7: who may do what in a room.

import { equal, refused } from './claims.mjs';

/** A room with an owner, an administrator and two general users. */
async function ranks(t) {
  const [owner, admin, user, other] = await t.cast('owner', 'admin', 'user', 'other');
  const roomId = await t.room(owner, admin, user, other);
  await owner.engine.changeUserRole({ userId: admin.account, userRole: 1 });
  for (const one of [owner, admin, user, other]) await one.forget();
  return { owner, admin, user, other, roomId };
}

export const rights = [
  ['rights: invite', 'every member', async (t) => {
    const { owner, admin, user, roomId } = await ranks(t);
    for (const one of [owner, admin, user]) {
      const guest = t.account(`guest of ${one.account}`);
      equal(await one.manager.inviteUsers({ roomId, userIdList: [guest] }), { [guest]: 0 });
    }
  }],
  ['rights: cancel', 'one’s own: the inviter; others’: owner and administrators; general users get -2301, and nothing happens', async (t) => {
    const { owner, admin, user, other, roomId } = await ranks(t);
    const guests = ['a', 'b', 'c'].map((name) => t.account(name));
    await user.manager.inviteUsers({ roomId, userIdList: guests });
    await other.manager.inviteUsers({ roomId, userIdList: [t.account('d')] });
    await refused(other.manager.cancelInvitation({ roomId, userIdList: [t.account('d'), guests[0]] }), -2301);
    equal((await owner.list(roomId)).length, 4);
    await user.manager.cancelInvitation({ roomId, userIdList: [guests[0]] });
    await admin.manager.cancelInvitation({ roomId, userIdList: [guests[1]] });
    await owner.manager.cancelInvitation({ roomId, userIdList: [guests[2], t.account('d')] });
    equal(await owner.list(roomId), []);
  }],
  ['rights: kick', 'the owner anybody but themself; administrators general users; general users nobody', async (t) => {
    const { owner, admin, user, other } = await ranks(t);
    const kick = (who, whom) => who.engine.kickRemoteUserOutOfRoom({ userId: whom.account });
    await refused(kick(user, other), -2301);
    await refused(kick(admin, owner), -2300);
    await kick(admin, other);
    await kick(owner, admin);
    equal(await owner.users(), [owner.account, user.account]);
  }],
  ['rights: changeUserRole', 'the owner alone', async (t) => {
    const { owner, admin, user, other } = await ranks(t);
    const change = (who, whom, userRole) => who.engine.changeUserRole({ userId: whom.account, userRole });
    await refused(change(admin, other, 1), -2300);
    await refused(change(user, other, 1), -2300);
    await change(owner, other, 1);
    await change(owner, admin, 2);
  }],
  ['rights: changeUserNameCard', 'one’s own; administrators those of general users; the owner everybody’s', async (t) => {
    const { owner, admin, user, other } = await ranks(t);
    const change = (who, whom) => who.engine.changeUserNameCard({ userId: whom.account, nameCard: 'x' });
    for (const [who, whom] of [[user, user], [admin, user], [owner, admin], [owner, owner]]) await change(who, whom);
    await refused(change(user, other), -2301);
    await refused(change(admin, owner), -2300);
  }],
  ['rights: name and password', 'owner and administrators', async (t) => {
    const { owner, admin, user } = await ranks(t);
    for (const who of [owner, admin]) {
      await who.engine.updateRoomNameByAdmin({ roomName: who.account.slice(0, 30) });
      await who.engine.updateRoomPasswordByAdmin({ password: 'x' });
    }
    await refused(user.engine.updateRoomNameByAdmin({ roomName: 'mine' }), -2301);
    await refused(user.engine.updateRoomPasswordByAdmin({ password: 'mine' }), -2301);
  }],
  ['rights: from outside', 'all of them need to be in a room: -2101', async (t) => {
    const { owner } = await ranks(t);
    const eve = await t.login('eve');
    for (const call of [
      () => eve.engine.kickRemoteUserOutOfRoom({ userId: owner.account }),
      () => eve.engine.changeUserRole({ userId: owner.account, userRole: 2 }),
      () => eve.engine.changeUserNameCard({ userId: owner.account, nameCard: 'x' }),
      () => eve.engine.updateRoomNameByAdmin({ roomName: 'x' }),
      () => eve.engine.updateRoomPasswordByAdmin({ password: 'x' }),
      () => eve.engine.destroyRoom(),
      () => eve.engine.getUserList(),
    ]) {
      await refused(call(), -2101);
    }
  }],
];
