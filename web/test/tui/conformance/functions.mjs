// TUI contract, section 2: the manager's functions, what they resolve to and reject with.

import { equal, keys, match, ok, refused, rejection } from './claims.mjs';

/** Somebody in a room of their own, and somebody to invite. */
async function pair(t) {
  const [ada, bob] = await t.cast('ada', 'bob');
  return { ada, bob, roomId: await t.room(ada) };
}

const sixtyFive = 'x'.repeat(65);

export const functions = [
  ['2 one object', 'without it a call rejects with a TypeError, and does not throw', async (t) => {
    const { manager } = await t.page();
    for (const method of ['inviteUsers', 'cancelInvitation', 'accept', 'reject', 'getInvitationList']) {
      equal((await rejection(manager[method]())).name, 'TypeError', method);
    }
  }],
  ['2 errors', 'an Error with a number as code, a text as message and an empty name', async (t) => {
    const { ada } = await pair(t);
    const error = await refused(ada.manager.accept({ roomId: 'no such room' }), 100004);
    ok(error instanceof Error && error instanceof ada.tui.TUIError, 'its class');
    ok(error.message.length > 3, 'its message');
  }],
  ['2 inviteUsers', 'asks each of the list; onReceiveInvitation with extensionInfo; resolves with what became of each', async (t) => {
    const { ada, bob, roomId } = await pair(t);
    const eve = await t.login('eve');
    const result = await ada.manager.inviteUsers({ roomId, userIdList: [bob.account, eve.account], timeout: 60, extensionInfo: '{"a":1}' });
    equal(result, { [bob.account]: 0, [eve.account]: 0 });
    for (const one of [bob, eve]) {
      await one.about('onReceiveInvitation', one, 1, { extensionInfo: '{"a":1}' });
      await one.nothing();
    }
  }],
  ['2 inviteUsers, extensionInfo', "default ''", async (t) => {
    const { ada, bob, roomId } = await pair(t);
    equal((await t.ring(ada, bob, roomId)).extensionInfo, '');
  }],
  ['2 inviteUsers, timeout', 'in seconds; 0 and absent: never', async (t) => {
    const { ada, bob, roomId } = await pair(t);
    const [eve, kim] = await t.cast('eve', 'kim');
    for (const [one, timeout] of [[bob, 1], [eve, 0], [kim, undefined]]) await t.ring(ada, one, roomId, { timeout });
    await ada.about('onInvitationTimeout', bob, 2);
    equal(await ada.list(roomId), [[bob.account, 2], [eve.account, 1], [kim.account, 1]]);
  }, 'slow'],
  ['2 inviteUsers refused', "-1001 'invalid conference_id', 'invalid user_id_list'; -2101 'please enter room first' outside of that room", async (t) => {
    const { ada, bob, roomId } = await pair(t);
    const invite = (options) => ada.manager.inviteUsers({ roomId, userIdList: [bob.account], timeout: 60, ...options });
    await refused(invite({ roomId: '' }), -1001, /^invalid conference_id/);
    await refused(invite({ roomId: undefined }), -1001, /^invalid conference_id/);
    await refused(invite({ userIdList: [] }), -1001, /^invalid user_id_list/);
    await refused(invite({ roomId: t.unique() }), -2101, /^please enter room first/);
    await refused(bob.manager.inviteUsers({ roomId, userIdList: [ada.account], timeout: 60 }), -2101, /^please enter room first/);
    await bob.nothing();
  }],
  ['2 cancelInvitation', 'resolves to nothing; the invitee hears onInvitationCancelled', async (t) => {
    const { ada, bob, roomId } = await pair(t);
    await t.ring(ada, bob, roomId);
    equal(await ada.manager.cancelInvitation({ roomId, userIdList: [bob.account] }), undefined);
    await bob.about('onInvitationCancelled', bob, 1);
  }],
  ['2 cancelInvitation refused', 'the same three; 100002 when nobody of the list has a pending invitation', async (t) => {
    const { ada, bob, roomId } = await pair(t);
    const cancel = (options) => ada.manager.cancelInvitation({ roomId, userIdList: [bob.account], ...options });
    await refused(cancel({ roomId: '' }), -1001, /^invalid conference_id/);
    await refused(cancel({ userIdList: [] }), -1001, /^invalid user_id_list/);
    await refused(cancel({ roomId: t.unique() }), -2101, /^please enter room first/);
    await refused(bob.manager.cancelInvitation({ roomId, userIdList: [ada.account] }), -2101, /^please enter room first/);
    await refused(cancel({}), 100002);
  }],
  ['2 accept', 'resolves to nothing; needs no room, and enters none', async (t) => {
    const { ada, bob, roomId } = await pair(t);
    await t.ring(ada, bob, roomId);
    equal(await bob.manager.accept({ roomId }), undefined);
    await ada.about('onInvitationAccepted', bob, 3);
    equal(await ada.users(), [ada.account]);
    await refused(bob.engine.getUserList(), -2101);
  }],
  ['2 reject', 'resolves to nothing; the reason reaches the inviter, kRejectToEnter by default', async (t) => {
    const { ada, bob, roomId } = await pair(t);
    for (const reason of [0, 1, undefined]) {
      await t.ring(ada, bob, roomId);
      equal(await bob.manager.reject({ roomId, reason }), undefined);
      await ada.about('onInvitationRejected', bob, 4, { reason: reason ?? 0 });
    }
  }],
  ['2 accept and reject refused', '-1001 for no roomId; 100004 for no such room; 100002 when nothing is pending', async (t) => {
    const { ada, bob, roomId } = await pair(t);
    for (const answer of ['accept', 'reject']) {
      await refused(bob.manager[answer]({ roomId: '' }), -1001, /^invalid conference_id/);
      await refused(bob.manager[answer]({ roomId: t.unique() }), 100004);
      await refused(bob.manager[answer]({ roomId }), 100002);
    }
    await refused(bob.manager.reject({ roomId, reason: 2 }), -1001, /reason/);
    await ada.nothing();
  }],
  ['2 getInvitationList', '{ invitationList, cursor } and nothing else; in parts, to the end', async (t) => {
    const { ada, roomId } = await pair(t);
    const invitees = Array.from({ length: 7 }, (_, i) => t.account(`guest${i}`));
    await ada.manager.inviteUsers({ roomId, userIdList: invitees, timeout: 60 });
    const parts = [];
    let cursor = '';
    do {
      const part = await ada.manager.getInvitationList({ roomId, cursor, count: 3 });
      keys(part, ['invitationList', 'cursor'], 'a part');
      parts.push(part.invitationList.map(({ invitee }) => invitee.userId));
      cursor = part.cursor;
    } while (cursor !== '');
    equal(parts, [invitees.slice(0, 3), invitees.slice(3, 6), invitees.slice(6)]);
  }],
  ['2 getInvitationList refused', "-1001 'invalid conference_id'; 100004 for no such room; 100005 for who is not in it", async (t) => {
    const { ada, bob, roomId } = await pair(t);
    await refused(ada.manager.getInvitationList({ roomId: '', cursor: '', count: 20 }), -1001, /^invalid conference_id/);
    await refused(ada.manager.getInvitationList({ roomId: t.unique(), cursor: '', count: 20 }), 100004);
    await refused(bob.manager.getInvitationList({ roomId, cursor: '', count: 20 }), 100005);
  }],
  ['2 roomId', 'at most 64 bytes, of letters, digits, space and !#$%&()+-:;<=.>?@[]^_{}|~,', async (t) => {
    const { ada } = await pair(t);
    for (const wrong of [sixtyFive, 'a/b', 'a*b', 'ä', '房间', 'a\nb', "a'b", 'a"b', 'a\\b', 'a`b']) {
      const error = await refused(ada.manager.accept({ roomId: wrong }), -1001, /^invalid conference_id/);
      equal(error.field, 'roomId');
    }
    match((await refused(ada.manager.accept({ roomId: sixtyFive }), -1001)).message, /64/);
    await refused(ada.manager.accept({ roomId: 'x'.repeat(64) }), 100004);
  }],
  ['2 not a text', 'what is no text where there has to be one is -1001', async (t) => {
    const { ada, roomId } = await pair(t);
    await refused(ada.manager.accept({ roomId: 12345 }), -1001);
    await refused(ada.manager.inviteUsers({ roomId, userIdList: 'bob', timeout: 0 }), -1001, /user_id_list/);
    await refused(ada.manager.inviteUsers({ roomId, userIdList: [7], timeout: 0 }), -1001, /user_id_list/);
    const cycle = {};
    cycle.self = cycle;
    await refused(ada.manager.inviteUsers({ roomId, userIdList: ['bob'], extensionInfo: cycle }), -1001);
    await refused(ada.manager.inviteUsers({ roomId, userIdList: ['bob'], timeout: 1n }), -1001);
  }],
  ['2 limits', 'extensionInfo 4096 characters, 1000 users in one call; the error names field and limit', async (t) => {
    const { ada, bob, roomId } = await pair(t);
    const long = '😀'.repeat(4096);
    await refused(ada.manager.inviteUsers({ roomId, userIdList: [bob.account], extensionInfo: `${long}x` }), -1001, { field: 'extensionInfo', limit: 4096 });
    await t.ring(ada, bob, roomId, { extensionInfo: long });
    const users = Array.from({ length: 1001 }, (_, i) => t.account(`guest${i}`));
    await refused(ada.manager.inviteUsers({ roomId, userIdList: users }), -1001, { field: 'userIdList', limit: 1000 });
  }],
];
