// A Vue-like store in CommonJS: everything that it keeps is reactive, the engine too, and it renders from events alone.
// The guest lets the first ring run out, rejects the second, and accepts the third. Roles: host, guest.
const assert = require('node:assert/strict');
const { default: TUIRoomEngine, ...sdk } = require('@tencentcloud/tuiroom-engine-js');

const { ROLE, USER_ID, GUEST, ROOM_ID } = process.env;
const { TUIConferenceInvitationManagerEvents: Invitations, TUIRoomEvents, TUIInvitationStatus } = sdk;

/** As a framework does it: whatever is reached through it is a Proxy as well. */
function reactive(target, changed) {
  return new Proxy(target, {
    get(object, key, receiver) {
      const value = Reflect.get(object, key, receiver);
      return value && typeof value === 'object' && !(value instanceof Promise) ? reactive(value, changed) : value;
    },
    set(object, key, value) {
      object[key] = value;
      changed();
      return true;
    },
  });
}

const watchers = new Set();
const state = reactive({ engine: null, invitations: null, invitees: {}, users: [], count: 0, log: [] }, () => watchers.forEach((look) => look()));

const when = (condition) =>
  new Promise((resolve) => {
    const look = () => {
      if (!condition()) return;
      watchers.delete(look);
      resolve();
    };
    watchers.add(look);
    look();
  });

const labels = { [TUIInvitationStatus.kPending]: 'calling', [TUIInvitationStatus.kTimeout]: 'no answer', [TUIInvitationStatus.kRejected]: 'declined', [TUIInvitationStatus.kAccepted]: 'coming' };

async function main() {
  TUIRoomEngine.once('ready', () => (state.engine = new TUIRoomEngine()));
  await when(() => state.engine);
  await TUIRoomEngine.login({ sdkAppId: 1400000001, userId: USER_ID, userSig: 'signed' });
  state.invitations = state.engine.getConferenceInvitationManager();
  const show = ({ invitation }) => {
    state.invitees[invitation.invitee.userId] = labels[invitation.status];
    state.log.push(labels[invitation.status]);
  };
  state.invitations.on(Invitations.onInvitationAdded, show);
  state.invitations.on(Invitations.onInvitationStatusChanged, show);
  state.invitations.on(Invitations.onInvitationRemoved, ({ invitation }) => delete state.invitees[invitation.invitee.userId]);
  state.engine.on(TUIRoomEvents.onRoomUserCountChanged, ({ userCount }) => (state.count = userCount));
  await (ROLE === 'host' ? host() : guest());
  await TUIRoomEngine.logout();
  console.log('done');
}

async function host() {
  await state.engine.createRoom({ roomId: ROOM_ID, password: 'secret' });
  await state.engine.enterRoom({ roomId: ROOM_ID, roomType: 1 });
  const invite = (timeout) => state.invitations.inviteUsers({ roomId: ROOM_ID, userIdList: [GUEST], timeout, extensionInfo: JSON.stringify({ timeout }) });
  await invite(1);
  await when(() => state.invitees[GUEST] === 'no answer');
  await invite(60);
  await when(() => state.invitees[GUEST] === 'declined');
  await invite(60);
  await when(() => state.count === 2);
  assert.deepEqual([...state.log], ['calling', 'no answer', 'calling', 'declined', 'calling', 'coming']);
  assert.deepEqual(Object.keys(state.invitees), []);
  await state.engine.destroyRoom();
}

async function guest() {
  const rings = [];
  state.invitations.on(Invitations.onReceiveInvitation, ({ extensionInfo }) => {
    rings.push(JSON.parse(extensionInfo).timeout);
    state.count = rings.length;
  });
  let missed = 0;
  state.invitations.on(Invitations.onInvitationTimeout, () => (state.count = -++missed));
  await when(() => missed === 1);
  await when(() => rings.length === 2);
  await state.invitations.reject({ roomId: ROOM_ID });
  await when(() => rings.length === 3);
  await state.invitations.accept({ roomId: ROOM_ID });
  const room = await state.engine.enterRoom({ roomId: ROOM_ID }); // invited: no password
  assert.equal(room.password, 'secret');
  await new Promise((dismissed) => state.engine.on(TUIRoomEvents.onRoomDismissed, dismissed));
  assert.deepEqual(rings, [1, 60, 60]);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
