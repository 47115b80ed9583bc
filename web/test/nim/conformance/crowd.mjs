// A channel with as many members as it may have, for all cases that need one.

let gathered;

/**
 * The channel, its creator, and somebody who was invited while there was a seat left.
 * @returns {Promise<{ room: object, creator: object, invitee: object, answer: object, size: number }>}
 */
export function crowd(env) {
  return (gathered ??= gather(env.hall));
}

const SIZE = 100;

async function gather(hall) {
  const [creator, invitee] = [await hall.login('creator'), await hall.login('invitee')];
  const room = await hall.room(creator);
  const join = async (name) => {
    const device = await hall.login(name, { listen: [] }); // what it would hear is of no interest
    await device.nim.signalingJoin({ channelId: room.channelId });
  };
  const others = Array.from({ length: SIZE - 1 }, (_, i) => `member${i}`);
  const last = others.pop();
  while (others.length) await Promise.all(others.splice(0, 10).map(join));
  const ask = { channelId: room.channelId, account: invitee.account, requestId: 'while there is a seat' };
  await creator.nim.signalingInvite(ask);
  await join(last);
  return { room, creator, invitee, answer: { ...ask, account: creator.account }, size: SIZE };
}
