// Which servers help two pages to reach each other. Without any, pages on one network do.

import { json, relay } from './relay.js';
import type { Relay } from './relay.js';
import { credentials } from './token.js';

/** iceServers are those for a connection that is made now. Credentials end, so they are asked for each time. */
export async function iceServers(): Promise<RTCIceServer[]> {
  const { iceServers, ice } = await relay();
  if (!ice) return iceServers;
  const mine = (await json(ice, { method: 'POST', body: JSON.stringify(credentials()) })) as Partial<Relay> | undefined;
  return Array.isArray(mine?.iceServers) ? mine.iceServers : iceServers;
}
