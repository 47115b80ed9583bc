// node web/test/nim.conformance.mjs [options]: the conformance suite of the NIM dialect, in Node, as a table.
import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transform } from 'esbuild';
import { command, withExamples } from './conformance/command.mjs';
import { openLine } from './conformance/line.mjs';
import { conform } from './nim/conformance/suite.mjs';
import { startRelay } from './relay.mjs';

/** How long an invitation rings at the suite's relay: longer than a busy machine takes, short enough to wait for. */
export const invitation = 8000;

/** A relay as the suite wants it. @param {string[]} args more flags */
export const startSuiteRelay = (...args) => startRelay(suiteRelay(...args));

/** The same as options of startRelay. @param {string[]} args more flags */
export const suiteRelay = (...args) => ({ args: ['-invitation', `${invitation}ms`, '-sync', 'interval', ...args] });

/** The documentation's examples, as JavaScript. */
export async function examples() {
  const source = await readFile(new URL('types/nim.examples.ts', import.meta.url), 'utf8');
  return (await transform(source, { loader: 'ts' })).code;
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
 * The same at a relay that runs. `line` opens another way to it; `prepare` is shown the package.
 * @param {{ url: string, dist?: string, only?: RegExp, line?: () => Promise<object>, prepare?: (NIM: any) => void, patience?: number, atOnce?: number }} options
 */
export async function conformAt({ url, dist = fileURLToPath(new URL('../dist', import.meta.url)), only, line = () => openLine(url), prepare, patience, atOnce }) {
  const { NIM, configure } = await import(pathToFileURL(`${dist}/index.mjs`).href);
  prepare?.(NIM);
  return withExamples(await examples(), (texts) =>
    conform({ NIM, configure, url, openLine: line, examples: texts, invitation, patience, atOnce }, only),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await command('nim', conformInNode);
