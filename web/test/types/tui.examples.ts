// The examples of the vendor's page on conference invitations, as they stand
// there but for its slips: a semicolon inside an object is a comma, the example
// of getInvitationList calls getInvitationList, and a listener takes the fields
// that its event has. They must compile, and tui.facade.test.mjs and the
// conformance suite run them.

import { TUIConferenceInvitationManagerEvents } from '../../src/tui/index.js';
import type { TUIRoomEngine as Engine } from '../../src/tui/index.js';

type EngineClass = new () => Engine;

export async function inviteUsers(TUIRoomEngine: EngineClass, userIdList: string[], extensionInfo: string) {
  const roomEngine = new TUIRoomEngine();
  const conferenceInvitationManager = roomEngine.getConferenceInvitationManager();
  await conferenceInvitationManager.inviteUsers({
    roomId: '12345',
    timeout: 60,
    userIdList,
    extensionInfo,
  });
}

export async function cancelInvitation(TUIRoomEngine: EngineClass) {
  const roomEngine = new TUIRoomEngine();
  const conferenceInvitationManager = roomEngine.getConferenceInvitationManager();
  await conferenceInvitationManager.cancelInvitation({
    roomId: '12345',
    userIdList: ['userId'],
  });
}

export async function accept(TUIRoomEngine: EngineClass) {
  const roomEngine = new TUIRoomEngine();
  const conferenceInvitationManager = roomEngine.getConferenceInvitationManager();
  await conferenceInvitationManager.accept({
    roomId: '12345',
  });
}

export async function reject(TUIRoomEngine: EngineClass) {
  const roomEngine = new TUIRoomEngine();
  const conferenceInvitationManager = roomEngine.getConferenceInvitationManager();
  await conferenceInvitationManager.reject({
    roomId: '12345',
  });
}

export async function getInvitationList(TUIRoomEngine: EngineClass) {
  const roomEngine = new TUIRoomEngine();
  const conferenceInvitationManager = roomEngine.getConferenceInvitationManager();
  return await conferenceInvitationManager.getInvitationList({
    roomId: '12345',
    cursor: '',
    count: 10,
  });
}

export function on(TUIRoomEngine: EngineClass) {
  const roomEngine = new TUIRoomEngine();
  const conferenceInvitationManager = roomEngine.getConferenceInvitationManager();
  const callback = ({ roomInfo, invitation, extensionInfo }: any) => {
    console.log('conferenceInvitationManager.onReceiveInvitation', roomInfo, invitation, extensionInfo);
  };
  conferenceInvitationManager.on(TUIConferenceInvitationManagerEvents.onReceiveInvitation, callback);
  return callback;
}

export function off(TUIRoomEngine: EngineClass, callback: (said: any) => void) {
  const roomEngine = new TUIRoomEngine();
  const conferenceInvitationManager = roomEngine.getConferenceInvitationManager();
  conferenceInvitationManager.off(TUIConferenceInvitationManagerEvents.onReceiveInvitation, callback);
}

/** The page's ten listeners; what each logs. */
export function listeners(TUIRoomEngine: EngineClass, log: (name: string, ...said: unknown[]) => void) {
  const roomEngine = new TUIRoomEngine();
  const conferenceInvitationManager = roomEngine.getConferenceInvitationManager();
  conferenceInvitationManager.on(TUIConferenceInvitationManagerEvents.onReceiveInvitation, ({ roomInfo, invitation, extensionInfo }) => {
    log('conferenceInvitationManager.onReceiveInvitation', roomInfo, invitation, extensionInfo);
  });
  conferenceInvitationManager.on(TUIConferenceInvitationManagerEvents.onInvitationHandledByOtherDevice, ({ roomInfo, accepted }) => {
    log('conferenceInvitationManager.onInvitationHandledByOtherDevice', roomInfo, accepted);
  });
  conferenceInvitationManager.on(TUIConferenceInvitationManagerEvents.onInvitationCancelled, ({ roomInfo, invitation }) => {
    log('conferenceInvitationManager.onInvitationCancelled', roomInfo, invitation);
  });
  conferenceInvitationManager.on(TUIConferenceInvitationManagerEvents.onInvitationAccepted, ({ roomInfo, invitation }) => {
    log('conferenceInvitationManager.onInvitationAccepted', roomInfo, invitation);
  });
  conferenceInvitationManager.on(TUIConferenceInvitationManagerEvents.onInvitationRejected, ({ roomInfo, invitation, reason }) => {
    log('conferenceInvitationManager.onInvitationRejected', roomInfo, invitation, reason);
  });
  conferenceInvitationManager.on(TUIConferenceInvitationManagerEvents.onInvitationTimeout, ({ roomInfo, invitation }) => {
    log('conferenceInvitationManager.onInvitationTimeout', roomInfo, invitation);
  });
  conferenceInvitationManager.on(
    TUIConferenceInvitationManagerEvents.onInvitationRevokedByAdmin,
    ({ roomInfo, invitation, operateUser }) => {
      log('conferenceInvitationManager.onInvitationRevokedByAdmin', roomInfo, invitation, operateUser);
    },
  );
  conferenceInvitationManager.on(TUIConferenceInvitationManagerEvents.onInvitationAdded, ({ roomInfo, invitation }) => {
    log('conferenceInvitationManager.onInvitationAdded', roomInfo, invitation);
  });
  conferenceInvitationManager.on(TUIConferenceInvitationManagerEvents.onInvitationRemoved, ({ roomInfo, invitation }) => {
    log('conferenceInvitationManager.onInvitationRemoved', roomInfo, invitation);
  });
  conferenceInvitationManager.on(TUIConferenceInvitationManagerEvents.onInvitationStatusChanged, ({ roomInfo, invitation }) => {
    log('conferenceInvitationManager.onInvitationStatusChanged', roomInfo, invitation);
  });
}
