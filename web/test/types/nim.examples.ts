// The examples of the vendor's page on invitations, as they stand there: the
// same parameters, the same reads. They must compile, and nim.facade.test.mjs
// runs them. (Only the second `uid` key of signalingCallEx is gone: no
// JavaScript that is strict about types takes an object with a key twice.)

import type { NIM } from '../../src/nim/index.js';

type Warn = (...said: unknown[]) => void;

export function signalingInvite(nim: NIM, warn: Warn) {
  var pushInfo = {
    needPush: true,
    pushTitle: 'title',
    pushContent: '你收到了邀请',
    pushPayload: { from: 111 },
    needBadge: true,
  };
  var param = {
    channelId: '2ed4a942417e4b33949f1b65739f3f00',
    account: 'cs3',
    requestId: '123',
    offlineEnabled: true,
    attachExt: '12',
    pushInfo: pushInfo,
  };
  return nim
    .signalingInvite(param)
    .then((data) => {
      warn('invited', data, data.code);
    })
    .catch((error) => {
      switch (error.code) {
        case 10404:
        case 10406:
        case 10407:
        case 10419:
        case 10201:
        case 10202:
          warn('not invited', error);
      }
    });
}

export function signalingCancel(nim: NIM, warn: Warn) {
  var param = {
    channelId: '2ed4a942417e4b33949f1b65739f3f00',
    account: 'cs3',
    requestId: '123',
    offlineEnabled: true,
    attachExt: '11',
  };
  return nim
    .signalingCancel(param)
    .then((data) => {
      warn('cancelled', data, data.code);
    })
    .catch((error) => {
      switch (error.code) {
        case 10404:
        case 10408:
        case 10409:
        case 10410:
          warn('not cancelled', error);
      }
    });
}

export function signalingAccept(nim: NIM, warn: Warn) {
  var param = {
    channelId: '2ed4a942417e4b33949f1b65739f3f00',
    account: 'cs3',
    requestId: '123',
    offlineEnabled: false,
    attachExt: '12',
    autoJoin: false,
    uid: '123',
    joinAttachExt: 'join ext',
  };
  return nim
    .signalingAccept(param)
    .then((data) => {
      warn('accepted', data, data.code, data.channelInfo.channelName, data.members.length);
    })
    .catch((error) => {
      if (error.code == 10404) {
        warn('no channel');
      } else if (error.code == 10201) {
        warn('inviter away');
      }
    });
}

export function signalingJoinAndAccept(nim: NIM, warn: Warn) {
  var param = {
    channelId: '2ed4a942417e4b33949f1b65739f3f00',
    account: 'cs3',
    requestId: '123',
    offlineEnabled: false,
    attachExt: '12',
    uid: '123',
    joinAttachExt: 'join ext',
  };
  return nim
    .signalingJoinAndAccept(param)
    .then((data) => {
      const { account, uid, createTimestamp, expireTimestamp } = data.members[0]!;
      warn('accepted and joined', data.channelInfo, account, uid, createTimestamp + expireTimestamp);
    })
    .catch((error) => {
      switch (error.code) {
        case 10407:
        case 10419:
        case 10417:
        case 10420:
        case 10404:
          warn('not accepted', error);
      }
    });
}

export function signalingReject(nim: NIM, warn: Warn) {
  const [channelId, account, requestId, offlineEnabled, ext] = ['2ed4a942417e4b33949f1b65739f3f00', 'cs3', '123', true, ''] as const;
  var param = {
    channelId: channelId,
    account: account,
    requestId: requestId,
    offlineEnabled: offlineEnabled,
    attachExt: ext,
  };
  return nim
    .signalingReject(param)
    .then((data) => {
      warn('rejected', data, data.code, data.channelInfo, data.members);
    })
    .catch((error) => {
      if (error.code == 10404) {
        warn('no channel');
      } else if (error.code == 10201) {
        warn('inviter away');
      }
    });
}

export function signalingCall(nim: NIM, warn: Warn) {
  var param = {
    type: 1,
    channelName: '呼叫信令频道1',
    ext: '',
    uid: '123',
    account: 'cs4',
    requestId: '2333',
    offlineEnabled: false,
    attachExt: '',
    pushInfo: {
      needPush: true,
      pushTitle: 'title',
      pushContent: '你收到了邀请',
      pushPayload: { from: 'test' },
      needBadge: true,
    },
  };
  return nim
    .signalingCall(param)
    .then((data) => {
      warn('called', data, data.code, data.channelInfo, data.members);
    })
    .catch((error) => {
      if (error.code == 10405) {
        warn('channel exists');
      } else if (error.code == 10201) {
        warn('away');
      } else if (error.code == 10202) {
        warn('push failed');
      }
    });
}

export function signalingCallEx(nim: NIM, warn: Warn) {
  var param = {
    type: 1,
    channelName: '呼叫信令频道1',
    ext: '',
    account: 'cs4',
    requestId: '2333',
    offlineEnabled: false,
    needPush: true,
    pushTitle: 'title',
    pushContent: '你收到了邀请',
    pushPayload: { from: 'test' },
    needBadge: true,
    attachExt: '',
    uid: '',
  };
  return nim
    .signalingCallEx(param)
    .then((data) => {
      warn('called', data, data.code, data.channelInfo, data.members);
    })
    .catch((error) => {
      switch (error.code) {
        case 10405:
        case 10201:
        case 10202:
          warn('not called', error);
      }
    });
}
