// A call service over the vendor's newer shape: numbers are numbers, events say who acted, and what is told is
// acknowledged without being asked.
import SDK from '@yxim/nim-web-sdk';
import assert from 'node:assert/strict';

const EVENT = { CLOSE: 1, JOIN: 2, INVITE: 3, CANCEL: 4, REJECT: 5, ACCEPT: 6, LEAVE: 7, CONTROL: 8 };
const VIDEO = 2;

class CallService {
  static async login(account, options) {
    const service = new CallService();
    await new Promise((resolve, reject) => {
      service.nim = SDK.NIM.getInstance({ appKey: process.env.APP_KEY, account, token: 'tok', ...options, onconnect: resolve, ondisconnect: reject });
      service.listen();
    });
    return Object.assign(service, { account });
  }

  queue = [];
  waiting = [];

  get signalling() {
    return this.nim.V2NIMSignallingService;
  }

  listen() {
    for (const name of ['onOnlineEvent', 'onMultiClientEvent', 'onOfflineEvent', 'onSyncRoomInfoList']) {
      this.signalling.on(name, (what) => {
        this.queue.push([name, what]);
        for (const look of [...this.waiting]) look();
      });
    }
  }

  /** The next of a name, and of a type if that is given. */
  next(name, type) {
    return new Promise((resolve) => {
      const look = () => {
        const i = this.queue.findIndex(([n, what]) => n === name && (type === undefined || what.eventType === type));
        if (i < 0) return;
        this.waiting = this.waiting.filter((w) => w !== look);
        resolve(this.queue.splice(i, 1)[0][1]);
      };
      this.waiting.push(look);
      look();
    });
  }

  call(calleeAccountId, requestId, more) {
    return this.signalling.call({ calleeAccountId, requestId, channelType: VIDEO, serverExtension: JSON.stringify({ ring: requestId }), ...more });
  }

  answer({ channelInfo, inviterAccountId, requestId }, selfUid) {
    return this.signalling.callSetup({ channelId: channelInfo.channelId, callerAccountId: inviterAccountId, requestId, signallingConfig: { selfUid } });
  }
}

const ada = await CallService.login('v2_ada');
const bob = await CallService.login('v2_bob');

// A call: set up, told, ended.
const made = await ada.call(bob.account, 'r1', { channelExtension: 'ext', signallingConfig: { selfUid: 11 }, rtcConfig: { rtcChannelName: 'rtc', rtcTokenTtl: 60 } });
assert.equal(made.callStatus, 200);
assert.equal(made.rtcInfo.rtcToken ?? '', '');
assert.deepEqual(made.roomInfo.members.map((m) => [m.accountId, m.uid]), [['v2_ada', 11]]);
const { channelId } = made.roomInfo.channelInfo;
const ring = await bob.next('onOnlineEvent', EVENT.INVITE);
assert.deepEqual([ring.channelInfo.channelId, ring.operatorAccountId, ring.inviterAccountId, ring.inviteeAccountId, ring.requestId], [channelId, 'v2_ada', 'v2_ada', 'v2_bob', 'r1']);
assert.deepEqual([ring.channelInfo.channelType, ring.channelInfo.channelValid, ring.channelInfo.channelExtension, typeof ring.time], [VIDEO, true, 'ext', 'number']);
const joined = await bob.answer(ring, 22);
assert.deepEqual(joined.roomInfo.members.map((m) => m.uid), [11, 22]);
const join = await ada.next('onOnlineEvent', EVENT.JOIN);
assert.deepEqual([join.member.accountId, join.member.uid], ['v2_bob', 22]);
const accept = await ada.next('onOnlineEvent', EVENT.ACCEPT);
assert.deepEqual([accept.inviterAccountId, accept.inviteeAccountId], ['v2_ada', 'v2_bob']);
await ada.signalling.sendControl(channelId, 'v2_bob', 'mute');
assert.equal((await bob.next('onOnlineEvent', EVENT.CONTROL)).serverExtension, 'mute');
assert.equal((await bob.signalling.getRoomInfoByChannelName(made.roomInfo.channelInfo.channelName)).members.length, 2);
await bob.signalling.leaveRoom(channelId, false, 'bye');
assert.equal((await ada.next('onOnlineEvent', EVENT.LEAVE)).serverExtension, 'bye');
await ada.signalling.closeRoom(channelId);

// Invitations into a room, taken back and rejected.
const room = await ada.signalling.createRoom(VIDEO, 'v2 room', 'x');
await ada.signalling.joinRoom({ channelId: room.channelId });
const ask = { channelId: room.channelId, inviteeAccountId: 'v2_bob', requestId: 'r2' };
await ada.signalling.invite(ask);
await bob.next('onOnlineEvent', EVENT.INVITE);
await ada.signalling.cancelInvite(ask);
assert.equal((await bob.next('onOnlineEvent', EVENT.CANCEL)).requestId, 'r2');
await ada.signalling.invite({ ...ask, requestId: 'r3' });
await bob.next('onOnlineEvent', EVENT.INVITE);
await bob.signalling.rejectInvite({ channelId: room.channelId, inviterAccountId: 'v2_ada', requestId: 'r3' });
assert.deepEqual((await ada.next('onOnlineEvent', EVENT.REJECT)).operatorAccountId, 'v2_bob');

// Whoever was away gets the list, once, without marking anything.
const away = await ada.call('v2_cid', 'r4').catch((e) => e);
assert.equal(away.callStatus, 10201);
let cid = await CallService.login('v2_cid');
assert.deepEqual((await cid.next('onOfflineEvent')).map((e) => [e.eventType, e.requestId, e.serverExtension]), [[EVENT.INVITE, 'r4', '{"ring":"r4"}']]);
assert.deepEqual(await cid.next('onSyncRoomInfoList'), []);
await cid.signalling.acceptInvite({ channelId: away.roomInfo.channelInfo.channelId, inviterAccountId: 'v2_ada', requestId: 'r4' });
await ada.next('onOnlineEvent', EVENT.ACCEPT);
await new Promise((done) => cid.nim.destroy({ done }));
cid = await CallService.login('v2_cid');
await cid.next('onSyncRoomInfoList');
assert.deepEqual(cid.queue, []);

// Errors.
const errors = [
  [() => ada.signalling.joinRoom({ channelId: 'nowhere' }), 10404],
  [() => ada.call('v2_ada', 'r5'), 191004],
  [() => ada.signalling.invite({ channelId: room.channelId, requestId: 'r6' }), 191004],
];
for (const [attempt, code] of errors) {
  await assert.rejects(attempt, (e) => e.name === 'V2NIMError' && e.code === code && typeof e.desc === 'string' && typeof e.detail === 'object');
}
const deaf = () => assert.fail('it was taken off');
bob.signalling.on('onOnlineEvent', deaf);
bob.signalling.off('onOnlineEvent', deaf);
await ada.signalling.closeRoom(room.channelId, true, 'end');
for (const one of [ada, bob, cid]) await new Promise((done) => one.nim.destroy({ done }));
console.log('done');
