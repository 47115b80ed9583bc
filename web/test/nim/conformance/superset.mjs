// NIM contract, section 10, its table: code written from the documentation and code written against the SDK both work.

import { equal, has, ok, refused } from './claims.mjs';

/** info claims that channelInfo says what the flat channel says. */
function info(channelInfo, flat, invalid = false) {
  equal(channelInfo, {
    ext: flat.ext ?? '',
    channelId: flat.channelId,
    channelName: flat.channelName,
    type: Number(flat.type),
    createTimestamp: Number(flat.channelCreateTime),
    expireTimestamp: Number(flat.channelExpireTime),
    creatorId: flat.creator,
    invalid,
  });
}

const invitation = ({ channelId, account, requestId }) => ({ channelId, account, requestId });

export const superset = [
  ['10 data.code', '200 on every resolved result; of callEx, callStatus as a number', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { call, answer, channelId, ask } = await t.ring(ada, bob);
    const { channelName } = call;
    const results = {
      callEx: call,
      accept: await bob.nim.signalingAccept(answer),
      join: await bob.nim.signalingJoin({ channelId }),
      control: await ada.nim.signalingControl({ channelId }),
      delay: await ada.nim.signalingDelay({ channelId }),
      getChannelInfo: await ada.nim.signalingGetChannelInfo({ channelName }),
      leave: await bob.nim.signalingLeave({ channelId }),
      invite: await ada.nim.signalingInvite({ ...ask, requestId: 'r2' }),
      cancel: await ada.nim.signalingCancel({ ...ask, requestId: 'r2' }),
      again: await ada.nim.signalingInvite({ ...ask, requestId: 'r3' }),
      reject: await bob.nim.signalingReject({ ...answer, requestId: 'r3' }),
      andAgain: await ada.nim.signalingInvite({ ...ask, requestId: 'r4' }),
      joinAndAccept: await bob.nim.signalingJoinAndAccept({ ...answer, requestId: 'r4' }),
      create: await ada.nim.signalingCreate({ type: 1 }),
      createAndJoin: await ada.nim.signalingCreateAndJoin({ type: 1 }),
      call: await ada.nim.signalingCall({ type: 1, account: bob.account, requestId: 'r5' }),
      close: await ada.nim.signalingClose({ channelId }),
    };
    for (const [name, result] of Object.entries(results)) equal(result.code, 200, `${name}'s code`);
    equal((await ada.nim.signalingCallEx({ type: 1, account: t.account('nobody'), requestId: 'r' })).code, 10201);
  }],
  ['10 data.channelInfo', '{ext, channelId, channelName, type, createTimestamp, expireTimestamp, creatorId, invalid} beside the flat strings', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const made = await ada.nim.signalingCreate({ type: 2, ext: 'x' });
    info(made.channelInfo, made);
    const joined = await ada.nim.signalingJoin({ channelId: made.channelId });
    info(joined.channelInfo, joined);
    const invited = await ada.nim.signalingInvite({ channelId: made.channelId, account: bob.account, requestId: 'r' });
    info(invited.channelInfo, joined);
    const event = await bob.next('INVITE');
    info(event.channelInfo, event);
  }],
  ['10 data.members', 'of accept without autoJoin, reject, call: Echo, channelInfo and members; never an Echo field in a ChannelM', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const [no, yes] = [await t.ring(ada, bob), await t.ring(ada, bob)];
    for (const result of [
      await bob.nim.signalingReject({ ...no.answer, attachExt: 'busy' }),
      await bob.nim.signalingAccept({ ...yes.answer, attachExt: 'yes' }),
      await ada.nim.signalingCall({ type: 1, account: bob.account, requestId: 'r' }),
    ]) {
      equal(result.members.map((m) => m.account), [ada.account]);
      equal(result.channelInfo.channelId, result.channelId);
    }
    const both = await t.ring(ada, bob).catch(() => t.ring(ada, bob));
    const joined = await bob.nim.signalingJoinAndAccept({ ...both.answer, attachExt: 'here' });
    has(joined, { attachExt: undefined, requestId: undefined, account: undefined, to: undefined, offlineEnabled: undefined });
  }],
  ['10 members[i]', 'account, createTimestamp, expireTimestamp beside accid, createTime, expireTime; the former as numbers', async (t) => {
    const ada = await t.login('ada');
    const { members } = await ada.nim.signalingCreateAndJoin({ type: 1 });
    const [m] = members;
    has(m, { account: m.accid, createTimestamp: Number(m.createTime), expireTimestamp: Number(m.expireTime) });
    ok(m.createTimestamp > 0, 'it is a time');
  }],
  ['10 invalid', 'event.invalid and event.channelInfo.invalid beside event.channelInValid', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { event, channelId } = await t.ring(ada, bob, { offlineEnabled: true });
    equal([event.invalid, event.channelInfo.invalid], [false, false]);
    await ada.nim.signalingClose({ channelId });
    const [kept] = (await bob.sync()).unread;
    equal([kept.eventType, kept.channelInValid, kept.invalid, kept.channelInfo.invalid], ['INVITE', true, true, true]);
  }],
  ['10 top-level push fields', 'without pushInfo they count in invite, call and callEx', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const push = { needPush: true, pushTitle: 't', pushContent: 'c', pushPayload: { a: 1 }, needBadge: false };
    const told = { ...push, pushPayload: '{"a":1}' };
    const { channelId } = await t.room(ada);
    has(await ada.nim.signalingInvite({ channelId, account: bob.account, requestId: 'r1', ...push }), told);
    has(await ada.nim.signalingCall({ type: 1, account: bob.account, requestId: 'r2', ...push }), told);
    await ada.nim.signalingCallEx({ type: 1, account: bob.account, requestId: 'r3', ...push });
    for (const requestId of ['r1', 'r2', 'r3']) await bob.next('INVITE', { requestId, ...told });
    await refused(ada.nim.signalingInvite({ channelId, account: t.account('nobody'), requestId: 'r4', needPush: true }), 10202);
  }],
  ['10 joinAttachExt', "of joinAndAccept is ROOM_JOIN's attachExt, and ACCEPT keeps attachExt", async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { answer } = await t.ring(ada, bob);
    await bob.nim.signalingJoinAndAccept({ ...invitation(answer), attachExt: 'yes', joinAttachExt: 'here' });
    await ada.next('ROOM_JOIN', { attachExt: 'here' });
    await ada.next('ACCEPT', { attachExt: 'yes' });
  }],
];
