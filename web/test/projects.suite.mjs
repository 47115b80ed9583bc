// The projects in web/projects, as their owners would have them: the packed package installed by npm from their lock
// file, built by their own script, opened in two pages of Chromium, which ring each other over a real relay.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { launch, noChromium, serve } from './bridge.chromium.mjs';
import { folder } from './bridge.support.mjs';
import { startRelay } from './relay.mjs';

const run = promisify(execFile);
const web = fileURLToPath(new URL('..', import.meta.url));
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' };

/** How each project's pages get to a browser: a folder to be served, or a server of its own. */
const projects = {
  esbuild: { 'as built': { folder: '.', page: '/index.html' } },
  rollup: { 'as built': { folder: '.', page: '/index.html' } },
  webpack: { 'as built': { folder: '.', page: '/index.html' } },
  vite: {
    'as built': { folder: 'dist', page: '/index.html' },
    'while it is developed': { command: ['vite', '--port', '0', '--host', '127.0.0.1'] },
  },
  next: { 'as built': { command: ['next', 'start', '-p', '0', '-H', '127.0.0.1'], rendered: /beckon (<!-- -->)?\d+\.\d+\.\d+/ } },
};

/** Where the SDK does its work, by what the page's address says. */
const PLACES = { '': '', worker: '; in workers', tabs: '; in one worker for both' };

export const all = /** @type {(keyof typeof projects)[]} */ (Object.keys(projects));

/** @param {(keyof typeof projects)[]} names */
export function suite(names) {
  describe('in Chromium, over a real relay', { skip: noChromium }, () => {
    let packed, relay, browser;
    before(async () => {
      const dir = await folder();
      const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', dir], { cwd: web });
      packed = join(dir, JSON.parse(stdout)[0].filename);
      relay = await startRelay({ args: ['-origins', '127.0.0.1:*', '-sync', 'interval'] });
      browser = await launch();
    });
    after(async () => {
      await browser?.close();
      await relay?.stop();
    });

    for (const name of names) {
      describe(name, () => {
        let dir;
        before(async () => {
          dir = await install(name, packed);
        });
        for (const [how, site] of Object.entries(projects[name])) {
          for (const place of ['', 'worker', 'tabs']) {
            test(`${how}, one page rings another, which answers${PLACES[place]}`, { timeout: 120_000 }, async () => {
              const { origin, close, said } = await open(dir, site);
              try {
                if (site.rendered) assert.match(await (await fetch(origin)).text(), site.rendered, 'what the server renders');
                await ring(browser, origin + (site.page ?? '/'), relay.url, `${name}${how.length}${place}`, place);
                assert.doesNotMatch(said(), /error/i, 'what the server says');
              } finally {
                await close();
              }
            });
          }
        }
      });
    }
  });
}

/** Installs and builds a project in a folder that goes with this process. */
async function install(name, packed) {
  const dir = join(await folder(), name);
  await cp(join(web, 'projects', name), dir, { recursive: true, filter: (path) => !/node_modules|\.tgz$/.test(path) });
  await cp(packed, join(dir, 'beckon.tgz'));
  const npm = (...args) => run('npm', args, { cwd: dir, env }).catch((why) => assert.fail(`npm ${args[0]}: ${why.stderr}\n${why.stdout}`));
  await npm('ci', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund');
  await npm('run', 'build');
  return dir;
}

/** Puts a site where a browser finds it. */
async function open(dir, { folder, command }) {
  if (folder) return { ...(await serve({}, { '/': join(dir, folder) })), said: () => '' };
  const [program, ...args] = command;
  const child = spawn(join(dir, 'node_modules/.bin', program), args, { cwd: dir, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text) => (said += text));
  const origin = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => reject(new Error(`${program} ended at once:\n${said}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      said += `${line}\n`;
      const found = /http:\/\/[\w.]+:\d+/.exec(line);
      if (found) resolve(found[0]);
    });
  });
  const close = async () => {
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    await closed;
  };
  return { origin, close, said: () => said };
}

/** Two pages of a project: one rings, the other answers, and both hear of it. */
async function ring(browser, page, relay, id, place) {
  const context = await browser.newContext();
  const complaints = [];
  const as = async (account) => {
    const tab = await context.newPage();
    tab.on('pageerror', (error) => complaints.push(error.message));
    tab.on('console', (message) => /error|warning/.test(message.type()) && complaints.push(message.text()));
    await tab.goto(`${page}?${new URLSearchParams({ account, relay, ...(place && { [place]: '' }) })}`);
    return { tab, wants: (text) => tab.locator('#status').filter({ hasText: text }).waitFor({ timeout: 20_000 }) };
  };
  try {
    const [ada, bob] = [await as(`ada-${id}`), await as(`bob-${id}`)];
    await Promise.all([ada.wants('ready'), bob.wants('ready')]);
    await ada.tab.fill('#callee', `bob-${id}`);
    await ada.tab.click('text=Ring');
    await bob.wants(`ada-${id} rings`);
    await bob.tab.click('#answer');
    await ada.wants(`bob-${id} answered`);
    await bob.wants(`talking to ada-${id}`);
    assert.deepEqual([ada.tab.workers().length, bob.tab.workers().length], place === 'worker' ? [1, 1] : [0, 0]);
  } catch (why) {
    assert.fail(`${why.message}\n${complaints.join('\n')}`);
  } finally {
    await context.close();
  }
  assert.deepEqual(complaints, [], 'no page complains');
}
