// One login, from start to logout: what the page calls goes to the Go module
// from here, and what the module tells goes to the listeners. All engines of a
// page share it, as the vendor's do.

import { backend, onModuleExit } from '../backend.js';
import type { Backend } from '../backend.js';
import { relayUrl, settings } from '../configure.js';
import { fault } from '../failure.js';
import { deviceId, newId } from '../nim/device.js';
import { TUIErrorCode } from './codes.js';
import { Listeners } from './emitter.js';
import { TUIKickedOutOfRoomReason } from './enums.js';
import { TUIError, refused } from './errors.js';

export interface TUILoginOptions {
  /** Which app this is: the relay knows it by its setting `sdk_app_id`. In dev mode any will do. */
  sdkAppId: number;
  /** Who logs in. */
  userId: string;
  /** What proves it: made by your server. In dev mode any will do. */
  userSig: string;
  /** Names this device. Default in a browser: kept per tab; in Node: new in every process. */
  deviceId?: string;
  /** An instance of the vendor's chat SDK: accepted and ignored. */
  tim?: any;
}

/** Those of TUIRoomEngine, 'ready' among them, and those of its invitation manager. */
export const engineEvents = new Listeners();
export const invitationEvents = new Listeners();

/** Their `roomInfo` is the room's id in the vendor's SDK, and a TUIRoomInfo in its documentation. */
const LISTED = /^onInvitation(Added|Removed|StatusChanged)$/;
const RING = 'onReceiveInvitation';

/** What leads into a room, and out of it. */
const MOVES: Record<string, boolean> = { enterRoom: true, exitRoom: false, destroyRoom: false, onKickedOutOfRoom: false, onRoomDismissed: false };

let current: Life | undefined;

/** Rooms that an invitation came into when nobody listened. */
const unheard = new Set<string>();
let ringing = false;

class Life {
  readonly name = `tui-${newId()}`;
  readonly key: string;
  /** Set while logged in: a link that is lost comes back by itself. */
  module: Backend | undefined;
  ready: Promise<Backend>;
  /** Where enterRoom led, for a module that starts again. */
  room: string | undefined;
  private opened: Backend | undefined;
  private options: TUILoginOptions;
  /** New with each module: its commands are numbered from 1 again. */
  private life = newId();
  /** Fails the login that is under way, if one is. */
  abandon!: (why: Error) => void;
  private readonly unhook = onModuleExit((why) => void this.died(why));

  constructor(options: TUILoginOptions) {
    this.options = options;
    this.key = keyOf(options);
    this.ready = this.start();
  }

  /** Logs in again, perhaps with a new userSig. */
  again(options: TUILoginOptions): void {
    this.options = options;
    this.module = undefined;
    this.ready = this.start();
  }

  /** The module forgets the target, and a login under way fails. */
  end(): void {
    this.unhook();
    this.opened?.unlisten(this.name);
    this.opened?.call(this.name, 'destroy', {}).catch(() => {});
    this.abandon(fault('no-target', 'logged out'));
  }

  private start(): Promise<Backend> {
    const abandoned = new Promise<never>((_, reject) => (this.abandon = reject));
    return Promise.race([this.login(), abandoned]);
  }

  private async login(): Promise<Backend> {
    const { sdkAppId, userId, userSig } = this.options;
    const module = await load();
    const app = String(sdkAppId);
    const device = this.options.deviceId || (await deviceId('tui', app, userId));
    if (current !== this) throw fault('no-target', 'logged out');
    module.listen(this.name, heard);
    const anew = this.opened !== module;
    this.opened = module;
    await module.call(this.name, 'open', { dialect: 'tui', url: relayUrl(), app, account: userId, token: userSig, device, life: this.life });
    await module.call(this.name, 'login', { sdkAppId, userId, userSig });
    if (anew && this.room !== undefined) await this.goBack(module);
    return (this.module = module);
  }

  /** Goes back into the room, before calls are let through that are about it. */
  private async goBack(module: Backend): Promise<void> {
    try {
      await module.call(this.name, 'enterRoom', { roomId: this.room });
    } catch (why: any) {
      const { code, message } = why.failure ?? {};
      if (code === 'module-exit') throw why; // the next one goes
      this.lost(message);
    }
  }

  /** A module that died takes its link along; the next one logs in by itself and goes back into the room. */
  private async died(why: Error): Promise<void> {
    if (!this.module) return; // a login under way fails by itself
    this.module = this.opened = undefined;
    this.life = newId();
    engineEvents.tell('onError', { code: TUIErrorCode.ERR_FAILED, message: why.message });
    for (let wait = 1000; current === this; wait = Math.min(2 * wait, 8000)) {
      try {
        return void (await (this.ready = this.start()));
      } catch (error: any) {
        if (typeof error.failure?.code === 'number') return; // the relay has said no, and why
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }

  private lost(message = ''): void {
    const reason = TUIKickedOutOfRoomReason.kJoinRoomStatusInvalidDuringOffline;
    heard('onKickedOutOfRoom', { roomId: this.room, reason, message });
  }
}

const keyOf = ({ sdkAppId, userId }: TUILoginOptions) => JSON.stringify([sdkAppId, userId]);

/** load answers the module, and tells once('ready') that it is there. */
export async function load(): Promise<Backend> {
  const module = await backend();
  if (!isReady) {
    isReady = true;
    engineEvents.tell('ready');
  }
  return module;
}

/** Whether the module has been there. */
export let isReady = false;

/** Resolves when this account is logged in. Another one that was is logged out before. */
export async function login(options: TUILoginOptions): Promise<void> {
  for (const [name, type] of [['sdkAppId', 'number'], ['userId', 'string'], ['userSig', 'string']] as const) {
    check(name, type, options?.[name]);
  }
  if (current && current.key !== keyOf(options)) await logout();
  if (current) current.again(options);
  else current = new Life(options);
  const mine = current;
  try {
    await mine.ready;
  } catch (why) {
    if (current === mine && !mine.module) forget();
    throw refused(why);
  }
}

export async function logout(): Promise<void> {
  const module = current?.module;
  const mine = current;
  if (!mine) return;
  try {
    await module?.call(mine.name, 'logout', {});
  } finally {
    if (current === mine) forget();
  }
}

function forget(): void {
  current?.end();
  current = undefined;
  unheard.clear();
}

/** call asks the module; it waits for a login that is under way. Rejects with TUIError. */
export async function call(method: string, args: object = {}): Promise<any> {
  try {
    if (!current) throw fault('no-target', `${method}: not logged in`);
    const { module, name } = current;
    const answer = (await (module ?? (await current.ready)).call(name, method, args)) ?? undefined; // JSON has no undefined
    if (current && method in MOVES) current.room = MOVES[method] ? answer.roomId : undefined;
    return answer;
  } catch (why) {
    throw refused(why);
  }
}

function heard(name: string, payload: any): void {
  if (name === 'error') {
    const { message } = payload; // there is no way to the relay, and no use in trying again
    current?.abandon(fault('internal', message));
    return engineEvents.tell('onError', { code: TUIErrorCode.ERR_FAILED, message });
  }
  if (!/^on/.test(name)) return; // about the link: it comes back by itself, or an event says that it does not
  if (LISTED.test(name) && settings().tui.roomInfoAsId) payload = { ...payload, roomInfo: payload.roomInfo.roomId };
  if (name === RING) {
    const { roomId } = payload.roomInfo;
    if (!invitationEvents.has(RING)) unheard.add(roomId);
    else if (ringing && !unheard.has(roomId)) return;
  }
  if (current && name in MOVES) current.room = undefined;
  const to = /Invitation/.test(name) ? invitationEvents : engineEvents;
  if (payload) to.tell(name, payload);
  else to.tell(name);
}

/** Has what came before anybody listened told once more, as far as it is still pending. */
export function ring(): void {
  if (ringing || !unheard.size) return;
  ringing = true;
  const done = () => {
    ringing = false;
    unheard.clear();
  };
  call('ring').then(done, done);
}

function check(name: string, type: 'number' | 'string', value: unknown): void {
  const when = 'when calling login()';
  const wrong = (text: string) => new TUIError(TUIErrorCode.ERR_INVALID_PARAMETER, `'${name}' ${text}`, { field: name });
  if (value === undefined) throw wrong(`is a required param ${when}, received: undefined.`);
  if (typeof value !== type) throw wrong(`must be type of ${type} ${when}, received type: ${value === null ? 'null' : typeof value}.`);
  if (!value || (type === 'string' && !(value as string).trim())) throw wrong(`cannot be '${value}' ${when}.`);
}
