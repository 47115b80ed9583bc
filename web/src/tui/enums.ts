// The vendor's enums. Those of invitations also have the names of the
// documentation's page, which come first here, since the last name of a value is
// what looking it up answers: TUIInvitationStatus[1] is 'kPending'.

export enum TUIInvitationStatus {
  NONE = 0,
  PENDING = 1,
  TIMEOUT = 2,
  ACCEPTED = 3,
  REJECTED = 4,
  kNone = 0,
  kPending = 1,
  kTimeout = 2,
  kAccepted = 3,
  kRejected = 4,
}

/** What became of asking one account: the values of what inviteUsers resolves to. */
export enum TUIInvitationCode {
  SUCCESS = 0,
  ALREADY_IN_INVITATION_LIST = 1,
  ALREADY_IN_CONFERENCE = 2,
  /** Asked. */
  kSuccess = 0,
  /** Has a pending invitation into this room. */
  kAlreadyInInvitationList = 1,
  /** Is in this room. */
  kAlreadyInConference = 2,
}

export enum TUIInvitationRejectedReason {
  REJECT_TO_ENTER = 0,
  IN_OTHER_CONFERENCE = 1,
  kRejectToEnter = 0,
  kInOtherConference = 1,
}

// The documentation's names are there to be used, not to be listed.
for (const aliased of [TUIInvitationStatus, TUIInvitationCode, TUIInvitationRejectedReason]) {
  for (const name of Object.keys(aliased)) {
    if (/^[A-Z]/.test(name)) Object.defineProperty(aliased, name, { enumerable: false });
  }
}

export enum TUIRole {
  kRoomOwner = 0,
  kAdministrator = 1,
  kGeneralUser = 2,
}

export enum TUIRoomType {
  kConference = 1,
  kLive = 2,
}

export enum TUISeatMode {
  kFreeToTake = 1,
  kApplyToTake = 2,
}

export enum TUIKickedOutOfRoomReason {
  kKickedByAdmin = 0,
  /** Another device of this account has entered the room. */
  kKickedByLoggedOnOtherDevice = 1,
  kKickedByServer = 2,
  /** The link was lost for too long. */
  kNetworkDisconnected = 3,
  /** While this device was away. */
  kJoinRoomStatusInvalidDuringOffline = 4,
  kCountOfJoinedRoomsExceedLimit = 5,
}

export enum TUIRoomDismissedReason {
  kByOwner = 1,
  kByServer = 2,
}

/** Each member's value is its name. */
export enum TUIConferenceInvitationManagerEvents {
  onReceiveInvitation = 'onReceiveInvitation',
  onInvitationHandledByOtherDevice = 'onInvitationHandledByOtherDevice',
  onInvitationCancelled = 'onInvitationCancelled',
  onInvitationAccepted = 'onInvitationAccepted',
  onInvitationRejected = 'onInvitationRejected',
  onInvitationTimeout = 'onInvitationTimeout',
  onInvitationRevokedByAdmin = 'onInvitationRevokedByAdmin',
  onInvitationAdded = 'onInvitationAdded',
  onInvitationRemoved = 'onInvitationRemoved',
  onInvitationStatusChanged = 'onInvitationStatusChanged',
}

/** Each member's value is its name. Those about media, seats and messages never come. */
export enum TUIRoomEvents {
  onError = 'onError',
  onKickedOutOfRoom = 'onKickedOutOfRoom',
  onKickedOffLine = 'onKickedOffLine',
  onUserSigExpired = 'onUserSigExpired',
  onRoomDismissed = 'onRoomDismissed',
  onRoomNameChanged = 'onRoomNameChanged',
  onRoomSeatModeChanged = 'onRoomSeatModeChanged',
  onRoomUserCountChanged = 'onRoomUserCountChanged',
  onAllUserCameraDisableChanged = 'onAllUserCameraDisableChanged',
  onScreenShareForAllUserDisableChanged = 'onScreenShareForAllUserDisableChanged',
  onAllUserMicrophoneDisableChanged = 'onAllUserMicrophoneDisableChanged',
  onSendMessageForAllUserDisableChanged = 'onSendMessageForAllUserDisableChanged',
  onRoomMaxSeatCountChanged = 'onRoomMaxSeatCountChanged',
  onRemoteUserEnterRoom = 'onRemoteUserEnterRoom',
  onRemoteUserLeaveRoom = 'onRemoteUserLeaveRoom',
  onUserInfoChanged = 'onUserInfoChanged',
  onUserRoleChanged = 'onUserRoleChanged',
  onUserVideoStateChanged = 'onUserVideoStateChanged',
  onUserAudioStateChanged = 'onUserAudioStateChanged',
  onSendMessageForUserDisableChanged = 'onSendMessageForUserDisableChanged',
  onUserVoiceVolumeChanged = 'onUserVoiceVolumeChanged',
  onUserNetworkQualityChanged = 'onUserNetworkQualityChanged',
  onSeatListChanged = 'onSeatListChanged',
  onKickedOffSeat = 'onKickedOffSeat',
  onRequestReceived = 'onRequestReceived',
  onRequestCancelled = 'onRequestCancelled',
  onRequestProcessed = 'onRequestProcessed',
  onReceiveTextMessage = 'onReceiveTextMessage',
  onReceiveCustomMessage = 'onReceiveCustomMessage',
  onDeviceChange = 'onDeviceChange',
  onUserScreenCaptureStopped = 'onUserScreenCaptureStopped',
  onAutoPlayFailed = 'onAutoPlayFailed',
  onRoomMetadataChanged = 'onRoomMetadataChanged',
}
