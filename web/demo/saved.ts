// What a reload must not lose: the call, and what the relay has yet to be told.
// Kept per tab and account. An incoming call is not kept: the SDK tells it again.

import { idle } from './call.js';
import type { Call, Order } from './call.js';
import { recall, remember, tab } from './remember.js';

/** More than this many unkept promises to the relay are not worth keeping. */
const MOST_OWED = 20;

/** saveCall keeps the call for a reload of this tab. */
export function saveCall(account: string, call: Call): void {
  const worth = call.state !== 'idle' && call.state !== 'incoming';
  // Whether an invitation lapsed is asked anew after the reload.
  const kept = call.state === 'lapsing' ? { ...call, state: 'ringing', until: Date.now(), away: false } : call;
  remember(tab, 'call', worth ? { account, call: kept } : undefined);
}

/** savedCall is the call that a reload interrupted, or no call. */
export function savedCall(account: string): Call {
  return (of(account, recall(tab, 'call')) as { call: Call } | undefined)?.call ?? idle;
}

/** owe keeps an order for when the link is up again. */
export function owe(account: string, order: Order): void {
  remember(tab, 'owed', { account, orders: [...owed(account), order].slice(-MOST_OWED) });
}

/** owed lists the orders to give again. */
export function owed(account: string): Order[] {
  return (of(account, recall(tab, 'owed')) as { orders: Order[] } | undefined)?.orders ?? [];
}

/** takeOwed empties the list, and gives it. */
export function takeOwed(account: string): Order[] {
  const orders = owed(account);
  remember(tab, 'owed', undefined);
  return orders;
}

function of(account: string, kept: unknown): unknown {
  return (kept as { account?: string } | undefined)?.account === account ? kept : undefined;
}
