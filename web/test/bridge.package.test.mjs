// The package as `node build/build.mjs` leaves it: how it is found, imported, bundled, typed, packed and served.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { buildWasm } from '../build/go.mjs';
import { budgets, weigh } from '../build/sizes.mjs';
import { bridgetest, folder } from './bridge.support.mjs';

const run = promisify(execFile);
const web = fileURLToPath(new URL('..', import.meta.url));
const make = (...args) => run(process.execPath, [join(web, 'build/build.mjs'), ...args]);

describe('the package', () => {
  let app, root, dist, printed; // an application, with the package in its node_modules
  before(async () => {
    app = await folder();
    root = join(app, 'node_modules/beckon');
    dist = join(root, 'dist');
    await mkdir(root, { recursive: true });
    await cp(join(web, 'package.json'), join(root, 'package.json'));
    await symlink(join(web, 'node_modules/ws'), join(app, 'node_modules/ws'));
    ({ stdout: printed } = await make('--main', bridgetest, '--out', dist));
  });

  const node = async (name, code) => {
    await writeFile(join(app, name), code);
    return (await run(process.execPath, [name], { cwd: app, env: { PATH: process.env.PATH } })).stdout;
  };

  test('is imported and required by name, and required by folder', async () => {
    const says = `console.log(typeof NIM, typeof configure, version, JSON.stringify(build))`;
    const expected = `function function 0.1.0 {"go":"${JSON.parse(await readFile(join(dist, 'build-info.json'))).go}","bridge":"plain"}\n`;
    const names = '{ NIM, configure, version, build }';
    assert.equal(await node('a.mjs', `import ${names} from 'beckon'; ${says}`), expected);
    assert.equal(await node('a.cjs', `const ${names} = require('beckon'); ${says}`), expected);
    assert.equal(await node('b.cjs', `const ${names} = require(${JSON.stringify(root)}); ${says}`), expected);
  });

  test('does nothing when it is imported: no globals, no output, nothing that keeps Node running', async () => {
    const compare = `console.log(Reflect.ownKeys(globalThis).length - before)`;
    assert.equal(await node('c.mjs', `const before = Reflect.ownKeys(globalThis).length; await import('beckon'); ${compare}`), '0\n');
    assert.equal(await node('c.cjs', `const before = Reflect.ownKeys(globalThis).length; require('beckon'); ${compare}`), '0\n');
  });

  test('makes a NIM at once, and finds its module by itself', async () => {
    // bridgetest knows no dialect, so an instance gets as far as Go and is told so.
    const use = `const nim = NIM.getInstance({ appKey: 'k', account: 'ada', token: 't',
      ondisconnect: (error) => console.log(error.message) });
      console.log(nim instanceof NIM, nim.account);`;
    const relay = `configure({ url: 'ws://127.0.0.1:1' });`;
    const expected = 'true ada\nno such method: open\n';
    assert.equal(await node('d.mjs', `import { NIM, configure } from 'beckon'; ${relay} ${use}`), expected);
    assert.equal(await node('d.cjs', `const { NIM, configure } = require('beckon'); ${relay} ${use}`), expected);
  });

  test('has types for importers and for those who require', async () => {
    const use = `
      configure({ url: 'wss://relay.example', nim: { exact: true } });
      const nim: NIM = NIM.getInstance({ appKey: 'k', account: 'ada', token: 't' });
      const v: string = version; const b: 'plain' | 'golang-wasm' = build.bridge;
      // @ts-expect-error there is no such option
      configure({ wasmURL: '' });
      void [nim, v, b];`;
    await writeFile(join(app, 'esm.mts'), `import { NIM, build, configure, version, type Options } from 'beckon'; ${use} void ({} as Options);`);
    await writeFile(join(app, 'cjs.cts'), `import { NIM, build, configure, version } from 'beckon'; ${use}`);
    const options = { strict: true, noEmit: true, target: 'es2022', lib: ['es2022', 'dom'], types: [] };
    for (const [module, moduleResolution, files] of [
      ['nodenext', 'nodenext', ['esm.mts', 'cjs.cts']],
      ['esnext', 'bundler', ['esm.mts']],
      ['commonjs', 'node10', ['cjs.cts']],
    ]) {
      await writeFile(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...options, module, moduleResolution }, files }));
      await run(process.execPath, [join(web, 'node_modules/typescript/bin/tsc'), '-p', app]).catch((error) => assert.fail(`${module}: ${error.stdout}`));
    }
  });

  test('bundles for browsers without a warning, and without Node’s modules', async () => {
    const all = ['index.mjs', 'loader.mjs', 'nim.mjs', 'tui.mjs'];
    for (const [code, files] of [
      [`import { NIM } from 'beckon'; NIM.getInstance`, ['loader.mjs', 'nim.mjs']],
      [`import TUIRoomEngine from 'beckon/tui'; TUIRoomEngine.login`, ['loader.mjs', 'tui.mjs']],
      [`require('beckon').NIM.getInstance`, all], // modules as well, since bundlers bring along their beckon.wasm
      [`require('beckon/tui').TUIRoomEngine.login`, ['loader.mjs', 'tui.mjs']],
      [`import 'beckon/beckon.js'`, ['beckon.js']], // for its globals
    ]) {
      const { warnings, metafile, outputFiles } = await build({
        stdin: { contents: code, resolveDir: app },
        bundle: true, write: false, metafile: true, platform: 'browser', format: 'esm', logLevel: 'silent',
      });
      assert.deepEqual(warnings, []);
      const [{ inputs }] = Object.values(metafile.outputs);
      const used = Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 100).map((file) => basename(file));
      assert.deepEqual(used.sort(), files, `the package’s files that this needs: ${code}`);
      assert.ok(outputFiles[0].text.length > 10_000);
    }
  });

  test('is a script for what requires it where there is a window and no bundler', async () => {
    const resolve = (name) => run(process.execPath, ['-C', 'browser', '-p', `require.resolve('${name}')`], { cwd: app });
    assert.equal((await resolve('beckon')).stdout.trim(), join(dist, 'beckon.js')); // jest in jsdom
    assert.equal((await resolve('beckon/tui')).stdout.trim(), join(dist, 'cjs/tui.js'));
  });

  test('names its module the way bundlers look for', async () => {
    assert.match(await readFile(join(dist, 'loader.mjs'), 'utf8'), /new URL\("\.\/beckon\.wasm",import\.meta\.url\)/);
    assert.equal(createRequire(join(app, 'a.cjs')).resolve('beckon/beckon.wasm'), join(dist, 'beckon.wasm'));
  });

  test('packs what users need, and not the demo', async () => {
    const { stdout } = await run('npm', ['pack', '--dry-run', '--json'], { cwd: root });
    const files = JSON.parse(stdout)[0].files.map((file) => file.path);
    for (const file of ['package.json', 'dist/index.mjs', 'dist/index.cjs', 'dist/beckon.js', 'dist/loader.mjs', 'dist/nim.mjs', 'dist/tui.mjs', 'dist/worker.mjs', 'dist/tui.cjs', 'dist/cjs/tui.js', 'dist/tui.d.ts', 'dist/beckon.wasm', 'dist/index.d.ts', 'dist/cjs/index.d.ts', 'dist/LICENSES.txt']) {
      assert.ok(files.includes(file), file);
    }
    assert.deepEqual(files.filter((file) => /demo|gitkeep|\.ts$(?<!\.d\.ts)/.test(file)), []);
  });

  test('has its files compressed beside them, and described in build-info.json', async () => {
    const { files } = JSON.parse(await readFile(join(dist, 'build-info.json')));
    for (const name of ['beckon.wasm', 'loader.mjs', 'nim.mjs', 'tui.mjs', 'beckon.js']) {
      const [raw, br, gz] = await Promise.all(['', '.br', '.gz'].map((ext) => readFile(join(dist, name + ext))));
      assert.deepEqual(brotliDecompressSync(br), raw);
      assert.deepEqual(gunzipSync(gz), raw);
      const sha256 = createHash('sha256').update(raw).digest('hex');
      assert.deepEqual(files[name], { sha256, bytes: raw.length, gzip: gz.length, brotli: br.length });
    }
    assert.match(printed, /^beckon\.wasm .*620\.0$/m);
    assert.match(printed, /^loader\.mjs .*5\.2$/m);
    assert.match(printed, /^a page of NIM .*10\.0$/m);
    assert.match(printed, /^a page of TUI .*12\.0$/m);
  });

  test('is the same, byte for byte, when it is built elsewhere', async () => {
    const repo = join(web, '..');
    const elsewhere = await folder();
    for (const part of ['go.mod', 'go.sum', 'core', 'jsbridge']) await cp(join(repo, part), join(elsewhere, part), { recursive: true });
    const out = join(elsewhere, 'beckon.wasm');
    await buildWasm({ main: './jsbridge/bridgetest', bridge: 'plain', out, cwd: elsewhere });
    assert.deepEqual(await readFile(out), await readFile(join(dist, 'beckon.wasm')));
  });

  test('is replaced by the next build, as a whole', async () => {
    await writeFile(join(dist, 'stale.js'), '');
    await writeFile(join(dist, '.gitkeep'), '');
    await make('--main', bridgetest, '--out', dist, '--bridge', 'golang-wasm', '--no-docs');
    const files = await readdir(dist);
    assert.ok(!files.includes('stale.js'));
    assert.ok(files.includes('.gitkeep'));
    assert.equal(JSON.parse(await readFile(join(dist, 'build-info.json'))).bridge, 'golang-wasm');
    assert.match(await readFile(join(dist, 'LICENSES.txt'), 'utf8'), /The Go Authors[^]*golang-wasm[^]*MIT/);
  });
});

test('a build refuses what it does not know, and folders that are not its own', async () => {
  await assert.rejects(make('--bridge', 'stone'), (error) => error.code === 2 && /--bridge is one of plain, golang-wasm/.test(error.stderr));
  const dir = await folder();
  await writeFile(join(dir, 'thesis.txt'), '');
  await assert.rejects(make('--out', dir), (error) => error.code === 2 && /holds other things than an earlier build/.test(error.stderr));
  assert.deepEqual(await readdir(dir), ['thesis.txt']);
});

test('what is over its budget is named', (t) => {
  t.mock.method(console, 'log', () => {});
  const size = (brotli) => ({ bytes: 3 * brotli, gzip: 2 * brotli, brotli });
  const weighed = (wasm, loader, nim, tui, bridge = 'plain') =>
    weigh({ 'beckon.wasm': size(wasm), 'loader.mjs': size(loader), 'nim.mjs': size(nim), 'tui.mjs': size(tui) }, bridge);
  const { plain, loader } = budgets;
  const [nim, tui] = [budgets.nim - loader, budgets.tui - loader];
  assert.deepEqual(weighed(plain, loader, nim, tui), []);
  assert.deepEqual(weighed(plain + 1, loader, nim, tui), ['beckon.wasm has 620001 bytes of brotli, 620000 are allowed']);
  assert.deepEqual(weighed(plain + 1, loader, nim, tui, 'golang-wasm'), []);
  assert.deepEqual(weighed(0, loader + 1, 0, 0), ['loader.mjs has 5201 bytes of brotli, 5200 are allowed']);
  assert.deepEqual(weighed(0, loader, nim + 1, tui + 1), [
    'a page of NIM has 10001 bytes of brotli, 10000 are allowed',
    'a page of TUI has 12001 bytes of brotli, 12000 are allowed',
  ]);
});
