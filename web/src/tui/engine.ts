// TUIRoomEngine: it exists at once and keeps no state of its own. What is, is in
// the Go module behind it, which loads meanwhile; calls wait for that.

import { report } from '../failure.js';
import type { TUIRole, TUIRoomEvents, TUIRoomType, TUISeatMode } from './enums.js';
import type { TUIRoomEngineEvents } from './events.js';
import { call, engineEvents, isReady, load, login, logout } from './life.js';
import type { TUILoginOptions } from './life.js';
import { TUIConferenceInvitationManager } from './manager.js';
import { conferences, devices, media } from './media.js';
import type { Media, TUIConferenceListManager, TUIRoomDeviceManager } from './media.js';
import { chat, cloud } from './silent.js';
import type { TRTCCloud } from './trtc.js';
import type { TUIEnterRoomOptions, TUILoginUserInfo, TUIRoomInfo, TUIUserInfo } from './types.js';

export interface TUICreateRoomOptions {
  /** At most 64 bytes: letters, digits, space, and some other ASCII characters. */
  roomId: string;
  /** At most 30 bytes. Default: roomId. */
  roomName?: string;
  /** Default kConference, the only one there is. */
  roomType?: TUIRoomType;
  /** At most 32 bytes. Default '': none. Deleted from the object, as the vendor does. */
  password?: string;
  // Those below are kept and shown in TUIRoomInfo; nothing depends on them.
  isSeatEnabled?: boolean;
  seatMode?: TUISeatMode;
  isMicrophoneDisableForAllUser?: boolean;
  isScreenShareDisableForAllUser?: boolean;
  isCameraDisableForAllUser?: boolean;
  isMessageDisableForAllUser?: boolean;
  maxSeatCount?: number;
  keepOwnerOnSeat?: boolean;
}

let shared: TUIRoomEngine | undefined;

export interface TUIRoomEngine extends Media {}

/**
 * A page has one login, one room at a time and one set of listeners, whichever engine it asks. All calls reject with
 * {@link TUIError}.
 */
export class TUIRoomEngine {
  static className = 'TUIRoomEngine';

  /**
   * 'ready': calls back when the Go module is there, at once if it is. Nothing has to wait for it, since calls do by
   * themselves.
   */
  static once(event: string, func: (...args: any[]) => void): void {
    engineEvents.once(event, func);
    if (event !== 'ready') return;
    if (isReady) engineEvents.tell(event);
    else load().catch(report);
  }

  /** The engine that all who call this share. */
  static getInstance(): TUIRoomEngine {
    return (shared ??= new TUIRoomEngine());
  }

  /** Resolves when logged in. Another account that was is logged out before. */
  static login(options: TUILoginOptions): Promise<void> {
    return login(options);
  }

  /** Leaves the room and logs out. Listeners stay. */
  static logout(): Promise<void> {
    return logout();
  }

  /** Says how others see this account, from now on. */
  static async setSelfInfo(options: { userName: string; avatarUrl: string; customInfo?: Record<string, any> }): Promise<void> {
    await call('setSelfInfo', options);
  }

  /** What others see of this account, as set by setSelfInfo. */
  static getSelfInfo(): Promise<TUILoginUserInfo> {
    return call('getSelfInfo');
  }

  /** Does nothing. */
  static async callExperimentalAPI(_json: string): Promise<void> {}

  constructor(_options?: { isSharedInstance?: boolean }) {}

  /** Makes a room and its owner, who has yet to enter it. */
  async createRoom(options: TUICreateRoomOptions): Promise<void> {
    const args = { ...options };
    Reflect.deleteProperty(Object(options), 'password');
    await call('createRoom', args);
  }

  /** Enters a room, and accepts what invites into it. The same room again is no mistake; another one is. */
  enterRoom(options: { roomId: string; roomType?: TUIRoomType; options?: TUIEnterRoomOptions }): Promise<TUIRoomInfo> {
    const args = { ...options };
    Reflect.deleteProperty(Object(options), 'options');
    return call('enterRoom', args);
  }

  /** An owner cannot: destroyRoom, or pass it on by changeUserRole. */
  async exitRoom(): Promise<void> {
    await call('exitRoom');
  }

  /** Ends the room for everybody; the owner alone may. What is pending is taken back. */
  async destroyRoom(): Promise<void> {
    await call('destroyRoom');
  }

  /** Without options, of the room that this engine is in. */
  fetchRoomInfo(options?: { roomId: string; roomType?: TUIRoomType }): Promise<TUIRoomInfo> {
    return call('fetchRoomInfo', options);
  }

  /** Members in pages of 50. `nextSequence` of the answer goes into the next call, until it is 0. */
  getUserList(options?: { nextSequence?: number }): Promise<{ nextSequence: number; userInfoList: TUIUserInfo[] }> {
    return call('getUserList', options);
  }

  /** Of a member of the room. */
  getUserInfo(options: { userId: string }): Promise<TUIUserInfo> {
    return call('getUserInfo', options);
  }

  /** Removes a user: the owner anybody, an administrator general users. */
  async kickRemoteUserOutOfRoom(options: { userId: string }): Promise<void> {
    await call('kickRemoteUserOutOfRoom', options);
  }

  /** kRoomOwner passes the room on. */
  async changeUserRole(options: { userId: string; userRole: TUIRole }): Promise<void> {
    await call('changeUserRole', options);
  }

  /** A name to go by in this room: one's own, or as owner or administrator that of others. At most 128 characters. */
  async changeUserNameCard(options: { userId: string; nameCard: string }): Promise<void> {
    await call('changeUserNameCard', options);
  }

  /** Owner and administrators may; at most 30 bytes. */
  async updateRoomNameByAdmin(options: { roomName: string }): Promise<void> {
    await call('updateRoomNameByAdmin', options);
  }

  /** Owner and administrators may; '' takes it away. At most 32 bytes. */
  async updateRoomPasswordByAdmin(options: { password: string }): Promise<void> {
    await call('updateRoomPasswordByAdmin', options);
  }

  /** Of all engines. Neither on nor off answers anything. */
  on<E extends TUIRoomEvents>(event: E, func: (event: Told<E>) => void): void;
  on(event: string, func: (...args: any[]) => void): void;
  on(event: string, func: (...args: any[]) => void): void {
    engineEvents.add(event, func);
  }

  /** Stops listening with that function. */
  off(event: string, func: (...args: any[]) => void): void {
    engineEvents.remove(event, func);
  }

  /** One for all engines. */
  getConferenceInvitationManager(): TUIConferenceInvitationManager {
    return new TUIConferenceInvitationManager();
  }

  // Beckon has no media, no chat and no schedule. What these answer has the vendor's methods, and they do nothing.

  /** An object that has the media SDK's methods; they do nothing. So do those of the next ones. */
  getTRTCCloud(): TRTCCloud {
    return cloud;
  }

  getTIM(): any {
    return chat;
  }

  getMediaDeviceManager(): TUIRoomDeviceManager {
    return devices;
  }

  getConferenceListManager(): TUIConferenceListManager {
    return conferences;
  }

  getCurrentCameraDevice(): any {
    return devices.getCurrentDevice();
  }

  getCurrentMicDevice(): any {
    return devices.getCurrentDevice();
  }

  getCurrentSpeakerDevice(): any {
    return devices.getCurrentDevice();
  }

  /** Does nothing: there is nothing of its own to destroy. */
  destroy(): void {}
}

type Told<E extends TUIRoomEvents> = `${E}` extends keyof TUIRoomEngineEvents ? TUIRoomEngineEvents[`${E}`] : any;

Object.assign(TUIRoomEngine.prototype, media);
