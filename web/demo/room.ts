// The conference that this page is in, by the TUI dialect: the members, their
// roles, and the list of invitations. What others do arrives as events; each has
// the lists read anew, so that what is shown is what the relay says.

import { TUIErrorCode, TUIInvitationCode, TUIInvitationRejectedReason, TUIRole, TUIRoomEngine, TUIRoomType } from 'beckon';
import type { TUIInvitation, TUIRoomInfo, TUIUserInfo } from 'beckon';
import type { Log } from './log.js';
import { recall, remember, tab } from './remember.js';
import { isConference } from './signals.js';

/** How long an invitation into a conference rings, in seconds. */
const RINGS_FOR = 60;
/** What pages call the app, in the dialect of TUIRoomEngine. */
const SDK_APP_ID = 1400000001;

export interface Meeting {
  info: TUIRoomInfo;
  members: TUIUserInfo[];
  invitations: TUIInvitation[];
}

export interface RoomEvents {
  /** How it is now; undefined: this page is in no conference. */
  changed(meeting: Meeting | undefined): void;
  /** Somebody asks us in. */
  asked(roomId: string, by: string): void;
  /** They do no longer. */
  unasked(roomId: string): void;
  /** We are out without having left. */
  out(why: 'dismissed' | 'kicked' | 'moved'): void;
}

export class Room {
  meeting: Meeting | undefined;
  private readonly engine = TUIRoomEngine.getInstance();
  private readonly manager = this.engine.getConferenceInvitationManager();
  private readonly undo: (() => void)[] = [];
  private reading: Promise<void> | undefined;
  private stale = false;

  constructor(private readonly account: string, private readonly userSig: string, private readonly log: Log, private readonly on: RoomEvents) {
    this.listen();
  }

  /** login connects, and goes back to where a reload interrupted. */
  async login(): Promise<void> {
    await this.call('login', { sdkAppId: SDK_APP_ID, userId: this.account, userSig: '…' }, () =>
      TUIRoomEngine.login({ sdkAppId: SDK_APP_ID, userId: this.account, userSig: this.userSig }));
    const kept = recall(tab, 'room') as { account?: string; roomId?: string } | undefined;
    if (kept?.account === this.account && kept.roomId) await this.enter(kept.roomId, false).catch(() => this.forget());
  }

  async logout(): Promise<void> {
    for (const undo of this.undo.splice(0)) undo();
    this.forget();
    await this.call('logout', {}, () => TUIRoomEngine.logout());
  }

  /** enter goes into a conference; with `make`, it is made if there is none. */
  async enter(roomId: string, make: boolean): Promise<void> {
    const enter = () => this.call('enterRoom', { roomId }, () => this.engine.enterRoom({ roomId, roomType: TUIRoomType.kConference }));
    let info: TUIRoomInfo;
    try {
      info = await enter();
    } catch (error) {
      if (!make || (error as { code?: number }).code !== TUIErrorCode.ERR_ROOM_ID_NOT_EXIST) throw error;
      await this.call('createRoom', { roomId }, () => this.engine.createRoom({ roomId, roomName: roomId, roomType: TUIRoomType.kConference }));
      info = await enter();
    }
    remember(tab, 'room', { account: this.account, roomId });
    this.meeting = { info, members: [], invitations: [] };
    await this.read();
  }

  /** leave: an owner ends it for all. */
  async leave(): Promise<void> {
    if (this.role === TUIRole.kRoomOwner) await this.call('destroyRoom', {}, () => this.engine.destroyRoom());
    else await this.call('exitRoom', {}, () => this.engine.exitRoom());
    this.forget();
  }

  /** invite answers who was not asked, since they are in the conference or being asked. */
  async invite(userIdList: string[]): Promise<string[]> {
    const options = { roomId: this.id, userIdList, timeout: RINGS_FOR };
    const result = await this.call('inviteUsers', options, () => this.manager.inviteUsers(options));
    await this.read();
    return userIdList.filter((userId) => result[userId] !== TUIInvitationCode.kSuccess);
  }

  async revoke(userId: string): Promise<void> {
    const options = { roomId: this.id, userIdList: [userId] };
    await this.call('cancelInvitation', options, () => this.manager.cancelInvitation(options));
    await this.read();
  }

  async decline(roomId: string, busy: boolean): Promise<void> {
    const reason = busy ? TUIInvitationRejectedReason.kInOtherConference : TUIInvitationRejectedReason.kRejectToEnter;
    await this.call('reject', { roomId, reason }, () => this.manager.reject({ roomId, reason }));
  }

  async kick(userId: string): Promise<void> {
    await this.call('kickRemoteUserOutOfRoom', { userId }, () => this.engine.kickRemoteUserOutOfRoom({ userId }));
    await this.read();
  }

  async promote(userId: string, userRole: TUIRole): Promise<void> {
    await this.call('changeUserRole', { userId, userRole }, () => this.engine.changeUserRole({ userId, userRole }));
    await this.read();
  }

  get id(): string {
    return this.meeting?.info.roomId ?? '';
  }

  get role(): TUIRole | undefined {
    return this.meeting?.members.find(({ userId }) => userId === this.account)?.userRole;
  }

  private listen(): void {
    const hear = (on: 'engine' | 'manager', name: string, then: (event: any) => void): void => {
      const heard = (event: any): void => {
        this.log.heard(name, event);
        then(event);
      };
      this[on].on(name as never, heard);
      this.undo.push(() => this[on].off(name, heard));
    };
    // A room that is gone meanwhile is told of by its own event.
    const reread = () => void this.read().catch(() => {});
    for (const name of ['onRemoteUserEnterRoom', 'onRemoteUserLeaveRoom', 'onUserRoleChanged', 'onUserInfoChanged']) hear('engine', name, reread);
    for (const name of ['onInvitationAdded', 'onInvitationRemoved', 'onInvitationStatusChanged']) hear('manager', name, reread);
    hear('engine', 'onRoomDismissed', () => this.thrown('dismissed'));
    hear('engine', 'onKickedOutOfRoom', ({ reason }) => this.thrown(reason === 0 ? 'kicked' : 'moved'));
    hear('manager', 'onReceiveInvitation', ({ roomInfo, invitation }) => {
      if (isConference(roomInfo.roomId)) this.on.asked(roomInfo.roomId, invitation.inviter.userId);
    });
    for (const name of ['onInvitationCancelled', 'onInvitationRevokedByAdmin', 'onInvitationTimeout', 'onInvitationHandledByOtherDevice']) {
      hear('manager', name, ({ roomInfo, invitation }) => {
        if (!invitation || invitation.invitee.userId === this.account) this.on.unasked(roomInfo.roomId);
      });
    }
  }

  private thrown(why: 'dismissed' | 'kicked' | 'moved'): void {
    if (!this.meeting) return;
    this.forget();
    this.on.out(why);
  }

  private forget(): void {
    remember(tab, 'room', undefined);
    this.meeting = undefined;
    this.on.changed(undefined);
  }

  /** read reads the lists; an event that comes meanwhile has them read once more. */
  private read(): Promise<void> {
    this.stale = true;
    return (this.reading ??= this.readAll().finally(() => (this.reading = undefined)));
  }

  private async readAll(): Promise<void> {
    while (this.stale && this.meeting) {
      this.stale = false;
      const roomId = this.id;
      const { userInfoList: members } = await this.engine.getUserList();
      const { invitationList: invitations } = await this.manager.getInvitationList({ roomId, count: 100 });
      if (this.id !== roomId) return;
      this.meeting = { info: this.meeting.info, members, invitations };
      this.on.changed(this.meeting);
    }
  }

  private async call<T>(name: string, options: object, ask: () => Promise<T>): Promise<T> {
    this.log.asked(name, options);
    try {
      const answer = await ask();
      this.log.answered(name, answer ?? {});
      return answer;
    } catch (error) {
      this.log.refused(name, error);
      throw error;
    }
  }
}
