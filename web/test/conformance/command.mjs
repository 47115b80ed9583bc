// What the two suites' commands share: in Node, as a table.
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { markdown, table } from './table.mjs';

/**
 * What a suite says with its examples, as a module; calls that a broken case has left behind do not matter meanwhile.
 * @template T
 * @param {string} examples JavaScript
 * @param {(examples: object) => Promise<T>} run
 */
export async function withExamples(examples, run) {
  const ignore = () => {};
  process.on('unhandledRejection', ignore);
  try {
    return await run(await import(`data:text/javascript,${encodeURIComponent(examples)}`));
  } finally {
    process.off('unhandledRejection', ignore);
  }
}

/**
 * The command: runs a dialect's suite, prints its table, and writes it into the documents if it shall.
 * @param {'nim' | 'tui'} dialect
 * @param {(options: { dist?: string, only?: RegExp }) => Promise<any[]>} conformInNode
 */
export async function command(dialect, conformInNode) {
  const { values } = parseArgs({
    options: { write: { type: 'boolean' }, only: { type: 'string' }, dist: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) return console.log(usage(dialect));
  const rows = await conformInNode({ dist: values.dist, only: values.only ? new RegExp(values.only) : undefined });
  console.log(table(rows));
  const page = new URL(`../../docs/${dialect}.md`, import.meta.url);
  if (values.write) await writeFile(page, markdown(await readFile(page, 'utf8'), rows, dialect));
  if (rows.some((row) => !row.passed)) process.exitCode = 1;
}

const usage = (dialect) => `node web/test/${dialect}.conformance.mjs [options]
  --write         update the table in web/docs/${dialect}.md
  --only PATTERN  only the rows that match
  --dist DIR      the built package (web/dist)`;
