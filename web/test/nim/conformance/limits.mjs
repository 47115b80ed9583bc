// NIM contract, section 6: limits. A length is counted in characters (code points), and what is over it is refused by name.

import { equal, has, ok, refused } from './claims.mjs';
import { crowd } from './crowd.mjs';

/** A text of that many characters, half of which are surrogate pairs to JavaScript. */
const long = (characters) => Array.from({ length: characters }, (_, i) => (i % 2 ? 'x' : '😀')).join('');

/** limited: as long as may be works, one character more does not, and the error names field and limit. */
async function limited(field, limit, call) {
  await call(long(limit));
  await refused(call(long(limit + 1)), 10414, { field, limit });
}

/** Somebody in a channel of their own, and somebody to invite. */
async function pair(t) {
  const [ada, bob] = await t.cast('ada', 'bob');
  const { channelId } = await t.room(ada);
  const invite = (fields) => ada.nim.signalingInvite({ channelId, account: bob.account, requestId: t.unique('ring'), ...fields });
  return { ada, bob, channelId, invite };
}

export const limits = [
  ['6 members', '100 in a channel, and all of them are told', async (t, env) => {
    const { room, creator, size } = await crowd(env);
    const { members } = await creator.nim.signalingGetChannelInfo(room);
    equal([members.length, size, new Set(members.map((m) => m.uid)).size], [100, 100, 100], 'members, and their uids');
  }, 'slow'],
  ['6 requestId', '128 characters, byte by byte what the caller made up', async (t) => {
    const { ada, bob, invite } = await pair(t);
    await limited('requestId', 128, (requestId) => invite({ requestId }));
    equal((await bob.next('INVITE')).requestId, long(128));
    const odd = ' 007 \u0000"\\é\u2028😀';
    await invite({ requestId: odd });
    equal((await bob.next('INVITE')).requestId, odd);
    const call = (requestId) => ada.nim.signalingCallEx({ type: 1, account: bob.account, requestId });
    await limited('requestId', 128, call);
  }],
  ['6 channelName', '128 characters', async (t) => {
    const { ada, bob } = await pair(t);
    const start = t.unique();
    const name = (characters) => start + long(characters - start.length);
    for (const make of [
      (channelName) => ada.nim.signalingCreate({ type: 1, channelName }),
      (channelName) => ada.nim.signalingCreateAndJoin({ type: 1, channelName }),
      (channelName) => ada.nim.signalingCallEx({ type: 1, channelName, account: bob.account, requestId: t.unique('ring') }),
    ]) {
      await refused(make(name(129)), 10414, { field: 'channelName', limit: 128 });
    }
    equal((await ada.nim.signalingCreate({ type: 1, channelName: name(128) })).channelName, name(128));
  }],
  ['6 ext', '4096 characters', async (t) => {
    const { ada } = await pair(t);
    await limited('ext', 4096, (ext) => ada.nim.signalingCreate({ type: 1, ext }));
  }],
  ['6 attachExt', '4096 characters, in every call that takes one', async (t) => {
    const { ada, bob, channelId, invite } = await pair(t);
    await limited('attachExt', 4096, (attachExt) => ada.nim.signalingControl({ channelId, attachExt }));
    await limited('attachExt', 4096, (attachExt) => invite({ attachExt }));
    equal((await bob.next('INVITE')).attachExt, long(4096));
    const over = { channelId, account: ada.account, requestId: 'r', attachExt: long(4097) };
    for (const name of ['Join', 'Leave', 'Close', 'Cancel', 'Reject', 'Accept', 'JoinAndAccept']) {
      await refused(ada.nim[`signaling${name}`](over), 10414, { field: 'attachExt', limit: 4096 });
    }
  }],
  ['6 pushPayload', '4096 characters, as text or as an object', async (t) => {
    const { invite } = await pair(t);
    await limited('pushPayload', 4096, (pushPayload) => invite({ pushInfo: { pushPayload } }));
    const around = JSON.stringify({ a: '' }).length;
    await invite({ pushInfo: { pushPayload: { a: long(4096 - around) } } });
    await refused(invite({ pushInfo: { pushPayload: { a: long(4097 - around) } } }), 10414, { field: 'pushPayload', limit: 4096 });
  }],
  ['6 pushContent', '500 characters', async (t) => {
    const { invite } = await pair(t);
    await limited('pushContent', 500, (pushContent) => invite({ pushInfo: { pushContent } }));
  }],
  ['6 pushTitle', '32 characters', async (t) => {
    const { invite } = await pair(t);
    await limited('pushTitle', 32, (pushTitle) => invite({ pushInfo: { pushTitle } }));
  }],
  ['6 channel validity', '2 h from creation', async (t) => {
    const ada = await t.login('ada');
    const room = await ada.nim.signalingCreate({ type: 1 });
    equal(Number(room.channelExpireTime) - Number(room.channelCreateTime), 7_200_000, 'ms of life');
  }],
  ['6 channel validity, extended', 'by 2 h from now by a delay, and from the last leave', async (t) => {
    const ada = await t.login('ada');
    const room = await ada.nim.signalingCreateAndJoin({ type: 1 });
    const expires = async () => Number((await ada.nim.signalingGetChannelInfo(room)).channelExpireTime);
    const began = await expires();
    const later = async () => {
      // The relay's clock moves on by at least a millisecond.
      for (let now = 0, first; now <= (first ?? 0); first ??= now) now = Number((await ada.nim.signalingCreate({ type: 1 })).channelCreateTime);
    };
    await later();
    const delayed = Number((await ada.nim.signalingDelay(room)).channelExpireTime);
    ok(delayed > began, 'a delay moves the end');
    await later();
    await ada.nim.signalingLeave({ channelId: room.channelId });
    ok((await expires()) > delayed, 'a leave moves the end');
  }],
  ['6 invitation validity', 'the time that the relay lets it ring (90 s unless it is told otherwise), then it is silently over', async (t, { invitation }) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { answer } = await t.ring(ada, bob);
    await new Promise((resolve) => setTimeout(resolve, invitation));
    await refused(bob.nim.signalingAccept(answer), 10408);
    for (const one of [ada, bob]) await one.nothing();
  }, 'slow'],
  ['6 uid', 'more than 0, up to 64 bits without loss; unique in the channel', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { channelId } = await ada.nim.signalingCreateAndJoin({ type: 1, uid: '9223372036854775807' });
    const { members } = await bob.nim.signalingJoin({ channelId, uid: 9007199254740991 });
    equal(members.map((m) => m.uid), ['9223372036854775807', '9007199254740991']);
  }],
  ['6 one requestId for a group', 'may be used for many invitees of a channel: each has an invitation of their own', async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    const { channelId } = await t.room(ada);
    const ask = { channelId, requestId: '4711' };
    for (const one of [bob, eve]) {
      await ada.nim.signalingInvite({ ...ask, account: one.account });
      equal(Number((await one.next('INVITE')).requestId), 4711);
    }
    await bob.nim.signalingReject({ ...ask, account: ada.account });
    has(await eve.nim.signalingAccept({ ...ask, account: ada.account }), ask);
    await ada.next('REJECT', { from: bob.account });
    await ada.next('ACCEPT', { from: eve.account });
  }],
];
