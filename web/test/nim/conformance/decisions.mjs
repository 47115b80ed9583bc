// NIM contract, section 10, N1 to N13: what we decided where both the documentation and the SDK leave it open.

import { equal, has, ok, refused } from './claims.mjs';

const accounts = (result) => result.members.map((m) => m.accid);

export const decisions = [
  ['N1', 'the creator or a member may invite, and a creator need not have joined; others get 10406', async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    const { channelId } = await ada.nim.signalingCreate({ type: 1 });
    const invite = (who) => who.nim.signalingInvite({ channelId, account: eve.account, requestId: t.unique('ring') });
    await refused(invite(bob), 10406);
    await invite(ada);
    await bob.nim.signalingJoin({ channelId });
    await invite(bob);
    equal([(await eve.next('INVITE')).from, (await eve.next('INVITE')).from], [ada.account, bob.account]);
  }],
  ['N2', 'call and callEx: 200, 10201 and 10202 leave all standing; on another code nothing of it remains', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    for (const call of ['signalingCall', 'signalingCallEx']) {
      const channelName = t.unique('room');
      const away = { type: 1, channelName, account: t.account('nobody'), requestId: t.unique('ring') };
      await ada.nim[call](away).catch((error) => equal(error.code, 10201));
      const room = await ada.nim.signalingGetChannelInfo({ channelName });
      equal(accounts(room), [ada.account]);
      await ada.nim.signalingCancel({ channelId: room.channelId, account: away.account, requestId: away.requestId });
      // It exists, and the caller is not in it: asked to invite themself, they are out of it again.
      const mine = await bob.nim.signalingCreate({ type: 1, channelName: t.unique('mine') });
      await bob.nim[call]({ type: 1, channelName: mine.channelName, account: bob.account, requestId: 'r' }).then(
        () => ok(false, 'nobody invites themself'),
        (error) => ok([10405, 10414].includes(error.code), `${call} rejects with ${error.code}`),
      );
      equal(accounts(await bob.nim.signalingGetChannelInfo(mine)), []);
    }
  }],
  ['N3', "call on an existing name: the caller's own, not yet joined, is joined; any other is 10405", async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    const { channelId, channelName } = await ada.nim.signalingCreate({ type: 1, channelName: t.unique('room') });
    const call = (who) => who.nim.signalingCall({ type: 1, channelName, account: eve.account, requestId: t.unique('ring') });
    await refused(call(bob), 10405);
    equal((await call(ada)).channelId, channelId);
    await refused(call(ada), 10405);
    await refused(ada.nim.signalingCallEx({ type: 1, channelName, account: eve.account, requestId: 'r' }), 10405);
  }],
  ['N4', 'callEx resolves on 10201 and 10202, with callStatus and code; invite and call reject, with channelId, channelInfo, members', async (t) => {
    const ada = await t.login('ada');
    const away = { type: 1, account: t.account('nobody') };
    const push = { pushInfo: { needPush: true } };
    has(await ada.nim.signalingCallEx({ ...away, requestId: 'r1' }), { callStatus: '10201', code: 10201 });
    has(await ada.nim.signalingCallEx({ ...away, requestId: 'r2', ...push }), { callStatus: '10202', code: 10202 });
    const error = await refused(ada.nim.signalingCall({ ...away, requestId: 'r3' }), 10201);
    equal([error.channelInfo.channelId, accounts(error)], [error.channelId, [ada.account]]);
    const { channelId } = error;
    const invite = await refused(ada.nim.signalingInvite({ channelId, account: t.account('else'), requestId: 'r4', ...push }), 10202);
    equal([invite.channelId, invite.channelInfo.channelId, accounts(invite)], [channelId, channelId, [ada.account]]);
  }],
  ['N5', 'a device online: neither 10201 nor 10202, pushed or not; cancel and joinAndAccept never reject them', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const { answer, call } = await t.ring(ada, bob, { pushInfo: { needPush: true } });
    equal(call.callStatus, '200');
    const other = await ada.nim.signalingCallEx({ type: 1, account: t.account('nobody'), requestId: 'r' });
    await ada.nim.signalingCancel({ channelId: other.channelId, account: t.account('nobody'), requestId: 'r' });
    await ada.disconnect();
    has(await bob.nim.signalingJoinAndAccept(answer), { code: 200, callStatus: '200' });
  }],
  ['N6', 'joinAndAccept is all or nothing: if the accept would fail, nobody joined; of two devices of one account one wins, the other gets 10420', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const bob2 = await t.login('bob', { device: 'two' });
    const gone = await t.ring(ada, bob);
    await ada.nim.signalingCancel(gone.ask);
    await refused(bob.nim.signalingJoinAndAccept(gone.answer), 10408);
    equal(accounts(await ada.nim.signalingGetChannelInfo(gone.call)), [ada.account]);
    await bob.next('CANCEL_INVITE');
    const { answer } = await t.ring(ada, bob);
    const race = await Promise.allSettled([bob, bob2].map((one) => one.nim.signalingJoinAndAccept(answer)));
    equal(race.map((r) => r.reason?.code ?? 200).sort((a, b) => a - b), [200, 10420]);
    const [eve, eve2] = [await t.login('eve'), await t.login('eve', { device: 'two' })];
    const { answer: third } = await t.ring(ada, eve);
    const second = await Promise.allSettled([eve, eve2].map((one) => one.nim.signalingAccept(third)));
    equal(second.map((r) => r.reason?.code ?? 200).sort((a, b) => a - b), [200, 10410]);
  }],
  ['N7', 'join needs no invitation, and reject, cancel, expiry do not bar it', async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    const { answer, channelId } = await t.ring(ada, bob);
    await bob.nim.signalingReject(answer);
    await bob.nim.signalingJoin({ channelId });
    equal(accounts(await eve.nim.signalingJoin({ channelId })), [ada.account, bob.account, eve.account]);
  }],
  ['N8', "uid '', 0, negative, no number, null: the relay picks one; one that is taken is 10417", async (t) => {
    const ada = await t.login('ada');
    const { channelId } = await ada.nim.signalingCreate({ type: 1 });
    const seen = new Set();
    for (const uid of ['', 0, -7, 'abc', null, undefined, 1.5]) {
      const { members } = await ada.nim.signalingJoin({ channelId, uid });
      ok(BigInt(members[0].uid) > 0n, `a uid for ${uid}`);
      seen.add(members[0].uid);
      await ada.nim.signalingLeave({ channelId });
    }
    equal(seen.size, 7, 'different uids');
    await ada.nim.signalingJoin({ channelId, uid: 7 });
    const bob = await t.login('bob');
    await refused(bob.nim.signalingJoin({ channelId, uid: '7' }), 10417);
  }],
  ['N9', 'a pushPayload that is no JSON reaches the invitee unchanged, and no push is sent', async (t) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    await t.ring(ada, bob, { pushInfo: { needPush: true, pushPayload: 'no JSON' } }).then(({ event }) => equal(event.pushPayload, 'no JSON'));
    const away = { type: 1, account: t.account('nobody'), requestId: 'r', pushInfo: { needPush: true, pushPayload: '{' } };
    equal((await ada.nim.signalingCallEx(away)).callStatus, '10202');
  }],
  ['N10', 'CANCEL_INVITE is kept where its INVITE is still unread; an unread INVITE that is over has channelInValid and invalid true', async (t) => {
    const ada = await t.login('ada');
    const { channelId } = await t.room(ada);
    const ask = { channelId, account: t.account('bob'), requestId: 'r' };
    await refused(ada.nim.signalingInvite({ ...ask, offlineEnabled: true }), 10201);
    await ada.nim.signalingCancel({ ...ask, offlineEnabled: false });
    const bob = await t.login('bob');
    const { unread } = await bob.sync();
    equal(unread.map((e) => [e.eventType, !!e.channelInValid]), [['INVITE', true], ['CANCEL_INVITE', false]]);
    equal([unread[0].invalid, unread[0].channelInfo.invalid], [true, true]);
  }],
  ['N11', "nertcJoinRoomQueryParamMap may be an object, nertcTokenTtl a number; absent with nertcChannelName, the result says '600'", async (t) => {
    const ada = await t.login('ada');
    const one = await ada.nim.signalingCreateAndJoin({ type: 1, nertcChannelName: 'rtc', nertcTokenTtl: 60, nertcJoinRoomQueryParamMap: { a: 1 } });
    has(one, { nertcChannelName: 'rtc', nertcTokenTtl: '60', nertcJoinRoomQueryParamMap: '{"a":1}' });
    has(await ada.nim.signalingCreateAndJoin({ type: 1, nertcChannelName: 'rtc' }), { nertcTokenTtl: '600' });
  }],
  ['N12', 'callEx without requestId: 10414; a wrong inviter, or a cancel by somebody else: 10408; a full channel: 10419; channelName is optional', async (t) => {
    const [ada, bob, eve] = await t.cast('ada', 'bob', 'eve');
    await refused(ada.nim.signalingCallEx({ type: 1, account: bob.account }), 10414, { field: 'requestId' });
    const { answer, ask, channelId } = await t.ring(ada, bob);
    await refused(bob.nim.signalingAccept({ ...answer, account: eve.account }), 10408);
    await refused(bob.nim.signalingReject({ ...answer, account: eve.account }), 10408);
    await eve.nim.signalingJoin({ channelId });
    await refused(eve.nim.signalingCancel(ask), 10408);
    await refused(bob.nim.signalingAccept({ ...answer, autoJoin: true, joinAttachExt: 'x'.repeat(4097) }), 10414, { field: 'joinAttachExt', limit: 4096 });
    ok((await ada.nim.signalingCall({ type: 1, account: bob.account, requestId: 'r' })).channelName, 'a name is made');
  }],
  ['N13', "the documentation's examples are there to be run, all seven of them", async (t) => {
    const names = ['signalingAccept', 'signalingCall', 'signalingCallEx', 'signalingCancel', 'signalingInvite', 'signalingJoinAndAccept', 'signalingReject'];
    equal(Object.keys(t.env.examples).sort(), names);
  }],
];
