// The programs on the pages of web/docs and in the README: each does what the page says that it prints.
import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { folder } from './bridge.support.mjs';
import { start } from './docs.run.mjs';
import { samples } from './docs.samples.mjs';
import { startRelay } from './relay.mjs';

const web = fileURLToPath(new URL('..', import.meta.url));

/** Programs that talk to each other, in the order of starting. All others are alone. */
const together = { 'ada-meets.mjs': ['ada-meets.mjs', 'bob-meets.mjs'] };

for (const page of ['calls.md', 'from-nim.md', 'from-tui.md']) {
  const all = await samples(page);
  const files = all.filter(({ marks }) => marks.file?.endsWith('.mjs'));
  const printed = Object.fromEntries(all.filter(({ marks }) => marks['printed-by']).map(({ marks, text }) => [marks['printed-by'], text]));

  describe(page, () => {
    const paired = Object.values(together).flatMap(([, ...others]) => others);
    for (const name of Object.keys(printed).filter((name) => !paired.includes(name))) {
      test(name, async () => {
        const relay = await startRelay({ args: ['-journal', 'memory'] }); // of its own: all speak of ada and bob
        const dir = await app(files, relay.url);
        const aliases = files.some(({ marks }) => marks.file === 'vite.config.mjs');
        const running = [];
        try {
          const names = together[name] ?? [name];
          for (const each of names) {
            const program = start(dir, aliases ? await aliased(dir, each) : each, { BECKON_URL: relay.url });
            running.push(program);
            await program.first;
          }
          const outcomes = await Promise.allSettled(running.map(({ ended }) => ended));
          const failures = outcomes.flatMap(({ reason }) => reason?.message ?? []);
          assert.deepEqual(failures, [], failures.join('\n'));
          for (const [k, { value }] of outcomes.entries()) assert.equal(value, printed[names[k]]);
        } finally {
          for (const { end } of running) end();
          await relay.stop();
        }
      });
    }
  });
}

/** A folder with the programs of a page, in which 'beckon' can be imported. */
async function app(files, url) {
  const dir = await folder();
  await mkdir(join(dir, 'node_modules'));
  await symlink(web, join(dir, 'node_modules/beckon'));
  for (const { marks, text } of files) await writeFile(join(dir, marks.file), text.replaceAll('http://127.0.0.1:8080', url));
  return dir;
}

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
