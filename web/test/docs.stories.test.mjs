// The programs on the pages of web/docs and in the README: each does what the page says that it prints.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { folder } from './bridge.support.mjs';
import { samples } from './docs.samples.mjs';
import { startRelay } from './relay.mjs';

const web = fileURLToPath(new URL('..', import.meta.url));

/** Programs that talk to each other, in the order of starting. All others are alone. */
const together = { 'ada-meets.mjs': ['ada-meets.mjs', 'bob-meets.mjs'] };

for (const page of ['calls.md', 'from-nim.md', 'from-tui.md']) {
  const all = await samples(page);
  const files = all.filter(({ marks }) => marks.file?.endsWith('.mjs'));
  const printed = Object.fromEntries(all.filter(({ marks }) => marks['printed-by']).map(({ marks, text }) => [marks['printed-by'], text]));

  describe(page, { concurrency: false }, () => {
    let relay, app;
    before(async () => {
      relay = await startRelay({ args: ['-sync', 'interval'] });
      app = await folder();
      await mkdir(join(app, 'node_modules'));
      await symlink(web, join(app, 'node_modules/beckon'));
      for (const { marks, text } of files) await writeFile(join(app, marks.file), text.replaceAll('http://127.0.0.1:8080', relay.url));
    });
    after(() => {
      for (const child of children) child.kill();
      return relay?.stop();
    });

    const paired = Object.values(together).flatMap(([, ...others]) => others);
    for (const name of Object.keys(printed).filter((name) => !paired.includes(name))) {
      test(name, { timeout: 30_000 }, async () => {
        const alias = files.find(({ marks }) => marks.file === 'vite.config.mjs');
        const names = together[name] ?? [name];
        const runs = [];
        for (const each of names) {
          const program = alias ? await aliased(app, each) : each;
          const started = start(app, program, relay.url);
          runs.push(started);
          await started.first;
        }
        for (const [k, { ended }] of runs.entries()) assert.equal(await ended, printed[names[k]]);
      });
    }
  });
}

const children = new Set();

/** Bundles a program that names the vendor's package, with the alias of the page's configuration. */
async function aliased(app, name) {
  const { resolve } = (await import(join(app, 'vite.config.mjs'))).default;
  const outfile = join(app, `aliased-${name}`);
  const { outputFiles } = await build({
    entryPoints: [join(app, name)], outfile, bundle: true, write: false, format: 'esm', platform: 'node', external: ['beckon', 'beckon/tui'],
    alias: resolve.alias,
  });
  await writeFile(outfile, outputFiles[0].text);
  return `aliased-${name}`;
}

function start(app, name, url) {
  const child = spawn(process.execPath, [name], { cwd: app, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, BECKON_URL: url } });
  children.add(child.once('close', () => children.delete(child)));
  let printed = '';
  const lines = createInterface({ input: child.stdout }).on('line', (line) => (printed += `${line}\n`));
  const ended = once(child, 'close').then(([code]) => {
    assert.equal(code, 0, `${name} ends with ${code}, having printed: ${printed}`);
    return printed;
  });
  return { first: Promise.race([once(lines, 'line'), ended]), ended };
}
