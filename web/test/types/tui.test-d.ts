// What must compile against our declarations of the room engine, and what must not. Nothing here runs.

import TUIRoomEngine, { configure } from '../../src/tui.js';
import {
  TUIConferenceInvitationManager,
  TUIConferenceInvitationManagerEvents,
  TUIError,
  TUIErrorCode,
  TUIInvitationCode,
  TUIInvitationRejectedReason,
  TUIInvitationStatus,
  TUIRole,
  TUIRoomEvents,
  TUIRoomType,
} from '../../src/index.js';
import type { TUIInvitation, TUIInvitationList, TUILoginUserInfo, TUIRoomInfo, TUIUserInfo } from '../../src/index.js';

const engine = new TUIRoomEngine();
const manager: TUIConferenceInvitationManager = engine.getConferenceInvitationManager();
const room = { roomId: 'r' };

// --- the class ----------------------------------------------------------------

export const done: Promise<void>[] = [
  TUIRoomEngine.login({ sdkAppId: 1, userId: 'ada', userSig: 's' }),
  TUIRoomEngine.login({ sdkAppId: 1, userId: 'ada', userSig: 's', deviceId: 'd', tim: {} }),
  TUIRoomEngine.logout(),
  TUIRoomEngine.setSelfInfo({ userName: 'Ada', avatarUrl: '', customInfo: { level: 1 } }),
  engine.createRoom({ ...room, roomType: TUIRoomType.kConference, password: 'p', keepOwnerOnSeat: false }),
  engine.exitRoom(),
  engine.destroyRoom(),
  engine.kickRemoteUserOutOfRoom({ userId: 'bob' }),
  engine.changeUserRole({ userId: 'bob', userRole: TUIRole.kAdministrator }),
  engine.changeUserNameCard({ userId: 'bob', nameCard: 'B' }),
  engine.updateRoomNameByAdmin({ roomName: 'n' }),
  engine.updateRoomPasswordByAdmin({ password: '' }),
  manager.cancelInvitation({ ...room, userIdList: ['bob'] }),
  manager.accept(room),
  manager.reject(room),
  manager.reject({ ...room, reason: TUIInvitationRejectedReason.kInOtherConference }),
];
TUIRoomEngine.once('ready', () => {});
export const shared: TUIRoomEngine = TUIRoomEngine.getInstance();
export const infos: Promise<TUIRoomInfo>[] = [engine.enterRoom({ ...room, options: { password: 'p' } }), engine.fetchRoomInfo(), engine.fetchRoomInfo(room)];
export const self: Promise<TUILoginUserInfo> = TUIRoomEngine.getSelfInfo();
export const user: Promise<TUIUserInfo> = engine.getUserInfo({ userId: 'bob' });
configure({ tui: { roomInfoAsId: true } });

// @ts-expect-error a number
void TUIRoomEngine.login({ sdkAppId: '1', userId: 'ada', userSig: 's' });
// @ts-expect-error no userSig
void TUIRoomEngine.login({ sdkAppId: 1, userId: 'ada' });
// @ts-expect-error no roomId
void engine.createRoom({ roomName: 'n' });
// @ts-expect-error a role
void engine.changeUserRole({ userId: 'bob', userRole: 'owner' });
// @ts-expect-error no such option
configure({ tui: { roomInfoAsID: true } });

// --- T7: what is optional, and what calls resolve to ----------------------------

export async function invites(): Promise<TUIInvitationCode | undefined> {
  void manager.inviteUsers({ ...room, userIdList: ['bob'] });
  const codes = await manager.inviteUsers({ ...room, userIdList: ['bob'], timeout: 60, extensionInfo: 'x' });
  const list: TUIInvitationList = await manager.getInvitationList(room);
  const { invitationList, cursor } = await manager.getInvitationList({ ...room, cursor: list.cursor, count: 20 });
  const first: TUIInvitation | undefined = invitationList[0];
  const names: (string | undefined)[] = [cursor, first?.invitee.userName, first?.inviter.nameCard];
  // @ts-expect-error the vendor's declaration is wrong there: no array
  list.length;
  // @ts-expect-error nor has it what the vendor's example reads
  list.attendeeList;
  return codes[names[0]!];
}
// @ts-expect-error no userIdList
void manager.inviteUsers(room);
// @ts-expect-error a list
void manager.cancelInvitation({ ...room, userIdList: 'bob' });
// @ts-expect-error seconds
void manager.inviteUsers({ ...room, userIdList: [], timeout: '60' });
// @ts-expect-error no roomId
void manager.accept({});

// --- T6: enums, by the vendor's names and the documentation's --------------------

export const statuses: TUIInvitationStatus[] = [TUIInvitationStatus.kPending, TUIInvitationStatus.PENDING, TUIInvitationStatus.NONE];
export const codes: TUIInvitationCode[] = [TUIInvitationCode.kAlreadyInConference, TUIInvitationCode.ALREADY_IN_INVITATION_LIST];
export const reasons: TUIInvitationRejectedReason[] = [TUIInvitationRejectedReason.IN_OTHER_CONFERENCE];
export const name: string = TUIInvitationStatus[1];
export const byRole: Record<TUIRole, string> = { [TUIRole.kRoomOwner]: 'owner', [TUIRole.kAdministrator]: 'admin', [TUIRole.kGeneralUser]: '' };
export const value: TUIRole.kRoomOwner = TUIRole.kRoomOwner;
// @ts-expect-error no such status
TUIInvitationStatus.kRinging;

// --- events ---------------------------------------------------------------------

manager.on(TUIConferenceInvitationManagerEvents.onReceiveInvitation, ({ roomInfo, invitation, extensionInfo }) => {
  const texts: string[] = [roomInfo.roomId, roomInfo.roomOwner, invitation.invitee.userId, extensionInfo];
  return texts.join();
});
manager.on(TUIConferenceInvitationManagerEvents.onInvitationHandledByOtherDevice, ({ accepted }) => accepted === true);
manager.on(TUIConferenceInvitationManagerEvents.onInvitationRejected, ({ reason }) => reason === TUIInvitationRejectedReason.kRejectToEnter);
manager.on(TUIConferenceInvitationManagerEvents.onInvitationRevokedByAdmin, ({ operateUser }) => operateUser.userRole);
engine.on(TUIRoomEvents.onKickedOutOfRoom, ({ roomId, reason, message }) => [roomId, reason, message]);
engine.on(TUIRoomEvents.onUserSigExpired, () => {});
engine.on(TUIRoomEvents.onSeatListChanged, ({ seatList }) => seatList);
engine.on('onSomethingNewer', (said) => said);
manager.off('onReceiveInvitation', () => {});
// The vendor declares any arguments, so listeners that say what they expect compile.
manager.on(TUIConferenceInvitationManagerEvents.onInvitationAdded, (said: { roomInfo: string; invitation: TUIInvitation }) => said.roomInfo);
// @ts-expect-error neither on nor off answers anything
manager.on('onReceiveInvitation', () => {}).off;
// @ts-expect-error there is no once
manager.once;

// --- errors ---------------------------------------------------------------------

export function failed(error: unknown) {
  if (!(error instanceof TUIError)) throw error;
  const why: [number, string, string | undefined, number | undefined] = [error.code, error.message, error.field, error.limit];
  // @ts-expect-error a number
  const code: string = error.code;
  return error.code === TUIErrorCode.ERR_NEED_PASSWORD ? why : code;
}
