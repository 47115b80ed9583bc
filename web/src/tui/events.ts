// What listeners are called with, by the event's name.

import type { TUIInvitationRejectedReason, TUIKickedOutOfRoomReason, TUIRoomDismissedReason } from './enums.js';
import type { TUIInvitation, TUIRoomInfo, TUIUserInfo } from './types.js';

interface Invited {
  roomInfo: TUIRoomInfo;
  invitation: TUIInvitation;
}

/** Of the list of the room that this engine is in. With `configure({ tui: { roomInfoAsId: true } })` roomInfo is the id. */
interface Listed {
  roomInfo: TUIRoomInfo;
  invitation: TUIInvitation;
}

/** The events of the invitation manager. */
export interface TUIInvitationEvents {
  /** You are asked into a room. */
  onReceiveInvitation: Invited & { extensionInfo: string };
  /** Another device of yours has answered. */
  onInvitationHandledByOtherDevice: { roomInfo: TUIRoomInfo; accepted: boolean };
  /** Your invitation was taken back. */
  onInvitationCancelled: Invited;
  /** Somebody you have asked accepts. They are not in the room yet. */
  onInvitationAccepted: Invited;
  onInvitationRejected: Invited & { reason: TUIInvitationRejectedReason };
  /** Nobody answered in time. To both sides. */
  onInvitationTimeout: Invited;
  /** An owner or administrator took it back. To both sides. */
  onInvitationRevokedByAdmin: Invited & { operateUser: TUIUserInfo };
  onInvitationAdded: Listed;
  onInvitationRemoved: Listed;
  onInvitationStatusChanged: Listed;
}

/** The events of the engine that there are. */
export interface TUIRoomEngineEvents {
  /** Something failed that no promise tells of. */
  onError: { code: number; message: string };
  /** You are out of the room, and have not left it. */
  onKickedOutOfRoom: { roomId: string; reason: TUIKickedOutOfRoomReason; message: string };
  /** This device is logged out: another one has taken its place, or an operator has. */
  onKickedOffLine: { message: string };
  /** Log in again, with a new userSig. */
  onUserSigExpired: void;
  onRoomDismissed: { roomId: string; reason: TUIRoomDismissedReason };
  onRoomNameChanged: { roomId: string; roomName: string };
  onRoomUserCountChanged: { roomId: string; userCount: number };
  onRemoteUserEnterRoom: { roomId: string; userInfo: TUIUserInfo };
  onRemoteUserLeaveRoom: { roomId: string; userInfo: TUIUserInfo };
  /** Name, picture, name card or role of a member. */
  onUserInfoChanged: { userInfo: TUIUserInfo };
  onUserRoleChanged: { userInfo: TUIUserInfo };
}
