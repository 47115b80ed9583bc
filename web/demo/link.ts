// The SDK instance of a signed-in account, and how its link to the relay is.

import { NIM } from 'beckon';
import type { Log } from './log.js';
import type { Nim, SignalEvent } from './signals.js';
import { APP_KEY, linkEnds } from './token.js';
import { words } from './words.js';

export type Link =
  /** Nobody is signed in. `why` when that was not the person's wish. */
  | { state: 'signed-out'; why?: string }
  /** The first connection is being made. */
  | { state: 'connecting' }
  | { state: 'online' }
  /** The relay is away, and the SDK tries again by itself. */
  | { state: 'reconnecting'; retries: number };

export interface LinkEvents {
  changed(link: Link): void;
  notify(event: SignalEvent): void;
  elsewhere(event: SignalEvent): void;
}

/** What ondisconnect is given. */
interface Farewell {
  code?: string | number;
  reason?: string;
  message?: string;
}

/**
 * signIn connects an account, and keeps it connected until signOut or until
 * the relay sends it away.
 */
export function signIn(account: string, token: string, log: Log, on: LinkEvents): { nim: Nim; signOut(): void } {
  let over = false;
  const change = (link: Link): void => {
    if (!over) on.changed(link);
  };
  const notify = (event: SignalEvent): void => {
    log.heard('signalingNotify', event);
    read([event]);
    on.notify(event);
  };
  // What was stored while nobody was here, oldest first; what is over by now rings no more.
  const unread = (events: SignalEvent[]): void => {
    if (events.length === 0) return;
    log.heard('signalingUnreadMessageSyncNotify', events);
    read(events);
    for (const event of events) if (!event.channelInValid) on.notify(event);
  };
  // A stored notice stays unread until somebody says otherwise. Those with msgid 0 were not stored.
  const read = (events: SignalEvent[]): void => {
    const msgid = events.flatMap(({ msgid }) => (msgid && msgid !== '0' ? [msgid] : []));
    if (msgid.length > 0) nim.signalingMarkMsgRead({ msgid });
  };
  const elsewhere = (event: SignalEvent): void => {
    log.heard('signalingMutilClientSyncNotify', event);
    on.elsewhere(event);
  };
  const leave = (): void => {
    over = true;
    nim.off('signalingNotify', notify);
    nim.off('signalingUnreadMessageSyncNotify', unread);
    nim.off('signalingMutilClientSyncNotify', elsewhere);
  };

  log.asked('NIM.getInstance', { appKey: APP_KEY, account, token: '…' });
  const nim = NIM.getInstance({
    appKey: APP_KEY,
    account,
    token,
    onconnect: (info: unknown) => {
      log.heard('onconnect', info);
      change({ state: 'online' });
    },
    onwillreconnect: (info: { retryCount: number }) => {
      log.heard('onwillreconnect', info);
      change({ state: 'reconnecting', retries: info.retryCount });
    },
    ondisconnect: (farewell: Farewell) => {
      log.heard('ondisconnect', farewell);
      change({ state: 'signed-out', why: why(farewell) });
      if (!over) leave();
    },
    onerror: (error: unknown) => log.heard('onerror', error),
  });
  nim.on('signalingNotify', notify);
  nim.on('signalingUnreadMessageSyncNotify', unread);
  nim.on('signalingMutilClientSyncNotify', elsewhere);

  return {
    nim,
    signOut() {
      leave();
      log.asked('destroy', {});
      nim.destroy({ done: () => {} });
    },
  };
}

/** why says in words why the relay sent us away. */
function why({ code, reason, message }: Farewell): string {
  switch (code) {
    case 'kicked':
      return message || (reason === 'samePlatformKick' ? words().signedInElsewhere : words().sentAway);
    case 302:
    case 403:
      return linkEnds() === undefined ? words().notAccepted : words().linkEnded;
    case 422:
      return words().blocked;
    default:
      return words().closed(String(message || code || '?'));
  }
}
