// What calls resolve to and events tell, as types.

import type { TUIInvitationStatus, TUIRole, TUIRoomType, TUISeatMode } from './enums.js';

export type TUIUserInfo = {
  userId: string;
  userName: string;
  /** In this room; '' where there is none. */
  nameCard: string;
  avatarUrl: string;
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
  roomId: string;
  roomName: string;
  roomType: TUIRoomType;
  isSeatEnabled: boolean;
  seatMode: TUISeatMode;
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
  status: TUIInvitationStatus;
  invitee: TUIUserInfo;
  inviter: TUIUserInfo;
};
