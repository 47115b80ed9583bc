// The world of a case: accounts of its own, each device with a copy of the
// package of its own (a page has one login), and what each of them hears. It
// waits for what is to come, and for nothing else.

import { Broken, equal, has, refused } from './claims.mjs';

const PATIENCE = 15_000; // until something that should come counts as lost

let scenes = 0;

export class Scene {
  /** @param {object} env what the suite runs in, see suite.mjs */
  constructor(env) {
    this.env = env;
    this.crew = `${env.crew}-${(++scenes).toString(36)}`;
    this.devices = [];
    this.lines = [];
    this.nims = [];
    this.names = 0;
  }

  /** The account that this scene knows by a name. */
  account(name) {
    return `${name}-${this.crew}`;
  }

  /** A text that no other scene uses. */
  unique(what = 'room') {
    return `${what}-${this.crew}-${++this.names}`;
  }

  /** A page that has loaded the package, and listens to everything. */
  async page() {
    const device = new Device(await this.env.load());
    this.devices.push(device);
    return device;
  }

  /**
   * Logs an account in. `device`: names another device of it; the same name again is the same device, in a new life.
   * `line`: over which it is to reach the relay; only a case that runs alone may say so.
   */
  async login(name, { device = 'one', line, ...options } = {}) {
    const page = await this.page();
    page.account = this.account(name);
    page.options = { sdkAppId: 1400000001, userId: page.account, userSig: 'any', deviceId: `${device}-${page.account}`, ...options };
    if (line) this.env.configure({ url: line.url });
    try {
      await page.Engine.login(page.options);
    } finally {
      if (line) this.env.configure({ url: this.env.url });
    }
    return page;
  }

  /** Logs in several accounts at once. */
  cast(...names) {
    return Promise.all(names.map((name) => this.login(name)));
  }

  /** Another way to the relay that may be held, cut and mended. */
  async line() {
    const line = await this.env.openLine();
    this.lines.push(line);
    return line;
  }

  /** A room with these devices in it, the first one being its owner. */
  async room(owner, ...others) {
    const roomId = this.unique();
    await owner.engine.createRoom({ roomId });
    for (const device of [owner, ...others]) await device.engine.enterRoom({ roomId });
    for (const device of [owner, ...others]) await device.forget();
    return roomId;
  }

  /** Invites, and returns when the invitee has heard of it. */
  async ring(inviter, invitee, roomId, options = {}) {
    await inviter.manager.inviteUsers({ roomId, userIdList: [invitee.account], timeout: 60, ...options });
    return invitee.next('onReceiveInvitation', {}, ({ roomInfo }) => equal(roomInfo.roomId, roomId));
  }

  /** Somebody of the other dialect. */
  async nim(name, listen = true) {
    const account = this.account(name);
    const heard = new Heard();
    const nim = await new Promise((resolve, reject) => {
      const options = { appKey: this.crew, account, token: 'any', syncAvSignal: false };
      const made = this.env.NIM.getInstance({ ...options, onconnect: () => resolve(made), ondisconnect: reject });
      for (const event of ['signalingNotify', 'signalingMutilClientSyncNotify']) {
        if (listen) made.on(event, (what) => heard.hear(what.eventType, what));
      }
    });
    this.nims.push(nim);
    return {
      nim,
      account,
      next: async (type, fields = {}) => {
        const event = await heard.first(type);
        has(event, fields, type);
        return event;
      },
      nothing: async () => {
        await nim.signalingDelay({ channelId: 'no such channel' }).catch(() => {});
        equal(heard.left(), [], 'what was left to hear');
      },
    };
  }

  async end() {
    await Promise.all(this.devices.map((device) => device.Engine.logout().catch(() => {})));
    await Promise.all(this.nims.map((nim) => new Promise((done) => nim.destroy({ done }))));
    for (const line of this.lines) await line.close();
  }
}

/** What one device hears, by the event's name, in order, each once. */
export class Heard {
  #queue = [];
  #waiting = new Set();
  /** Every name, in order. */
  names = [];

  hear(name, what) {
    this.names.push(name);
    this.#queue.push([name, what]);
    for (const look of this.#waiting) look();
  }

  /** The next one of that name. */
  first(name) {
    return new Promise((resolve, reject) => {
      const look = () => {
        const at = this.#queue.findIndex(([heard]) => heard === name);
        if (at < 0) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(this.#queue.splice(at, 1)[0][1]);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Broken(`no ${name} came; heard: ${this.names.join(', ') || 'nothing'}`));
      }, PATIENCE);
      this.#waiting.add(look);
      look();
    });
  }

  left() {
    return this.#queue.map(([name]) => name);
  }

  clear() {
    this.#queue.length = this.names.length = 0;
  }
}

class Device {
  constructor(tui) {
    this.tui = tui;
    this.Engine = tui.default;
    this.engine = new tui.default();
    this.manager = this.engine.getConferenceInvitationManager();
    this.heard = new Heard();
    for (const [on, events] of [[this.manager, tui.TUIConferenceInvitationManagerEvents], [this.engine, tui.TUIRoomEvents]]) {
      for (const name of Object.values(events)) on.on(name, (...args) => this.heard.hear(name, args.length > 1 ? args : args[0]));
    }
  }

  /** The next event of a name, with those fields, and as `look` wants it. */
  async next(name, fields = {}, look = () => {}) {
    const event = await this.heard.first(name);
    if (Object.keys(fields).length) has(event, fields, name);
    look(event);
    return event;
  }

  /** The same of an invitation's event: who is invited, and the status. */
  about(name, invitee, status, fields = {}) {
    return this.next(name, fields, ({ invitation }) => equal([invitation.invitee.userId, invitation.status], [invitee.account ?? invitee, status], name));
  }

  /** Returns when all that had been told to this device when it was called has been heard. */
  async fence() {
    await refused(this.engine.fetchRoomInfo({ roomId: 'no such room' }), 100004);
  }

  /** Claims that nothing has been told that the case has not looked at, but for events that begin so. */
  async nothing(but = /^$/) {
    await this.fence();
    equal(this.heard.left().filter((name) => !but.test(name)), [], 'what was left to hear');
  }

  async forget() {
    await this.fence();
    this.heard.clear();
  }

  /** The room's list, as [invitee, status]. */
  async list(roomId) {
    const { invitationList } = await this.manager.getInvitationList({ roomId });
    return invitationList.map(({ invitee, status }) => [invitee.userId, status]);
  }

  /** Who is in the room. */
  async users() {
    const { userInfoList } = await this.engine.getUserList();
    return userInfoList.map((user) => user.userId);
  }
}
