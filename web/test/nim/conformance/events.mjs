// NIM contract, section 5: events, their fields, and who hears what.

import { equal, has, keys, match, ok, strings } from './claims.mjs';

const CHANNEL = ['type', 'channelName', 'channelId', 'channelCreateTime', 'channelExpireTime', 'creator'];
const kinds = (events) => events.map((e) => e.eventType);

/** A story that happens while somebody is away; answers them when they are back. */
async function whileAway(t, somebody, story) {
  await somebody.leavePage();
  await story();
  return t.login('back', { account: somebody.account });
}

export const events = [
  ['5 every event', 'flat: the channel, from, time, msgid, attach as JSON text, eventType out of it; strings; attachExt', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { event, call } = await t.ring(ada, bob, { ext: 'x', attachExt: 'hi' });
    strings(event, [...CHANNEL, 'ext', 'from', 'to', 'requestId', 'attach', 'attachExt', 'time', 'msgid', 'eventType']);
    for (const name of [...CHANNEL, 'ext']) equal(event[name], call[name], name);
    equal([JSON.parse(event.attach), event.eventType], [{ type: 3 }, 'INVITE']);
    match(event.time, /^\d{13}$/, 'time');
  }],
  ['5 exactly', "configured so, an event has the vendor's fields and no others", async (t) => {
    t.env.configure({ nim: { exact: true } });
    const [ada, bob] = await t.cast('ada', 'bob');
    const { event } = await t.ring(ada, bob);
    keys(event, [...CHANNEL, 'from', 'to', 'requestId', 'needPush', 'needBadge', 'attach', 'time', 'msgid', 'eventType'], 'an INVITE');
  }, 'alone'],
  ['5 msgid', "decimal text; '0' when the message was not stored", async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    equal((await t.ring(ada, bob)).event.msgid, '0');
    const { event } = await t.ring(ada, bob, { offlineEnabled: true });
    match(event.msgid, /^[1-9]\d*$/, 'the msgid of a stored one');
    equal((await bob.sync()).unread.map((e) => e.msgid), [event.msgid]);
  }],
  ['5 ROOM_CLOSE', 'type 1; from the closer, no to, no requestId', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { channelId } = await t.room(ada, bob);
    await ada.nim.signalingClose({ channelId, attachExt: 'bye' });
    const event = await bob.next('ROOM_CLOSE', { from: ada.account, to: undefined, requestId: undefined, attachExt: 'bye' });
    equal([JSON.parse(event.attach), event.channelInValid], [{ type: 1 }, true]);
  }],
  ['5 ROOM_JOIN', 'type 2; from the joiner; attach.member: 1 accid, 2 uid, 3 createTime, 4 expireTime, 5 device', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { channelId } = await t.room(ada);
    const joined = await bob.nim.signalingJoin({ channelId, uid: 42 });
    const event = await ada.next('ROOM_JOIN', { from: bob.account, to: undefined, requestId: undefined });
    const { createTime, expireTime, web_uid } = joined.members[1];
    equal(JSON.parse(event.attach), { type: 2, member: { 1: bob.account, 2: '42', 3: createTime, 4: expireTime, 5: web_uid } });
    equal([web_uid, event.members], [bob.nim.options.deviceId, undefined]);
  }],
  ['5 INVITE', 'type 3; from inviter to callee, requestId; needPush and needBadge as booleans', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { event, requestId } = await t.ring(ada, bob);
    has(event, { from: ada.account, to: bob.account, requestId, needPush: false, needBadge: true, pushTitle: undefined, pushContent: undefined });
  }],
  ['5 CANCEL_INVITE', 'type 4; from inviter to callee, requestId', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { ask, requestId } = await t.ring(ada, bob);
    await ada.nim.signalingCancel(ask);
    const event = await bob.next('CANCEL_INVITE', { from: ada.account, to: bob.account, requestId });
    equal(JSON.parse(event.attach), { type: 4 });
  }],
  ['5 REJECT', 'type 5; from callee to inviter, requestId; with a multi-client copy', async (t) => {
    const [ada, bob, bob2] = [await t.login('ada'), await t.login('bob'), await t.login('bob', { device: 'two' })];
    const { answer, requestId } = await t.ring(ada, bob);
    await bob.nim.signalingReject(answer);
    const fields = { from: bob.account, to: ada.account, requestId };
    const [event, copy] = [await ada.next('REJECT', fields), await bob2.multi('REJECT', fields)];
    equal([JSON.parse(event.attach), JSON.parse(copy.attach)], [{ type: 5 }, { type: 5 }]);
  }],
  ['5 ACCEPT', 'type 6; from callee to inviter, requestId; with a multi-client copy', async (t) => {
    const [ada, bob, bob2] = [await t.login('ada'), await t.login('bob'), await t.login('bob', { device: 'two' })];
    const { answer, requestId } = await t.ring(ada, bob);
    await bob.nim.signalingAccept(answer);
    const fields = { from: bob.account, to: ada.account, requestId };
    const [event, copy] = [await ada.next('ACCEPT', fields), await bob2.multi('ACCEPT', fields)];
    equal([JSON.parse(event.attach), JSON.parse(copy.attach)], [{ type: 6 }, { type: 6 }]);
  }],
  ['5 LEAVE', 'type 7; from the leaver, no to, no requestId', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { channelId } = await t.room(ada, bob);
    await bob.nim.signalingLeave({ channelId });
    const event = await ada.next('LEAVE', { from: bob.account, to: undefined, requestId: undefined });
    equal(JSON.parse(event.attach), { type: 7 });
  }],
  ['5 CONTROL', 'type 8; from the sender, to the target or nobody; never kept', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { channelId } = await t.room(ada, bob);
    await ada.nim.signalingControl({ channelId, account: bob.account, attachExt: 'mute', offlineEnabled: true });
    const event = await bob.next('CONTROL', { from: ada.account, to: bob.account, requestId: undefined, attachExt: 'mute', msgid: '0' });
    equal(JSON.parse(event.attach), { type: 8 });
    equal((await bob.sync()).unread, []);
  }],
  ['5 offline copies', 'CLOSE, JOIN, INVITE, CANCEL_INVITE, REJECT, ACCEPT, LEAVE are kept when the actor says offlineEnabled, and only then', async (t) => {
    const kept = { offlineEnabled: true };
    for (const [offlineEnabled, expected] of [
      [true, ['ROOM_JOIN', 'INVITE', 'CANCEL_INVITE', 'REJECT', 'ACCEPT', 'LEAVE', 'ROOM_CLOSE']],
      [false, []],
    ]) {
      const said = offlineEnabled ? kept : {};
      const [ada, bob, eve] = await Promise.all(['ada', 'bob', 'eve'].map((name) => t.login(name, { account: t.account(`${name}-${offlineEnabled}`) })));
      const { channelId } = await t.room(ada, bob);
      const own = { channelId: (await bob.nim.signalingCreateAndJoin({ type: 1 })).channelId, account: eve.account };
      for (const requestId of ['no', 'yes']) await bob.nim.signalingInvite({ ...own, requestId });
      const here = await whileAway(t, bob, async () => {
        await eve.nim.signalingJoin({ channelId, ...said });
        await ada.nim.signalingCreateAndJoin({ type: 1 }).then(async (room) => {
          const ask = { channelId: room.channelId, account: bob.account, requestId: 'r' };
          await ada.nim.signalingInvite({ ...ask, ...said }).catch(() => {});
          await ada.nim.signalingCancel({ ...ask, ...said });
        });
        const answer = { ...own, account: bob.account, ...said };
        await eve.nim.signalingReject({ ...answer, requestId: 'no' }).catch(() => {});
        await eve.nim.signalingAccept({ ...answer, requestId: 'yes' }).catch(() => {});
        await eve.nim.signalingLeave({ channelId, ...said });
        await ada.nim.signalingClose({ channelId, ...said });
      });
      equal(kinds((await here.sync()).unread), expected, `what is kept with offlineEnabled ${offlineEnabled}`);
      for (const one of [ada, eve, here]) await one.leavePage();
    }
  }],
  ['signalingNotify', 'one object, to a device that is online', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { event } = await t.ring(ada, bob);
    ok(!Array.isArray(event), 'it is no array');
    await bob.nothing();
  }],
  ['signalingMutilClientSyncNotify', 'one object, ACCEPT or REJECT only: another device of mine did it', async (t) => {
    const [ada, bob, bob2] = [await t.login('ada'), await t.login('bob'), await t.login('bob', { device: 'two' })];
    const { answer, channelId } = await t.ring(ada, bob);
    await bob2.next('INVITE');
    await bob.nim.signalingJoinAndAccept(answer);
    await bob2.multi('ACCEPT');
    await bob.nim.signalingLeave({ channelId });
    for (const one of [bob, bob2]) await one.nothing();
  }],
  ['signalingUnreadMessageSyncNotify', 'an array, oldest first; what was kept and not marked as read; channelInValid true where the channel is gone; [] when empty', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    equal((await bob.sync()).unread, []);
    const here = await whileAway(t, bob, async () => {
      for (const requestId of ['first', 'second', 'third']) {
        const call = await ada.nim.signalingCallEx({ type: 1, account: bob.account, requestId, offlineEnabled: true });
        if (requestId === 'second') await ada.nim.signalingClose({ channelId: call.channelId });
      }
    });
    const { unread } = await here.sync();
    const invites = unread.filter((e) => e.eventType === 'INVITE');
    equal(invites.map((e) => [e.requestId, !!e.channelInValid]), [['first', false], ['second', true], ['third', false]]);
    ok(unread.every((e, i) => i === 0 || BigInt(e.msgid) > BigInt(unread[i - 1].msgid)), 'msgids rise');
    ok(unread.every((e) => e.channelInValid === undefined || typeof e.channelInValid === 'boolean'), 'channelInValid is a boolean');
    here.nim.signalingMarkMsgRead({ msgid: unread.map((e) => e.msgid) });
    equal((await here.sync()).unread, []);
  }],
  ['signalingChannelsSyncNotify', 'an array of ChannelM: the channels that the account has not left; [] when there are none', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    equal((await bob.sync()).channels, []);
    const [one, two, three] = [await t.room(ada, bob), await t.room(ada, bob), await t.room(ada)];
    await bob.nim.signalingJoin({ channelId: three.channelId });
    await bob.nim.signalingLeave({ channelId: two.channelId });
    const { channels } = await bob.sync();
    equal(channels.map((c) => c.channelId).sort(), [one.channelId, three.channelId].sort());
    for (const channel of channels) {
      strings(channel, CHANNEL);
      equal(channel.members.map((m) => m.accid), [ada.account, bob.account]);
    }
  }],
  ['signalingMembersSyncNotify', 'is no event; options.onSignalingMembersSyncNotify is called behind signalingChannelsSyncNotify, with the same array', async (t) => {
    const order = [];
    let called;
    const option = new Promise((resolve) => (called = resolve));
    const ada = await t.login('ada', { onSignalingMembersSyncNotify: (list) => called(order.push(['option', list])) });
    ada.nim.on('signalingMembersSyncNotify', () => order.push(['never']));
    ada.nim.on('signalingChannelsSyncNotify', (list) => order.push(['event', list]));
    await ada.nim.signalingSync();
    await option;
    equal(order, [['event', []], ['option', []]]);
    ok(order[0][1] === order[1][1], 'both get the same array');
  }],
  ['onSignalingUnreadMessageSyncNotify', 'is called behind the event, with the same array', async (t) => {
    let called;
    const option = new Promise((resolve) => (called = resolve));
    const ada = await t.login('ada', { onSignalingUnreadMessageSyncNotify: called });
    await ada.nim.signalingSync();
    ok((await option) === (await ada.hears('signalingUnreadMessageSyncNotify')), 'both get the same array');
  }],
  ['sync after login', 'by itself unless syncAvSignal is false, and after every signalingSync', async (t) => {
    const ada = await t.login('ada', { syncAvSignal: undefined });
    for (let i = 0; i < 2; i++) {
      equal(await ada.hears('signalingUnreadMessageSyncNotify'), []);
      equal(await ada.hears('signalingChannelsSyncNotify'), []);
      if (i === 0) await ada.nim.signalingSync();
    }
    const bob = await t.login('bob', { syncAvSignal: false });
    await bob.sync();
    await bob.nothing(['signalingUnreadMessageSyncNotify', 'signalingChannelsSyncNotify']);
  }],
  ['error', 'what no promise tells of is emitted, then options.onerror is called with the same', async (t) => {
    const ada = await t.login('ada');
    ada.nim.setOptions({ token: { no: 'text' } });
    const [emitted, called] = [await ada.hears('error'), await ada.hears('onerror')];
    ok(emitted === called, 'both get the same error');
    equal([emitted.name, typeof emitted.message], ['NIMError', 'string']);
    equal(ada.heard.all.slice(-2).map(([on]) => on), ['error', 'onerror']);
    await ada.fence(); // it goes on
  }],
  ['mark read', 'only signalingMarkMsgRead takes a message out of the queue; having heard it online does not', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { event } = await t.ring(ada, bob, { offlineEnabled: true });
    equal(kinds((await bob.sync()).unread), ['INVITE']);
    bob.nim.signalingMarkMsgRead({ msgid: event.msgid });
    equal((await bob.sync()).unread, []);
  }],
  ['who hears: the sender', "its own device hears nothing but its promise's answer", async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { channelId } = await t.room(ada, bob);
    await ada.nim.signalingControl({ channelId });
    await ada.nim.signalingInvite({ channelId, account: t.account('eve'), requestId: 'r' }).catch(() => {});
    await ada.nim.signalingLeave({ channelId });
    await ada.nim.signalingJoin({ channelId });
    await ada.nim.signalingClose({ channelId });
    await ada.nothing();
  }],
  ['who hears: members', 'JOIN, LEAVE, CONTROL and CLOSE reach all other members on all of their devices, and after a close nobody hears LEAVE', async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    const { channelId } = await t.room(ada, bob);
    const bob2 = await t.login('bob', { device: 'two' });
    await eve.nim.signalingJoin({ channelId });
    await eve.nim.signalingControl({ channelId });
    await eve.nim.signalingLeave({ channelId });
    await ada.nim.signalingClose({ channelId });
    for (const one of [bob, bob2]) {
      for (const kind of ['ROOM_JOIN', 'CONTROL', 'LEAVE', 'ROOM_CLOSE']) await one.next(kind);
      await one.nothing();
    }
    await eve.nothing();
  }],
  ['who hears: nobody twice', 'a device that comes back hears what it missed, and nothing a second time', async (t) => {
    const line = await t.line();
    const [ada, bob] = [await t.login('ada'), await t.login('bob', { line })];
    const { channelId } = await t.room(ada, bob);
    await ada.nim.signalingControl({ channelId, attachExt: '1' });
    await bob.next('CONTROL', { attachExt: '1' });
    await line.cut();
    await ada.nim.signalingControl({ channelId, attachExt: '2' });
    await line.mend();
    await bob.hears('onconnect');
    await bob.next('CONTROL', { attachExt: '2' });
    await bob.nothing();
  }, 'slow'],
];
