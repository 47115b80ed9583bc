// Programs that know the vendor's SDK and nothing of this package: each runs as it is, in a process of its own, over a
// real relay. They find the vendor's package where npm would have put it, and what is there hands out ours.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { transform } from 'esbuild';
import { startRelay } from './relay.mjs';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const dist = here('../dist/index.cjs');

/** The vendor's files, and what each of them exports. */
const files = {
  'dist/SDK/NIM_Web_SDK.js': `module.exports = require(${JSON.stringify(dist)});`,
  'dist/SDK/NIM_Web_NIM.js': `module.exports = require(${JSON.stringify(dist)}).NIM;`,
  'package.json': '{"name": "@yxim/nim-web-sdk", "main": "dist/SDK/NIM_Web_SDK.js"}',
};

/** @type {Awaited<ReturnType<typeof startRelay>>} */
let relay;
/** @type {string} */
let folder;

before(async () => {
  assert(existsSync(dist), `${dist} is missing: run make build`);
  folder = await mkdtemp(join(tmpdir(), 'beckon-programs-'));
  const sdk = join(folder, 'node_modules/@yxim/nim-web-sdk');
  await mkdir(join(sdk, 'dist/SDK'), { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(sdk, name), text);
  relay = await startRelay({ args: ['-sync', 'interval'] });
});
after(async () => {
  await relay?.stop();
  if (folder) await rm(folder, { recursive: true });
});

/** Puts a program where it finds the vendor's package; TypeScript is compiled as a bundler would. */
async function install(/** @type {string} */ name) {
  const source = await readFile(here(`programs/${name}`), 'utf8');
  const typed = name.endsWith('.ts');
  const path = join(folder, typed ? name.replace(/ts$/, 'mjs') : name);
  await writeFile(path, typed ? (await transform(source, { loader: 'ts' })).code : source);
  return path;
}

for (const name of await readdir(here('programs'))) {
  if (!/\.(cjs|mjs|ts)$/.test(name)) continue;
  test(`${name} runs unchanged, and completes its conversations`, async () => {
    const run = promisify(execFile)(process.execPath, [await install(name)], {
      env: { ...process.env, BECKON_URL: relay.url, APP_KEY: `app-${name}` },
      timeout: 30_000,
    });
    const { stdout } = await run.catch((why) => assert.fail(`${why.message}\n${why.stdout}`));
    assert.equal(stdout.trim().split('\n').at(-1), 'done');
  });
}
