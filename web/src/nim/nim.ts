// NIM: the instance that a page holds. It exists at once and keeps no state of
// its own: what is, is in the Go module behind it, which loads meanwhile.

import { relayUrl, settings } from '../configure.js';
import { report } from '../failure.js';
import { demand, plain } from './checks.js';
import { deviceId } from './device.js';
import { Emitter } from './emitter.js';
import { badParameter, NIMError, notLoggedIn, refused } from './errors.js';
import { documented as documentedEvent, NOTICES } from './events.js';
import type { NIMEvents } from './events.js';
import { METHODS } from './methods.js';
import type { Method, Signalling } from './methods.js';
import type { NIMGetInstanceOptions } from './options.js';
import { documented } from './results.js';
import { Target } from './target.js';

/** What disconnect, destroy and logout take. */
export interface NIMDoneOptions {
  /** Called when it is done, with null. */
  done?: (error: null, data?: unknown) => void;
}

const instances = new Map<string, NIM>();
const exact = () => settings().nim.exact === true;

export interface NIM extends Signalling {}

export class NIM extends Emitter<NIMEvents> {
  readonly account: string;
  options: NIMGetInstanceOptions & { account: string };
  private readonly key: string;
  /** A function, since a Proxy around this instance would follow to an object. */
  private readonly target: () => Target;
  private gone = false;

  /**
   * getInstance answers the one instance of this appKey and account, and starts to connect it. Called again, it
   * updates the options and connects if the instance is not connected. Throws when account, appKey or token is missing.
   */
  static getInstance(options: NIMGetInstanceOptions): NIM {
    demand('api::Base.getInstance', options, ['account']);
    const key = JSON.stringify([options.appKey, String(options.account)]);
    let nim = instances.get(key);
    if (nim) {
      nim.setOptions(options);
    } else {
      demand('protocol::IMProtocol', options, ['appKey', 'token']);
      instances.set(key, (nim = new NIM(options, key)));
    }
    nim.connect();
    return nim;
  }

  private constructor(options: NIMGetInstanceOptions, key: string) {
    super();
    this.account = String(options.account);
    this.options = { ...options, account: this.account };
    this.key = key;
    const target = new Target({
      describe: () => this.describe(),
      attempts: () => this.attempts(),
      heard: (name, payload) => this.heard(name, payload),
    });
    this.target = () => target;
  }

  /** Connects again after disconnect() or a final ondisconnect. Does nothing after destroy(). */
  connect(): void {
    if (!this.gone) this.target().connect();
  }

  /** Closes the link and keeps the instance: ondisconnect 'manuallyDisconnect', then done. */
  disconnect(options?: NIMDoneOptions): void {
    void this.close('manuallyDisconnect', options);
  }

  /** As disconnect, with ondisconnect 'logout'. */
  logout(options?: NIMDoneOptions): void {
    void this.close('logout', options);
  }

  /** Disconnects and forgets the instance: its listeners hear nothing more, and getInstance makes a new one. */
  destroy(options?: NIMDoneOptions): void {
    if (this.gone) return tell(options, 'done', null);
    this.gone = true;
    instances.delete(this.key);
    this.removeAllListeners();
    void this.close('manuallyDisconnect', options, () => this.target().destroy());
  }

  /** Replaces the options given, a new token for the next login among them. appKey and account stay. */
  setOptions(options: Partial<NIMGetInstanceOptions>): void {
    this.options = { ...this.options, ...options, appKey: this.options.appKey, account: this.account };
    void this.target().update();
  }

  private async close(code: string, options?: NIMDoneOptions, last?: () => void): Promise<void> {
    await this.target().disconnect({ code, message: 'closed by the page' });
    last?.();
    tell(options, 'done', null);
  }

  private async describe(): Promise<object> {
    const { appKey, token, customTag } = this.options;
    const most = this.attempts();
    return {
      url: relayUrl(),
      app: appKey,
      account: this.account,
      token,
      device: this.options.deviceId || (await deviceId('nim', appKey, this.account)),
      // Neither JSON nor Go has Infinity, and to Go 0 attempts are no limit.
      options: { needReconnect: most > 0, reconnectionAttempts: most < Infinity ? most : undefined, customTag },
    };
  }

  private attempts(): number {
    const { needReconnect, reconnectionAttempts: most } = this.options;
    if (needReconnect === false) return 0;
    return Number.isSafeInteger(most) ? most! : Infinity;
  }

  private heard(name: string, payload: any): void {
    const { options } = this;
    switch (name) {
      case 'connected': {
        const { deviceId: lastLoginDeviceId, connectionId } = payload;
        return tell(options, 'onconnect', { lastLoginDeviceId, connectionId, customTag: options.customTag, ip: '', port: '' });
      }
      case 'willreconnect':
        return tell(options, 'onwillreconnect', payload);
      case 'disconnected':
        return tell(options, 'ondisconnect', { message: '', ...payload });
      case 'error': {
        const error = new NIMError(name, payload.code, payload.message);
        if (!this.emit('error', error) && !options.onerror) console.error(error); // nobody listens, and somebody should
        return tell(options, 'onerror', error);
      }
    }
    const notice = NOTICES[name];
    if (!notice) return;
    const event = exact() ? payload : documentedEvent(payload);
    this.emit(notice[0], event);
    tell(options, notice[1], event);
  }
}

for (const [cmd, method] of Object.entries(METHODS)) {
  const call = function (this: NIM, options: unknown) {
    return checked(this['target'](), cmd, method, options);
  };
  Object.assign(NIM.prototype, { [cmd]: call });
}

// Throws at once what the vendor throws at once; everything else is a rejection.
function checked(target: Target, cmd: string, method: Method, options: any): Promise<unknown> {
  if (options === null || (method.bare && options === undefined)) {
    throw new TypeError(`${cmd} needs an object with its parameters`);
  }
  const { args, bad } = plain(options ?? {});
  demand('api::signalling', args, method.needs);
  return bad ? Promise.reject(badParameter(cmd, bad.field, bad.cause)) : asked(target, cmd, method, args);
}

async function asked(target: Target, cmd: string, { sends, shape, adds }: Method, args: Record<string, any>): Promise<unknown> {
  try {
    const answer = target.call(cmd, { ...args, ...sends?.() });
    if (!answer) throw notLoggedIn(cmd);
    const ok = await answer;
    return exact() ? shape(args, ok) : documented({ ...shape(args, ok), ...adds?.(args, ok) }, ok);
  } catch (why) {
    throw why instanceof NIMError ? why : refused(cmd, why, exact());
  }
}

/** tell calls the page's callback, if there is one. */
function tell(options: object | undefined, name: string, payload: unknown): void {
  try {
    (options as any)?.[name]?.(payload);
  } catch (error) {
    report(error);
  }
}
