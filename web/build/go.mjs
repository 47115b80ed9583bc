// What the build asks of Go: the module itself, and wasm_exec.js from the same Go.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { transform } from 'esbuild';

const run = promisify(execFile);
const repo = fileURLToPath(new URL('../..', import.meta.url));

/**
 * What takes less room without inlining (brotli: the runtime and our own code 40 KB, the others 8 KB). Not what calls cross the
 * bridge in, package syscall/js and jsbridge: they would take up to half as long again, for 200 bytes.
 */
const flat = ['runtime', 'internal/...', 'strconv', 'slices', 'cmp', 'errors', 'math', 'unicode/utf8', 'beckon/core/...', 'beckon/wasm/...'].map(
  (name) => `-gcflags=${name}=-l`,
);

/**
 * The bridge's backends, and the build flags that they take. In other packages inlining gains nothing, but in what
 * golang-wasm brings with it, 50 KB more.
 */
export const bridges = {
  plain: flat,
  'golang-wasm': ['-tags=golangwasm', '-gcflags=all=-l'],
};

// Whatever the caller's environment adds would make another module of the same source.
const settled = { GOOS: 'js', GOARCH: 'wasm', CGO_ENABLED: '0', GOFLAGS: '', GOWASM: '', GOEXPERIMENT: '' };

/**
 * Runs the go command for js/wasm.
 * @param {string[]} args
 * @param {string} [cwd] inside the Go module
 */
export async function go(args, cwd = repo) {
  const { stdout } = await run('go', args, { cwd, env: { ...process.env, ...settled } });
  return stdout.trim();
}

/**
 * Builds package `main` into the file `out`. The same source and Go give the same bytes, wherever they are.
 * @param {{ main: string, bridge: keyof typeof bridges, out: string, cwd?: string }} options
 */
export async function buildWasm({ main, bridge, out, cwd }) {
  const reproducible = ['-trimpath', '-buildvcs=false', '-ldflags=-s -w -buildid='];
  await go(['build', ...reproducible, ...bridges[bridge], '-o', out, main], cwd);
}

/** What wasm_exec.js offers and no module of ours asks for. Instantiating fails if one does. */
const unused = ['debug', 'syscall/js.valueDelete', 'syscall/js.valueInstanceOf', 'syscall/js.copyBytesToGo', 'syscall/js.copyBytesToJS'];

/**
 * The source of a module `wasm_exec.js` (src/wasm_exec.d.ts). Never check in a copy: it must fit the Go that built the module.
 * @param {string} bridge
 */
export async function wasmExec(bridge) {
  const file = join(await go(['env', 'GOROOT']), 'lib/wasm/wasm_exec.js');
  let source = await readFile(file, 'utf8');
  const without = (/** @type {RegExp} */ part) => {
    if (!part.test(source)) throw new Error(`${file} is not the wasm_exec.js that this build knows: it lacks ${part}`);
    source = source.replace(part, '');
  };
  if (!source.includes('globalThis.Go = class')) throw new Error(`${file} is not the wasm_exec.js that this build knows`);
  // For Go's own tests, and an environment, which is empty here.
  without(/^\t{4}_gotest: \{[^]*?^\t{4}\},$/m);
  without(/^\t{3}const testCallExport = [^]*?^\t{3}\}$/m);
  without(/^\t{3}const keys = Object\.keys\(this\.env\)[^]*?^\t{3}\}\);$/m);
  if (bridge === 'plain') for (const name of unused) without(new RegExp(`^\\t{5}"${name}": .*\\{$[^]*?^\\t{5}\\},?$`, 'm'));
  // It brings stand-ins for globals that are missing; here none is (src/runtime.ts).
  const given = ['fs', 'process', 'path', 'crypto', 'performance', 'TextEncoder', 'TextDecoder'];
  const define = Object.fromEntries(given.map((name) => [`globalThis.${name}`, 'true']));
  const { code } = await transform(source, {
    define,
    minifySyntax: true,
    logLevel: 'error',
    // Its own names, but for those that package syscall/js or we call it by.
    mangleProps: /^_[a-z]/,
    reserveProps: /^_(pendingEvent|makeFuncWrapper|resume|scheduledTimeouts)$/,
  });
  return `export function defineGo(globalThis, fs) {
${code}
}
`;
}

/**
 * The licences of what beckon.wasm and the loader contain besides our own code.
 * @param {keyof typeof bridges} bridge
 */
export async function licences(bridge) {
  const read = async (/** @type {string} */ name, /** @type {string} */ dir) =>
    `${name}\n${'='.repeat(name.length)}\n\n${await readFile(join(dir, 'LICENSE'), 'utf8')}`;
  const parts = [await read('Go', await go(['env', 'GOROOT']))];
  if (bridge === 'golang-wasm') {
    const module = 'github.com/teamortix/golang-wasm/wasm';
    parts.push(await read(module, await go(['list', '-m', '-f', '{{.Dir}}', module])));
  }
  return parts.join('\n\n');
}
