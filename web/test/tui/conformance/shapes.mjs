// TUI contract, section 3: types and enums.

import { equal, has, keys, ok } from './claims.mjs';

const USER = ['userId', 'userName', 'nameCard', 'avatarUrl', 'userRole', 'hasAudioStream', 'hasVideoStream', 'hasScreenStream', 'isMessageDisabled', 'level', 'roomCustomInfo'];
const ROOM = [
  'version', 'roomId', 'roomType', 'roomName', 'isCameraDisableForAllUser', 'isMicrophoneDisableForAllUser', 'isMessageDisableForAllUser',
  'isScreenShareDisableForAllUser', 'roomOwner', 'ownerId', 'ownerName', 'ownerAvatarUrl', 'createTime', 'isSeatEnabled', 'keepOwnerOnSeat',
  'maxSeatCount', 'seatMode', 'roomMemberCount', 'password',
];

/** An enum's row: its members, the documentation's names for them, and back from the values. */
const enumeration = (name, members, aliases = {}) => [
  `3 ${name}`,
  Object.entries(members).map(([member, value]) => `${member} ${value}`).join(', '),
  async (t) => {
    const { tui } = await t.page();
    equal({ ...tui[name] }, { ...members, ...Object.fromEntries(Object.entries(members).map(([member, value]) => [value, member])) });
    for (const [alias, member] of Object.entries(aliases)) equal(tui[name][alias], members[member], alias);
  },
];

export const shapes = [
  ['3 TUIInvitation', '{ status, invitee, inviter }, both whole TUIUserInfos', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    await bob.Engine.setSelfInfo({ userName: 'Bob', avatarUrl: 'b.png' });
    const roomId = await t.room(ada);
    const { invitation } = await t.ring(ada, bob, roomId);
    keys(invitation, ['status', 'invitee', 'inviter'], 'the invitation');
    keys(invitation.invitee, USER, 'the invitee');
    keys(invitation.inviter, USER, 'the inviter');
    has(invitation.invitee, { userId: bob.account, userName: 'Bob', avatarUrl: 'b.png', nameCard: '', userRole: 2 });
    has(invitation.inviter, { userId: ada.account, userRole: 0 });
  }],
  ['3 TUIUserInfo', USER.join(', '), async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    await t.room(ada, bob);
    const { userInfoList } = await ada.engine.getUserList();
    for (const user of [...userInfoList, await ada.engine.getUserInfo({ userId: bob.account })]) keys(user, USER, 'a user');
    has(userInfoList[1], { userId: bob.account, userRole: 2, hasAudioStream: false, hasVideoStream: false, hasScreenStream: false, isMessageDisabled: false, roomCustomInfo: {} });
  }],
  ['3 TUIRoomInfo', ROOM.join(', '), async (t) => {
    const ada = await t.login('ada');
    await ada.Engine.setSelfInfo({ userName: 'Ada', avatarUrl: 'a.png' });
    const roomId = t.unique();
    await ada.engine.createRoom({ roomId, roomName: 'Room', maxSeatCount: 5, isSeatEnabled: true, seatMode: 2, isMicrophoneDisableForAllUser: true });
    const entered = await ada.engine.enterRoom({ roomId, roomType: 1 });
    for (const room of [entered, await ada.engine.fetchRoomInfo()]) {
      keys(room, ROOM, 'the room');
      has(room, { roomId, roomName: 'Room', roomType: 1, roomOwner: ada.account, ownerId: ada.account, ownerName: 'Ada', ownerAvatarUrl: 'a.png', roomMemberCount: 1 });
      has(room, { maxSeatCount: 5, isSeatEnabled: true, seatMode: 2, keepOwnerOnSeat: false, isMicrophoneDisableForAllUser: true, isCameraDisableForAllUser: false, password: '' });
      ok(Math.abs(room.createTime - Date.now()) < 3_600_000, 'createTime is Unix milliseconds');
    }
  }],
  ['3 TUILoginUserInfo', 'userId, userName, avatarUrl, customInfo, level', async (t) => {
    const ada = await t.login('ada');
    await ada.Engine.setSelfInfo({ userName: 'Ada', avatarUrl: 'a.png', customInfo: { badge: [1, { deep: '😀' }] } });
    const self = await ada.Engine.getSelfInfo();
    keys(self, ['userId', 'userName', 'avatarUrl', 'customInfo', 'level'], 'self');
    has(self, { userId: ada.account, userName: 'Ada', avatarUrl: 'a.png', customInfo: { badge: [1, { deep: '😀' }] } });
  }],
  enumeration('TUIInvitationStatus', { kNone: 0, kPending: 1, kTimeout: 2, kAccepted: 3, kRejected: 4 }, { NONE: 'kNone', PENDING: 'kPending', TIMEOUT: 'kTimeout', ACCEPTED: 'kAccepted', REJECTED: 'kRejected' }),
  enumeration('TUIInvitationCode', { kSuccess: 0, kAlreadyInInvitationList: 1, kAlreadyInConference: 2 }, { SUCCESS: 'kSuccess', ALREADY_IN_INVITATION_LIST: 'kAlreadyInInvitationList', ALREADY_IN_CONFERENCE: 'kAlreadyInConference' }),
  enumeration('TUIInvitationRejectedReason', { kRejectToEnter: 0, kInOtherConference: 1 }, { REJECT_TO_ENTER: 'kRejectToEnter', IN_OTHER_CONFERENCE: 'kInOtherConference' }),
  enumeration('TUIRole', { kRoomOwner: 0, kAdministrator: 1, kGeneralUser: 2 }),
  enumeration('TUIRoomType', { kConference: 1, kLive: 2 }),
  enumeration('TUISeatMode', { kFreeToTake: 1, kApplyToTake: 2 }),
  enumeration('TUIKickedOutOfRoomReason', {
    kKickedByAdmin: 0, kKickedByLoggedOnOtherDevice: 1, kKickedByServer: 2, kNetworkDisconnected: 3, kJoinRoomStatusInvalidDuringOffline: 4, kCountOfJoinedRoomsExceedLimit: 5,
  }),
  enumeration('TUIRoomDismissedReason', { kByOwner: 1, kByServer: 2 }),
  ['3 TUIErrorCode', 'the numbers of 3.x, and back', async (t) => {
    const { TUIErrorCode } = (await t.page()).tui;
    const codes = {
      ERR_SUCC: 0, ERR_FAILED: -1, ERR_FREQ_LIMIT: -2, ERR_REPEAT_OPERATION: -3, ERR_ROOM_MISMATCH: -4, ERR_SDKAPPID_NOT_FOUND: -1000, ERR_INVALID_PARAMETER: -1001,
      ERR_SDK_NOT_INITIALIZED: -1002, ERR_PERMISSION_DENIED: -1003, ERR_REQUIRE_PAYMENT: -1004, ERR_ALREADY_ROOM_OWNER: -1200, ERR_ALREADY_ROOM_ENTER: -1202,
      ERR_DESTROY_ROOM_NO_PERMISSION: -1203, ERR_OPERATION_INVALID_BEFORE_ENTER_ROOM: -2101, ERR_EXIT_NOT_SUPPORTED_FOR_ROOM_OWNER: -2102,
      ERR_OPERATION_NOT_SUPPORTED_IN_CURRENT_ROOM_TYPE: -2103, ERR_ROOM_ID_INVALID: -2105, ERR_ROOM_NAME_INVALID: -2107, ERR_ALREADY_IN_OTHER_ROOM: -2108,
      ERR_USER_NOT_EXIST: -2200, ERR_NEED_OWNER_PERMISSION: -2300, ERR_NEED_ADMIN_PERMISSION: -2301, ERR_REQUEST_NO_PERMISSION: -2310, ERR_REQUEST_ID_INVALID: -2311,
      ERR_REQUEST_ID_REPEAT: -2312, ERR_SERVER_SYSTEM_ERROR: 100001, ERR_SERVER_INVALID_PARAMETER: 100002, ERR_ROOM_ID_OCCUPIED: 100003, ERR_ROOM_ID_NOT_EXIST: 100004,
      ERR_USER_NOT_ENTERED: 100005, ERR_NO_PERMISSION: 100006, ERR_ROOM_USER_FULL: 100008, ERR_NEED_PASSWORD: 100018, ERR_WRONG_PASSWORD: 100019, ERR_REQUEST_CONFLICT: 100102,
    };
    for (const [name, code] of Object.entries(codes)) equal([TUIErrorCode[name], TUIErrorCode[code]], [code, name]);
  }],
];
