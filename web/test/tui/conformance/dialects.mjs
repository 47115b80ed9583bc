// The two dialects meet: who wrote for the one vendor's SDK can ring who wrote for the other's. See core/doc.go.

import { equal, has, ok, refused, rejection } from './claims.mjs';

const accounts = (list) => list.map((m) => m.accid);

export const dialects = [
  ['NIM rings TUI', 'INVITE is onReceiveInvitation: a conference, its owner the creator, attachExt as extensionInfo', async (t) => {
    const [nim, bob] = [await t.nim('nia'), await t.login('bob')];
    const call = await nim.nim.signalingCallEx({ type: 2, account: bob.account, requestId: 'r', attachExt: 'come', channelName: t.unique('call') });
    const event = await bob.about('onReceiveInvitation', bob, 1, { extensionInfo: 'come' });
    has(event.roomInfo, { roomId: call.channelId, roomName: call.channelName, roomType: 1, roomOwner: nim.account, password: '' });
    has(event.invitation.inviter, { userId: nim.account, userRole: 0 });
  }],
  ['NIM rings TUI: accept', 'ACCEPT with the requestId; entering is ROOM_JOIN with a uid; the list is empty then', async (t) => {
    const [nim, bob] = [await t.nim('nia'), await t.login('bob')];
    const { channelId } = await nim.nim.signalingCallEx({ type: 2, account: bob.account, requestId: 'r' });
    await bob.next('onReceiveInvitation');
    await bob.manager.accept({ roomId: channelId });
    await nim.next('ACCEPT', { channelId, from: bob.account, to: nim.account, requestId: 'r' });
    has(await bob.engine.enterRoom({ roomId: channelId }), { roomMemberCount: 2 });
    const joined = await nim.next('ROOM_JOIN', { from: bob.account });
    ok(Number(JSON.parse(joined.attach).member[2]) > 0, 'the member has a uid');
    equal(await bob.users(), [nim.account, bob.account]);
    equal(await bob.list(channelId), []);
    await nim.nothing();
  }],
  ['NIM rings TUI: reject', 'REJECT with the requestId, whatever the reason', async (t) => {
    const [nim, bob] = [await t.nim('nia'), await t.login('bob')];
    for (const reason of [0, 1]) {
      const { channelId } = await nim.nim.signalingCallEx({ type: 1, account: bob.account, requestId: `r${reason}` });
      await bob.next('onReceiveInvitation');
      await bob.manager.reject({ roomId: channelId, reason });
      await nim.next('REJECT', { channelId, from: bob.account, requestId: `r${reason}` });
    }
    await nim.nothing();
  }],
  ['NIM rings TUI: cancel and close', 'both are onInvitationCancelled', async (t) => {
    const [nim, bob] = [await t.nim('nia'), await t.login('bob')];
    for (const end of [
      ({ channelId }) => nim.nim.signalingCancel({ channelId, account: bob.account, requestId: 'r' }),
      ({ channelId }) => nim.nim.signalingClose({ channelId }),
    ]) {
      const call = await nim.nim.signalingCallEx({ type: 1, account: bob.account, requestId: 'r' });
      await bob.next('onReceiveInvitation');
      await end(call);
      await bob.about('onInvitationCancelled', bob, 1);
      await bob.nothing();
    }
  }],
  ['NIM rings TUI: while in the call', 'a TUI member hears onInvitationAdded and how it ends', async (t) => {
    const [nim, bob, eve] = [await t.nim('nia'), await t.login('bob'), await t.login('eve')];
    const { channelId } = await nim.nim.signalingCreateAndJoin({ type: 1 });
    await bob.engine.enterRoom({ roomId: channelId });
    await nim.nim.signalingInvite({ channelId, account: eve.account, requestId: 'r' });
    await bob.about('onInvitationAdded', eve, 1);
    await eve.manager.reject({ roomId: channelId, reason: 1 });
    await bob.about('onInvitationStatusChanged', eve, 4);
    await nim.nim.signalingClose({ channelId });
    await bob.next('onRoomDismissed', { roomId: channelId, reason: 1 });
  }],
  ['NIM rings TUI: both in', 'LEAVE and onRemoteUserLeaveRoom, ROOM_JOIN and onRemoteUserEnterRoom', async (t) => {
    const [nim, bob] = [await t.nim('nia'), await t.login('bob')];
    const { channelId } = await nim.nim.signalingCreateAndJoin({ type: 1 });
    await bob.engine.enterRoom({ roomId: channelId });
    await nim.next('ROOM_JOIN', { from: bob.account });
    await bob.engine.exitRoom();
    await nim.next('LEAVE', { from: bob.account });
    await bob.engine.enterRoom({ roomId: channelId });
    await nim.nim.signalingLeave({ channelId });
    equal((await bob.next('onRemoteUserLeaveRoom', { roomId: channelId })).userInfo.userId, nim.account);
    await nim.nim.signalingJoin({ channelId });
    has((await bob.next('onRemoteUserEnterRoom')).userInfo, { userId: nim.account, userRole: 0 });
  }],
  ['NIM rings TUI: two requests', 'are one invitation to the room: told once, and accept settles both', async (t) => {
    const [nim, bob] = [await t.nim('nia'), await t.login('bob')];
    const { channelId } = await nim.nim.signalingCreateAndJoin({ type: 1 });
    for (const requestId of ['r1', 'r2']) await nim.nim.signalingInvite({ channelId, account: bob.account, requestId });
    await bob.next('onReceiveInvitation');
    await bob.nothing();
    await bob.manager.accept({ roomId: channelId });
    const answers = [await nim.next('ACCEPT'), await nim.next('ACCEPT')];
    equal(answers.map((event) => event.requestId).sort(), ['r1', 'r2']);
    await nim.nothing();
  }],
  ['TUI rings NIM', 'onReceiveInvitation is INVITE: channelName the roomId, type 2, a decimal requestId, extensionInfo as attachExt', async (t) => {
    const [ada, nim] = [await t.login('ada'), await t.nim('nia')];
    const roomId = await t.room(ada);
    equal(await ada.manager.inviteUsers({ roomId, userIdList: [nim.account], timeout: 60, extensionInfo: 'come' }), { [nim.account]: 0 });
    const event = await nim.next('INVITE', { channelId: roomId, channelName: roomId, type: '2', creator: ada.account, from: ada.account, to: nim.account, attachExt: 'come' });
    ok(/^\d+$/.test(event.requestId), event.requestId);
  }],
  ['TUI rings NIM: accept, join', 'accept is onInvitationAccepted, join onRemoteUserEnterRoom and Removed', async (t) => {
    for (const how of ['signalingAccept', 'signalingJoinAndAccept']) {
      const [ada, nim] = [await t.login('ada'), await t.nim('nia')];
      const roomId = await t.room(ada);
      await ada.manager.inviteUsers({ roomId, userIdList: [nim.account], timeout: 60 });
      const { requestId } = await nim.next('INVITE');
      const call = await nim.nim[how]({ channelId: roomId, account: ada.account, requestId, autoJoin: true });
      equal(accounts(call.members), [ada.account, nim.account]);
      await ada.about('onInvitationAccepted', nim, 3);
      equal((await ada.next('onRemoteUserEnterRoom')).userInfo.userId, nim.account);
      equal(await ada.list(roomId), []);
      await ada.next('onInvitationRemoved');
      await new Promise((done) => nim.nim.destroy({ done }));
    }
  }],
  ['TUI rings NIM: reject', 'onInvitationRejected with kRejectToEnter', async (t) => {
    const [ada, nim] = [await t.login('ada'), await t.nim('nia')];
    const roomId = await t.room(ada);
    await ada.manager.inviteUsers({ roomId, userIdList: [nim.account], timeout: 60 });
    const { requestId } = await nim.next('INVITE');
    await nim.nim.signalingReject({ channelId: roomId, account: ada.account, requestId });
    await ada.about('onInvitationRejected', nim, 4, { reason: 0 });
    equal(await ada.list(roomId), [[nim.account, 4]]);
  }],
  ['TUI rings NIM: cancel, revoke, destroy', 'all are CANCEL_INVITE, a revocation from who did it; a timeout is silent', async (t) => {
    const [ada, kim, nim] = [await t.login('ada'), await t.login('kim'), await t.nim('nia')];
    const roomId = await t.room(ada, kim);
    const userIdList = [nim.account];
    await kim.manager.inviteUsers({ roomId, userIdList, timeout: 60 });
    await nim.next('INVITE');
    await kim.manager.cancelInvitation({ roomId, userIdList });
    await nim.next('CANCEL_INVITE', { from: kim.account });
    await kim.manager.inviteUsers({ roomId, userIdList, timeout: 60 });
    await nim.next('INVITE');
    await ada.manager.cancelInvitation({ roomId, userIdList });
    await nim.next('CANCEL_INVITE', { from: ada.account });
    await kim.manager.inviteUsers({ roomId, userIdList, timeout: 1 });
    const { requestId } = await nim.next('INVITE');
    await kim.about('onInvitationTimeout', nim, 2);
    await nim.nothing();
    equal((await rejection(nim.nim.signalingAccept({ channelId: roomId, account: kim.account, requestId }))).code, 10408);
    await kim.manager.inviteUsers({ roomId, userIdList, timeout: 60 });
    await nim.next('INVITE');
    await ada.engine.destroyRoom();
    await nim.next('CANCEL_INVITE', { from: kim.account });
    await nim.nothing();
  }, 'slow'],
  ['a NIM member in a TUI room', 'has the rights of a general user: it invites, cannot close (10406, 403 …), and a kick is LEAVE', async (t) => {
    const [ada, nim, eve] = [await t.login('ada'), await t.nim('nia'), await t.login('eve')];
    const roomId = await t.room(ada);
    const { members } = await nim.nim.signalingJoin({ channelId: roomId });
    equal(accounts(members), [ada.account, nim.account]);
    has((await ada.next('onRemoteUserEnterRoom')).userInfo, { userId: nim.account, userRole: 2 });
    equal((await rejection(nim.nim.signalingClose({ channelId: roomId }))).code, 403);
    await nim.nim.signalingInvite({ channelId: roomId, account: eve.account, requestId: 'r', attachExt: 'x' });
    await eve.about('onReceiveInvitation', eve, 1, { extensionInfo: 'x' });
    await ada.about('onInvitationAdded', eve, 1);
    await ada.engine.kickRemoteUserOutOfRoom({ userId: nim.account });
    await nim.next('LEAVE', { from: nim.account, channelId: roomId });
    equal((await rejection(nim.nim.signalingLeave({ channelId: roomId }))).code, 10406);
  }],
  ['a password', 'binds NIM joins, unless invited', async (t) => {
    const [ada, nim] = [await t.login('ada'), await t.nim('nia')];
    const roomId = t.unique();
    await ada.engine.createRoom({ roomId, password: 'secret' });
    await ada.engine.enterRoom({ roomId });
    equal((await rejection(nim.nim.signalingJoin({ channelId: roomId }))).code, 403);
    await ada.manager.inviteUsers({ roomId, userIdList: [nim.account], timeout: 60 });
    await nim.nim.signalingJoin({ channelId: roomId });
  }],
  ['a pending NIM invitation', 'is kAlreadyInInvitationList to inviteUsers, and one entry of the list', async (t) => {
    const [nim, ada, bob] = [await t.nim('nia'), await t.login('ada'), await t.login('bob')];
    const { channelId } = await nim.nim.signalingCallEx({ type: 1, account: bob.account, requestId: 'r' });
    await ada.engine.enterRoom({ roomId: channelId });
    equal(await ada.list(channelId), [[bob.account, 1]]);
    equal(await ada.manager.inviteUsers({ roomId: channelId, userIdList: [bob.account, nim.account] }), { [bob.account]: 1, [nim.account]: 2 });
  }],
  ['a NIM channel', 'has no roles, titles or passwords to change: 100006', async (t) => {
    const [nim, ada] = [await t.nim('nia'), await t.login('ada')];
    const { channelId } = await nim.nim.signalingCreateAndJoin({ type: 1 });
    await ada.engine.enterRoom({ roomId: channelId });
    for (const call of [
      () => ada.engine.kickRemoteUserOutOfRoom({ userId: nim.account }),
      () => ada.engine.changeUserRole({ userId: nim.account, userRole: 1 }),
      () => ada.engine.changeUserNameCard({ userId: ada.account, nameCard: 'x' }),
      () => ada.engine.updateRoomNameByAdmin({ roomName: 'x' }),
      () => ada.engine.updateRoomPasswordByAdmin({ password: 'x' }),
    ]) {
      await refused(call(), 100006);
    }
  }],
  ['one account, both dialects', 'its NIM device rings as well; who answers first wins, and the other one is told', async (t) => {
    const [ada, bob, nim] = [await t.login('ada'), await t.login('bob'), await t.nim('bob')];
    const roomId = await t.room(ada);
    await ada.manager.inviteUsers({ roomId, userIdList: [bob.account], timeout: 60 });
    const [{ requestId }] = [await nim.next('INVITE'), await bob.next('onReceiveInvitation')];
    await bob.manager.accept({ roomId });
    await nim.next('ACCEPT', { requestId, from: bob.account });
    await ada.manager.inviteUsers({ roomId, userIdList: [bob.account], timeout: 60 });
    const again = await nim.next('INVITE');
    await bob.next('onReceiveInvitation');
    await nim.nim.signalingReject({ channelId: roomId, account: ada.account, requestId: again.requestId });
    await bob.next('onInvitationHandledByOtherDevice', { accepted: false });
  }],
];
