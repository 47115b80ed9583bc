// A uni-app's store and its module for calls: it creates and joins, fires off its invitations, gives pushInfo as a text,
// looks at the first unread event only, and marks whatever ids there are.
import SDK from '@yxim/nim-web-sdk';
import assert from 'node:assert/strict';

/** The least of a Vuex. */
class Store {
  state = { nim: null, isAccept: false, refused: [], pages: [], toasts: [], status: '' };
  watchers = [];
  commit(name, value) {
    this.state = { ...this.state, [name]: value };
    for (const watch of [...this.watchers]) watch(this.state);
  }
  until(condition) {
    return new Promise((resolve) => {
      const look = (state) => {
        if (!condition(state)) return;
        this.watchers = this.watchers.filter((w) => w !== look);
        resolve(state);
      };
      this.watchers.push(look);
      look(this.state);
    });
  }
}

const createTime = () => '13' + (Date.now() + '').substr(5);

function initNim(store, account) {
  store.commit('status', 'connecting');
  const nim = SDK.NIM.getInstance({
    debug: false,
    appKey: process.env.APP_KEY,
    account,
    token: 'uni-token',
    syncSessionUnread: true,
    autoMarkRead: true,
    syncRelations: true,
    transports: ['websocket'],
    onconnect: () => store.commit('status', 'connected'),
    onwillreconnect: () => store.commit('status', 'reconnecting'),
    ondisconnect: (error) => store.commit('status', `off ${error.code}`),
    onerror: (error) => store.commit('status', `error ${error.code}`),
    onmyinfo: () => {},
    onfriends: () => {},
    onsessions: () => {},
    onsyncdone: () => store.commit('synced', true),
    onmsg: (msg) => store.commit('message', msg),
    onSignalingNotify: (event) => notify(store, event),
    onSignalingUnreadMessageSyncNotify: (data) => unread(store, data),
    onSignalingMutilClientSyncNotify: () => {},
    onSignalingMembersSyncNotify: (channels) => store.commit('channels', channels),
  });
  store.commit('nim', nim);
}

const leaveRoom = (store, why) => store.commit('toasts', [...store.state.toasts, why]);

function notify(store, event) {
  const { nim, isCall } = store.state;
  switch (event.eventType) {
    case 'ROOM_CLOSE':
      return leaveRoom(store, 'closed');
    case 'ROOM_JOIN':
      return store.commit('isAccept', true);
    case 'INVITE': {
      nim.signalingMarkMsgRead({ msgid: event.msgid });
      const attachExt = JSON.parse(event.attachExt);
      if (isCall) {
        nim.signalingReject({ channelId: attachExt.channelId, account: attachExt.from, requestId: attachExt.roomId, attachExt: JSON.stringify({ isIgnore: true }) }).then(() => {});
        return;
      }
      const page = event.type == '1' ? 'audio' : 'video';
      return store.commit('pages', [...store.state.pages, `${page}-${attachExt.scene}?sigData=${encodeURIComponent(event.attachExt)}`]);
    }
    case 'CANCEL_INVITE':
      return leaveRoom(store, 'cancelled');
    case 'REJECT':
      if (event.attachExt && JSON.parse(event.attachExt).isIgnore) return store.commit('ignored', event.from);
      return leaveRoom(store, `rejected by ${event.from}`);
    case 'ACCEPT':
      return store.commit('isAccept', true);
    case 'CONTROL': {
      const said = event.attachExt && JSON.parse(event.attachExt);
      if (said.type === 1) return leaveRoom(store, 'ended');
      if (said.type === 2) return store.commit('refused', [...store.state.refused, said.userId]);
    }
  }
}

function unread(store, data) {
  if (data[0] && !data[0].channelInValid) notify(store, data[0]);
  store.commit('unread', data.length);
  store.state.nim.signalingMarkMsgRead({ msgid: data.map((item) => item.msgid) }); // of nothing, it throws
}

function p2p(store, to, type) {
  const time = createTime();
  return new Promise((resolve) => {
    store.state.nim.signalingCreateAndJoin({ type }).then((res) => {
      const attachExt = { roomId: time, scene: 'p2p', from: res.creator, to, channelName: res.channelName, channelId: res.channelId };
      store.state.nim.signalingInvite({ channelId: res.channelId, account: to, requestId: time, offlineEnabled: true, attachExt: JSON.stringify(attachExt) }).catch((e) => store.commit('inviteFailed', e.code));
      resolve(attachExt);
    });
  });
}

async function team(store, accounts, type) {
  const res = await store.state.nim.signalingCreateAndJoin({ type });
  const attachExt = { roomId: createTime(), scene: 'team', from: res.creator, channelId: res.channelId, teamAccounts: accounts };
  const invites = accounts.map((account) =>
    store.state.nim.signalingInvite({ channelId: res.channelId, account, requestId: attachExt.roomId, attachExt: JSON.stringify(attachExt), offlineEnabled: true, pushInfo: '群语音聊天' }),
  );
  return { attachExt, invited: (await Promise.allSettled(invites)).map((r) => r.value?.requestId ?? r.reason.code) };
}

/** What a page for a call does when it opens. */
const answer = (store, page) => {
  const { channelId, from, roomId } = JSON.parse(decodeURIComponent(page.split('sigData=')[1]));
  return store.state.nim.signalingAccept({ channelId, account: from, requestId: roomId, autoJoin: true, offlineEnabled: true });
};

const [ada, bob, cid] = [new Store(), new Store(), new Store()];
initNim(ada, 'uni_ada');
initNim(bob, 'uni_bob');
initNim(cid, 'uni_cid');
for (const store of [ada, bob, cid]) await store.until((s) => s.status === 'connected' && s.synced && s.unread === 0 && s.channels);

const call = await p2p(ada, 'uni_bob', 1);
const { pages } = await bob.until((s) => s.pages.length);
assert.match(pages[0], /^audio-p2p/);
const room = await answer(bob, pages[0]);
assert.deepEqual(room.members.map((m) => m.accid), ['uni_ada', 'uni_bob']);
await ada.until((s) => s.isAccept);

// Whoever is in a call ignores a group's.
bob.commit('isCall', true);
const group = await team(cid, ['uni_ada', 'uni_bob', 'uni_dan'], 2);
assert.deepEqual(group.invited, [group.attachExt.roomId, group.attachExt.roomId, 10201]);
assert.match((await ada.until((s) => s.pages.length)).pages[0], /^video-team/);
assert.equal((await cid.until((s) => s.ignored)).ignored, 'uni_bob');
await ada.state.nim.signalingControl({ channelId: group.attachExt.channelId, attachExt: JSON.stringify({ type: 2, userId: 'uni_ada' }) });
assert.deepEqual((await cid.until((s) => s.refused.length)).refused, ['uni_ada']);
await cid.state.nim.signalingCancel({ channelId: group.attachExt.channelId, account: 'uni_ada', requestId: group.attachExt.roomId });
await ada.until((s) => s.toasts.includes('cancelled'));

// The one who was away opens the page for it.
const dan = new Store();
initNim(dan, 'uni_dan');
const late = await dan.until((s) => s.pages.length);
assert.equal((await answer(dan, late.pages[0])).members.length, 2);
await cid.until((s) => s.isAccept);
await dan.until((s) => s.unread > 0);

await ada.state.nim.signalingControl({ channelId: call.channelId, account: 'uni_bob', attachExt: JSON.stringify({ type: 1 }) });
await bob.until((s) => s.toasts.includes('ended'));
await bob.state.nim.signalingLeave({ channelId: call.channelId });
await ada.state.nim.signalingClose({ channelId: call.channelId });

await p2p(ada, 'uni_nobody', 2);
assert.equal((await ada.until((s) => s.inviteFailed)).inviteFailed, 10201);

for (const store of [ada, bob, cid, dan]) store.state.nim.logout({ done() {} });
for (const store of [ada, bob, cid, dan]) await store.until((s) => s.status === 'off logout');
console.log('done');
