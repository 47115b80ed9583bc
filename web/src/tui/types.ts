// What calls resolve to and events tell, as types.

import type { TUIInvitationStatus, TUIRole, TUIRoomType, TUISeatMode } from './enums.js';

export type TUIUserInfo = {
  /** The account. */
  userId: string;
  /** By setSelfInfo. */
  userName: string;
  /** In this room; '' where there is none. */
  nameCard: string;
  /** By setSelfInfo. */
  avatarUrl: string;
  /** In this room. */
  userRole: TUIRole;
  /** Always false, as all that is about media. */
  hasAudioStream: boolean;
  hasVideoStream: boolean;
  hasScreenStream: boolean;
  isMessageDisabled: boolean;
  /** Always {}. */
  roomCustomInfo: Record<string, any>;
};

export type TUIRoomInfo = {
  /** Chosen by the creator. */
  roomId: string;
  /** For display. */
  roomName: string;
  roomType: TUIRoomType;
  /** This and other settings of seats and media are kept, and nothing depends on them. */
  isSeatEnabled: boolean;
  seatMode: TUISeatMode;
  /** Shown to members only; '' where there is none. */
  password: string;
  isMicrophoneDisableForAllUser: boolean;
  isScreenShareDisableForAllUser: boolean;
  isCameraDisableForAllUser: boolean;
  isMessageDisableForAllUser: boolean;
  maxSeatCount: number;
  /** The owner's userId; the same as ownerId. */
  roomOwner: string;
  ownerId: string;
  ownerName: string;
  ownerAvatarUrl: string;
  /** Unix milliseconds. */
  createTime: number;
  roomMemberCount: number;
};

export type TUILoginUserInfo = {
  userId: string;
  userName: string;
  avatarUrl: string;
  customInfo: Record<string, any>;
};

export type TUIEnterRoomOptions = {
  /** Not asked of those who are invited. */
  password?: string;
};

/** An invitation of one account into a room. */
export type TUIInvitation = {
  /** How far it has come. */
  status: TUIInvitationStatus;
  /** Who is asked. */
  invitee: TUIUserInfo;
  /** Who asks. */
  inviter: TUIUserInfo;
};
