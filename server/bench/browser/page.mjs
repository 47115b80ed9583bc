// node server/bench/browser/page.mjs ROUNDS: what a page waits for, as JSON. In each round each page is a fresh one.
import { existsSync } from 'node:fs';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { go, buildWasm } from '../../../web/build/go.mjs';
import { launch, serve } from '../../../web/test/bridge.chromium.mjs';
import { buildBridge, bundleBridge, folder } from '../../../web/test/bridge.support.mjs';

const rounds = Number(process.argv[2] ?? 5);
const here = (path) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

// The modules as they are released, behind the loader alone; and a Go program that does nothing.
const modules = { plain: here('web/dist/beckon.wasm'), 'golang-wasm': here('web/build/golang-wasm/beckon.wasm') };
const dirs = {};
for (const [bridge, wasm] of Object.entries(modules)) {
  if (!existsSync(wasm)) continue;
  dirs[bridge] = await bundleBridge(bridge, await folder());
  await copyFile(wasm, join(dirs[bridge], 'beckon.wasm'));
}
if (!dirs.plain) throw new Error('there is no web/dist: run make build');
const empty = await folder();
await writeFile(join(empty, 'main.go'), 'package main\n\nfunc main() {}\n');
await buildWasm({ main: join(empty, 'main.go'), bridge: 'plain', out: join(empty, 'empty.wasm') });
await copyFile(join(await go(['env', 'GOROOT']), 'lib/wasm/wasm_exec.js'), join(empty, 'wasm_exec.js'));
dirs.empty = empty;
dirs.echo = await buildBridge('plain', await folder());

const loads = (name) => `<!doctype html><script type="module">
  import { NIM } from '/${name}/index.mjs';
  const began = performance.now();
  window.took = NIM.backend().then(() => performance.now() - began);
  window.bridge = NIM;
</script>`;
const answers = {
  '/load/plain': { body: loads('plain') },
  '/load/golang-wasm': { body: loads('golang-wasm') },
  '/load/echo': { body: loads('echo') },
  '/load/empty': {
    body: `<!doctype html><script src="/empty/wasm_exec.js"></script><script type="module">
      const go = new Go();
      const began = performance.now();
      window.took = WebAssembly.instantiateStreaming(fetch('/empty/empty.wasm'), go.importObject)
        .then(({ instance }) => go.run(instance)).then(() => performance.now() - began);
    </script>`,
  },
};
const server = await serve(answers, Object.fromEntries(Object.entries(dirs).map(([name, dir]) => [`/${name}/`, dir])));
const browser = await launch();

/** Opens a page that nothing is cached for, and answers what `ask` finds in it. */
async function fresh(path, ask) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(server.origin + path);
    await page.waitForFunction(() => window.took);
    return await page.evaluate(ask);
  } finally {
    await context.close();
  }
}

const found = { ready: {}, call: [] };
try {
  const names = Object.keys(dirs).filter((name) => name !== 'echo');
  for (const name of names) {
    await fresh(`/load/${name}`, () => window.took); // the first one finds files that nobody has read yet
    found.ready[name] = [];
  }
  for (let round = 0; round < rounds; round++) {
    for (const name of names) found.ready[name].push(await fresh(`/load/${name}`, () => window.took));
    // What a call waits for that is made when the one before is over, with arguments as a call's.
    found.call.push(
      await fresh('/load/echo', async () => {
        const go = await window.bridge.backend();
        const args = { calleeAccount: 'bob', requestId: 'r-u100a-1', attachExt: JSON.stringify({ mode: 'video', from: 'Ada Lovelace' }) };
        const calls = async (n) => {
          const began = performance.now();
          for (let i = 0; i < n; i++) await go.call('a', 'echo', args);
          return ((performance.now() - began) * 1000) / n;
        };
        await calls(2000);
        return calls(2000);
      }),
    );
  }
} finally {
  await browser.close();
  server.close();
}
console.log(JSON.stringify(found));
