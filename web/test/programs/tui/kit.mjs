// A meeting kit, in the way of the vendor's own: a service with a store, and a manager around the SDK's that decides
// what the page shows. Roles: host, guest.
import TUIRoomEngine, {
  TUIConferenceInvitationManagerEvents,
  TUIInvitationRejectedReason,
  TUIInvitationStatus,
  TUIRoomEvents,
  TUIRoomType,
} from '@tencentcloud/tuiroom-engine-js';
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';

const { ROLE, USER_ID, HOST, GUEST, ROOM_ID } = process.env;

class RoomStore extends EventEmitter {
  localUser = { userId: USER_ID, isInRoom: false };
  remoteUsers = new Map();
  invitees = new Map();
  addRemoteUser(user) {
    if (user.userId !== this.localUser.userId) this.remoteUsers.set(user.userId, { ...this.remoteUsers.get(user.userId), ...user });
    this.emit('change');
  }
  removeRemoteUser(userId) {
    this.remoteUsers.delete(userId);
    this.emit('change');
  }
  updateInviteeList(list) {
    for (const invitee of list) this.invitees.set(invitee.userId, invitee);
    this.emit('change');
  }
  async until(condition) {
    while (!condition(this)) await new Promise((resolve) => this.once('change', resolve));
  }
}

class InvitationManager extends EventEmitter {
  isBeingInvited = false;
  constructor(service) {
    super();
    this.service = service;
    this.manager = service.engine.getConferenceInvitationManager();
    const noted = (name) => (data) => this.note(name, data);
    this.handlers = {
      [TUIConferenceInvitationManagerEvents.onReceiveInvitation]: (data) => this.received(data),
      [TUIConferenceInvitationManagerEvents.onInvitationHandledByOtherDevice]: () => (this.isBeingInvited = false),
      [TUIConferenceInvitationManagerEvents.onInvitationRevokedByAdmin]: () => (this.isBeingInvited = false),
      ...Object.fromEntries(['Accepted', 'Rejected', 'Timeout', 'Added', 'StatusChanged'].map((name) => [`onInvitation${name}`, noted(name)])),
    };
    for (const [event, handler] of Object.entries(this.handlers)) this.manager.on(event, handler);
  }
  dispose() {
    const other = this.service.engine.getConferenceListManager(); // as the kit does, by mistake
    for (const [event, handler] of Object.entries(this.handlers)) other.off(event, handler);
  }
  note(name, { invitation }) {
    const { userId, userName, avatarUrl } = invitation.invitee;
    this.service.store.updateInviteeList([{ userId, userName, avatarUrl, status: invitation.status }]);
    this.emit(name, invitation);
  }
  received(data) {
    if (this.isBeingInvited || this.service.store.localUser.isInRoom) {
      const reason = this.isBeingInvited ? TUIInvitationRejectedReason.kRejectToEnter : TUIInvitationRejectedReason.kInOtherConference;
      return void this.manager.reject({ roomId: data.roomInfo.roomId, reason });
    }
    this.isBeingInvited = true;
    this.shown = data;
    this.emit('invited', data);
  }
  /** The invitation that the page shows, when there is one. */
  async invited() {
    return this.shown ?? new Promise((resolve) => this.once('invited', resolve));
  }
  inviteUsers({ userIdList }) {
    return this.manager.inviteUsers({ roomId: this.service.roomId, timeout: 60, userIdList, extensionInfo: '' });
  }
  accept(options) {
    this.isBeingInvited = false;
    return this.manager.accept(options);
  }
}

class Service {
  store = new RoomStore();
  async start() {
    await TUIRoomEngine.login({ sdkAppId: 1400000001, userId: USER_ID, userSig: 'signed' });
    await TUIRoomEngine.setSelfInfo({ userName: `${ROLE} name`, avatarUrl: 'https://example.org/a.png' });
    await new Promise((resolve) => TUIRoomEngine.once('ready', resolve));
    this.engine = TUIRoomEngine.getInstance();
    this.invitations = new InvitationManager(this);
    this.engine.on(TUIRoomEvents.onRemoteUserEnterRoom, ({ userInfo }) => this.store.addRemoteUser(userInfo));
    this.engine.on(TUIRoomEvents.onUserInfoChanged, ({ userInfo }) => this.store.addRemoteUser(userInfo));
    this.engine.on(TUIRoomEvents.onRemoteUserLeaveRoom, ({ userInfo }) => this.store.removeRemoteUser(userInfo.userId));
    this.engine.on(TUIRoomEvents.onRoomDismissed, ({ roomId }) => this.store.emit('dismissed', roomId));
    this.engine.on(TUIRoomEvents.onError, (error) => console.error('onError', error));
  }
  async enter(roomId) {
    const roomInfo = await this.engine.enterRoom({ roomId, roomType: TUIRoomType.kConference });
    this.roomId = roomId;
    this.store.localUser.isInRoom = true;
    this.engine.getTRTCCloud().setDefaultStreamRecvMode(true, false);
    await this.engine.openLocalMicrophone();
    await this.engine.muteLocalAudio();
    let nextSequence = 0;
    do {
      const page = await this.engine.getUserList({ nextSequence });
      page.userInfoList.forEach((user) => this.store.addRemoteUser(user));
      nextSequence = page.nextSequence;
    } while (nextSequence !== 0);
    let cursor = '';
    do {
      const part = await this.invitations.manager.getInvitationList({ roomId, cursor, count: 20 });
      this.store.updateInviteeList(part.invitationList.map(({ invitee, status }) => ({ ...invitee, status })));
      cursor = part.cursor;
    } while (cursor !== '');
    return roomInfo;
  }
}

const service = new Service();
await service.start();

if (ROLE === 'host') {
  await service.engine.createRoom({ roomId: ROOM_ID, roomName: 'weekly', roomType: TUIRoomType.kConference, isSeatEnabled: false });
  assert.equal((await service.enter(ROOM_ID)).roomOwner, HOST);
  await service.invitations.inviteUsers({ userIdList: [GUEST] });
  await service.store.until((store) => store.remoteUsers.get(GUEST)?.nameCard === 'here');
  assert.equal(service.store.invitees.get(GUEST).status, TUIInvitationStatus.kAccepted);
  assert.equal(service.store.remoteUsers.get(GUEST).userName, 'guest name');
  await service.engine.destroyRoom();
} else {
  const { roomInfo, invitation } = await service.invitations.invited();
  assert.deepEqual([roomInfo.roomName, invitation.inviter.userName, invitation.status], ['weekly', 'host name', TUIInvitationStatus.kPending]);
  const dismissed = new Promise((resolve) => service.store.once('dismissed', resolve));
  await service.invitations.accept({ roomId: roomInfo.roomId });
  await service.enter(roomInfo.roomId);
  assert.deepEqual([...service.store.remoteUsers.keys()], [HOST]);
  await service.engine.changeUserNameCard({ userId: GUEST, nameCard: 'here' });
  assert.equal(await dismissed, ROOM_ID);
}
service.invitations.dispose();
await TUIRoomEngine.logout();
console.log('done');
