// A script that an application puts into its pages: plain functions, promises kept on `window`, listeners for events that
// no release of the SDK has, a name that is created or found, and the chat room's address on the side.
const SDK = require('@yxim/nim-web-sdk');
const assert = require('node:assert');

function page() {
  const window = { SDK };

  function waitForConnect() {
    if (window.__nim_connected) return Promise.resolve();
    if (window.__nim_connect_promise) return window.__nim_connect_promise;
    window.__nim_connect_promise = new Promise(function (resolve, reject) {
      const timer = setTimeout(function () { reject(new Error('NIM connect timeout')); }, 12000);
      window.__nim_connect_resolve = function () { clearTimeout(timer); resolve(); };
      window.__nim_connect_reject = function (e) { clearTimeout(timer); reject(e); };
    });
    return window.__nim_connect_promise;
  }

  function start(account, channelName, hear) {
    let nim = window.__nim_instance;
    if (!nim || window.__nim_account !== account) {
      if (nim) {
        try { nim.destroy({}); } catch (e) {}
      }
      window.__nim_connected = false;
      window.__nim_connect_promise = null;
      window.__nim_account = account;
      nim = window.SDK.NIM.getInstance({
        appKey: process.env.APP_KEY,
        account: account,
        token: 'tok',
        db: false,
        syncRelations: false,
        syncFriends: false,
        syncTeams: false,
        syncSessionUnread: false,
        logLevel: 'warn',
        onconnect: function () {
          window.__nim_connected = true;
          if (window.__nim_connect_resolve) window.__nim_connect_resolve();
        },
        ondisconnect: function (e) {
          if (window.__nim_account !== account) return;
          window.__nim_connected = false;
          if (window.__nim_connect_reject) window.__nim_connect_reject(e || new Error('NIM disconnected'));
        },
        onerror: function (e) {
          if (!window.__nim_connected && window.__nim_connect_reject) window.__nim_connect_reject(e);
        },
      });
      ['signalingNotify', 'signalingMutilClientSyncNotify', 'signalingChannelsSyncNotify', 'signalingUnreadMessageSyncNotify', 'signalingEvent', 'signalingMessage', 'signalingCustomNotification'].forEach(function (name) {
        nim.on(name, function (payload) { hear(name, JSON.parse(JSON.stringify(payload))); });
      });
      window.__nim_instance = nim;
    }
    return waitForConnect().then(function () {
      return nim
        .signalingCreateAndJoin({ type: 3, channelName: channelName, ext: JSON.stringify({ source: 'page' }), attachExt: JSON.stringify({ hi: account }), offlineEnabled: false })
        .catch(function (err) {
          return nim.signalingGetChannelInfo({ channelName: channelName }).then(function (channel) {
            if (!channel || !channel.channelId) throw err;
            return nim.signalingJoin({ channelId: channel.channelId, offlineEnabled: false }).then(function (joined) { return joined || channel; });
          });
        });
    });
  }

  function chatroomAddress() {
    const nim = window.__nim_instance;
    if (!(window.__nim_connected && nim && typeof nim.getChatroomAddress === 'function')) return Promise.resolve([]);
    return new Promise(function (resolve) {
      nim.getChatroomAddress({
        chatroomId: '42',
        done: function (err, data) { resolve(err ? { failed: err.code, text: err.message } : data.address); },
      });
    });
  }

  return { window, start, chatroomAddress };
}

async function main() {
  const heard = [];
  const [one, two] = [page(), page()];
  const room = 'listen together';
  const first = await one.start('page_one', room, (name, e) => heard.push([name, e.eventType ?? e.length]));
  assert.equal(first.channelName, room);
  assert.equal(first.type, '3');
  const second = await two.start('page_two', room, () => {});
  assert.equal(second.channelId, first.channelId);
  assert.equal(second.members.length, 2);

  // The same page again: it is in the channel already, and lives with that.
  const again = await one.start('page_one', room, () => {}).catch((e) => e.message);
  assert.equal(again, 'ROOM_MEMBER_HAS_EXISTS');
  assert.deepEqual(heard.find(([, what]) => what === 'ROOM_JOIN'), ['signalingNotify', 'ROOM_JOIN']);

  const address = await one.chatroomAddress();
  assert.equal(typeof address.failed, 'number');
  assert.match(address.text, /getChatroomAddress/);

  // Another account in the same page: the old instance goes.
  const old = two.window.__nim_instance;
  const third = await two.start('page_three', room, () => {});
  assert.deepEqual(third.members.map((m) => m.accid).filter((a) => a !== 'page_two'), ['page_one', 'page_three']);
  await assert.rejects(old.signalingLeave({ channelId: first.channelId }), (e) => e.code === 'Error_Connection_Socket_State_not_Match');

  await one.window.__nim_instance.signalingClose({ channelId: first.channelId });
  for (const { window } of [one, two]) window.__nim_instance.destroy({ done() {} });
  console.log('done');
}

main();
