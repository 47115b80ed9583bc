// What calls resolve to: the vendor's shapes, made of what the module answered
// and what the caller passed; and the fields that its documentation adds.

import { superset } from './superset.js';

type Fields = Record<string, any>;

/** What the module answers: channel and members in the vendor's flat shapes. */
export interface Answer {
  channel?: Fields;
  members?: Fields[];
  callStatus?: string;
  nertc?: Fields;
}

/** A Shape makes a result. `args` is a copy of what the caller passed. */
export type Shape = (args: Fields, ok: Answer) => Fields;

export const created: Shape = (_, ok) => ({ ...ok.channel });

export const closed: Shape = (_, ok) => ({ ...ok.channel, offlineEnabled: false });

/** Carries nothing that the caller passed: known callers spread it over their own fields. */
export const joined: Shape = (_, { channel, members, nertc, callStatus }) => ({
  ...channel,
  ...nertc,
  ...(callStatus && { callStatus }),
  members,
});

export const left: Shape = (args) => ({ ...args, offlineEnabled: args.offlineEnabled === true });

export const answered: Shape = (args, ok) => ({ ...left(args, ok), to: args.account });

/** Unlike the others it says nothing of offlineEnabled: what it tells is never kept. */
export const told: Shape = (args) => ({ ...args, ...(args.account && { to: args.account }) });

export const accepted: Shape = (args, ok) => (args.autoJoin ? joined : answered)(args, ok);

/** Where pushInfo is given it alone counts, else the push fields beside it. */
export const invited: Shape = (args, ok) => {
  const given = typeof args.pushInfo === 'object' && args.pushInfo;
  const push = { ...(given || args) };
  if (push.pushPayload && typeof push.pushPayload === 'object') push.pushPayload = JSON.stringify(push.pushPayload);
  return {
    ...answered(given ? args : push, ok),
    ...(given && { ...push, pushInfo: push }),
    needPush: push.needPush === true,
    needBadge: push.needBadge !== false,
  };
};

/** The vendor composes create, join and invite, and answers what the last of them answered. */
export const called: Shape = ({ type, channelName, ext, uid, ...invite }, ok) =>
  invited({ ...invite, attachExt: invite.attachExt ?? '', channelId: ok.channel?.channelId }, ok);

/** documented adds what the vendor's documentation promises. */
export function documented(result: Fields, { channel, members, callStatus }: Answer): Fields {
  return { ...result, ...superset(channel, members), code: Number(callStatus ?? 200) };
}
