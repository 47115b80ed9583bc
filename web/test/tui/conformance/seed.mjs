// The examples of the vendor's page, run as they stand there: in the room '12345', about the account 'userId'.

import { equal, has, ok } from './claims.mjs';

/** ada owns the room of the examples, and 'userId' is logged in. Such cases run alone, and leave no room behind. */
const example = (name, what, run) => [
  `example ${name}`,
  what,
  async (t, env) => {
    const [ada, bob] = await t.cast('ada', 'bob');
    const user = await t.page();
    user.account = 'userId';
    await user.Engine.login({ sdkAppId: 1400000001, userId: 'userId', userSig: 'any' });
    const roomId = '12345';
    await ada.engine.createRoom({ roomId });
    try {
      await ada.engine.enterRoom({ roomId });
      await run({ ada, bob, user, roomId, examples: env.examples, t });
    } finally {
      await ada.engine.destroyRoom();
    }
  },
  'alone',
];

/** What an example's listener logs. */
async function logged(device, examples, name, happen) {
  const said = [];
  examples.listeners(device.Engine, (title, ...rest) => said.push([title, ...rest]));
  await happen();
  const title = `conferenceInvitationManager.${name}`;
  const mine = said.find(([first]) => first === title);
  ok(mine, `${title} was logged; there were ${said.map(([first]) => first).join(', ')}`);
  ok(!mine.includes(undefined), 'nothing that it reads is undefined');
  return mine.slice(1);
}

export const seed = [
  example('inviteUsers', 'a minute for everybody of the list', async ({ ada, bob, examples }) => {
    await examples.inviteUsers(ada.Engine, [bob.account], 'extension');
    await bob.about('onReceiveInvitation', bob, 1, { extensionInfo: 'extension' });
  }),
  example('cancelInvitation', 'takes back what it names', async ({ ada, user, examples }) => {
    await examples.inviteUsers(ada.Engine, ['userId'], '');
    await examples.cancelInvitation(ada.Engine);
    await user.about('onInvitationCancelled', 'userId', 1);
  }),
  example('accept', 'of what is pending', async ({ ada, bob, examples }) => {
    await examples.inviteUsers(ada.Engine, [bob.account], '');
    await examples.accept(bob.Engine);
    await ada.about('onInvitationAccepted', bob, 3);
  }),
  example('reject', 'without a reason', async ({ ada, bob, examples }) => {
    await examples.inviteUsers(ada.Engine, [bob.account], '');
    await examples.reject(bob.Engine);
    await ada.about('onInvitationRejected', bob, 4, { reason: 0 });
  }),
  example('getInvitationList', 'ten at a time', async ({ ada, bob, examples }) => {
    await examples.inviteUsers(ada.Engine, [bob.account], '');
    const { invitationList, cursor } = await examples.getInvitationList(ada.Engine);
    equal([invitationList.map(({ invitee }) => invitee.userId), cursor], [[bob.account], '']);
  }),
  example('on, off', 'a listener hears, and then no more', async ({ ada, bob, roomId, examples }) => {
    const { log } = console;
    const said = [];
    console.log = (...words) => said.push(words);
    try {
      const callback = examples.on(bob.Engine);
      await examples.inviteUsers(ada.Engine, [bob.account], 'x');
      await bob.next('onReceiveInvitation');
      examples.off(bob.Engine, callback);
      await bob.manager.reject({ roomId });
      await examples.inviteUsers(ada.Engine, [bob.account], 'y');
      await bob.next('onReceiveInvitation');
    } finally {
      console.log = log;
    }
    equal(said.map(([title, room, invitation, extensionInfo]) => [title, room.roomId, invitation.status, extensionInfo]), [
      ['conferenceInvitationManager.onReceiveInvitation', roomId, 1, 'x'],
    ]);
  }),
  example('onReceiveInvitation', 'logs room, invitation and extension', async ({ ada, bob, roomId, examples }) => {
    const [room, invitation, extension] = await logged(bob, examples, 'onReceiveInvitation', async () => {
      await examples.inviteUsers(ada.Engine, [bob.account], 'x');
      await bob.next('onReceiveInvitation');
    });
    equal([room.roomId, invitation.invitee.userId, extension], [roomId, bob.account, 'x']);
  }),
  example('onInvitationHandledByOtherDevice', 'logs room and accepted', async ({ ada, bob, roomId, examples, t }) => {
    const bob2 = await t.login('bob', { device: 'two' });
    const [room, accepted] = await logged(bob, examples, 'onInvitationHandledByOtherDevice', async () => {
      await t.ring(ada, bob2, roomId);
      await bob2.manager.accept({ roomId });
      await bob.next('onInvitationHandledByOtherDevice');
    });
    equal([room.roomId, accepted], [roomId, true]);
  }),
  example('onInvitationCancelled', 'logs room and invitation', async ({ ada, bob, roomId, examples, t }) => {
    const [room, invitation] = await logged(bob, examples, 'onInvitationCancelled', async () => {
      await t.ring(ada, bob, roomId);
      await ada.manager.cancelInvitation({ roomId, userIdList: [bob.account] });
      await bob.next('onInvitationCancelled');
    });
    equal([room.roomId, invitation.inviter.userId], [roomId, ada.account]);
  }),
  example('onInvitationAccepted', 'logs room and invitation', async ({ ada, bob, roomId, examples, t }) => {
    const [room, invitation] = await logged(ada, examples, 'onInvitationAccepted', async () => {
      await t.ring(ada, bob, roomId);
      await bob.manager.accept({ roomId });
      await ada.next('onInvitationAccepted');
    });
    equal([room.roomId, invitation.status], [roomId, 3]);
  }),
  example('onInvitationRejected', 'logs room, invitation and reason', async ({ ada, bob, roomId, examples, t }) => {
    const [room, invitation, reason] = await logged(ada, examples, 'onInvitationRejected', async () => {
      await t.ring(ada, bob, roomId);
      await bob.manager.reject({ roomId, reason: 1 });
      await ada.next('onInvitationRejected');
    });
    equal([room.roomId, invitation.status, reason], [roomId, 4, 1]);
  }),
  example('onInvitationTimeout', 'logs room and invitation', async ({ ada, bob, roomId, examples, t }) => {
    const [room, invitation] = await logged(bob, examples, 'onInvitationTimeout', async () => {
      await t.ring(ada, bob, roomId, { timeout: 1 });
      await bob.next('onInvitationTimeout');
    });
    equal([room.roomId, invitation.status], [roomId, 2]);
  }),
  example('onInvitationRevokedByAdmin', 'logs room, invitation and who did it', async ({ ada, bob, user, roomId, examples, t }) => {
    const [room, invitation, operateUser] = await logged(user, examples, 'onInvitationRevokedByAdmin', async () => {
      await bob.engine.enterRoom({ roomId });
      await t.ring(bob, user, roomId);
      await ada.manager.cancelInvitation({ roomId, userIdList: ['userId'] });
      await user.next('onInvitationRevokedByAdmin');
    });
    equal([room.roomId, invitation.inviter.userId, operateUser.userId], [roomId, bob.account, ada.account]);
  }),
  example('onInvitationAdded', 'logs room and invitation', async ({ ada, bob, roomId, examples, t }) => {
    const [room, invitation] = await logged(ada, examples, 'onInvitationAdded', async () => {
      await t.ring(ada, bob, roomId);
      await ada.next('onInvitationAdded');
    });
    equal([room.roomId, invitation.status], [roomId, 1]);
  }),
  example('onInvitationRemoved', 'logs room and invitation', async ({ ada, bob, roomId, examples, t }) => {
    const [room, invitation] = await logged(ada, examples, 'onInvitationRemoved', async () => {
      await t.ring(ada, bob, roomId);
      await ada.manager.cancelInvitation({ roomId, userIdList: [bob.account] });
      await ada.next('onInvitationRemoved');
    });
    equal([room.roomId, invitation.invitee.userId], [roomId, bob.account]);
  }),
  example('onInvitationStatusChanged', 'logs room and invitation', async ({ ada, bob, roomId, examples, t }) => {
    const [room, invitation] = await logged(ada, examples, 'onInvitationStatusChanged', async () => {
      await t.ring(ada, bob, roomId);
      await bob.manager.reject({ roomId });
      await ada.next('onInvitationStatusChanged');
    });
    equal(room.roomId, roomId);
    has(invitation, { status: 4 });
  }),
];
