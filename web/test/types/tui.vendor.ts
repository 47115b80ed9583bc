// The vendor's own declarations of the room engine (3.4.4), by their shapes.
// What is written against them must compile against ours. Nothing here runs.

import TUIRoomEngine, {
  Rect,
  TencentCloudChat,
  TIM,
  TRTCCloud,
  TRTCVideoFillMode,
  TRTCVideoResolution,
  TUIConferenceInvitationManager,
  TUIConferenceInvitationManagerEvents,
  TUIErrorCode,
  TUIInvitationRejectedReason,
  TUIInvitationStatus,
  TUIKickedOutOfRoomReason,
  TUIMediaDevice,
  TUIRole,
  TUIRoomDismissedReason,
  TUIRoomEvents,
  TUIRoomType,
  TUISeatMode,
  TUIVideoStreamType,
} from '../../src/tui.js';
import type { TUIEnterRoomOptions, TUIInvitation, TUILoginUserInfo, TUIRoomDeviceManager, TUIRoomInfo, TUIUserInfo } from '../../src/tui.js';

// --- parameters: whatever a variable of the vendor's type holds, we take ---------

declare const engine: TUIRoomEngine;
declare const manager: TUIConferenceInvitationManager;
type User = { userId: string };

export const takes = {
  login: (o: { sdkAppId: number; userId: string; userSig: string; tim?: any }): Promise<void> => TUIRoomEngine.login(o),
  setSelfInfo: (o: { userName: string; avatarUrl: string; customInfo?: Record<string, any> }): Promise<void> => TUIRoomEngine.setSelfInfo(o),
  createRoom: (o: {
    roomId: string;
    roomName?: string;
    roomType?: TUIRoomType;
    isSeatEnabled?: boolean;
    seatMode?: TUISeatMode;
    isMicrophoneDisableForAllUser?: boolean;
    isScreenShareDisableForAllUser?: boolean;
    isCameraDisableForAllUser?: boolean;
    isMessageDisableForAllUser?: boolean;
    maxSeatCount?: number;
    password?: string;
    keepOwnerOnSeat?: boolean;
  }): Promise<void> => engine.createRoom(o),
  enterRoom: (o: { roomId: string; roomType: TUIRoomType; options?: TUIEnterRoomOptions }) => engine.enterRoom(o),
  fetchRoomInfo: (o?: { roomId: string; roomType: TUIRoomType }) => engine.fetchRoomInfo(o),
  getUserList: (o?: { nextSequence?: number }): Promise<{ nextSequence: number; userInfoList: Array<TUIUserInfo> }> => engine.getUserList(o),
  getUserInfo: (o: User): Promise<any> => engine.getUserInfo(o),
  changeUserRole: (o: User & { userRole: TUIRole }): Promise<void> => engine.changeUserRole(o),
  changeUserNameCard: (o: User & { nameCard: string }): Promise<void> => engine.changeUserNameCard(o),
  kick: (o: User): Promise<void> => engine.kickRemoteUserOutOfRoom(o),
  inviteUsers: (o: { roomId: string; userIdList: string[]; timeout: number; extensionInfo?: string }): Promise<void> => manager.inviteUsers(o),
  cancelInvitation: (o: { roomId: string; userIdList: string[] }): Promise<void> => manager.cancelInvitation(o),
  accept: (o: { roomId: string }): Promise<void> => manager.accept(o),
  reject: (o: { roomId: string; reason: TUIInvitationRejectedReason }): Promise<void> => manager.reject(o),
  getInvitationList: (o: { roomId: string; cursor: string; count: number }) => manager.getInvitationList(o),
};

// --- results ----------------------------------------------------------------------

export const room: Promise<{ roomId: string; roomName: string; roomOwner: string; createTime: number; roomMemberCount: number; seatMode: TUISeatMode }> =
  engine.enterRoom({ roomId: 'r', roomType: TUIRoomType.kConference });
export const me: Promise<{ userId: string; userName: string; avatarUrl: string; customInfo: Record<string, any> }> = TUIRoomEngine.getSelfInfo();
export const info = (i: TUIRoomInfo): [string, number, boolean] => [i.password, i.maxSeatCount, i.isSeatEnabled];
export const mine = (i: TUILoginUserInfo): any => i.customInfo.level;

// --- listeners, as kits write them --------------------------------------------------

class Kit {
  instance: TUIRoomEngine | undefined;
  devices: TUIRoomDeviceManager | null = null;
  constructor() {
    TUIRoomEngine.once('ready', () => {
      this.instance = TUIRoomEngine.getInstance() as TUIRoomEngine;
      this.devices = this.instance?.getMediaDeviceManager();
    });
  }
  listen(event: TUIConferenceInvitationManagerEvents, callback: (data?: any) => any): void {
    this.instance?.getConferenceInvitationManager().on(event, callback);
    this.instance?.getConferenceListManager().off(event, callback);
  }
  private onReceiveInvitation = (data: { roomInfo: TUIRoomInfo; invitation: TUIInvitation; extensionInfo: string }) => {
    const { userId, userName, avatarUrl } = data.invitation.invitee;
    return { ...{ userId, userName, avatarUrl }, status: data.invitation.status as TUIInvitationStatus };
  };
  private onTimeout = (data: { roomId: string; roomInfo: TUIRoomInfo; invitation: TUIInvitation }) => data.roomId;
  bind() {
    const invitations = this.instance?.getConferenceInvitationManager();
    invitations?.on(TUIConferenceInvitationManagerEvents.onReceiveInvitation, this.onReceiveInvitation);
    invitations?.on(TUIConferenceInvitationManagerEvents.onInvitationTimeout, this.onTimeout);
    this.instance?.on(TUIRoomEvents.onUserInfoChanged, (eventInfo: { userInfo: TUIUserInfo }) => eventInfo.userInfo);
    this.instance?.on(TUIRoomEvents.onError, (eventInfo: { code: TUIErrorCode; message: string }) => eventInfo.code);
    this.instance?.on(TUIRoomEvents.onRoomDismissed, (e: { roomId: string; reason: TUIRoomDismissedReason }) => e.reason);
    this.instance?.on(TUIRoomEvents.onKickedOutOfRoom, (e: { roomId: string; reason: TUIKickedOutOfRoomReason; message: string }) => e.reason);
    this.instance?.on(TUIRoomEvents.onUserSigExpired, () => {});
    this.instance?.off(TUIRoomEvents.onUserVideoStateChanged, (e: { userId: string; streamType: TUIVideoStreamType }) => e.userId);
  }
  async media() {
    await this.instance?.openLocalCamera({ isFrontCamera: true });
    await this.instance?.disableDeviceForAllUserByAdmin({ device: TUIMediaDevice.kMicrophone, isDisable: true });
    const cloud: TRTCCloud | undefined = this.instance?.getTRTCCloud();
    cloud?.setLocalRenderParams({ fillMode: TRTCVideoFillMode.TRTCVideoFillMode_Fill });
    return [TRTCVideoResolution.TRTCVideoResolution_640_360, new Rect(0, 0, 1, 1), TIM === TencentCloudChat];
  }
}
export const kit = new Kit();
