// nim.V2NIMSignallingService: the vendor's newer shape, as a table. What the
// calls mean is the module's business: their parameters go there, and its
// answers and events come back as they are.

import { ask } from './ask.js';
import { plain } from './checks.js';
import { Emitter } from './emitter.js';
import { failureOf } from './errors.js';
import type { Target } from './target.js';
import type { V2NIMError, V2NIMSignallingCalls, V2NIMSignallingListener } from './v2types.js';

const room = ['channelId', 'offlineEnabled', 'serverExtension'];

/** Each call and, where they are not fields of one object, its parameters in their order. */
const CALLS: Record<keyof V2NIMSignallingCalls, readonly string[] | undefined> = {
  call: undefined,
  callSetup: undefined,
  createRoom: ['channelType', 'channelName', 'channelExtension'],
  closeRoom: room,
  joinRoom: undefined,
  leaveRoom: room,
  invite: undefined,
  cancelInvite: undefined,
  rejectInvite: undefined,
  acceptInvite: undefined,
  sendControl: ['channelId', 'receiverAccountId', 'serverExtension'],
  getRoomInfoByChannelName: ['channelName'],
  delayRoom: ['channelId'],
};

/** The module's event → the service's. */
export const V2_EVENTS: Record<string, keyof V2NIMSignallingListener> = {
  v2online: 'onOnlineEvent',
  v2offline: 'onOfflineEvent',
  v2multiclient: 'onMultiClientEvent',
  v2rooms: 'onSyncRoomInfoList',
};

/** Its calls reject with V2NIMError, also for a parameter that is missing. */
export type V2NIMSignallingService = V2NIMSignallingCalls & Emitter<V2NIMSignallingListener>;

export function v2Service(target: Target): V2NIMSignallingService {
  const calls = Object.entries(CALLS).map(([name, parameters]) => [
    name,
    async (...given: any[]) => {
      const params = parameters ? Object.fromEntries(parameters.map((p, i) => [p, given[i]])) : given[0];
      return (await ask(target, `V2.${name}`, plain(params), failed)) ?? undefined; // JSON has no undefined
    },
  ]);
  return Object.assign(new Emitter(), Object.fromEntries(calls));
}

function failed(_: string, why: unknown): V2NIMError {
  const { code, message, detail, ...more } = failureOf(why, 1);
  return Object.assign(new Error(message), {
    ...more,
    name: 'V2NIMError' as const,
    code,
    desc: message,
    detail: { reason: detail, timetag: Date.now() },
  });
}
