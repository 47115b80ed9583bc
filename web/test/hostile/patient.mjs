// Who has no link at the moment is refused at once, as with the vendors. A user would wait until the page is online
// again; so do calls that have been made patient. All else is as it was.
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Has methods try again that were refused for want of a link, once the account that they act for has one again.
 * @param {any} object a prototype, a class or an instance
 * @param {RegExp} which of its methods
 * @param {(self: any) => boolean} isOff
 */
function makePatient(object, which, isOff) {
  for (const [name, { value, writable }] of Object.entries(Object.getOwnPropertyDescriptors(object))) {
    if (typeof value !== 'function' || !writable || !which.test(name)) continue;
    object[name] = function (...args) {
      if (!isOff(this)) return value.apply(this, args);
      if (name === MUTE && args[0]?.msgid && !this.isConnected()) return void online(() => !this.isConnected()).then(() => value.apply(this, args));
      const given = args.map((a) => (a?.constructor === Object ? { ...a } : a)); // for calls that change what they are given
      const result = value.apply(this, args);
      if (typeof result?.catch !== 'function') return result;
      return result.catch(async (error) => {
        if (!/not logged in|there is no link/.test(`${error?.message} ${error?.error}`)) throw error;
        await online(() => isOff(this));
        return object[name].apply(this, given);
      });
    };
  }
}

async function online(isOff) {
  while (isOff()) await sleep(5);
}

const MUTE = 'signalingMarkMsgRead'; // nobody is told that it was refused
const made = new WeakSet();
const NIM_CALLS = /^(signaling\w+|sendG2Msg|disconnect|logout|destroy)$/;
const LISTENERS = /^(on|off|once|emit|listenerCount|removeAllListeners)$/;
const V2_CALLS = new RegExp(`^(?!${LISTENERS.source.slice(1)})`);
const TUI_CALLS = /^(login|logout|create|destroy|enter|exit|fetch|kick|change|update|set|invite|cancel|accept|reject|getSelfInfo|getUser|getInvitationList)/;

/** Makes all instances of NIM patient, with their newer calls. @param {any} NIM @param {(account: string) => boolean} isOff */
export function patientNIM(NIM, isOff) {
  if (made.has(NIM)) return;
  made.add(NIM);
  const { get } = Object.getOwnPropertyDescriptor(NIM.prototype, 'V2NIMSignallingService');
  const services = new WeakSet();
  makePatient(NIM.prototype, NIM_CALLS, (nim) => isOff(nim.account));
  Object.defineProperty(NIM.prototype, 'V2NIMSignallingService', {
    configurable: true,
    get() {
      const service = get.call(this);
      if (!services.has(service)) makePatient(service, V2_CALLS, () => isOff(this.account));
      services.add(service);
      return service;
    },
  });
}

/** Makes a copy of beckon/tui patient. @param {any} tui @param {(account: string) => boolean} isOff */
export function patientTUI(tui, isOff) {
  const Engine = tui.default;
  let account;
  const off = () => account !== undefined && isOff(account);
  makePatient(Engine, TUI_CALLS, off);
  makePatient(Engine.prototype, TUI_CALLS, off);
  makePatient(Object.getPrototypeOf(new Engine().getConferenceInvitationManager()), TUI_CALLS, off);
  const { login } = Engine;
  Engine.login = async (options) => {
    await login.call(Engine, options);
    account = String(options.userId);
  };
}
