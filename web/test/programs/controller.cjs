'use strict';
// A kit as compilers put it out: one round trip to call, one to accept; it asks for the channel by its name whenever
// something happened in it, writes into what it got, and takes its listeners off without naming them.
var NIM = require('@yxim/nim-web-sdk/dist/SDK/NIM_Web_NIM.js');
var EventEmitter = require('node:events');
var assert = require('node:assert');

var __assign = Object.assign;
var count = 0;
function uuid() {
  return 'rq-' + process.pid + '-' + ++count;
}

function formatMembers(members) {
  return members.map(function (item) {
    return __assign(__assign({}, item), { accountId: item.accid, uid: Number(item.uid) });
  });
}

var SignalController = (function () {
  function SignalController(nim, uid) {
    var _this = this;
    this.events = new EventEmitter();
    this.signal = nim;
    this.uid = uid;
    this.callStatus = 0;
    this.callTimeout = 30000;
    this.addListeners();
    this.signal.signalingSync();
    this.keepAlive = setInterval(function () {
      if (_this.channelInfo) _this.signal.signalingDelay({ channelId: _this.channelInfo.channelId });
    }, 120000);
  }
  SignalController.prototype.next = function (name) {
    var _this = this;
    return new Promise(function (resolve) {
      _this.events.once(name, resolve);
    });
  };
  SignalController.prototype.call = function (params) {
    var _this = this;
    if (this.callStatus !== 0) return Promise.reject(new Error('busy'));
    var attachExt = { callId: uuid(), channelName: params.nertcChannelName, rtcTokenTtl: 500, version: '2.0.0', callType: 0, reason: 0, extraInfo: params.extraInfo, _attachment: undefined };
    var request = {
      uid: this.uid,
      offlineEnabled: true,
      account: params.accId,
      channelName: params.signalChannelName,
      type: params.callType,
      requestId: uuid(),
      attachExt: JSON.stringify(attachExt),
      nertcChannelName: attachExt.channelName,
      nertcTokenTtl: params.nertcTokenTtl,
      nertcJoinRoomQueryParamMap: params.nertcJoinRoomQueryParamMap,
      pushInfo: { pushTitle: '邀请通知', pushContent: '你收到了邀请', pushPayload: '{}', needPush: true, needBadge: true },
    };
    return this.signal.signalingCallEx(request).then(function (channelInfo) {
      channelInfo.calleeId = request.account;
      channelInfo.requestId = request.requestId;
      channelInfo.members = formatMembers(channelInfo.members);
      channelInfo.attachExt = attachExt;
      _this.callStatus = 1;
      _this.channelInfo = channelInfo;
      _this.callTimer = setTimeout(function () {
        _this.channelInfo.attachExt.reason = 2;
        _this.cancel();
      }, _this.callTimeout);
      return channelInfo;
    });
  };
  SignalController.prototype.accept = function () {
    var _this = this;
    var c = this.channelInfo;
    return this.signal
      .signalingJoinAndAccept({
        channelId: c.channelId,
        requestId: c.requestId,
        account: c.callerId,
        offlineEnabled: true,
        attachExt: JSON.stringify(c.attachExt),
        uid: this.uid,
        nertcChannelName: c.attachExt.channelName,
        nertcTokenTtl: c.attachExt.rtcTokenTtl,
        nertcJoinRoomQueryParamMap: undefined,
      })
      .then(function (channelInfo) {
        channelInfo.members = formatMembers(channelInfo.members);
        _this.channelInfo = __assign(__assign({}, _this.channelInfo), channelInfo);
        _this.callStatus = 3;
        return _this.channelInfo;
      });
  };
  SignalController.prototype.cancel = function () {
    var _this = this;
    var c = this.channelInfo;
    return this.signal
      .signalingCancel({ channelId: c.channelId, requestId: c.requestId, account: c.calleeId, offlineEnabled: true, attachExt: JSON.stringify(c.attachExt) })
      .then(function () {
        return _this.sendMessage(c.calleeId, c.attachExt.reason === 2 ? 4 : 2);
      })
      .finally(function () {
        return _this.close();
      });
  };
  SignalController.prototype.reject = function (reason) {
    var c = this.channelInfo;
    c.attachExt.reason = reason;
    var opt = { channelId: c.channelId, requestId: c.requestId, account: c.callerId, attachExt: c.attachExt };
    this.resetState();
    return this.signal.signalingReject(__assign(__assign({}, opt), { attachExt: JSON.stringify(opt.attachExt), offlineEnabled: true }));
  };
  SignalController.prototype.control = function (ext) {
    return this.signal.signalingControl({ channelId: this.channelInfo.channelId, account: '', attachExt: JSON.stringify(__assign(__assign({}, this.channelInfo.attachExt), ext)) });
  };
  SignalController.prototype.close = async function () {
    var c = this.channelInfo;
    try {
      await this.signal.signalingClose({ channelId: c === null || c === void 0 ? void 0 : c.channelId, offlineEnabled: true, attachExt: JSON.stringify(c === null || c === void 0 ? void 0 : c.attachExt) });
    } catch (error) {
      this.events.emit('closeFailed', error);
    } finally {
      this.resetState();
    }
  };
  SignalController.prototype.sendMessage = function (to, status) {
    var _this = this;
    var attach = { type: this.channelInfo.type, channelId: this.channelInfo.channelId, status: status, durations: [] };
    return new Promise(function (resolve, reject) {
      _this.signal.sendG2Msg({
        attach: attach,
        scene: 'p2p',
        to: to,
        done: function (error) {
          if (error) return reject(error);
          resolve();
        },
      });
    });
  };
  SignalController.prototype.mark = async function (events) {
    try {
      await this.signal.signalingMarkMsgRead({ msgid: events.map(function (item) { return item.msgid + ''; }) });
    } catch (e) {
      this.events.emit('markFailed', e);
    }
  };
  SignalController.prototype.addListeners = function () {
    var _this = this;
    var handle = async function (event) {
      _this.mark([event]);
      if (event.eventType !== 'INVITE' && event.channelId !== (_this.channelInfo && _this.channelInfo.channelId)) return;
      switch (event.eventType) {
        case 'ROOM_JOIN':
        case 'ACCEPT':
          if (event.eventType === 'ACCEPT') {
            _this.callStatus = 3;
            clearTimeout(_this.callTimer);
          }
          var found = await _this.signal.signalingGetChannelInfo({ channelName: _this.channelInfo.channelName });
          _this.channelInfo = __assign(__assign({}, _this.channelInfo), found);
          _this.events.emit(event.eventType, _this.channelInfo);
          break;
        case 'INVITE':
          await _this.onInvite(event);
          break;
        case 'CANCEL_INVITE':
          _this.events.emit('CANCEL_INVITE', JSON.parse(event.attachExt));
          _this.resetState();
          break;
        case 'REJECT':
          await _this.sendMessage(event.from, JSON.parse(event.attachExt).reason === 3 ? 5 : 3);
          await _this.close();
          _this.events.emit('REJECT', JSON.parse(event.attachExt));
          break;
        case 'CONTROL':
          _this.events.emit('CONTROL', JSON.parse(event.attachExt));
          break;
        case 'ROOM_CLOSE':
          _this.resetState();
          _this.events.emit('ROOM_CLOSE', event);
          break;
      }
    };
    this.signal.on('signalingNotify', handle);
    this.signal.on('signalingMutilClientSyncNotify', function (event) {
      _this.mark([event]);
      if (_this.channelInfo && _this.channelInfo.channelId === event.channelId) _this.resetState();
    });
    this.signal.on('signalingUnreadMessageSyncNotify', async function (data) {
      await _this.mark(data);
      for (var one of data.filter(function (item) { return !item.channelInValid; })) await handle(one);
    });
  };
  SignalController.prototype.onInvite = async function (event) {
    if (event.channelInValid) return;
    var attachExt = JSON.parse(event.attachExt);
    if (this.callStatus !== 0) {
      attachExt.reason = 3;
      await this.signal.signalingReject({ channelId: event.channelId, requestId: event.requestId, account: event.from, attachExt: JSON.stringify(attachExt), offlineEnabled: true });
      return;
    }
    this.callStatus = 2;
    this.channelInfo = await this.signal.signalingGetChannelInfo({ channelName: event.channelName });
    this.channelInfo.callerId = event.from;
    this.channelInfo.requestId = event.requestId;
    this.channelInfo.attachExt = attachExt;
    this.events.emit('INVITE', this.channelInfo);
  };
  SignalController.prototype.resetState = function () {
    this.channelInfo = undefined;
    this.callStatus = 0;
    clearTimeout(this.callTimer);
  };
  SignalController.prototype.destroy = function () {
    this.resetState();
    clearInterval(this.keepAlive);
    this.signal.off('signalingNotify');
    this.signal.off('signalingMutilClientSyncNotify');
    this.signal.off('signalingUnreadMessageSyncNotify');
  };
  return SignalController;
})();

function login(account, options) {
  return new Promise(function (resolve, reject) {
    var nim = NIM.getInstance(__assign({ debug: false, appKey: process.env.APP_KEY, account: account, token: 't', db: false, onconnect: function () { resolve(nim); }, ondisconnect: reject }, options));
  });
}

(async function main() {
  var ada = new SignalController(await login('ctl_ada'), 1001);
  var messages = [];
  var bobNim = await login('ctl_bob', { onmsg: function (msg) { messages.push(msg.attach.status); } });
  var bob = new SignalController(bobNim, 2002);

  var rung = bob.next('INVITE');
  var call = await ada.call({ accId: 'ctl_bob', callType: '1', nertcChannelName: 'rtc-1', extraInfo: '{"x":1}', nertcJoinRoomQueryParamMap: '{"k":"v"}' });
  assert.equal(call.callStatus, '200');
  assert.deepEqual([call.members.length, call.members[0].uid, call.members[0].accountId], [1, 1001, 'ctl_ada']);
  assert.equal(call.nertcToken, undefined);
  assert.equal(call.nertcChannelName, 'rtc-1');
  var invite = await rung;
  assert.equal(invite.channelId, call.channelId);
  assert.equal(invite.attachExt.extraInfo, '{"x":1}');
  var both = Promise.all([ada.next('ROOM_JOIN'), ada.next('ACCEPT')]);
  var joined = await bob.accept();
  assert.equal(joined.callerId, 'ctl_ada');
  assert.equal(joined.attachExt.channelName, 'rtc-1', 'a result that is spread over the kit\'s own fields leaves them as they were');
  assert.deepEqual(joined.members.map(function (m) { return m.uid; }).sort(), [1001, 2002]);
  var seen = (await both)[1];
  assert.deepEqual(seen.members.map(function (m) { return m.accid; }), ['ctl_ada', 'ctl_bob']);
  assert.equal(seen.calleeId, 'ctl_bob');

  var told = ada.next('CONTROL');
  await bob.control({ cid: 2, mute: true });
  assert.equal((await told).mute, true);

  // A second caller finds bob busy, and says so in a message.
  var cid = new SignalController(await login('ctl_cid'), undefined);
  var busy = cid.next('REJECT');
  await cid.call({ accId: 'ctl_bob', callType: 2 });
  assert.equal((await busy).reason, 3);

  var closed = bob.next('ROOM_CLOSE');
  await ada.close();
  assert.equal((await closed).from, 'ctl_ada');
  var ignored = bob.next('closeFailed');
  await bob.close(); // no channel any more: it throws at once, and the kit lives with that
  assert.equal((await ignored).callFunc, 'api::signalling');

  // Nobody is there: the call stands, times out, and is found over by whoever comes late.
  ada.callTimeout = 50;
  var away = await ada.call({ accId: 'ctl_dan', callType: 1 });
  assert.equal(away.callStatus, '10202');
  while (ada.callStatus !== 0) await new Promise(function (r) { setTimeout(r, 20); });
  var danNim = await login('ctl_dan', { syncAvSignal: false });
  var unread = new Promise(function (resolve) { danNim.once('signalingUnreadMessageSyncNotify', resolve); });
  var dan = new SignalController(danNim, 3003);
  dan.events.on('INVITE', function () { assert.fail('it rings for a call that is over'); });
  var kept = await unread;
  assert.ok(kept.length > 0 && kept.every(function (e) { return e.channelInValid; }), JSON.stringify(kept));

  // Destroyed, it hears nothing, and the instance lives on.
  bob.destroy();
  bob.onInvite = function () { assert.fail('off(event) left a listener'); };
  var heard = new Promise(function (resolve) { bobNim.on('signalingNotify', resolve); });
  ada.callTimeout = 30000;
  await ada.call({ accId: 'ctl_bob', callType: 1 });
  assert.equal((await heard).eventType, 'INVITE');
  await ada.cancel();
  while (messages.length < 2) await new Promise(function (r) { setTimeout(r, 20); });
  assert.deepEqual(messages, [5, 2]);
  for (var one of [ada, cid, dan]) one.destroy();
  NIM.rmAllInstances();
  console.log('done');
})();
