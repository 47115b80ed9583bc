// Builds the package: node web/build/build.mjs --help
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { bundle, bundleDemo, version } from './bundle.mjs';
import { makeDocs } from './docs.html.mjs';
import { bridges, buildWasm, go, licences } from './go.mjs';
import { compressAll, weigh } from './sizes.mjs';

const web = fileURLToPath(new URL('..', import.meta.url));
const usage = `node web/build/build.mjs [options]
  --bridge plain|golang-wasm  how Go and JavaScript talk (plain)
  --main DIR                  the Go program (wasm/)
  --out DIR                   where the package goes (web/dist/)
  --no-docs                   without the pages of web/docs
  --check                     fail when a file is over its budget`;

const { values } = parseArgs({
  options: {
    bridge: { type: 'string', default: 'plain' },
    main: { type: 'string', default: join(web, '../wasm') },
    out: { type: 'string', default: join(web, 'dist') },
    check: { type: 'boolean', default: false },
    'no-docs': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(usage);
else if (!(values.bridge in bridges)) fail(`--bridge is one of ${Object.keys(bridges).join(', ')}`);
else await build(/** @type {keyof typeof bridges} */ (values.bridge), resolve(values.main), resolve(values.out));

/**
 * @param {keyof typeof bridges} bridge
 * @param {string} main
 * @param {string} out
 */
async function build(bridge, main, out) {
  await mkdir(out, { recursive: true });
  const there = (await readdir(out)).filter((name) => name !== '.gitkeep');
  if (there.length && !there.includes('build-info.json')) return fail(`${out} holds other things than an earlier build`);

  // Beside the old build, so that a failed one leaves that alone.
  const stage = await mkdtemp(join(tmpdir(), 'beckon-build-'));
  try {
    await makeScripts(bridge, stage);
    await makeTypes(stage);
    await buildWasm({ main, bridge, out: join(stage, 'beckon.wasm') });
    await makeDemo(join(stage, 'demo'));
    if (!values['no-docs']) await makeDocs(join(stage, 'docs'));
    await writeFile(join(stage, 'LICENSES.txt'), await licences(bridge));
    const sizes = await compressAll(stage);
    await writeFile(join(stage, 'build-info.json'), await info(bridge, stage, sizes));

    for (const name of there) await rm(join(out, name), { recursive: true });
    await cp(stage, out, { recursive: true });
    const over = weigh(sizes, bridge);
    for (const message of over) console.log(message);
    if (values.check && over.length) process.exitCode = 1;
  } finally {
    await rm(stage, { recursive: true });
  }
}

/** @param {string} bridge @param {string} stage */
async function makeScripts(bridge, stage) {
  const module = (/** @type {string} */ name, /** @type {string} */ source, /** @type {any} */ files) =>
    bundle({ entry: join(web, 'src', source), out: join(stage, name), format: 'esm', bridge, files });
  await module('loader.mjs', 'shared.ts', []);
  await module('worker.mjs', 'worker.ts', []);
  await module('tabs.mjs', 'tabs.ts', []);
  await module('nim.mjs', 'nim/index.ts', ['./loader.mjs']);
  await module('tui.mjs', 'tui.ts', ['./loader.mjs']);
  await module('index.mjs', 'index.ts', ['./loader.mjs', './nim.mjs', './tui.mjs']);
  const script = { entry: join(web, 'src/umd.ts'), format: /** @type {const} */ ('script'), bridge };
  await bundle({ ...script, out: join(stage, 'beckon.js') });
  await bundle({ ...script, out: join(stage, 'index.cjs') }); // the same under the name that Node takes for CommonJS
  await writeFile(join(stage, 'tui.cjs'), "module.exports = require('./index.cjs').tui;\n");
}

/** Declarations for importers, and in cjs/ the same for those who require. @param {string} stage */
async function makeTypes(stage) {
  const tsc = join(web, 'node_modules/typescript/bin/tsc');
  const types = join(stage, 'cjs');
  await promisify(execFile)(process.execPath, [tsc, '-p', join(web, 'tsconfig.types.json'), '--outDir', types]).catch((error) => {
    throw new Error(`tsc:\n${error.stdout}`);
  });
  await cp(types, stage, { recursive: true });
  await writeFile(join(types, 'package.json'), '{ "type": "commonjs" }\n');
  await writeFile(join(types, 'tui.js'), "module.exports = require('../beckon.js').tui;\n"); // for browsers, as beckon.js
}

/** @param {string} out */
async function makeDemo(out) {
  const demo = join(web, 'demo');
  if (!existsSync(join(demo, 'main.ts'))) return;
  await bundleDemo(join(demo, 'main.ts'), join(out, 'main.js'));
  const source = (/** @type {string} */ name) => /(\.ts|tsconfig\.json|\.md)$/.test(name);
  await cp(demo, out, { recursive: true, filter: (name) => !source(name) });
}

/**
 * What a server or a bug report wants to know. No dates, no paths: the same source gives the same file.
 * @param {string} bridge @param {string} stage @param {Record<string, import('./sizes.mjs').Size>} sizes
 */
async function info(bridge, stage, sizes) {
  /** @type {Record<string, object>} */
  const files = {};
  for (const name of ['beckon.wasm', 'loader.mjs', 'nim.mjs', 'tui.mjs', 'worker.mjs', 'tabs.mjs', 'index.mjs', 'index.cjs', 'beckon.js']) {
    const sha256 = createHash('sha256').update(await readFile(join(stage, name))).digest('hex');
    files[name] = { sha256, ...sizes[name] };
  }
  return JSON.stringify({ version, go: await go(['env', 'GOVERSION']), bridge, files }, null, 2) + '\n';
}

/** @param {string} message */
function fail(message) {
  console.error(`build: ${message}\n\n${usage}`);
  process.exitCode = 2;
}
