// NIM contract, section 3: shapes, exactly the vendor's when configured so.

import { equal, has, keys, match, strings } from './claims.mjs';

const CHANNEL = ['type', 'channelName', 'channelId', 'channelCreateTime', 'channelExpireTime', 'creator'];
const MEMBER = ['accid', 'uid', 'createTime', 'expireTime', 'web_uid'];

const exactly = (run) => async (t) => {
  t.env.configure({ nim: { exact: true } });
  const [ada, bob] = await t.cast('ada', 'bob');
  await run({ t, ada, bob });
};

export const shapes = [
  ['3 Channel', '{type, channelName, channelId, channelCreateTime, channelExpireTime, creator, ext?}, all strings, flat', exactly(async ({ t, ada }) => {
    const name = t.unique('room');
    const bare = await ada.nim.signalingCreate({ type: 2, channelName: name });
    keys(bare, CHANNEL, 'a channel without ext');
    strings(bare, CHANNEL);
    has(bare, { type: '2', channelName: name, creator: ada.account });
    for (const time of [bare.channelCreateTime, bare.channelExpireTime]) match(time, /^\d{13}$/, 'a time');
    keys(await ada.nim.signalingCreate({ type: 1, ext: 'x' }), [...CHANNEL, 'ext'], 'a channel with ext');
  }), 'alone'],
  ['3 Member', '{accid, uid, createTime, expireTime, web_uid}, all strings', exactly(async ({ ada }) => {
    const { members } = await ada.nim.signalingCreateAndJoin({ type: 1, uid: 7 });
    equal(members.length, 1, 'the number of members');
    keys(members[0], MEMBER, 'a member');
    strings(members[0], MEMBER);
    has(members[0], { accid: ada.account, uid: '7', web_uid: ada.nim.options.deviceId });
  }), 'alone'],
  ['3 ChannelM', 'Channel and members beside it, and nothing that the caller passed', exactly(async ({ ada }) => {
    const options = { type: 1, attachExt: 'hi', nertcChannelName: 'rtc' };
    const { members, ...rest } = await ada.nim.signalingCreateAndJoin(options);
    keys(rest, [...CHANNEL, 'nertcChannelName', 'nertcTokenTtl'], 'a channel with members');
    equal(members.map((m) => m.accid), [ada.account]);
  }), 'alone'],
  ['3 Echo', "a copy of the options, `to`, and offlineEnabled as a boolean; no isSave, no code", exactly(async ({ t, ada, bob }) => {
    const { ask } = await t.ring(ada, bob);
    equal(await ada.nim.signalingCancel({ ...ask, mine: [1] }), { ...ask, mine: [1], to: bob.account, offlineEnabled: false });
    await bob.next('CANCEL_INVITE');
    const { answer } = await t.ring(ada, bob);
    const options = { ...answer, attachExt: 'busy', offlineEnabled: true };
    equal(await bob.nim.signalingReject(options), { ...options, to: ada.account });
  }), 'alone'],
  ['3 EchoPush', 'Echo with needPush (false), needBadge (true), and pushInfo flat as well as in a copy', exactly(async ({ t, ada, bob }) => {
    const { channelId } = await ada.nim.signalingCreateAndJoin({ type: 1 });
    const ask = { channelId, account: bob.account, requestId: t.unique('ring') };
    const echo = { ...ask, to: bob.account, offlineEnabled: false };
    equal(await ada.nim.signalingInvite(ask), { ...echo, needPush: false, needBadge: true });
    const push = { needPush: true, needBadge: false, pushTitle: 't', pushContent: 'c' };
    const pushInfo = { ...push, pushPayload: { from: 111 } };
    const flat = { ...push, pushPayload: '{"from":111}' };
    const requestId = t.unique('ring');
    equal(await ada.nim.signalingInvite({ ...ask, requestId, pushInfo }), { ...echo, requestId, ...flat, pushInfo: flat });
  }), 'alone'],
  ['3 nothing nested', 'no data.code, no data.channelInfo in any result', exactly(async ({ t, ada, bob }) => {
    const { call, answer, channelId } = await t.ring(ada, bob);
    const results = [
      call,
      await bob.nim.signalingJoinAndAccept(answer),
      await ada.nim.signalingControl({ channelId }),
      await ada.nim.signalingDelay({ channelId }),
      await ada.nim.signalingGetChannelInfo({ channelName: call.channelName }),
      await bob.nim.signalingLeave({ channelId }),
      await ada.nim.signalingClose({ channelId }),
    ];
    for (const result of results) has(result, { code: undefined, channelInfo: undefined });
  }), 'alone'],
];
