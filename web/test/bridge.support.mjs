// Builds the bridge by itself (test/bridge.entry.ts over jsbridge/bridgetest) into a folder that goes with the process.
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rename, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../build/bundle.mjs';
import { buildWasm } from '../build/go.mjs';

export const bridges = ['plain', 'golang-wasm'];
export const bridgetest = fileURLToPath(new URL('../../jsbridge/bridgetest', import.meta.url));
export const ws = fileURLToPath(new URL('../node_modules/ws', import.meta.url));

const entry = fileURLToPath(new URL('bridge.entry.ts', import.meta.url));
const source = (name) => fileURLToPath(new URL(`../src/${name}`, import.meta.url));

/** A folder that goes with this process. */
export async function folder() {
  const dir = await mkdtemp(join(tmpdir(), 'beckon-test-'));
  process.on('exit', () => rmSync(dir, { recursive: true }));
  return dir;
}

/** Bundles the bridge's loader into dir: index.mjs, beckon.js, worker.mjs and tabs.mjs. */
export async function bundleBridge(bridge, dir) {
  await bundle({ entry, out: join(dir, 'index.mjs'), format: 'esm', bridge });
  await bundle({ entry, out: join(dir, 'beckon.js'), format: 'script', bridge });
  for (const name of ['worker', 'tabs']) await bundle({ entry: source(`${name}.ts`), out: join(dir, `${name}.mjs`), format: 'esm', bridge });
  return dir;
}

/** Builds all of one bridge into dir: the loader and beckon.wasm. */
export async function buildBridge(bridge, dir) {
  await bundleBridge(bridge, dir);
  await buildWasm({ main: bridgetest, bridge, out: join(dir, 'beckon.wasm') });
  return dir;
}

/**
 * Builds and imports both bridges, and requires one; fresh for this process: pairs of name and exports. All before the
 * first test, since node:test takes a file for done when it has to wait between suites.
 */
export async function importBridges() {
  const imported = [];
  for (const bridge of bridges) {
    const dir = await buildBridge(bridge, await folder());
    await mkdir(join(dir, 'node_modules'));
    await symlink(ws, join(dir, 'node_modules/ws'));
    imported.push([bridge, (await import(join(dir, 'index.mjs'))).NIM]);
    if (bridge !== 'plain') continue;
    await rename(join(dir, 'beckon.js'), join(dir, 'index.cjs')); // as the package names it
    imported.push(['plain by require', createRequire(dir)(join(dir, 'index.cjs')).NIM]);
  }
  return imported;
}
