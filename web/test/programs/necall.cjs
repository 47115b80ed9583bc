// A call kit of the old kind: create, join and invite one by one, media joined when a CONTROL says so, requestIds that
// are compared as numbers, and every event marked as read, whatever its msgid.
const SDK = require('@yxim/nim-web-sdk');
const EventEmitter = require('node:events');
const assert = require('node:assert');

const STATUS = { idle: 0, calling: 1, called: 2, inCall: 3 };
let lastId = Date.now() % 100000000;

class CallKit extends EventEmitter {
  constructor() {
    super();
    this.reset();
    this.bound = false;
  }

  reset() {
    this.channelInfo = null;
    this.invitor = null;
    this.callType = null;
    this.requestId = '';
    this.uid = '';
    this.isGroupCall = false;
    this.callingUserIds = [];
    this.userMap = {};
    this.callStatus = STATUS.idle;
    this.rtc = null;
  }

  login({ account, token, ...opt }) {
    return new Promise((resolve, reject) => {
      this.signal = SDK.NIM.getInstance({
        ...opt,
        appKey: process.env.APP_KEY,
        account,
        token,
        debug: false,
        onconnect: () => {
          opt.onconnect?.();
          this.account = account;
          this.signal.signalingSync();
          resolve();
        },
        onerror: (error) => reject(error),
      });
      if (!this.bound) {
        this.bound = true;
        this.addEventListener();
      }
    });
  }

  async logout() {
    await this.signal.disconnect();
  }

  async call(userId, type) {
    this.callType = type;
    this.channelInfo = await this.signal.signalingCreate({ type });
    const res = await this.signal.signalingJoin({ channelId: this.channelInfo.channelId, offlineEnabled: true });
    this.uid = res.members[0].uid;
    this.userMap[this.uid] = this.account;
    this.callStatus = STATUS.calling;
    this.callingUserIds = [userId];
    this.requestId = ++lastId;
    await this.invite(userId, JSON.stringify({ callType: 0 }));
  }

  async groupCall(userIds, type, groupId) {
    this.callType = type;
    this.isGroupCall = true;
    this.channelInfo = await this.signal.signalingCreate({ type });
    const res = await this.signal.signalingJoin({ channelId: this.channelInfo.channelId, offlineEnabled: true });
    this.uid = res.members[0].uid;
    this.userMap[this.uid] = this.account;
    this.callStatus = STATUS.calling;
    this.callingUserIds = [...userIds];
    this.requestId = ++lastId;
    const attachExt = JSON.stringify({ callType: 1, callUserList: userIds, groupID: groupId });
    const results = await Promise.allSettled(userIds.map((userId) => this.invite(userId, attachExt)));
    this.callingUserIds = userIds.filter((_, i) => results[i].status === 'fulfilled');
    return results.map((r) => r.status);
  }

  async invite(account, attachExt) {
    try {
      await this.signal.signalingInvite({
        channelId: this.channelInfo.channelId,
        offlineEnabled: true,
        account,
        requestId: this.requestId,
        pushInfo: { pushTitle: '邀请通知', pushContent: '你收到了邀请', pushPayload: {}, needPush: true, needBadge: true },
        attachExt,
      });
    } catch (error) {
      if (!/OFFLINE/i.test(error?.message)) throw error;
      this.emit('offline', account);
    }
  }

  async cancel() {
    const results = await Promise.allSettled(
      this.callingUserIds.map((account) =>
        this.signal.signalingCancel({ channelId: this.channelInfo.channelId, account, requestId: this.requestId, offlineEnabled: true }),
      ),
    );
    this.callingUserIds = [];
    this.callStatus = STATUS.idle;
    return results.map((r) => (r.status === 'rejected' ? r.reason.code : 200));
  }

  async accept() {
    const { channelId, from, requestId, type } = this.invitor;
    const res = await this.signal.signalingAccept({ channelId, account: from, requestId, offlineEnabled: true, autoJoin: true });
    this.uid = res.members.find((item) => item.accid === this.account).uid;
    this.channelInfo = res;
    this.callType = type;
    for (const item of res.members) this.userMap[item.uid] = item.accid;
    this.invitor = null;
    this.callStatus = STATUS.inCall;
    if (this.isGroupCall) this.joinRtc();
  }

  async reject(invitor = this.invitor, busy = false) {
    const params = { channelId: invitor.channelId, account: invitor.from, requestId: invitor.requestId, offlineEnabled: true };
    if (busy) params.attachExt = '601';
    await this.signal.signalingReject(params);
    if (!busy) this.callStatus = STATUS.idle;
  }

  async hangup() {
    await this.cancel();
    await this.close();
    this.reset();
  }

  async close() {
    try {
      await this.signal.signalingClose({ channelId: this.channelInfo.channelId, offlineEnabled: true });
    } catch (error) {
      this.emit('closeFailed', error.code);
    }
  }

  switchToAudio() {
    return this.signal.signalingControl({ channelId: this.channelInfo.channelId, account: '', attachExt: JSON.stringify({ cid: 2, type: 1 }) });
  }

  joinRtc() {
    this.rtc = { channelName: this.channelInfo.channelId, uid: Number(this.uid) };
    this.emit('rtc', this.rtc);
  }

  sendMessage(to, status) {
    const attach = { type: this.callType, channelId: this.channelInfo.channelId, status, durations: [{ accid: this.account, duration: 1.5 }] };
    return new Promise((resolve, reject) => {
      this.signal.sendG2Msg({ attach, scene: 'p2p', to, done: (error) => (error ? reject(error) : resolve()) });
    });
  }

  async batchMarkEvent(events) {
    try {
      await this.signal.signalingMarkMsgRead({ msgid: events.map((item) => item.msgid + '') });
    } catch {
      if (events.length) this.emit('markFailed'); // of nothing, it throws
    }
  }

  addEventListener() {
    this.signal.on('signalingNotify', async (event) => {
      await this.batchMarkEvent([event]);
      this[{ ROOM_JOIN: 'onJoin', ROOM_CLOSE: 'onClose', INVITE: 'onInvite', CANCEL_INVITE: 'onCancel', REJECT: 'onReject', ACCEPT: 'onAccept', CONTROL: 'onControl' }[event.eventType]]?.(event);
    });
    this.signal.on('signalingUnreadMessageSyncNotify', async (data) => {
      await this.batchMarkEvent(data);
      const valid = data.filter((item) => !item.channelInValid);
      const rejects = valid.filter((item) => item.eventType === 'REJECT');
      const invites = valid.filter((item) => item.eventType === 'INVITE').sort((a, b) => b.channelCreateTime - a.channelCreateTime);
      if (invites[0] && rejects.every((item) => item.requestId !== invites[0].requestId)) this.onInvite(invites[0]);
    });
  }

  onJoin(event) {
    const uid = (JSON.parse(event.attach).member || {})[2];
    this.userMap[uid] = event.from;
    this.callingUserIds = this.callingUserIds.filter((id) => id !== event.from);
    this.emit('userEnter', event.from, uid);
  }

  async onClose() {
    await this.close();
    this.reset();
    this.emit('callEnd');
  }

  async onInvite(event) {
    if (event.channelInValid) return;
    if (this.callStatus !== STATUS.idle) return this.reject(event, true);
    const attachExt = JSON.parse(event.attachExt);
    this.invitor = { channelId: event.channelId, requestId: event.requestId, from: event.from, type: Number(event.type) };
    this.callStatus = STATUS.called;
    this.isGroupCall = attachExt.callType + '' === '1';
    this.emit('invited', { invitor: event.from, type: this.invitor.type, userIds: attachExt.callUserList, groupId: attachExt.groupID });
  }

  onCancel(event) {
    this.callStatus = STATUS.idle;
    this.emit('userCancel', event.from);
  }

  async onReject(event) {
    if (Number(event.requestId) !== Number(this.requestId) || event.to !== this.account) return this.emit('strayReject');
    const status = event.attachExt === '601' ? 5 : 3;
    if (!this.isGroupCall) {
      await this.sendMessage(event.from, status);
      await this.close();
      this.reset();
    }
    this.emit(status === 5 ? 'userBusy' : 'userReject', event.from);
  }

  async onAccept(event) {
    this.callStatus = STATUS.inCall;
    this.emit('userAccept', event.from);
    if (this.isGroupCall) return;
    this.joinRtc();
    await this.signal.signalingControl({ channelId: this.channelInfo.channelId, account: event.from, attachExt: JSON.stringify({ cid: 1 }) });
  }

  onControl(event) {
    const attachExt = JSON.parse(event.attachExt);
    if (attachExt.cid === 1) this.joinRtc();
    if (attachExt.cid === 2 && attachExt.type === 1) this.emit('callTypeChange', 1);
  }
}

/** What a kit says next under a name; it is asked for before it is caused. */
const said = (kit, name) => new Promise((resolve) => kit.once(name, (...what) => resolve(what)));

async function main() {
  const kits = {};
  for (const name of ['ada', 'bob', 'cid']) {
    kits[name] = new CallKit();
    await kits[name].login({ account: `necall_${name}`, token: 't', db: false, syncSessionUnread: true });
    for (const wrong of ['markFailed', 'strayReject']) kits[name].on(wrong, () => assert.fail(wrong));
  }
  const { ada, bob, cid } = kits;

  // One to one: rings, is accepted, media on both sides, becomes audio, is hung up.
  let invited = said(bob, 'invited');
  await ada.call(bob.account, 2);
  assert.deepEqual((await invited)[0], { invitor: ada.account, type: 2, userIds: undefined, groupId: undefined });
  let all = Promise.all([said(ada, 'userEnter'), said(ada, 'userAccept'), said(ada, 'rtc'), said(bob, 'rtc')]);
  await bob.accept();
  const [[entered, uid], , [adaRtc], [bobRtc]] = await all;
  assert.equal(entered, bob.account);
  assert.equal(uid, bob.uid);
  assert.equal(adaRtc.channelName, bobRtc.channelName);
  assert.notEqual(adaRtc.uid, bobRtc.uid);
  assert.equal(bob.userMap[ada.uid], ada.account);

  // Somebody third is busy with the one who calls meanwhile.
  const busy = said(cid, 'userBusy');
  const message = new Promise((resolve) => bob.signal.setOptions({ onmsg: resolve }));
  await cid.call(bob.account, 1);
  assert.deepEqual(await busy, [bob.account]);
  const { type, from, attach, flow } = await message;
  assert.deepEqual([type, from, attach.status, flow], ['g2', cid.account, 5, 'in']);

  const change = said(bob, 'callTypeChange');
  await ada.switchToAudio();
  assert.deepEqual(await change, [1]);
  const ended = said(bob, 'callEnd');
  const late = said(bob, 'closeFailed');
  await ada.hangup();
  await ended;
  assert.deepEqual(await late, [10404]);

  // Rejected, cancelled.
  invited = said(bob, 'invited');
  await ada.call(bob.account, 1);
  await invited;
  const rejected = said(ada, 'userReject');
  await bob.reject();
  assert.deepEqual(await rejected, [bob.account]);
  invited = said(bob, 'invited');
  await ada.call(bob.account, 1);
  await invited;
  const cancelled = said(bob, 'userCancel');
  assert.deepEqual(await ada.cancel(), [200]);
  assert.deepEqual(await cancelled, [ada.account]);
  await ada.hangup();

  // A group under one requestId; one of them is away, and finds the call when it comes.
  const rings = [said(bob, 'invited'), said(cid, 'invited')];
  const offline = said(ada, 'offline');
  assert.deepEqual(await ada.groupCall([bob.account, cid.account, 'necall_dan'], 1, 'g1'), Array(3).fill('fulfilled'));
  assert.deepEqual(await offline, ['necall_dan']);
  const [[first], [second]] = await Promise.all(rings);
  assert.deepEqual(first, second);
  assert.deepEqual(first.userIds, [bob.account, cid.account, 'necall_dan']);
  const joins = said(ada, 'userEnter');
  await bob.accept();
  await joins;
  const refusal = said(ada, 'userReject');
  await cid.reject();
  await refusal;
  const dan = new CallKit();
  const rung = said(dan, 'invited');
  await dan.login({ account: 'necall_dan', token: 't' });
  assert.equal((await rung)[0].groupId, 'g1');
  const third = said(ada, 'userEnter');
  await dan.accept();
  assert.deepEqual(Object.values(dan.userMap).sort(), [ada, bob, dan].map((k) => k.account).sort());
  await third;
  const ends = [said(bob, 'callEnd'), said(dan, 'callEnd')];
  await ada.hangup();
  await Promise.all(ends);
  for (const kit of [ada, bob, cid, dan]) await kit.logout();
  console.log('done');
}

main();
