// A stock Firefox, driven over WebDriver BiDi: https://w3c.github.io/webdriver-bidi/

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';

/** Fake devices that nobody has to allow, and no names in place of addresses. */
const prefs = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.autoplay.default': 0,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'app.update.disabledForTesting': true,
};

/** launch starts Firefox with a profile of its own. */
export async function launch(program = process.env.FIREFOX || 'firefox-esr') {
  const profile = await mkdtemp(join(tmpdir(), 'beckon-firefox-'));
  const lines = Object.entries(prefs).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
  await writeFile(join(profile, 'user.js'), lines.join('\n'));
  const child = spawn(program, ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const gone = new Promise((resolve) => child.once('close', resolve));
  const address = await new Promise((resolve, reject) => {
    child.once('error', (why) => reject(new Error(`${program} does not start: ${why.message}`)));
    createInterface({ input: child.stderr }).on('line', (line) => {
      const found = /WebDriver BiDi listening on (ws:\S+)/.exec(line);
      if (found) resolve(found[1]);
    });
  });
  const ask = await dial(`${address}/session`);
  await ask('session.new', { capabilities: {} });
  return {
    ask,
    open: (url, before) => open(ask, url, before),
    close: async () => {
      await ask('browser.close', {}).catch(() => {});
      await gone;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** dial connects, and answers how to ask for something. */
async function dial(address) {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const waiting = new Map();
  let last = 0;
  socket.on('message', (data) => {
    const { id, type, result, error, message } = JSON.parse(String(data));
    const asker = waiting.get(id);
    waiting.delete(id);
    if (type === 'error') asker?.reject(new Error(`${error}: ${message}`));
    else asker?.resolve(result);
  });
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('Firefox has gone'));
  });
  return (method, params) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
}

/** open opens a tab; `before` runs in it before the page's own scripts. */
async function open(ask, url, before) {
  const { context } = await ask('browsingContext.create', { type: 'tab' });
  if (before) await ask('script.addPreloadScript', { functionDeclaration: String(before), contexts: [context] });
  await ask('browsingContext.navigate', { context, url, wait: 'complete' });
  /** run calls a function in the page with text arguments, and answers what it resolves to, by way of JSON. */
  const run = async (what, ...texts) => {
    const { type, result, exceptionDetails } = await ask('script.callFunction', {
      functionDeclaration: `async (...texts) => JSON.stringify(await (${what})(...texts)) ?? 'null'`,
      arguments: texts.map((value) => ({ type: 'string', value })),
      target: { context },
      awaitPromise: true,
      userActivation: true,
    });
    if (type === 'exception') throw new Error(exceptionDetails.text);
    return JSON.parse(result.value);
  };
  return {
    run,
    reload: () => ask('browsingContext.reload', { context, wait: 'complete' }),
    /** until waits for an element. */
    until: async (selector, within = 30_000) => {
      const end = Date.now() + within;
      while (!(await run((wanted) => document.querySelector(wanted) !== null, selector))) {
        if (Date.now() > end) throw new Error(`no ${selector}: ${await run(() => document.getElementById('status')?.outerHTML)}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    click: (selector) => run((wanted) => document.querySelector(wanted).click(), selector),
  };
}
