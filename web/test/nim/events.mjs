// What listeners and option callbacks hear.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { channel, channelInfo, diary, go, invite, loggedIn, login, members, membersTwice, NIM, page, settled } from './page.mjs';

describe('events', () => {
  for (const [said, event, option] of [
    ['notify', 'signalingNotify', 'onSignalingNotify'],
    ['multiclient', 'signalingMutilClientSyncNotify', 'onSignalingMutilClientSyncNotify'],
  ]) {
    test(`${event} is emitted, then ${option} is called, with the vendor's fields and the documented ones`, async () => {
      const { said: heard, options, note } = diary();
      const nim = await loggedIn(options);
      nim.on(event, note(event));
      go.event(said, invite);
      const expected = { ...invite, invalid: false, channelInfo };
      assert.deepEqual(heard.slice(1), [[event, expected], [option, expected]]);
    });

    test(`${event} is exactly the vendor's when configured so`, async () => {
      const { said: heard, options } = diary();
      await loggedIn(options);
      page.configure({ nim: { exact: true } });
      go.event(said, invite);
      assert.deepEqual(heard.slice(1), [[option, invite]]);
    });
  }

  test('a channel that is gone is invalid in every spelling, and members have both', async () => {
    const nim = await loggedIn();
    let event;
    nim.on('signalingNotify', (e) => (event = e));
    go.event('notify', { ...invite, channelInValid: true, members });
    assert.deepEqual([event.channelInValid, event.invalid, event.channelInfo.invalid], [true, true, true]);
    assert.deepEqual(event.members, membersTwice);
  });

  for (const [said, event, option, entry] of [
    ['unread', 'signalingUnreadMessageSyncNotify', 'onSignalingUnreadMessageSyncNotify', invite],
    ['channels', 'signalingChannelsSyncNotify', 'onSignalingMembersSyncNotify', { ...channel, members }],
  ]) {
    test(`${event} is an array, emitted before ${option} is called with the same, and documented in each entry`, async () => {
      const { said: heard, options, note } = diary();
      const nim = await loggedIn(options);
      nim.on(event, note(event));
      go.event(said, [entry, { ...entry, channelInValid: true }]);
      const [[, emitted], [, called]] = heard.slice(1);
      assert.deepEqual(heard.slice(1).map(([name]) => name), [event, option]);
      assert.equal(emitted, called);
      const both = { ...entry, ...(entry.members && { members: membersTwice }) };
      assert.deepEqual(emitted, [
        { ...both, invalid: false, channelInfo },
        { ...both, channelInValid: true, invalid: true, channelInfo: { ...channelInfo, invalid: true } },
      ]);
      go.event(said, []);
      assert.deepEqual(heard.at(-1), [option, []], 'an array even when there is nothing to tell');

      page.configure({ nim: { exact: true } });
      go.event(said, [entry]);
      assert.deepEqual(heard.at(-1), [option, [entry]]);
    });
  }

  test('what this version does not know is no event', async () => {
    const { said, options } = diary();
    await loggedIn(options);
    go.event('from-the-future', {});
    assert.equal(said.length, 1);
  });

  test('come to the instance they are for', async () => {
    const ada = await loggedIn();
    const bob = NIM.getInstance({ ...login, account: 'bob' });
    await settled();
    const heard = [];
    ada.on('signalingNotify', () => heard.push('ada'));
    bob.on('signalingNotify', () => heard.push('bob'));
    [...go.listeners.values()][1]('notify', invite);
    assert.deepEqual(heard, ['bob']);
  });
});
