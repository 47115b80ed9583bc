// The vendor's engine is a media engine as well. Beckon is not: what its pages
// call for cameras, microphones and screens does nothing here, successfully, and
// what they ask of seats and requests is refused.

import { TUIErrorCode } from './codes.js';
import { TUIError } from './errors.js';
import { silent } from './silent.js';

export enum TUIVideoQuality {
  kVideoQuality_360p = 1,
  kVideoQuality_540p = 2,
  kVideoQuality_720p = 3,
  kVideoQuality_1080p = 4,
}

export enum TUIAudioQuality {
  kAudioProfileSpeech = 0,
  kAudioProfileDefault = 1,
  kAudioProfileMusic = 2,
}

export enum TUIVideoStreamType {
  kCameraStream = 0,
  kScreenStream = 1,
  kCameraStreamLow = 2,
}

export enum TUINetworkQuality {
  kQualityUnknown = 0,
  kQualityExcellent = 1,
  kQualityGood = 2,
  kQualityPoor = 3,
  kQualityBad = 4,
  kQualityVeryBad = 5,
  kQualityDown = 6,
}

export enum TUIMediaDevice {
  kMicrophone = 1,
  kCamera = 2,
  kScreen = 3,
}

export enum TUIMediaDeviceType {
  kMediaDeviceTypeUnknown = -1,
  kMediaDeviceTypeAudioInput = 0,
  kMediaDeviceTypeAudioOutput = 1,
  kMediaDeviceTypeVideoCamera = 2,
}

export enum TUIMediaDeviceState {
  kMediaDeviceStateAdd = 0,
  kMediaDeviceStateRemove = 1,
  kMediaDeviceStateActive = 2,
}

export enum TUIAudioRoute {
  kAudioRouteSpeakerphone = 0,
  kAudioRouteEarpiece = 1,
}

export enum TUIResolutionMode {
  kResolutionMode_Landscape = 0,
  kResolutionMode_Portrait = 1,
}

export enum TUICaptureSourceType {
  kWindow = 0,
  kScreen = 1,
}

export enum TUIChangeReason {
  kChangedBySelf = 0,
  kChangedByAdmin = 1,
}

export enum TUIRequestAction {
  kInvalidAction = 0,
  kRequestToOpenRemoteCamera = 1,
  kRequestToOpenRemoteMicrophone = 2,
  kRequestToConnectOtherRoom = 3,
  kRequestToTakeSeat = 4,
  kRequestRemoteUserOnSeat = 5,
  kApplyToAdminToOpenLocalCamera = 6,
  kApplyToAdminToOpenLocalMicrophone = 7,
  kApplyToAdminToOpenLocalScreenShare = 8,
}

export enum TUIRequestCallbackType {
  kRequestAccepted = 0,
  kRequestRejected = 1,
  kRequestCancelled = 2,
  kRequestTimeout = 3,
  kRequestError = 4,
}

export enum TUIConferenceStatus {
  kConferenceStatusNone = 0,
  kConferenceStatusNotStarted = 1,
  kConferenceStatusRunning = 2,
}

export enum TUIConferenceCancelReason {
  kConferenceCancelReasonCancelledByAdmin = 0,
  kConferenceCancelReasonRemovedFromAttendees = 1,
}

/** Each member's value is its name. None of these events ever comes. */
export enum TUIRoomDeviceMangerEvents {
  onDeviceChanged = 'onDeviceChanged',
  onTestMicVolume = 'onTestMicVolume',
  onTestSpeakerVolume = 'onTestSpeakerVolume',
}

/** Each member's value is its name. None of these events ever comes. */
export enum TUIConferenceListManagerEvents {
  onConferenceScheduled = 'onConferenceScheduled',
  onConferenceWillStart = 'onConferenceWillStart',
  onConferenceCancelled = 'onConferenceCancelled',
  onConferenceInfoChanged = 'onConferenceInfoChanged',
  onScheduleAttendeesChanged = 'onScheduleAttendeesChanged',
  onConferenceStatusChanged = 'onConferenceStatusChanged',
}

type Call = (options?: any) => Promise<any>;

/** Do nothing, and resolve to undefined. */
const DOES_NOTHING =
  'setLocalVideoView openLocalCamera closeLocalCamera openLocalMicrophone closeLocalMicrophone updateVideoQuality ' +
  'setVideoResolutionMode updateVideoQualityEx updateAudioQuality startPushLocalVideo stopPushLocalVideo muteLocalAudio ' +
  'unmuteLocalAudio setRemoteVideoView startPlayRemoteVideo stopPlayRemoteVideo muteRemoteAudioStream ' +
  'setAudioPlayoutVolume startScreenSharing stopScreenSharing setCurrentCameraDevice switchCamera setCurrentMicDevice ' +
  'setCurrentSpeakerDevice startCameraDeviceTest stopCameraDeviceTest startMicDeviceTest stopMicDeviceTest ' +
  'callExperimentalAPI';

/** Have nothing to show: resolve to []. */
const HAS_NONE = 'getCameraDevicesList getMicDevicesList getSpeakerDevicesList getSeatList getSeatApplicationList';

/** Need what Beckon has not: reject with ERR_OPERATION_NOT_SUPPORTED_IN_CURRENT_ROOM_TYPE. */
const IS_NOT_THERE =
  'openRemoteDeviceByAdmin applyToAdminToOpenLocalDevice closeRemoteDeviceByAdmin cancelRequest responseRemoteRequest ' +
  'disableDeviceForAllUserByAdmin disableSendingMessageForAllUser disableSendingMessageByAdmin takeSeat leaveSeat moveToSeat ' +
  'moveUserToSeatByAdmin takeUserOnSeatByAdmin kickUserOffSeatByAdmin lockSeatByAdmin sendTextMessage sendCustomMessage ' +
  'updateRoomSeatModeByAdmin setCustomInfoForUser setRoomMetadataByAdmin getRoomMetadata';

const each = (names: string, made: (name: string) => Call) => Object.fromEntries(names.split(' ').map((name) => [name, made(name)]));

/** The engine's methods that Beckon has no use for. */
export interface Media {
  setLocalVideoView: Call;
  openLocalCamera: Call;
  closeLocalCamera: Call;
  openLocalMicrophone: Call;
  closeLocalMicrophone: Call;
  updateVideoQuality: Call;
  setVideoResolutionMode: Call;
  updateVideoQualityEx: Call;
  updateAudioQuality: Call;
  startPushLocalVideo: Call;
  stopPushLocalVideo: Call;
  muteLocalAudio: Call;
  unmuteLocalAudio: Call;
  setRemoteVideoView: Call;
  startPlayRemoteVideo: Call;
  stopPlayRemoteVideo: Call;
  muteRemoteAudioStream: Call;
  setAudioPlayoutVolume: Call;
  startScreenSharing: Call;
  stopScreenSharing: Call;
  setCurrentCameraDevice: Call;
  switchCamera: Call;
  setCurrentMicDevice: Call;
  setCurrentSpeakerDevice: Call;
  startCameraDeviceTest: Call;
  stopCameraDeviceTest: Call;
  startMicDeviceTest: Call;
  stopMicDeviceTest: Call;
  callExperimentalAPI: Call;
  getCameraDevicesList: Call;
  getMicDevicesList: Call;
  getSpeakerDevicesList: Call;
  getSeatList: Call;
  getSeatApplicationList: Call;
  openRemoteDeviceByAdmin: Call;
  applyToAdminToOpenLocalDevice: Call;
  closeRemoteDeviceByAdmin: Call;
  cancelRequest: Call;
  responseRemoteRequest: Call;
  disableDeviceForAllUserByAdmin: Call;
  disableSendingMessageForAllUser: Call;
  disableSendingMessageByAdmin: Call;
  takeSeat: Call;
  leaveSeat: Call;
  moveToSeat: Call;
  moveUserToSeatByAdmin: Call;
  takeUserOnSeatByAdmin: Call;
  kickUserOffSeatByAdmin: Call;
  lockSeatByAdmin: Call;
  sendTextMessage: Call;
  sendCustomMessage: Call;
  updateRoomSeatModeByAdmin: Call;
  setCustomInfoForUser: Call;
  setRoomMetadataByAdmin: Call;
  getRoomMetadata: Call;
}

export const media: object = {
  ...each(DOES_NOTHING, () => async () => {}),
  ...each(HAS_NONE, () => async () => []),
  ...each(IS_NOT_THERE, (name) => async () => {
    throw new TUIError(TUIErrorCode.ERR_OPERATION_NOT_SUPPORTED_IN_CURRENT_ROOM_TYPE, `${name}: Beckon has no media, seats or messages`);
  }),
};

/** The device manager: no devices, and whatever is called does nothing. */
export type TUIRoomDeviceManager = any;
/** The list of scheduled conferences: there are none. */
export type TUIConferenceListManager = any;

const none = async () => [];
export const devices: TUIRoomDeviceManager = silent({ getDevicesList: none, getCurrentDevice: () => ({ deviceId: '', deviceName: '' }) });
export const conferences: TUIConferenceListManager = silent({ fetchScheduledConferenceList: none, fetchAttendeeList: none });
