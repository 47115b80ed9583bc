// Enums, the parts that have no use here, the documentation's examples, the declarations.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, mock, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { TUIRoomEngine, engine, go, invitation, login, page, rejection, roomInfo, settled } from './page.mjs';

describe('enums (T6)', () => {
  for (const [name, members, aliases] of [
    ['TUIInvitationStatus', { kNone: 0, kPending: 1, kTimeout: 2, kAccepted: 3, kRejected: 4 }, { NONE: 0, PENDING: 1, TIMEOUT: 2, ACCEPTED: 3, REJECTED: 4 }],
    ['TUIInvitationCode', { kSuccess: 0, kAlreadyInInvitationList: 1, kAlreadyInConference: 2 }, { SUCCESS: 0, ALREADY_IN_INVITATION_LIST: 1, ALREADY_IN_CONFERENCE: 2 }],
    ['TUIInvitationRejectedReason', { kRejectToEnter: 0, kInOtherConference: 1 }, { REJECT_TO_ENTER: 0, IN_OTHER_CONFERENCE: 1 }],
    ['TUIRole', { kRoomOwner: 0, kAdministrator: 1, kGeneralUser: 2 }, {}],
    ['TUIRoomType', { kConference: 1, kLive: 2 }, {}],
    ['TUISeatMode', { kFreeToTake: 1, kApplyToTake: 2 }, {}],
    ['TUIRoomDismissedReason', { kByOwner: 1, kByServer: 2 }, {}],
  ]) {
    test(`${name} has the vendor's names, looks values up, and answers to the documentation's names`, () => {
      const values = Object.fromEntries(Object.entries(members).map(([member, value]) => [value, member]));
      assert.deepEqual({ ...page[name] }, { ...members, ...values });
      for (const [alias, value] of Object.entries(aliases)) assert.equal(page[name][alias], value);
    });
  }

  test('events are their own names', () => {
    for (const name of ['TUIRoomEvents', 'TUIConferenceInvitationManagerEvents']) {
      for (const [member, value] of Object.entries(page[name])) assert.equal(member, value);
    }
    assert.equal(Object.keys(page.TUIConferenceInvitationManagerEvents).length, 10);
  });

  test('error codes are those of 3.x', () => {
    const { TUIErrorCode } = page;
    assert.deepEqual([TUIErrorCode.ERR_ROOM_ID_NOT_EXIST, TUIErrorCode.ERR_NEED_PASSWORD, TUIErrorCode.ERR_ROOM_USER_FULL], [100004, 100018, 100008]);
    assert.equal(TUIErrorCode[-2101], 'ERR_OPERATION_INVALID_BEFORE_ENTER_ROOM');
  });
});

describe('what Beckon has no use for', () => {
  test('is called without harm: cameras, microphones, screens, views, devices', async () => {
    for (const method of ['openLocalCamera', 'muteLocalAudio', 'startPlayRemoteVideo', 'setLocalVideoView', 'stopScreenSharing', 'callExperimentalAPI']) {
      assert.equal(await engine[method]({}), undefined, method);
    }
    assert.equal(await TUIRoomEngine.callExperimentalAPI('{}'), undefined);
    assert.deepEqual(await engine.getSeatList(), []);
    assert.deepEqual(await engine.getCameraDevicesList(), []);
    assert.deepEqual(await engine.getMediaDeviceManager().getDevicesList({ type: 2 }), []);
    assert.deepEqual(engine.getCurrentMicDevice(), { deviceId: '', deviceName: '' });
    engine.destroy();
  });

  test('says so where somebody waits for an effect: seats, requests, messages', async () => {
    for (const method of ['takeSeat', 'sendTextMessage', 'openRemoteDeviceByAdmin', 'setRoomMetadataByAdmin']) {
      const error = await rejection(engine[method]({}));
      assert.equal(error.code, page.TUIErrorCode.ERR_OPERATION_NOT_SUPPORTED_IN_CURRENT_ROOM_TYPE);
      assert.match(error.message, new RegExp(`^${method}: `));
    }
  });

  test('has any method that a kit may try, is no promise, and survives being wrapped and printed', async () => {
    for (const silent of [engine.getTRTCCloud(), engine.getTIM(), engine.getConferenceListManager(), page.TRTCCloud, page.TencentCloudChat]) {
      assert.equal(silent.enableSmallVideoStream(false, {}), undefined);
      assert.equal(await silent, silent);
      assert.equal(silent._trtc, undefined);
      assert.equal(silent.__v_skip, undefined);
      assert.match(`${JSON.stringify(silent)}`, /^\{/);
    }
    assert.equal(page.TIM, page.TencentCloudChat);
    assert.equal(page.TRTCCloud.getTRTCShareInstance(), engine.getTRTCCloud());
    assert.equal(page.TRTCVideoResolution.TRTCVideoResolution_640_360, 108);
  });
});

describe("the documentation's examples", () => {
  test('run, from `new` on, before the module is there', async () => {
    const { examples } = page;
    await login();
    go.answers.inviteUsers = { bob: 0 };
    go.answers.getInvitationList = { invitationList: [invitation], cursor: '' };
    await examples.inviteUsers(TUIRoomEngine, ['bob'], 'x');
    await examples.cancelInvitation(TUIRoomEngine);
    await examples.accept(TUIRoomEngine);
    await examples.reject(TUIRoomEngine);
    assert.deepEqual((await examples.getInvitationList(TUIRoomEngine)).invitationList, [invitation]);
    assert.deepEqual(
      go.calls.slice(2).map(([method, args]) => [method, args]),
      [
        ['inviteUsers', { roomId: '12345', timeout: 60, userIdList: ['bob'], extensionInfo: 'x' }],
        ['cancelInvitation', { roomId: '12345', userIdList: ['userId'] }],
        ['accept', { roomId: '12345' }],
        ['reject', { roomId: '12345' }],
        ['getInvitationList', { roomId: '12345', cursor: '', count: 10 }],
      ],
    );
  });

  test('listen, log, and stop listening', async () => {
    const log = mock.method(console, 'log', () => {});
    const said = [];
    page.examples.listeners(TUIRoomEngine, (name) => said.push(name));
    const callback = page.examples.on(TUIRoomEngine);
    await login();
    const all = { roomInfo, invitation, extensionInfo: '', accepted: true, reason: 0, operateUser: {} };
    const names = Object.keys(page.TUIConferenceInvitationManagerEvents);
    for (const name of names) go.event(name, all);
    page.examples.off(TUIRoomEngine, callback);
    go.event('onReceiveInvitation', all);
    assert.deepEqual(said, [...names, 'onReceiveInvitation'].map((name) => `conferenceInvitationManager.${name}`));
    assert.deepEqual(log.mock.calls.map((call) => call.arguments), [['conferenceInvitationManager.onReceiveInvitation', roomInfo, invitation, '']]);
    log.mock.restore();
    await settled();
  });

  test('compile, and so does what test/types lists of the engine; what it marks as wrong does not', () => {
    const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
    execFileSync(process.execPath, [path('../../node_modules/typescript/bin/tsc'), '-p', path('../types/tsconfig.tui.json')], { stdio: 'inherit' });
  });
});
