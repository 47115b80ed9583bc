// What the quick start tells people to type does what it says. Its pages: docs.samples.page.test.mjs.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { folder } from './bridge.support.mjs';
import { sample, samples } from './docs.samples.mjs';
import { startRelay } from './relay.mjs';

const run = promisify(execFile);
const page = 'quickstart.md';
const web = fileURLToPath(new URL('..', import.meta.url));

let relay, app;
before(async () => {
  relay = await startRelay({ args: ['-sync', 'interval'] });
  app = await folder();
  await mkdir(join(app, 'node_modules'));
  await symlink(web, join(app, 'node_modules/beckon'));
});
after(() => relay?.stop());

test('every sample of the quick start is one that is run', async () => {
  const run = ['sh run', 'html file=call.html', 'html file=room.html', 'js file=ada.mjs', 'js file=bob.mjs', 'text printed-by=ada.mjs', 'text printed-by=bob.mjs'];
  const found = (await samples(page)).map(({ language, marks }) => `${language} ${Object.entries(marks).map(([k, v]) => (v ? `${k}=${v}` : k))}`);
  assert.deepEqual(found, run);
});

test('its commands exist, with those options', async () => {
  const [build, start] = (await sample(page, 'run', '')).trim().split('\n');
  assert.equal(build, 'make build');
  await run('make', ['--dry-run', 'build'], { cwd: join(web, '..') });
  const [program, ...args] = start.split(' ');
  assert.equal(program, 'bin/beckon');
  const named = await startRelay({ args }); // its own options come first; a relay that knows an option not ends at once
  assert.equal((await named.stop()).code, 0);
});

test('ada rings bob in two processes, and they print what it says', { timeout: 60_000 }, async () => {
  const start = async (name) => {
    await writeFile(join(app, name), await sample(page, 'file', name, relay.url));
    const child = spawn(process.execPath, [name], { cwd: app, stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    const lines = createInterface({ input: child.stdout }).on('line', (line) => (printed += `${line}\n`));
    return { first: once(lines, 'line'), printed: once(child, 'close').then(([code]) => (assert.equal(code, 0), printed)) };
  };
  const bob = await start('bob.mjs');
  await bob.first;
  const ada = await start('ada.mjs');
  assert.equal(await ada.printed, await sample(page, 'printed-by', 'ada.mjs'));
  assert.equal(await bob.printed, await sample(page, 'printed-by', 'bob.mjs'));
});

test('its links lead somewhere', async () => {
  const path = join(web, 'docs', page);
  const links = [...(await readFile(path, 'utf8')).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, to]) => to);
  assert.ok(links.length > 3);
  for (const to of links) assert.ok(existsSync(join(dirname(path), to)), to);
});

test('the sentences that it explains are those that the package says', async () => {
  const sources = (await Promise.all(['sockets', 'loader', 'runtime', 'backend'].map((name) => readFile(join(web, `src/${name}.ts`), 'utf8')))).join('');
  const flat = (text) => text.replace(/\$\{\w+\}/g, '…');
  const told = [...(await readFile(join(web, 'docs', page), 'utf8')).matchAll(/^\| `(beckon: [^`]*)`/gm)].map(([, sentence]) => sentence);
  assert.equal(told.length, 8);
  for (const sentence of told) {
    const start = sentence.replace(/…\/beckon\.wasm \(HTTP 404\)|text\/html/g, '…').replace('Go module has exited', 'Go module …').replace(/ …$/, '');
    assert.ok(flat(sources).includes(start), sentence);
  }
});
