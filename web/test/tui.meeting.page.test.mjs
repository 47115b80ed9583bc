// A meeting in four tabs of Chromium, over a real relay: an owner, an administrator and two who are invited. Two tabs
// import the package, two have it from the script tag.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch, noChromium, serve } from './bridge.chromium.mjs';
import { startRelay } from './relay.mjs';

const dist = process.env.BECKON_DIST ?? fileURLToPath(new URL('../dist', import.meta.url));
const patience = 20_000;

let browser, server, relay;
before(async () => {
  if (noChromium) return;
  const answers = {};
  server = await serve(answers, { '/sdk/': dist });
  relay = await startRelay({ args: ['-origins', new URL(server.origin).host, '-sync', 'interval'] });
  const head = '<!doctype html><meta charset="utf-8"><title>meeting</title>';
  answers['/imported'] = {
    body: `${head}<script type="module">
      import * as sdk from '/sdk/tui.mjs';
      sdk.configure({ url: '${relay.url}' });
      window.sdk = sdk;
    </script>`,
  };
  answers['/tagged'] = { body: `${head}<script src="/sdk/beckon.js" data-relay="${relay.url}"></script><script>window.sdk = window.TUIRoomEngine;</script>` };
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await relay?.stop();
  server?.close();
});

/** What a page does with the package: it writes down what it hears, and shows it as its title. */
function setUp(account) {
  const { default: TUIRoomEngine, TUIConferenceInvitationManagerEvents, TUIRoomEvents } = window.sdk;
  const engine = new TUIRoomEngine();
  const manager = engine.getConferenceInvitationManager();
  const heard = [];
  const listen = (on, names) => {
    for (const name of Object.values(names)) on.on(name, (event) => heard.push([name, event]));
  };
  listen(manager, TUIConferenceInvitationManagerEvents);
  listen(engine, TUIRoomEvents);
  Object.assign(window, { engine, manager, heard });
  return TUIRoomEngine.login({ sdkAppId: 1400000001, userId: account, userSig: 'any' });
}

/** story is a test with tabs of its own and accounts that no other test uses. */
function story(claim, tell) {
  test(claim, { timeout: 4 * patience, skip: noChromium }, async () => {
    const context = await browser.newContext();
    context.setDefaultTimeout(patience);
    const complaints = [];
    const id = randomUUID().slice(0, 8);
    const open = async (name, how) => {
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
      await page.goto(`${server.origin}/${how}`);
      await page.waitForFunction('window.sdk');
      await page.evaluate(setUp, `${name}-${id}`);
      return tab(page, `${name}-${id}`);
    };
    try {
      const [owner, admin, bob, eve] = await Promise.all([open('owner', 'imported'), open('admin', 'tagged'), open('bob', 'imported'), open('eve', 'tagged')]);
      const roomId = `room ${id}`;
      await owner.does((roomId) => engine.createRoom({ roomId, roomName: 'Meeting' }), roomId);
      for (const member of [owner, admin]) await member.does((roomId) => engine.enterRoom({ roomId, roomType: 1 }), roomId);
      await owner.does((userId) => engine.changeUserRole({ userId, userRole: sdk.TUIRole.kAdministrator }), admin.account);
      await admin.hears('onUserRoleChanged');
      for (const member of [owner, admin]) await member.forget();
      await tell({ owner, admin, bob, eve, roomId });
      assert.deepEqual(complaints, [], 'no page throws');
    } finally {
      await context.close();
    }
  });
}

/** A tab: what it does, what it hears, and what it has not heard. */
function tab(page, account) {
  return {
    account,
    page,
    does: (act, argument) => page.evaluate(act, argument),
    /** The next event of that name. */
    async hears(name) {
      const event = await page.waitForFunction(
        (name) => {
          const at = heard.findIndex(([heard]) => heard === name);
          return at >= 0 && heard.splice(at, 1)[0];
        },
        name,
        { polling: 50 },
      );
      return (await event.jsonValue())[1];
    },
    /** Forgets what has been told so far. */
    forget: () => page.evaluate(() => engine.fetchRoomInfo({ roomId: 'no such room' }).catch(() => (heard.length = 0))),
    /** The room's list, as [invitee, status]. */
    list: (roomId) =>
      page.evaluate(async (roomId) => {
        const { invitationList } = await manager.getInvitationList({ roomId, cursor: '', count: 20 });
        return invitationList.map(({ invitee, status }) => [invitee.userId, status]);
      }, roomId),
  };
}

const invite = (host, userIdList, roomId, timeout = 60) =>
  host.does((options) => manager.inviteUsers(options), { roomId, userIdList, timeout, extensionInfo: 'come' });

describe('a meeting in four tabs', () => {
  story('the administrator revokes what the owner asked; inviter and invitee are told who did it', async ({ owner, admin, bob, eve, roomId }) => {
    assert.deepEqual(await invite(owner, [bob.account, eve.account], roomId), { [bob.account]: 0, [eve.account]: 0 });
    for (const guest of [bob, eve]) {
      const { roomInfo, invitation, extensionInfo } = await guest.hears('onReceiveInvitation');
      assert.deepEqual([roomInfo.roomName, invitation.inviter.userId, extensionInfo], ['Meeting', owner.account, 'come']);
    }
    assert.deepEqual(await admin.list(roomId), [[bob.account, 1], [eve.account, 1]]);
    await admin.does((options) => manager.cancelInvitation(options), { roomId, userIdList: [bob.account] });
    for (const told of [owner, bob]) {
      const { operateUser, invitation } = await told.hears('onInvitationRevokedByAdmin');
      assert.deepEqual([operateUser.userId, operateUser.userRole, invitation.invitee.userId], [admin.account, 1, bob.account]);
    }
    assert.deepEqual(await owner.list(roomId), [[eve.account, 1]]);
  });

  story('one rejects since they are elsewhere, and the other one accepts and enters', async ({ owner, admin, bob, eve, roomId }) => {
    await bob.does((roomId) => engine.createRoom({ roomId }), `${roomId} of bob`);
    await bob.does((roomId) => engine.enterRoom({ roomId }), `${roomId} of bob`);
    await invite(owner, [bob.account, eve.account], roomId);
    await bob.hears('onReceiveInvitation');
    await bob.does((roomId) => manager.reject({ roomId, reason: sdk.TUIInvitationRejectedReason.kInOtherConference }), roomId);
    assert.equal((await owner.hears('onInvitationRejected')).reason, 1);
    await eve.hears('onReceiveInvitation');
    await eve.does((roomId) => manager.accept({ roomId }), roomId);
    assert.equal((await owner.hears('onInvitationAccepted')).invitation.invitee.userId, eve.account);
    assert.deepEqual(await admin.list(roomId), [[bob.account, 4], [eve.account, 3]]);
    const room = await eve.does((roomId) => engine.enterRoom({ roomId }), roomId);
    assert.deepEqual([room.roomMemberCount, room.roomOwner], [3, owner.account]);
    for (const member of [owner, admin]) assert.equal((await member.hears('onRemoteUserEnterRoom')).userInfo.userId, eve.account);
    assert.deepEqual(await eve.list(roomId), [[bob.account, 4]]);
    await owner.does(() => engine.destroyRoom());
    for (const member of [admin, eve]) assert.deepEqual(await member.hears('onRoomDismissed'), { roomId, reason: 1 });
  });

  story('nobody answers: inviter, invitees and room are told, and it can be tried again', async ({ owner, admin, bob, eve, roomId }) => {
    await invite(admin, [bob.account, eve.account], roomId, 1);
    for (const guest of [bob, eve]) assert.equal((await guest.hears('onInvitationTimeout')).invitation.status, 2);
    for (const guest of [bob, eve]) assert.equal((await admin.hears('onInvitationTimeout')).invitation.invitee.userId, guest.account);
    for (const guest of [bob, eve]) assert.equal((await owner.hears('onInvitationStatusChanged')).invitation.invitee.userId, guest.account);
    assert.deepEqual(await owner.list(roomId), [[bob.account, 2], [eve.account, 2]]);
    assert.deepEqual(await invite(admin, [bob.account], roomId), { [bob.account]: 0 });
    await bob.hears('onReceiveInvitation');
    assert.deepEqual(await owner.list(roomId), [[eve.account, 2], [bob.account, 1]]);
  });

  story('a tab that reloads is told again of what is still pending, and is the same device', async ({ owner, bob, roomId }) => {
    await invite(owner, [bob.account], roomId);
    await bob.hears('onReceiveInvitation');
    await bob.page.reload();
    await bob.page.waitForFunction('window.sdk');
    await bob.page.evaluate(setUp, bob.account);
    assert.equal((await bob.hears('onReceiveInvitation')).extensionInfo, 'come');
    await bob.does((roomId) => engine.enterRoom({ roomId }), roomId);
    await owner.hears('onInvitationAccepted');
    await bob.page.reload();
    await bob.page.waitForFunction('window.sdk');
    await bob.page.evaluate(setUp, bob.account);
    assert.equal((await bob.does((roomId) => engine.enterRoom({ roomId }), roomId)).roomMemberCount, 3);
  });
});
