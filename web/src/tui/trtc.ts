// What the vendor's package hands on of its media and chat SDKs. Beckon carries
// no media and no chat: these are there so that programs which import and touch
// them run, and nothing comes of it.

import { chat, cloud, silent } from './silent.js';

/** The media SDK. Every method does nothing. */
export const TRTCCloud: any = silent({ getTRTCShareInstance: () => cloud });
export type TRTCCloud = any;

/** The chat SDK. Every method does nothing. */
export const TencentCloudChat: any = silent({ create: () => chat, EVENT: {}, TYPES: {} });
export type TencentCloudChat = any;
export { TencentCloudChat as TIM };

export class Rect {
  constructor(
    public left = 0,
    public top = 0,
    public right = 0,
    public bottom = 0,
  ) {}
}

/** A record that holds what it is given. */
class Given {
  [field: string]: any;
}
export class TRTCDeviceInfo extends Given {}
export class TRTCMediaMixingEncParam extends Given {}
export class TRTCMediaSource extends Given {}
export class TRTCScreenCaptureSourceInfo extends Given {}
export class TRTCVideoEncParam extends Given {}
export class TRTCVolumeInfo extends Given {}

export const TRTCMediaMixingEvent: any = {};
export type TRTCMediaMixingEvent = any;
export const TRTCMediaSourceType: any = {};
export type TRTCMediaSourceType = any;

export enum TRTCDeviceState {
  TRTCDeviceStateAdd = 0,
  TRTCDeviceStateRemove = 1,
  TRTCDeviceStateActive = 2,
}

export enum TRTCDeviceType {
  TRTCDeviceTypeUnknow = -1,
  TRTCDeviceTypeMic = 0,
  TRTCDeviceTypeSpeaker = 1,
  TRTCDeviceTypeCamera = 2,
}

export enum TRTCLogLevel {
  TRTCLogLevelVerbose = 0,
  TRTCLogLevelDebug = 1,
  TRTCLogLevelInfo = 2,
  TRTCLogLevelWarn = 3,
  TRTCLogLevelError = 4,
  TRTCLogLevelFatal = 5,
  TRTCLogLevelNone = 6,
}

export enum TRTCScreenCaptureSourceType {
  TRTCScreenCaptureSourceTypeUnknown = -1,
  TRTCScreenCaptureSourceTypeWindow = 0,
  TRTCScreenCaptureSourceTypeScreen = 1,
  TRTCScreenCaptureSourceTypeCustom = 2,
}

export enum TRTCVideoFillMode {
  TRTCVideoFillMode_Fill = 0,
  TRTCVideoFillMode_Fit = 1,
}

export enum TRTCVideoMirrorType {
  TRTCVideoMirrorType_Auto = 0,
  TRTCVideoMirrorType_Enable = 1,
  TRTCVideoMirrorType_Disable = 2,
}

export enum TRTCVideoResolutionMode {
  TRTCVideoResolutionModeLandscape = 0,
  TRTCVideoResolutionModePortrait = 1,
}

export enum TRTCVideoRotation {
  TRTCVideoRotation0 = 0,
  TRTCVideoRotation90 = 1,
  TRTCVideoRotation180 = 2,
  TRTCVideoRotation270 = 3,
}

export enum TRTCVideoStreamType {
  TRTCVideoStreamTypeBig = 0,
  TRTCVideoStreamTypeSmall = 1,
  TRTCVideoStreamTypeSub = 2,
}

export enum TRTCVideoResolution {
  TRTCVideoResolution_120_120 = 1,
  TRTCVideoResolution_160_160 = 3,
  TRTCVideoResolution_270_270 = 5,
  TRTCVideoResolution_480_480 = 7,
  TRTCVideoResolution_160_120 = 50,
  TRTCVideoResolution_240_180 = 52,
  TRTCVideoResolution_280_210 = 54,
  TRTCVideoResolution_320_240 = 56,
  TRTCVideoResolution_400_300 = 58,
  TRTCVideoResolution_480_360 = 60,
  TRTCVideoResolution_640_480 = 62,
  TRTCVideoResolution_960_720 = 64,
  TRTCVideoResolution_160_90 = 100,
  TRTCVideoResolution_256_144 = 102,
  TRTCVideoResolution_320_180 = 104,
  TRTCVideoResolution_480_270 = 106,
  TRTCVideoResolution_640_360 = 108,
  TRTCVideoResolution_960_540 = 110,
  TRTCVideoResolution_1280_720 = 112,
  TRTCVideoResolution_1920_1080 = 114,
}
