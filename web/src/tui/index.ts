export { TUIRoomEngine } from './engine.js';
export type { TUICreateRoomOptions } from './engine.js';
export type { TUILoginOptions } from './life.js';
export { TUIConferenceInvitationManager } from './manager.js';
export type { TUIInvitationList, TUIInvitationResult } from './manager.js';
export { TUIError } from './errors.js';
export { TUIErrorCode } from './codes.js';
export * from './enums.js';
export type * from './events.js';
export type * from './types.js';
export * from './trtc.js';
export {
  TUIAudioQuality,
  TUIAudioRoute,
  TUICaptureSourceType,
  TUIChangeReason,
  TUIConferenceCancelReason,
  TUIConferenceListManagerEvents,
  TUIConferenceStatus,
  TUIMediaDevice,
  TUIMediaDeviceState,
  TUIMediaDeviceType,
  TUINetworkQuality,
  TUIRequestAction,
  TUIRequestCallbackType,
  TUIResolutionMode,
  TUIRoomDeviceMangerEvents,
  TUIVideoQuality,
  TUIVideoStreamType,
} from './media.js';
export type { TUIConferenceListManager, TUIRoomDeviceManager } from './media.js';
