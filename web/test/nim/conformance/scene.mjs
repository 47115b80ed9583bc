// The world of a case: accounts of its own, devices that log in, and what each
// of them hears. It waits for what is to come, and for nothing else.

import { Broken, equal, fail, has, written } from './claims.mjs';

const PATIENCE = 15_000; // until something that should come counts as lost

const EVENTS = [
  'signalingNotify',
  'signalingMutilClientSyncNotify',
  'signalingUnreadMessageSyncNotify',
  'signalingChannelsSyncNotify',
  'msg',
  'error',
];

let scenes = 0;

export class Scene {
  /** @param {object} env what the suite runs in, see suite.mjs */
  constructor(env) {
    this.env = env;
    this.crew = `${env.crew}-${(++scenes).toString(36)}`;
    this.devices = [];
    this.lines = [];
    this.names = 0;
  }

  /** The account that this scene knows by a name. */
  account(name) {
    return `${name}-${this.crew}`;
  }

  /** A text that no other scene uses. */
  unique(what = 'x') {
    return `${what}-${this.crew}-${++this.names}`;
  }

  /**
   * Logs an account in. `device`: names another device of it; the same name again is the same device, in a new life.
   * `line`: over which it is to reach the relay. Nothing is synced unless `syncAvSignal` says so.
   */
  async login(name, { device = '', line, listen = EVENTS, ...options } = {}) {
    const { NIM, reach } = this.env;
    const heard = new Heard();
    const account = this.account(name);
    const instance = () =>
      NIM.getInstance({
        // In one page an appKey and account have one instance; to a relay in dev mode every appKey is the same app.
        appKey: `${this.crew}-${device}`,
        account,
        token: 'any',
        deviceId: `${device}-${account}`,
        syncAvSignal: false,
        onerror: (error) => heard.hear('onerror', error),
        onwillreconnect: (retry) => heard.hear('onwillreconnect', retry),
        ondisconnect: (why) => heard.hear('ondisconnect', why),
        onconnect: (how) => heard.hear('onconnect', how),
        ...options,
      });
    return reach(line, async () => {
      const nim = instance();
      for (const event of listen) nim.on(event, (what) => heard.hear(event, what));
      this.devices.push(nim);
      const started = await heard.first(['onconnect', 'ondisconnect', 'onerror']);
      if (started.code) fail(`${account} cannot log in: ${written(started)}`);
      return Object.assign(new Device(nim, heard), { account: nim.account, started });
    });
  }

  /** Another way to the relay, of this scene's own, that may be held, cut and mended. */
  async line() {
    const line = await this.env.openLine();
    this.lines.push(line);
    return line;
  }

  /** Logs in several accounts at once. */
  cast(...names) {
    return Promise.all(names.map((name) => this.login(name)));
  }

  /** A channel with these devices in it, the first one being its creator. */
  async room(creator, ...others) {
    const room = await creator.nim.signalingCreate({ type: 1, channelName: this.unique('room') });
    for (const device of [creator, ...others]) await device.nim.signalingJoin({ channelId: room.channelId });
    for (const device of [creator, ...others]) await device.forget();
    return room;
  }

  /** A ring: who asks is in the channel, who is asked has heard of it. */
  async ring(inviter, invitee, options = {}) {
    const requestId = options.requestId ?? this.unique('ring');
    const call = await inviter.nim.signalingCallEx({ type: 1, account: invitee.account, requestId, ...options });
    const event = await invitee.next('INVITE');
    const answer = { channelId: call.channelId, account: inviter.account, requestId };
    const ask = { channelId: call.channelId, account: invitee.account, requestId };
    return { call, event, answer, ask, requestId, channelId: call.channelId };
  }

  /** Disconnects a device, the only one of its account, and returns when the relay knows. */
  async gone(device) {
    await device.disconnect();
    const porter = await this.login('porter');
    for (let status; status !== '10201'; ) {
      const call = { type: 1, account: device.account, requestId: this.unique('still there') };
      const { channelId, callStatus } = await porter.nim.signalingCallEx(call);
      await porter.nim.signalingClose({ channelId });
      status = callStatus;
    }
  }

  async end() {
    await Promise.all(this.devices.map((nim) => new Promise((done) => nim.destroy({ done }))));
    for (const line of this.lines) await line.close();
  }
}

/** What one device hears, by the event's name, in order, each once. */
class Heard {
  #queues = new Map();
  #waiting = new Set();
  all = [];

  hear(on, what) {
    this.all.push([on, what]);
    this.queue(on).push(what);
    for (const look of this.#waiting) look();
  }

  queue(on) {
    if (!this.#queues.has(on)) this.#queues.set(on, []);
    return this.#queues.get(on);
  }

  /** The next one of the event, or of the first event of several that comes. */
  first(names) {
    return new Promise((resolve, reject) => {
      const look = () => {
        const name = names.find((n) => this.queue(n).length);
        if (!name) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(this.queue(name).shift());
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        const heard = this.all.map(([on, what]) => `${on} ${what?.eventType ?? what?.code ?? ''}`.trim());
        reject(new Broken(`no ${names.join(' or ')} came; heard: ${heard.join(', ') || 'nothing'}`));
      }, PATIENCE);
      this.#waiting.add(look);
      look();
    });
  }

  clear() {
    this.#queues.clear();
  }
}

class Device {
  constructor(nim, heard) {
    this.nim = nim;
    this.heard = heard;
  }

  /** The next event of a name, such as 'signalingNotify'. */
  hears(on) {
    return this.heard.first([on]);
  }

  /** The next signalingNotify, which has to be of that type. */
  async next(eventType, fields = {}) {
    const event = await this.hears('signalingNotify');
    has(event, { eventType, ...fields }, 'the event');
    return event;
  }

  /** The next multi-client event, which has to be of that type. */
  async multi(eventType, fields = {}) {
    const event = await this.hears('signalingMutilClientSyncNotify');
    has(event, { eventType, ...fields }, 'the multi-client event');
    return event;
  }

  /**
   * Returns when all that had been told to this device when it was called has been heard: on a link, what is told
   * and what is answered come in one order.
   */
  async fence() {
    await this.nim.signalingDelay({ channelId: 'no such channel' }).then(
      () => fail('there is a channel that cannot be'),
      (error) => equal(error.code, 10404, 'the fence'),
    );
  }

  /** Claims that nothing has been told that the case has not looked at. */
  async nothing(on = ['signalingNotify', 'signalingMutilClientSyncNotify']) {
    await this.fence();
    for (const name of on) equal(this.heard.queue(name), [], `what was left to hear of ${name}`);
  }

  async forget() {
    await this.fence();
    this.heard.clear();
  }

  /** signalingSync, and what it told. */
  async sync() {
    await this.nim.signalingSync();
    const unread = await this.hears('signalingUnreadMessageSyncNotify');
    return { unread, channels: await this.hears('signalingChannelsSyncNotify') };
  }

  disconnect() {
    return new Promise((done) => this.nim.disconnect({ done }));
  }

  leavePage() {
    return new Promise((done) => this.nim.destroy({ done }));
  }
}
