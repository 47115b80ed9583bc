// Somebody who is in a meeting already. Written around promises: every event is awaited once. Roles: host, busy, admin.
// The admin of the host's room takes back an invitation that is not theirs.
import TUIRoomEngine, { TUIConferenceInvitationManagerEvents as Events, TUIErrorCode, TUIInvitationRejectedReason, TUIRole, TUIRoomEvents } from '@tencentcloud/tuiroom-engine-js';
import assert from 'node:assert/strict';

const { ROLE, USER_ID, ADMIN, BUSY, ROOM_ID } = process.env;
const OWN_ROOM = `${ROOM_ID} of ${BUSY}`.slice(0, 64);

await TUIRoomEngine.login({ sdkAppId: 1400000001, userId: USER_ID, userSig: 'signed' });
const roomEngine = new TUIRoomEngine();
const manager = roomEngine.getConferenceInvitationManager();

const next = (emitter, name) =>
  new Promise((resolve) => {
    const heard = (event) => {
      emitter.off(name, heard);
      resolve(event);
    };
    emitter.on(name, heard);
  });

/** Resolves with the error's name in TUIErrorCode. */
const failure = (promise) => promise.then(() => 'ok', (error) => TUIErrorCode[error.code]);

const roles = {
  async host() {
    await roomEngine.createRoom({ roomId: ROOM_ID });
    await roomEngine.enterRoom({ roomId: ROOM_ID, roomType: 1 });
    const invite = (userIdList) => manager.inviteUsers({ roomId: ROOM_ID, userIdList, timeout: 30 });

    const entered = next(roomEngine, TUIRoomEvents.onRemoteUserEnterRoom);
    await invite([ADMIN]);
    assert.equal((await entered).userInfo.userId, ADMIN);
    await roomEngine.changeUserRole({ userId: ADMIN, userRole: TUIRole.kAdministrator });

    let rejected = next(manager, Events.onInvitationRejected);
    await invite([BUSY]);
    assert.equal((await rejected).reason, TUIInvitationRejectedReason.kInOtherConference);

    const revoked = next(manager, Events.onInvitationRevokedByAdmin);
    await invite(['nobody there']);
    const { operateUser, invitation } = await revoked;
    assert.deepEqual([operateUser.userId, operateUser.userRole, invitation.invitee.userId], [ADMIN, TUIRole.kAdministrator, 'nobody there']);

    assert.equal(await failure(roomEngine.exitRoom()), 'ERR_EXIT_NOT_SUPPORTED_FOR_ROOM_OWNER');
    const owner = next(roomEngine, TUIRoomEvents.onUserRoleChanged);
    await roomEngine.changeUserRole({ userId: ADMIN, userRole: TUIRole.kRoomOwner });
    await owner;
    await roomEngine.exitRoom();
  },

  async admin() {
    const { roomInfo } = await next(manager, Events.onReceiveInvitation);
    assert.equal(await failure(manager.inviteUsers({ roomId: roomInfo.roomId, userIdList: ['x'] })), 'ERR_OPERATION_INVALID_BEFORE_ENTER_ROOM');
    const promoted = next(roomEngine, TUIRoomEvents.onUserRoleChanged);
    await manager.accept({ roomId: roomInfo.roomId });
    await roomEngine.enterRoom({ roomId: roomInfo.roomId });
    await promoted;
    for (;;) {
      const { invitation } = await next(manager, Events.onInvitationAdded);
      if (invitation.invitee.userId === 'nobody there') break;
    }
    const left = next(roomEngine, TUIRoomEvents.onRemoteUserLeaveRoom);
    await manager.cancelInvitation({ roomId: ROOM_ID, userIdList: ['nobody there'] });
    await left;
    assert.equal((await roomEngine.fetchRoomInfo()).ownerId, ADMIN);
    await roomEngine.destroyRoom();
  },

  async busy() {
    await roomEngine.createRoom({ roomId: OWN_ROOM });
    await roomEngine.enterRoom({ roomId: OWN_ROOM, roomType: 1 });
    const { roomInfo } = await next(manager, Events.onReceiveInvitation);
    assert.equal(await failure(roomEngine.enterRoom({ roomId: roomInfo.roomId })), 'ERR_ALREADY_IN_OTHER_ROOM');
    await manager.reject({ roomId: roomInfo.roomId, reason: TUIInvitationRejectedReason.kInOtherConference });
    assert.equal(await failure(manager.accept({ roomId: roomInfo.roomId })), 'ERR_SERVER_INVALID_PARAMETER');
    await roomEngine.destroyRoom();
  },
};

await roles[ROLE]();
await TUIRoomEngine.logout();
console.log('done');
