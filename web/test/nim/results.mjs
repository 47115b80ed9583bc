// What calls resolve to.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { all, channel, channelInfo, documented, go, loggedIn, members, names, page, room } from './page.mjs';

const echo = { ...names, attachExt: 'hi', to: 'bob', offlineEnabled: true };
const asked = { ...names, attachExt: 'hi', offlineEnabled: true };
const joined = { ...channel, members };

// call → [what is passed, what Go answers, the vendor's result, what ours has beside it]
const results = {
  signalingCreate: [{ type: 2, ext: 'x' }, { channel }, channel, { code: 200, channelInfo }],
  signalingJoin: [{ channelId: 'c1', attachExt: 'hi' }, room, joined, documented],
  signalingLeave: [
    { channelId: 'c1', attachExt: 'bye' },
    { channel },
    { channelId: 'c1', attachExt: 'bye', offlineEnabled: false },
    { code: 200, channelInfo },
  ],
  signalingCreateAndJoin: [{ type: 2, channelName: 'standup', attachExt: 'hi' }, room, joined, documented],
  signalingDelay: [{ channelId: 'c1' }, { channel }, channel, { code: 200, channelInfo }],
  signalingGetChannelInfo: [{ channelName: 'standup' }, room, joined, documented],
  signalingControl: [
    { channelId: 'c1', account: 'bob', attachExt: 'mute' },
    {},
    { channelId: 'c1', account: 'bob', attachExt: 'mute', to: 'bob' },
    { code: 200 },
  ],
  signalingClose: [
    { channelId: 'c1', offlineEnabled: true },
    { channel: { ...channel, channelInValid: true } },
    { ...channel, channelInValid: true, offlineEnabled: false },
    { code: 200, channelInfo: { ...channelInfo, invalid: true } },
  ],
  signalingInvite: [asked, room, { ...echo, needPush: false, needBadge: true }, documented],
  signalingCancel: [asked, room, echo, documented],
  signalingReject: [asked, room, echo, documented],
  signalingAccept: [{ ...asked, autoJoin: false }, room, { ...echo, autoJoin: false }, documented],
  signalingJoinAndAccept: [asked, { ...room, callStatus: '200' }, { ...joined, callStatus: '200' }, documented],
  signalingCallEx: [
    { ...asked, type: 2 },
    { ...room, callStatus: '10201' },
    { ...joined, callStatus: '10201' },
    { ...documented, code: 10201 },
  ],
  signalingCall: [
    { type: 2, channelName: 'standup', uid: 42, ext: 'x', account: 'bob', requestId: 'r1' },
    room,
    { ...names, attachExt: '', to: 'bob', offlineEnabled: false, needPush: false, needBadge: true },
    { ...channel, ...documented },
  ],
};

describe('results', () => {
  for (const [method, [args, ok, vendor, ours]] of Object.entries(results)) {
    test(`${method} resolves to the vendor's result and, beside it, to its documentation's`, async () => {
      const nim = await loggedIn();
      go.answers[method] = ok;
      assert.deepEqual(await nim[method](args), { ...vendor, ...ours });
      page.configure({ nim: { exact: true } });
      assert.deepEqual(await nim[method](args), vendor);
    });
  }

  test('accept with autoJoin resolves to the channel joined, and to nothing that was passed', async () => {
    const nim = await loggedIn();
    go.answers.signalingAccept = room;
    assert.deepEqual(await nim.signalingAccept({ ...asked, autoJoin: true }), { ...joined, ...documented });
  });

  test('control to everybody is to nobody in particular', async () => {
    const nim = await loggedIn();
    page.configure({ nim: { exact: true } });
    for (const account of [undefined, '']) {
      const given = { channelId: 'c1', attachExt: 'mute', ...(account === '' && { account }) };
      assert.deepEqual(await nim.signalingControl(given), given);
    }
  });

  test('NERTC fields are given back', async () => {
    const nim = await loggedIn();
    const nertc = { nertcChannelName: 'rtc', nertcTokenTtl: '600' };
    go.answers.signalingJoin = { ...room, nertc };
    assert.deepEqual(await nim.signalingJoin({ channelId: 'c1', nertcChannelName: 'rtc' }), { ...joined, ...nertc, ...documented });
  });

  test('offlineEnabled counts only when it is true itself', async () => {
    const nim = await loggedIn();
    assert.equal((await nim.signalingCancel({ ...names, offlineEnabled: 1 })).offlineEnabled, false);
  });

  test('a channel without ext has an empty one in channelInfo, and none beside it', async () => {
    const nim = await loggedIn();
    const { ext, ...plain } = channel;
    go.answers.signalingCreate = { channel: plain };
    const made = await nim.signalingCreate({ type: 2 });
    assert.ok(!('ext' in made));
    assert.equal(made.channelInfo.ext, '');
  });

  for (const method of ['signalingInvite', 'signalingCall']) {
    test(`${method} echoes the push fields of pushInfo, flat and nested, with the payload as text`, async () => {
      const nim = await loggedIn();
      go.answers[method] = room;
      const push = { needPush: true, needBadge: false, pushTitle: 't', pushContent: 'c' };
      const result = await nim[method]({ ...all, pushTitle: 'ignored', pushInfo: { ...push, pushPayload: { from: 1 } } });
      const echoed = { ...push, pushPayload: '{"from":1}' };
      assert.deepEqual(result.pushInfo, echoed);
      for (const [name, value] of Object.entries(echoed)) assert.equal(result[name], value, name);
    });

    test(`${method} echoes top-level push fields when there is no pushInfo`, async () => {
      const nim = await loggedIn();
      go.answers[method] = room;
      const result = await nim[method]({ ...all, needPush: true, pushTitle: 't', pushPayload: { from: 1 } });
      const { needPush, needBadge, pushTitle, pushPayload, to } = result;
      assert.deepEqual([needPush, needBadge, pushTitle, pushPayload, to], [true, true, 't', '{"from":1}', 'bob']);
      assert.ok(!('pushInfo' in result));
      assert.equal((await nim[method]({ ...all, needPush: true, pushInfo: {} })).needPush, false, 'pushInfo wins');
      assert.equal((await nim[method]({ ...all, needPush: 1 })).needPush, false, 'only true counts');
      for (const payload of ['no JSON', null]) {
        assert.equal((await nim[method]({ ...all, pushPayload: payload })).pushPayload, payload);
      }
    });
  }
});
