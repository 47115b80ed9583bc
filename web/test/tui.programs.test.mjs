// Programs that know the vendor's room engine and nothing of this package: each runs as it is, a process for each of its
// roles, over a real relay. They find the vendor's package where npm would have put it, and what is there hands out ours.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { transform } from 'esbuild';
import { startRelay } from './relay.mjs';

const run = promisify(execFile);
const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const dist = process.env.BECKON_DIST ?? here('../dist');

/** Each program and its roles. */
const programs = { 'kit.mjs': ['guest', 'host'], 'store.cjs': ['guest', 'host'], 'busy.mjs': ['busy', 'admin', 'host'], 'pages.ts': ['host'] };

/** The vendor's package, as an alias to beckon/tui makes it. */
const files = {
  'index.mjs': `export { default } from ${JSON.stringify(`${dist}/tui.mjs`)};\nexport * from ${JSON.stringify(`${dist}/tui.mjs`)};\n`,
  'index.cjs': `module.exports = require(${JSON.stringify(`${dist}/tui.cjs`)});\n`,
  'package.json': '{ "exports": { "import": "./index.mjs", "require": "./index.cjs" } }',
};

let relay, folder;
before(async () => {
  assert(existsSync(`${dist}/tui.mjs`), `${dist} is missing: run make build`);
  folder = await mkdtemp(join(tmpdir(), 'beckon-programs-'));
  const sdk = join(folder, 'node_modules/@tencentcloud/tuiroom-engine-js');
  await mkdir(sdk, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(sdk, name), text);
  relay = await startRelay({ args: ['-sync', 'interval'] });
});
after(async () => {
  await relay?.stop();
  if (folder) await rm(folder, { recursive: true });
});

/** Puts a program where it finds the vendor's package; TypeScript is compiled as a bundler would. */
async function install(name) {
  const source = await readFile(here(`programs/tui/${name}`), 'utf8');
  const typed = name.endsWith('.ts');
  const path = join(folder, typed ? name.replace(/ts$/, 'mjs') : name);
  await writeFile(path, typed ? (await transform(source, { loader: 'ts' })).code : source);
  return path;
}

for (const [name, roles] of Object.entries(programs)) {
  test(`${name} runs unchanged, and its ${roles.length} roles complete their conversation`, async () => {
    const path = await install(name);
    const userId = (role) => `${role}-${name}`;
    const cast = Object.fromEntries(roles.map((role) => [role.toUpperCase(), userId(role)]));
    await Promise.all(
      roles.map(async (role) => {
        const env = { ...process.env, ...cast, BECKON_URL: relay.url, ROLE: role, USER_ID: userId(role), ROOM_ID: `room of ${name}` };
        const { stdout } = await run(process.execPath, [path], { env, timeout: 30_000 }).catch((why) => assert.fail(`${role}: ${why.message}\n${why.stdout}`));
        assert.equal(stdout.trim().split('\n').at(-1), 'done', role);
      }),
    );
  });
}

test('those in TypeScript compile against our declarations under the vendor’s name', async () => {
  await run(process.execPath, [here('../node_modules/typescript/bin/tsc'), '-p', here('programs/tui')]).catch((why) => assert.fail(why.stdout));
});
