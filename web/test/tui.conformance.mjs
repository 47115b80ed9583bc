// node web/test/tui.conformance.mjs [options]: the conformance suite of the TUI dialect, in Node, as a table.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { command, withExamples } from './conformance/command.mjs';
import { openLine } from './conformance/line.mjs';
import { startRelay } from './relay.mjs';
import { conform } from './tui/conformance/suite.mjs';

/** A relay as the suite wants it: who has no link for six seconds has left. @param {string[]} args more flags */
export const startSuiteRelay = (...args) => startRelay(suiteRelay(...args));

/** The same as options of startRelay. @param {string[]} args more flags */
export const suiteRelay = (...args) => ({ args: ['-grace', '6s', '-sync', 'interval', ...args] });

/** The documentation's examples, as JavaScript. */
export async function examples() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('types/tui.examples.ts', import.meta.url))],
    bundle: true, write: false, format: 'esm', logLevel: 'error', // only the enum of events comes along
    define: { BECKON_VERSION: '""', BECKON_GO: '""', BECKON_BRIDGE: '"plain"' },
    plugins: [{ name: 'enums', setup: (on) => on.onResolve({ filter: /src\/tui\/index\.js$/ }, () => ({ path: fileURLToPath(new URL('../src/tui/enums.ts', import.meta.url)) })) }],
  });
  return outputFiles[0].text;
}

/**
 * Runs the suite in this process, and answers its rows.
 * @param {{ dist?: string, only?: RegExp }} [options]
 */
export async function conformInNode({ dist, only } = {}) {
  const relay = await startSuiteRelay();
  try {
    return await conformAt({ url: relay.url, dist, only });
  } finally {
    await relay.stop();
  }
}

/**
 * The same at a relay that runs. `line` opens another way to it; `prepare` is shown NIM, and each copy of beckon/tui.
 * @param {{ url: string, dist?: string, only?: RegExp, line?: () => Promise<object>, prepare?: { NIM: (NIM: any) => void, tui: (tui: any) => void }, patience?: number, atOnce?: number }} options
 */
export async function conformAt({ url, dist = fileURLToPath(new URL('../dist', import.meta.url)), only, line = () => openLine(url), prepare, patience, atOnce }) {
  const at = (/** @type {string} */ file) => pathToFileURL(`${dist}/${file}`).href;
  const { NIM, configure } = await import(at('index.mjs'));
  prepare?.NIM(NIM);
  let copies = 0;
  const load = async () => {
    const tui = await import(`${at('tui.mjs')}?copy=${++copies}`);
    prepare?.tui(tui);
    return tui;
  };
  return withExamples(await examples(), (texts) =>
    conform({ NIM, configure, load, url, openLine: line, examples: texts, patience, atOnce }, only),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await command('tui', conformInNode);
