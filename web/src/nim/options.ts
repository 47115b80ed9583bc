// What NIM.getInstance takes, and what its callbacks are told about the connection.

import type { NIMError } from './errors.js';
import type { NIMSignalingMultiClientNotify, NIMSignalingNotify, NIMSignalingSyncedChannel } from './events.js';

/** Callbacks may be replaced later, by setOptions. */
export interface NIMGetInstanceOptions {
  /** Which app this is: the relay knows it by its setting `app_key`. In dev mode any will do. */
  appKey: string;
  /** Who logs in. */
  account: string | number;
  /** What proves it: made by your server. In dev mode any will do. */
  token: string;
  /** 1: the token is good for a short time. The promise of a new one that onwillreconnect returns is waited for. */
  authType?: number;
  /** Names this device. Default in a browser: kept per tab; in Node: new in every process. */
  deviceId?: string;
  /** true: as configure({ debug: true }), for the whole page. Default: false. */
  debug?: boolean;
  /** Come back when the link drops. Default true. */
  needReconnect?: boolean;
  /** How often in a row. Default: as often as it takes. */
  reconnectionAttempts?: number;
  /** Given back in onconnect. At most 32 characters. */
  customTag?: string;
  /** After every login, have what was kept told, and the channels, as by signalingSync. Default true. */
  syncAvSignal?: boolean;
  /** Logged in: calls may be made from here on. */
  onconnect?: (data: NIMConnected) => void;
  /** Called behind every onconnect: there is nothing else to sync. */
  onsyncdone?: () => void;
  /** The link dropped; the SDK tries again by itself. The place to give a new token by setOptions. */
  onwillreconnect?: (data: NIMWillReconnect) => unknown;
  /** The link is gone for good; only connect() or getInstance() bring it back. */
  ondisconnect?: (data: NIMDisconnected) => void;
  /** Something failed that no promise tells of. */
  onerror?: (error: NIMError) => void;
  /** As on('signalingNotify'), called after it. */
  onSignalingNotify?: (event: NIMSignalingNotify) => void;
  /** As on('signalingMutilClientSyncNotify'), called after it. */
  onSignalingMutilClientSyncNotify?: (event: NIMSignalingMultiClientNotify) => void;
  /** As on('signalingUnreadMessageSyncNotify'), called after it. */
  onSignalingUnreadMessageSyncNotify?: (events: NIMSignalingNotify[]) => void;
  /** As on('signalingChannelsSyncNotify'), called after it. */
  onSignalingMembersSyncNotify?: (channels: NIMSignalingSyncedChannel[]) => void;
  /** As on('msg'), called after it: with a NIMG2Message. The vendor's takes messages of other types too. */
  onmsg?: (message: any) => void;
  /** Options of the vendor's SDK that are about something else are accepted and ignored. */
  [other: string]: string | number | boolean | object | null | undefined | ((...args: any[]) => any);
}

export interface NIMConnected {
  /** This device. */
  lastLoginDeviceId: string;
  /** As given to getInstance. */
  customTag?: string;
  /** Names this connection in the relay's log. */
  connectionId: string;
  /** Always ''. */
  ip: string;
  /** Always ''. */
  port: string;
  country?: string;
}

export interface NIMWillReconnect {
  /** How many times in a row, this one included. */
  retryCount: number;
  /** Milliseconds until the attempt. */
  duration: number;
}

/**
 * Why the link is gone. `code` is 'kicked' (reason says by whom), 'manuallyDisconnect', 'alreadyDisconnected',
 * 'logout', 'allAttemptsFailed', or the relay's number: 302 bad token, 403 not allowed, 422 banned.
 */
export interface NIMDisconnected {
  code: string | number;
  /** For people. */
  message: string;
  /** Of 'kicked': samePlatformKick, otherPlatformKick or serverKick. */
  reason?: string;
  /** Of 'kicked': the kind of client that did it. */
  from?: string;
  custom?: string;
  customClientType?: number;
  callFunc?: string;
  /** Names a login that was refused in the relay's log. */
  trace?: string;
}
