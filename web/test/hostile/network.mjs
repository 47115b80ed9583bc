// A hostile network between pages and a relay: it is slow, delivers bytes in pieces and commands twice, and breaks links
// at the worst moments: with a command that has not arrived, or not whole; with one that has, and whose answer is lost;
// with a notice. Now and then it has the relay killed.
//
// What a call is answered depends on who is online. So while the links of a case are broken, nothing that others of
// the same case say reaches the relay: to the case it is the same story, on links that are bad.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { splitter } from './frames.mjs';
import { luck } from './luck.mjs';

const SLOW = 4; // milliseconds that a frame takes, at most
const QUIET = 20; // milliseconds after which everything on its way has arrived
const CROWD = 12; // links of one case: with more of them, it takes too long until all are back
const GONE = 4000; // milliseconds after which somebody who is off does not come back: the page is closed
const SETTLING = 250; // milliseconds after a welcome until the page has surely seen it
const ONE_IN = 8; // frames that break a link
const TWICE_IN = 10; // commands that come twice
const BREAKS = 4; // links that break in one case
const PEACE = 2500; // milliseconds between two troubles of a case: a call gives up after 8 s without an answer

/** The case to which an account belongs: scenes name them so. */
const caseOf = (/** @type {string} */ account) => account.split('-').slice(1).join('-');

/**
 * Opens the network. `restart` kills the relay, starts it again, and answers where it is. With the bug 'swallow' notices
 * are lost in silence, which no suite may take for good.
 * @param {{ url: string, seed: number, restart: () => Promise<string>, bug?: string }} options
 */
export async function openNetwork({ url, seed, restart, bug }) {
  let relayAt = new URL(url);
  const random = luck(seed);
  const links = new Set();
  /** Devices that have lost their link, with the moment, by case. @type {Map<string, Map<string, number>>} */
  const off = new Map();
  /** When an account's device, or a case's, last came back. @type {Map<string, number>} */
  const back = new Map();
  /** When a page of a case last asked for something. @type {Map<string, number>} */
  const spoke = new Map();
  const breaks = new Map();
  const since = (which) => performance.now() - (back.get(which) ?? -Infinity);
  const counts = { links: 0, frames: 0, broken: 0, 'broken before it arrived': 0, 'broken amid a frame': 0, 'broken behind it': 0, 'commands that came twice': 0, 'relay killed': 0, resumed: 0, 'started afresh': 0 };
  let down = false; // the relay
  let truce = false; // nothing breaks, and nobody new comes: the relay is killed as soon as all are back
  let closed = false;

  const offIn = (which) => {
    const devices = off.get(which);
    if (!devices) return false;
    for (const [device, since] of devices) if (performance.now() - since > GONE) devices.delete(device);
    return devices.size > 0;
  };

  const sizeOf = (which) => [...links].filter((link) => link.case === which).length;
  const crowded = () => [...new Set([...links].map((link) => link.case))].some((which) => which !== '' && sizeOf(which) > CROWD && performance.now() - spoke.get(which) < GONE);

  async function clear(link) {
    while (!link.over && (down || offIn(link.case))) await sleep(3);
  }

  function loses(link) {
    if (!off.has(link.case)) off.set(link.case, new Map());
    off.get(link.case).set(link.device, performance.now());
  }

  /** How a link breaks with this frame on it, or undefined. */
  function breaksWith(link, piece) {
    const used = breaks.get(link.case) ?? 0;
    if (!link.inUse || link.leaving || !piece.text || used >= BREAKS || down || truce || offIn(link.case)) return undefined;
    if (since(link.case) < PEACE || sizeOf(link.case) > CROWD || random() * ONE_IN >= 1) return undefined;
    breaks.set(link.case, used + 1);
    return ['broken before it arrived', 'broken amid a frame', 'broken behind it'][Math.floor(random() * 3)];
  }

  async function write(to, bytes) {
    for (let at = 0; at < bytes.length && !to.destroyed; ) {
      const size = random() < 0.3 ? 1 + Math.floor(random() * bytes.length) : bytes.length;
      to.write(bytes.subarray(at, at + size));
      if ((at += size) < bytes.length) await sleep(0);
    }
  }

  /** Carries what comes from one end to the other, in order. */
  async function carry(link, from, to, up) {
    const pieces = splitter();
    for await (const bytes of from) {
      for (const piece of pieces(bytes)) {
        if (link.broken) return;
        counts.frames++;
        await sleep(random() * SLOW);
        if (up) await heardFromPage(link, piece);
        const how = breaksWith(link, piece);
        if (how) return void (await breakWith(link, piece, to, how));
        if (link.broken) return;
        if (!up) heardFromRelay(link, piece);
        if (bug === 'swallow' && piece.text?.startsWith('{"type":"notice"') && random() < 0.2) continue;
        await write(to, piece.bytes);
        if (up && link.inUse && piece.text?.startsWith('{"type":"command"') && random() * TWICE_IN < 1) {
          counts['commands that came twice']++;
          await write(to, piece.bytes);
        }
      }
    }
  }

  async function heardFromPage(link, { text, closing }) {
    if (closing) {
      link.leaving = true;
      off.get(link.case)?.delete(link.device);
    }
    if (!text) return;
    if (!link.device) {
      const { account, device, resume } = JSON.parse(text);
      Object.assign(link, { account, device: `${account} ${device}`, case: caseOf(account), resumes: resume !== undefined });
      if (off.get(link.case)?.has(link.device)) return; // for whom the others wait
    }
    while (truce && !link.over && !link.inUse && !link.resumes) await sleep(3);
    spoke.set(link.case, performance.now());
    await clear(link);
  }

  function heardFromRelay(link, { text, closing }) {
    if (closing) link.leaving = true;
    if (!text?.startsWith('{"type":"welcome"')) return;
    link.inUse = true;
    if (link.resumes) counts[text.includes('"resumed":true') ? 'resumed' : 'started afresh']++;
    off.get(link.case)?.delete(link.device);
    if (!link.resumes) return;
    for (const who of [link.account, link.case]) back.set(who, performance.now());
  }

  async function breakWith(link, piece, to, how) {
    counts.broken++;
    counts[how]++;
    loses(link);
    link.broken = true;
    if (how === 'broken behind it') await write(to, piece.bytes);
    if (how === 'broken amid a frame') await write(to, piece.bytes.subarray(0, Math.ceil(random() * (piece.bytes.length - 1))));
    await sleep(QUIET);
    link.end();
  }

  const server = createServer((page) => void serve(page));
  async function serve(page) {
    page.on('error', () => {});
    while (down && !page.destroyed) await sleep(3);
    if (page.destroyed || closed) return void page.destroy();
    const relay = connect(Number(relayAt.port), relayAt.hostname);
    page.setNoDelay(true);
    relay.setNoDelay(true);
    const link = { case: '', account: '', device: '', resumes: false, inUse: false, leaving: false, broken: false, over: false, end: () => {
      link.over = true;
      links.delete(link);
      random() < 0.5 ? page.resetAndDestroy() : page.destroy();
      relay.destroy();
    } };
    links.add(link);
    counts.links++;
    relay.on('error', () => {});
    const whole = (/** @type {Promise<void>} */ way) => way.catch(() => {}).then(() => link.broken || link.over || setTimeout(link.end, QUIET));
    whole(carry(link, page, relay, true));
    whole(carry(link, relay, page, false));
  }
  await once(server.listen(0, '127.0.0.1'), 'listening');

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    counts,

    /** Whether a device of an account is without a link, or was a moment ago. */
    isOff: (account) => {
      const which = caseOf(account);
      if (since(account) < SETTLING) return true;
      return offIn(which) && [...off.get(which).keys()].some((device) => device.startsWith(`${account} `));
    },

    /** Whether there is no relay at the moment. */
    isDown: () => down,

    /** Kills the relay amid everything, unless and until it is spared no more, and starts it again. All who were there come back before anything else is said. */
    async kill(isSpared) {
      const busy = () => [...off.keys()].some(offIn); // while some still come back, nobody would get anywhere
      while (!closed && (isSpared() || crowded() || busy())) {
        truce = !crowded() && !isSpared();
        await sleep(10);
      }
      truce = false;
      if (closed) return;
      down = true;
      await sleep(QUIET);
      const cut = [...links];
      for (const link of cut) {
        link.broken = true;
        if (link.inUse && !link.leaving) loses(link);
      }
      relayAt = new URL(await restart());
      for (const link of cut) link.end();
      for (const devices of off.values()) for (const device of devices.keys()) devices.set(device, performance.now());
      counts['relay killed']++;
      down = false;
    },

    close() {
      closed = true;
      for (const link of links) link.end();
      server.close();
    },
  };
}
