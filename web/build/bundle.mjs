// The bundles: one source, as ES modules and as a file for script tags, CommonJS and AMD.
import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { minify } from 'terser';
import { go, wasmExec } from './go.mjs';

export const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));

const licence = `/*! beckon ${version}, Apache-2.0, and Go's wasm_exec.js: LICENSES.txt */`;
const target = ['chrome91', 'firefox90', 'safari15', 'node20'];

/** @param {string} bridge @returns {import('esbuild').Plugin} */
const goSupport = (bridge) => ({
  name: 'wasm_exec',
  setup(build) {
    build.onResolve({ filter: /\/wasm_exec\.js$/ }, () => ({ path: 'wasm_exec.js', namespace: 'go' }));
    build.onLoad({ filter: /.*/, namespace: 'go' }, async () => ({ contents: await wasmExec(bridge) }));
  },
});

const web = fileURLToPath(new URL('..', import.meta.url));
const src = fileURLToPath(new URL('../src', import.meta.url));

/** Sources that stay outside of a bundle, since the file beside it has them. */
const FILES = {
  './loader.mjs': /^(backend|configure|failure|version|nim\/device)\.js$/,
  './nim.mjs': /^nim\/index\.js$/,
  './tui.mjs': /^tui\/index\.js$/,
};

/** @param {(keyof typeof FILES)[]} files @returns {import('esbuild').Plugin} */
const beside = (files) => ({
  name: 'beside',
  setup(build) {
    build.onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir, kind }) => {
      const source = relative(src, resolve(resolveDir, path));
      const file = kind === 'entry-point' ? undefined : files.find((name) => FILES[name].test(source));
      return file && { path: file, external: true };
    });
  },
});

// `import.meta.url` of the file that is no module; the wrapper around it finds out. process.getBuiltinModule is no
// `require` that a bundler for the browser would follow.
const where = `typeof document === 'object' ? document.currentScript && document.currentScript.src || location.href :
  typeof __filename === 'string' ? process.getBuiltinModule('node:url').pathToFileURL(__filename).href : self.location.href`;

const wrapper = {
  banner: `${licence}
(function (script, factory) {
  if (typeof exports === 'object' && typeof module === 'object') module.exports = factory(script);
  else if (typeof define === 'function' && define.amd) define([], function () { return factory(script); });
  else {
    var beckon = factory(script), NIM = globalThis.NIM = beckon.NIM;
    globalThis.SDK = { NIM: NIM };
    if (beckon.tui) globalThis.TUIRoomEngine = beckon.tui;
  }
})(${where}, function (beckonScript) {
'use strict';
var module = { exports: {} };`,
  footer: 'return module.exports;\n});',
};

/**
 * Bundles the TypeScript module `entry` into the file `out`, without what the `files` beside that have.
 * @param {{ entry: string, out: string, format: 'esm' | 'script', bridge: string, files?: (keyof typeof FILES)[] }} options
 */
export async function bundle({ entry, out, format, bridge, files = [] }) {
  const script = format === 'script';
  const { outputFiles } = await build({
    entryPoints: [entry],
    outfile: out,
    bundle: true,
    write: false,
    minifyIdentifiers: true,
    minifySyntax: true, // not white space, with which it takes what tells bundlers to leave an import alone
    sourcemap: 'external',
    legalComments: 'inline',
    format: script ? 'cjs' : 'esm',
    charset: script ? 'ascii' : 'utf8', // a script's encoding is the page's, a module's is not
    target,
    plugins: [goSupport(bridge), beside(files)],
    banner: { js: script ? wrapper.banner : licence },
    footer: script ? { js: wrapper.footer } : {},
    define: {
      BECKON_VERSION: JSON.stringify(version),
      BECKON_GO: JSON.stringify(await go(['env', 'GOVERSION'])),
      BECKON_BRIDGE: JSON.stringify(bridge),
      ...(script && { 'import.meta.url': 'beckonScript' }),
    },
    logLevel: 'warning',
  });
  const [code, map] = [out, `${out}.map`].map((file) => outputFiles?.find(({ path }) => path === resolve(file))?.text ?? '');
  // Once more: its names and conditions are shorter, which is 3 % of what a page downloads of these files.
  const smaller = await minify(code, {
    module: !script,
    compress: { passes: 3, ecma: 2020, inline: 1 },
    format: { comments: /^!|ignore/i, ascii_only: script },
    sourceMap: { content: fromHere(map, out), filename: basename(out), url: `${basename(out)}.map` },
  });
  await Promise.all([writeFile(out, String(smaller.code)), writeFile(`${out}.map`, String(smaller.map))]);
}

/**
 * A source map whose sources are named from the package's folder, wherever that and `out` are.
 * @param {string} map
 * @param {string} out
 */
function fromHere(map, out) {
  const content = JSON.parse(map);
  const name = (/** @type {string} */ source) => relative(web, resolve(dirname(out), source)).replaceAll(sep, '/');
  content.sources = content.sources.map((/** @type {string} */ source) => (source.startsWith('go:') ? source : name(source)));
  return JSON.stringify(content);
}

/** Bundles the demo; its `beckon` stays outside, since the relay serves that at /sdk/.
 * @param {string} entry
 * @param {string} out
 */
export async function bundleDemo(entry, out) {
  await build({
    entryPoints: [entry],
    outfile: out,
    bundle: true,
    minify: true,
    sourcemap: 'linked',
    format: 'esm',
    target,
    plugins: [
      {
        name: 'served',
        setup: (build) => build.onResolve({ filter: /^(beckon|\/sdk\/index\.mjs)$/ }, () => ({ path: '/sdk/index.mjs', external: true })),
      },
    ],
    logLevel: 'warning',
  });
  await writeFile(`${out}.map`, fromHere(await readFile(`${out}.map`, 'utf8'), out));
}
