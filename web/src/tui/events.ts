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
  /** Somebody you have asked declines, and why. */
  onInvitationRejected: Invited & { reason: TUIInvitationRejectedReason };
  /** Nobody answered in time. To both sides. */
  onInvitationTimeout: Invited;
  /** An owner or administrator took it back. To both sides. */
  onInvitationRevokedByAdmin: Invited & { operateUser: TUIUserInfo };
  /** To members: the list of the room has one more. */
  onInvitationAdded: Listed;
  /** To members: the list has one less, since it was taken back or the invitee has entered. */
  onInvitationRemoved: Listed;
  /** To members: an entry of the list was accepted or rejected, or timed out. */
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
  /** The room is no more. */
  onRoomDismissed: { roomId: string; reason: TUIRoomDismissedReason };
  /** By an owner or administrator. */
  onRoomNameChanged: { roomId: string; roomName: string };
  /** After each entering and leaving. */
  onRoomUserCountChanged: { roomId: string; userCount: number };
  /** Another user is in the room now. */
  onRemoteUserEnterRoom: { roomId: string; userInfo: TUIUserInfo };
  /** Another user has left, was lost or was removed. */
  onRemoteUserLeaveRoom: { roomId: string; userInfo: TUIUserInfo };
  /** Name, picture, name card or role of a member. */
  onUserInfoChanged: { userInfo: TUIUserInfo };
  /** Somebody has another role, perhaps you. */
  onUserRoleChanged: { userInfo: TUIUserInfo };
}
