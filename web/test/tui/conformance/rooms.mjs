// TUI contract, section 7: the engine that callers of the manager need.

import { ROOM_ID, equal, has, keys, match, ok, refused, rejection } from './claims.mjs';

export const rooms = [
  ['7 login refused', 'sdkAppId, userId and userSig are required and not empty: -1001, and the text names them', async (t) => {
    const { Engine } = await t.page();
    const good = { sdkAppId: 1400000001, userId: t.account('ada'), userSig: 'any' };
    for (const name of Object.keys(good)) {
      const error = await refused(Engine.login({ ...good, [name]: undefined }), -1001);
      equal(error.message, `'${name}' is a required param when calling login(), received: undefined.`);
      match((await refused(Engine.login({ ...good, [name]: '' }), -1001)).message, new RegExp(`'${name}'`));
    }
    await refused(Engine.login(), -1001);
  }],
  ['7 not logged in', 'every call rejects -1002', async (t) => {
    const { Engine, engine, manager } = await t.page();
    const roomId = t.unique();
    for (const call of [
      () => engine.createRoom({ roomId }),
      () => engine.enterRoom({ roomId }),
      () => engine.exitRoom(),
      () => engine.fetchRoomInfo({ roomId }),
      () => engine.getUserList(),
      () => manager.inviteUsers({ roomId, userIdList: ['bob'] }),
      () => manager.accept({ roomId }),
      () => Engine.getSelfInfo(),
    ]) {
      await refused(call(), -1002);
    }
  }],
  ['7 setSelfInfo, getSelfInfo', 'what others see of this account, from now on; those in a room with it hear onUserInfoChanged', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    equal((await ada.Engine.getSelfInfo()).userName, '');
    await t.room(ada, bob);
    equal(await bob.Engine.setSelfInfo({ userName: 'Bob', avatarUrl: 'b.png' }), undefined);
    const { userInfo } = await ada.next('onUserInfoChanged');
    has(userInfo, { userId: bob.account, userName: 'Bob', avatarUrl: 'b.png' });
    has(await ada.engine.getUserInfo({ userId: bob.account }), { userName: 'Bob', avatarUrl: 'b.png' });
    has(await (await t.login('bob', { device: 'two' })).Engine.getSelfInfo(), { userName: 'Bob', avatarUrl: 'b.png' });
  }],
  ['7 setSelfInfo limits', 'userName 128 characters, avatarUrl 1024, customInfo 4096', async (t) => {
    const ada = await t.login('ada');
    const set = (more) => ada.Engine.setSelfInfo({ userName: 'a', avatarUrl: '', ...more });
    await set({ userName: '😀'.repeat(128) });
    await refused(set({ userName: '😀'.repeat(129) }), -1001, { field: 'userName', limit: 128 });
    await refused(set({ avatarUrl: 'x'.repeat(1025) }), -1001, { field: 'avatarUrl', limit: 1024 });
    await refused(set({ customInfo: { long: 'x'.repeat(4096) } }), -1001, { field: 'customInfo', limit: 4096 });
  }],
  ['7 createRoom', 'void; the creator owns the room, and has yet to enter it; password is deleted from the options', async (t) => {
    const ada = await t.login('ada');
    const options = { roomId: t.unique(), roomName: 'Room', password: 'secret' };
    equal(await ada.engine.createRoom(options), undefined);
    keys(options, ['roomId', 'roomName'], 'the options');
    has(await ada.engine.fetchRoomInfo({ roomId: options.roomId, roomType: 1 }), { roomName: 'Room', roomOwner: ada.account, roomMemberCount: 0 });
    await refused(ada.engine.getUserList(), -2101);
  }],
  ['7 createRoom, defaults', 'roomName is roomId, kConference, kFreeToTake, no seats, no password', async (t) => {
    const ada = await t.login('ada');
    const roomId = await t.room(ada);
    has(await ada.engine.fetchRoomInfo(), { roomName: roomId, roomType: 1, seatMode: 1, isSeatEnabled: false, keepOwnerOnSeat: false, password: '' });
  }],
  ['7 createRoom refused', '100003 when there is such a room; -2105 for a bad roomId; -2107 for a roomName over 30 bytes; -2103 for kLive', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const roomId = await t.room(ada);
    const create = (options) => bob.engine.createRoom({ roomId: t.unique(), ...options });
    await refused(create({ roomId }), 100003);
    for (const wrong of ['x'.repeat(65), 'a/b', '房间']) await refused(create({ roomId: wrong }), -2105);
    await refused(create({ roomId: undefined }), -1001, /'roomId' is a required param when calling createRoom\(\)/);
    await create({ roomName: '十个汉字刚刚好三十字' });
    await refused(create({ roomName: '十个汉字刚刚好三十字!' }), -2107, { limit: 30 });
    await refused(create({ password: 'x'.repeat(33) }), -1001, { field: 'password', limit: 32 });
    await refused(create({ roomType: 2 }), -2103);
  }],
  ['7 roomId', 'all the characters there are, and 64 bytes of them', async (t) => {
    const ada = await t.login('ada');
    const start = t.unique();
    for (const roomId of [`${start}${ROOM_ID}`, start.padEnd(64, 'x')]) {
      await ada.engine.createRoom({ roomId });
      equal((await ada.engine.fetchRoomInfo({ roomId })).roomId, roomId);
    }
  }],
  ['7 enterRoom', 'TUIRoomInfo; others hear onRemoteUserEnterRoom and onRoomUserCountChanged; options is deleted; again, it is no mistake', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const roomId = await t.room(ada);
    const options = { roomId, roomType: 1, options: { password: '' } };
    has(await bob.engine.enterRoom(options), { roomId, roomOwner: ada.account, roomMemberCount: 2 });
    keys(options, ['roomId', 'roomType'], 'the options');
    const came = await ada.next('onRemoteUserEnterRoom', { roomId });
    keys(came, ['roomId', 'userInfo'], 'the event');
    has(came.userInfo, { userId: bob.account, userRole: 2 });
    keys(await ada.next('onRoomUserCountChanged', { roomId, userCount: 2 }), ['roomId', 'userCount'], 'the event');
    has(await bob.engine.enterRoom({ roomId }), { roomMemberCount: 2 });
    for (const one of [ada, bob]) await one.nothing();
  }],
  ['7 enterRoom refused', '100004 for no such room, 100018 and 100019 without and with a wrong password, -2108 from another room, -2105 for a bad id', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const roomId = t.unique();
    await ada.engine.createRoom({ roomId, password: 'secret' });
    await refused(bob.engine.enterRoom({ roomId: t.unique() }), 100004);
    await refused(bob.engine.enterRoom({ roomId }), 100018);
    await refused(bob.engine.enterRoom({ roomId, options: { password: 'wrong' } }), 100019);
    await refused(bob.engine.enterRoom({ roomId: 'a/b' }), -2105);
    has(await bob.engine.enterRoom({ roomId, options: { password: 'secret' } }), { roomId, password: 'secret' });
    await refused(bob.engine.enterRoom({ roomId: await t.room(ada) }), -2108);
  }],
  ['7 enterRoom, full', '100008; of a NIM channel that is 100 members', async (t) => {
    const [nim, ada] = [await t.nim('nia'), await t.login('ada')];
    const { channelId } = await nim.nim.signalingCreateAndJoin({ type: 1 });
    const crowd = await t.cast(...Array.from({ length: 99 }, (_, i) => `guest${i}`));
    for (const one of crowd) await one.engine.enterRoom({ roomId: channelId });
    await refused(ada.engine.enterRoom({ roomId: channelId }), 100008);
    await refused(crowd[0].manager.inviteUsers({ roomId: channelId, userIdList: [ada.account] }), 100008);
    await crowd[0].engine.exitRoom();
    await ada.engine.enterRoom({ roomId: channelId });
  }, 'slow'],
  ['7 enterRoom, invited', 'who is invited, and the owner, are not asked for a password', async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    const roomId = t.unique();
    await ada.engine.createRoom({ roomId, password: 'secret' });
    await ada.engine.enterRoom({ roomId });
    await t.ring(ada, bob, roomId);
    await bob.engine.enterRoom({ roomId });
    await t.ring(ada, eve, roomId);
    await eve.manager.accept({ roomId });
    await eve.engine.enterRoom({ roomId });
    await eve.engine.exitRoom();
    await refused(eve.engine.enterRoom({ roomId }), 100018);
  }],
  ['7 enterRoom, elsewhere', 'another device takes the seat: the first hears onKickedOutOfRoom 1, the others nothing', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const bob2 = await t.login('bob', { device: 'two' });
    const roomId = await t.room(ada, bob);
    await bob2.engine.enterRoom({ roomId });
    const out = await bob.next('onKickedOutOfRoom', { roomId, reason: 1 });
    keys(out, ['roomId', 'reason', 'message'], 'the event');
    for (const one of [ada, bob, bob2]) await one.nothing();
    await refused(bob.engine.getUserList(), -2101);
    equal(await ada.users(), [ada.account, bob.account]);
  }],
  ['7 exitRoom', 'void; the others hear onRemoteUserLeaveRoom and onRoomUserCountChanged; an owner cannot: -2102; outside: -2101', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const roomId = await t.room(ada, bob);
    equal(await bob.engine.exitRoom(), undefined);
    const gone = await ada.next('onRemoteUserLeaveRoom', { roomId });
    keys(gone, ['roomId', 'userInfo'], 'the event');
    equal(gone.userInfo.userId, bob.account);
    await ada.next('onRoomUserCountChanged', { roomId, userCount: 1 });
    await refused(bob.engine.exitRoom(), -2101);
    await refused(ada.engine.exitRoom(), -2102);
  }],
  ['7 destroyRoom', 'void; members hear onRoomDismissed kByOwner; another than the owner: -2300; the id is free again', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const roomId = await t.room(ada, bob);
    await refused(bob.engine.destroyRoom(), -2300);
    equal(await ada.engine.destroyRoom(), undefined);
    keys(await bob.next('onRoomDismissed', { roomId, reason: 1 }), ['roomId', 'reason'], 'the event');
    for (const one of [ada, bob]) {
      await one.nothing();
      await refused(one.engine.exitRoom(), -2101);
    }
    await bob.engine.createRoom({ roomId });
  }],
  ['7 fetchRoomInfo', 'of the room one is in, or of any; -2101 outside, 100004 for none; only members see the password', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const roomId = t.unique();
    await ada.engine.createRoom({ roomId, password: 'secret' });
    await refused(ada.engine.fetchRoomInfo(), -2101);
    await ada.engine.enterRoom({ roomId });
    has(await ada.engine.fetchRoomInfo(), { roomId, password: 'secret' });
    has(await bob.engine.fetchRoomInfo({ roomId, roomType: 1 }), { roomId, password: '', roomMemberCount: 1 });
    await refused(bob.engine.fetchRoomInfo({ roomId: t.unique() }), 100004);
  }],
  ['7 getUserList', '{ userInfoList, nextSequence }, in pages of 50 at the most; 0 is the end', async (t) => {
    const owner = await t.login('owner');
    const roomId = await t.room(owner);
    const guests = await t.cast(...Array.from({ length: 54 }, (_, i) => `guest${i}`));
    for (const guest of guests) await guest.engine.enterRoom({ roomId });
    await owner.fence();
    const pages = [];
    for (let nextSequence = 0; nextSequence || !pages.length; ) {
      const page = await owner.engine.getUserList({ nextSequence });
      keys(page, ['userInfoList', 'nextSequence'], 'a page');
      pages.push(page.userInfoList.map((user) => user.userId));
      nextSequence = page.nextSequence;
    }
    equal(pages.map((page) => page.length), [50, 5]);
    equal(new Set(pages.flat()).size, 55);
  }, 'slow'],
  ['7 getUserInfo', 'of a member; -2200 of nobody in the room', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    await t.room(ada, bob);
    has(await ada.engine.getUserInfo({ userId: bob.account }), { userId: bob.account, userRole: 2 });
    await refused(ada.engine.getUserInfo({ userId: t.account('eve') }), -2200);
    await refused(ada.engine.getUserInfo({}), -1001);
  }],
  ['7 kickRemoteUserOutOfRoom', 'void; that user hears onKickedOutOfRoom 0, the others onRemoteUserLeaveRoom', async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    const roomId = await t.room(ada, bob, eve);
    equal(await ada.engine.kickRemoteUserOutOfRoom({ userId: bob.account }), undefined);
    await bob.next('onKickedOutOfRoom', { roomId, reason: 0 });
    for (const one of [ada, eve]) {
      equal((await one.next('onRemoteUserLeaveRoom', { roomId })).userInfo.userId, bob.account);
      await one.next('onRoomUserCountChanged', { userCount: 2 });
    }
    for (const one of [ada, bob, eve]) await one.nothing();
    await refused(bob.engine.getUserList(), -2101);
    await refused(ada.engine.kickRemoteUserOutOfRoom({ userId: bob.account }), 100005);
  }],
  ['7 changeUserRole', 'void; all in the room hear onUserRoleChanged and onUserInfoChanged', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    await t.room(ada, bob);
    equal(await ada.engine.changeUserRole({ userId: bob.account, userRole: 1 }), undefined);
    for (const one of [ada, bob]) {
      for (const name of ['onUserRoleChanged', 'onUserInfoChanged']) {
        const event = await one.next(name);
        keys(event, ['userInfo'], name);
        has(event.userInfo, { userId: bob.account, userRole: 1 });
      }
      await one.nothing();
    }
    await refused(ada.engine.changeUserRole({ userId: bob.account, userRole: 3 }), -1001);
    await refused(ada.engine.changeUserRole({ userId: t.account('eve'), userRole: 1 }), 100005);
    await refused(ada.engine.changeUserRole({ userId: ada.account, userRole: 0 }), -1200);
  }],
  ['7 changeUserRole, kRoomOwner', 'passes the room on: the old owner is a general user and may exit', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const roomId = await t.room(ada, bob);
    await ada.engine.changeUserRole({ userId: bob.account, userRole: 0 });
    has(await ada.engine.fetchRoomInfo(), { roomOwner: bob.account, ownerId: bob.account });
    has(await bob.engine.getUserInfo({ userId: ada.account }), { userRole: 2 });
    await ada.engine.exitRoom();
    await bob.next('onRemoteUserLeaveRoom');
    await refused(bob.engine.exitRoom(), -2102);
    await bob.engine.destroyRoom();
    await refused(ada.engine.fetchRoomInfo({ roomId }), 100004);
  }],
  ['7 changeUserNameCard', 'void; one’s own, or as owner or administrator others’; onUserInfoChanged; at most 128 characters', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    await t.room(ada, bob);
    equal(await bob.engine.changeUserNameCard({ userId: bob.account, nameCard: 'Bobby' }), undefined);
    for (const one of [ada, bob]) has((await one.next('onUserInfoChanged')).userInfo, { userId: bob.account, nameCard: 'Bobby' });
    await ada.engine.changeUserNameCard({ userId: bob.account, nameCard: '' });
    has((await bob.next('onUserInfoChanged')).userInfo, { nameCard: '' });
    await refused(bob.engine.changeUserNameCard({ userId: bob.account, nameCard: 'x'.repeat(129) }), -1001, { field: 'nameCard', limit: 128 });
  }],
  ['7 updateRoomNameByAdmin', 'void; all in the room hear onRoomNameChanged; at most 30 bytes: -2107', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const roomId = await t.room(ada, bob);
    equal(await ada.engine.updateRoomNameByAdmin({ roomName: 'New' }), undefined);
    for (const one of [ada, bob]) keys(await one.next('onRoomNameChanged', { roomId, roomName: 'New' }), ['roomId', 'roomName'], 'the event');
    equal((await bob.engine.fetchRoomInfo()).roomName, 'New');
    await refused(ada.engine.updateRoomNameByAdmin({ roomName: 'x'.repeat(31) }), -2107, { limit: 30 });
  }],
  ['7 updateRoomPasswordByAdmin', 'void; the next one to enter needs it', async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    const roomId = await t.room(ada, bob);
    equal(await ada.engine.updateRoomPasswordByAdmin({ password: 'secret' }), undefined);
    await bob.fence();
    equal((await bob.engine.fetchRoomInfo()).password, 'secret');
    await refused(eve.engine.enterRoom({ roomId }), 100018);
    await ada.engine.updateRoomPasswordByAdmin({ password: '' });
    await eve.engine.enterRoom({ roomId });
  }],
  ['7 media', 'getTRTCCloud, getTIM, getMediaDeviceManager, getConferenceListManager answer objects whose methods do nothing', async (t) => {
    const { engine } = await t.page();
    for (const get of ['getTRTCCloud', 'getTIM', 'getMediaDeviceManager', 'getConferenceListManager']) {
      const part = engine[get]();
      equal([part.on('anything', () => {}), part.off('anything', () => {}), part.someMethod?.()], [undefined, undefined, undefined], get);
    }
    equal(await engine.openLocalMicrophone(), undefined);
    match((await rejection(engine.takeSeat({ seatIndex: 0, timeout: 0 }))).message, /takeSeat/);
  }],
  ['7 events of the engine', 'one object each; an event about oneself leaving is not told to oneself', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const roomId = await t.room(ada);
    await bob.engine.enterRoom({ roomId });
    await bob.engine.exitRoom();
    await bob.nothing();
    ok(ada.heard.names.includes('onRemoteUserEnterRoom'), 'the others are told');
  }],
  ['7 onKickedOffLine', '{ message }: the same device has logged in elsewhere', async (t) => {
    const bob = await t.login('bob');
    await t.login('bob');
    keys(await bob.next('onKickedOffLine'), ['message'], 'the event');
    await refused(bob.Engine.getSelfInfo(), -1002);
  }],
];
