// What the files weigh, and what they may.
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Bytes of brotli. A page waits for them before its first call, so more of them are a decision. */
export const budgets = { plain: 620_000, 'golang-wasm': 920_000, loader: 5_200, nim: 10_000, tui: 12_000 };

/** What golang-wasm's end in the page weighs more than the plain one. */
const MORE = { plain: 0, 'golang-wasm': 300 };

/** What the pages of a facade load, besides the module. */
const pages = { 'a page of NIM': ['loader.mjs', 'nim.mjs'], 'a page of TUI': ['loader.mjs', 'tui.mjs'] };

const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;

/** @typedef {{ bytes: number, gzip: number, brotli: number }} Size */

/**
 * Writes `file`.gz and `file`.br for a server to choose from, as small as they get.
 * @param {string} file
 * @returns {Promise<Size>}
 */
export async function compress(file) {
  const data = await readFile(file);
  const [gz, br] = await Promise.all([
    promisify(gzip)(data, { level: 9 }),
    promisify(brotliCompress)(data, {
      params: { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: data.length },
    }),
  ]);
  await Promise.all([writeFile(file + '.gz', gz), writeFile(file + '.br', br)]);
  return { bytes: data.length, gzip: gz.length, brotli: br.length };
}

/**
 * Compresses what a page loads from `dir` and answers the sizes by path in it.
 * @param {string} dir
 */
export async function compressAll(dir) {
  /** @type {Record<string, Size>} */
  const sizes = {};
  for (const name of (await readdir(dir, { recursive: true })).sort()) {
    const file = join(dir, name);
    if (!['.wasm', '.mjs', '.js', '.css', '.html', '.svg'].includes(extname(name)) || (await stat(file)).size < 1024) continue;
    sizes[name] = await compress(file);
  }
  return sizes;
}

/**
 * Prints the sizes that have a budget and answers what is over it.
 * @param {Record<string, Size>} sizes
 * @param {keyof typeof MORE} bridge
 */
export function weigh(sizes, bridge) {
  const kB = (/** @type {number} */ bytes) => (bytes / 1000).toFixed(1).padStart(9);
  const over = [];
  /** @type {Record<string, number>} */
  const allowed = { 'beckon.wasm': budgets[bridge] };
  for (const [name, budget] of Object.entries({ 'loader.mjs': budgets.loader, 'a page of NIM': budgets.nim, 'a page of TUI': budgets.tui })) {
    allowed[name] = budget + MORE[bridge];
  }
  console.log(`${'kB'.padEnd(24)}      raw     gzip   brotli   budget`);
  for (const [name, size] of Object.entries({ ...sizes, ...sums(sizes) })) {
    if (name.startsWith('docs/')) continue; // no page waits for them
    const budget = allowed[name];
    console.log(name.padEnd(20) + kB(size.bytes) + kB(size.gzip) + kB(size.brotli) + (budget ? kB(budget) : ''));
    if (budget && size.brotli > budget) over.push(`${name} has ${size.brotli} bytes of brotli, ${budget} are allowed`);
  }
  return over;
}

/** @param {Record<string, Size>} sizes */
function sums(sizes) {
  const sum = (/** @type {string[]} */ files, /** @type {keyof Size} */ of) => files.reduce((n, file) => n + sizes[file][of], 0);
  const whole = Object.entries(pages).filter(([, files]) => files.every((file) => sizes[file]));
  return Object.fromEntries(
    whole.map(([page, files]) => [page, { bytes: sum(files, 'bytes'), gzip: sum(files, 'gzip'), brotli: sum(files, 'brotli') }]),
  );
}
