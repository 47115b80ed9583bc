// NIM: the instance that a page holds. It exists at once and keeps no state of
// its own: what is, is in the Go module behind it, which loads meanwhile.

import { configure, relayUrl } from '../configure.js';
import { report } from '../failure.js';
import { call } from './ask.js';
import { demand } from './checks.js';
import { deviceId } from './device.js';
import { elsewhere, info } from './elsewhere.js';
import { Emitter } from './emitter.js';
import { NIMError } from './errors.js';
import { NOTICES } from './events.js';
import type { NIMEvents } from './events.js';
import { received, send } from './message.js';
import type { NIMG2Message, NIMSendG2MsgOptions } from './message.js';
import { METHODS } from './methods.js';
import type { Signalling } from './methods.js';
import type { NIMGetInstanceOptions } from './options.js';
import { Target } from './target.js';
import { v2Service, V2_EVENTS } from './v2.js';
import type { V2NIMSignallingService } from './v2.js';

/** What disconnect, destroy and logout take. */
export interface NIMDoneOptions {
  /** Called when it is done, with null. */
  done?: (error: any, data?: any) => void;
}

const instances = new Map<string, NIM>();

export interface NIM extends Signalling {}

/** The SDK of one account. Listen with `on`, call what {@link NIMSignalling} has. */
export class NIM extends Emitter<NIMEvents> {
  /** Which release of the vendor's SDK this stands in for. */
  static readonly info = info;
  static readonly support = {};
  /** Itself: pages have SDK.NIM of a default import. */
  static get NIM(): typeof NIM {
    return NIM;
  }
  /** The same as NIM.info. */
  readonly info = info;
  /** As given to getInstance; a number has become its digits. */
  readonly account: string;
  /** As given to getInstance and setOptions. */
  options: NIMGetInstanceOptions & { account: string };
  private readonly key: string;
  /** A function, since a Proxy around this instance would follow to an object. */
  private readonly target: () => Target;
  private gone = false;
  private status = 0;
  private v2: V2NIMSignallingService | undefined;

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

  /** Installs a plug-in of the vendor's: calls plugin.install(NIM, options). */
  static use(plugin?: { install?: (to: typeof NIM, options?: unknown) => void }, options?: unknown): void {
    plugin?.install?.(NIM, options);
  }

  /** Destroys every instance. */
  static rmAllInstances(): void {
    for (const nim of [...instances.values()]) nim.destroy();
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
    if (this.gone) return;
    this.status ||= 2;
    this.target().connect();
  }

  /** Whether it is logged in: calls may be made. */
  isConnected(): boolean {
    return this.status === 1;
  }

  /** 0 not logged in, 1 logged in, 2 logging in, 3 about to try again. */
  getLoginStatus(): number {
    return this.status;
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
    this.v2?.removeAllListeners();
    void this.close('manuallyDisconnect', options, () => this.target().destroy());
  }

  /** Replaces the options given, a new token for the next login among them. appKey and account stay. */
  setOptions(options: Partial<NIMGetInstanceOptions>): void {
    this.options = { ...this.options, ...options, appKey: this.options.appKey, account: this.account };
    void this.target().update();
  }

  /** Sends a message to an account: options.onmsg there, and 'msg'. Answers it as it is on its way. */
  sendG2Msg(options: NIMSendG2MsgOptions): NIMG2Message {
    return send(this.target(), this.account, options, (...how) => tell(options, 'done', ...how));
  }

  /**
   * The vendor's newer calls and events. Where the page has no listener for the older ones when it first looks here,
   * what V2 tells is marked as read by itself.
   */
  get V2NIMSignallingService(): V2NIMSignallingService {
    if (!this.v2) {
      this.v2 = v2Service(this.target());
      void this.target().update();
    }
    return this.v2;
  }

  private async close(code: string, options?: NIMDoneOptions, last?: () => void): Promise<void> {
    await this.target().disconnect({ code, message: 'closed by the page' });
    last?.();
    tell(options, 'done', null);
  }

  private async describe() {
    const { appKey, token, customTag, syncAvSignal, debug } = this.options;
    if (debug) configure({ debug: true });
    const most = this.attempts();
    return {
      url: relayUrl(),
      app: appKey,
      account: this.account,
      token,
      device: this.options.deviceId || (await deviceId('nim', appKey, this.account)),
      // Neither JSON nor Go has Infinity, and to Go 0 attempts are no limit.
      options: {
        needReconnect: most > 0,
        reconnectionAttempts: most < Infinity ? most : undefined,
        customTag,
        syncAvSignal: syncAvSignal !== false,
      },
      v2: this.v2 && { ack: !this.hearsSignals() },
    };
  }

  /** Whether the page listens to the older events, and so marks them as read itself. */
  private hearsSignals(): boolean {
    return Object.values(NOTICES).some(
      ([event, option, shape]) => shape !== received && (this.listenerCount(event) || this.options[option]),
    );
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
        this.status = 1;
        const { deviceId: lastLoginDeviceId, connectionId } = payload;
        tell(options, 'onconnect', { lastLoginDeviceId, connectionId, customTag: options.customTag, ip: '', port: '' });
        return tell(this.options, 'onsyncdone');
      }
      case 'willreconnect': {
        this.status = 3;
        const renewed = tell(options, 'onwillreconnect', payload);
        if (options.authType == 1 && renewed?.then) this.target().hold(renewed);
        return;
      }
      case 'disconnected':
        this.status = 0;
        return tell(options, 'ondisconnect', { message: '', ...payload });
      case 'error': {
        const error = new NIMError(name, payload.code, payload.message);
        if (!this.emit('error', error) && !options.onerror) console.error(error); // nobody listens, and somebody should
        return tell(options, 'onerror', error);
      }
    }
    const notice = NOTICES[name];
    if (!notice) return void this.v2?.emit(V2_EVENTS[name]!, payload);
    const [event, option, shape] = notice;
    const what = shape(payload);
    this.emit(event, what);
    tell(options, option, what);
  }
}

Object.setPrototypeOf(NIM.prototype, elsewhere(Emitter.prototype));

for (const [cmd, method] of Object.entries(METHODS)) {
  const calls = function (this: NIM, options: unknown) {
    return call(this['target'](), cmd, method, options);
  };
  Object.assign(NIM.prototype, { [cmd]: calls });
}

/** tell calls the page's callback, if there is one, and answers what that does. */
function tell(options: object | undefined, name: string, ...what: unknown[]): any {
  try {
    return (options as any)?.[name]?.(...what);
  } catch (error) {
    report(error);
  }
}
