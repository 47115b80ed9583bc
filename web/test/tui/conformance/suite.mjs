// The conformance suite of the TUI dialect: a named case for each row of the
// vendor's contract, run against a real relay through the built package, in
// Node or in a page.

import { Broken } from './claims.mjs';
import { contradictions } from './contradictions.mjs';
import { decisions } from './decisions.mjs';
import { dialects } from './dialects.mjs';
import { delivery } from './delivery.mjs';
import { events } from './events.mjs';
import { functions } from './functions.mjs';
import { life } from './life.mjs';
import { rights } from './rights.mjs';
import { roomkit } from './roomkit.mjs';
import { rooms } from './rooms.mjs';
import { Scene } from './scene.mjs';
import { seed } from './seed.mjs';
import { shapes } from './shapes.mjs';
import { trouble } from './trouble.mjs';

const SECTIONS = [
  ['Loading and lifecycle', life],
  ['The manager’s functions', functions],
  ['Types and enums', shapes],
  ['The manager’s events', events],
  ['Who is told what', delivery],
  ['Where the documentation contradicts the SDK', contradictions],
  ['The engine around it', rooms],
  ['Rights', rights],
  ['Links that are lost', trouble],
  ['As roomkit drives it', roomkit],
  ['Decisions', decisions],
  ['The two dialects meet', dialects],
  ["The documentation's examples", seed],
];

const AT_ONCE = 8;
const PATIENCE = 40_000;

/**
 * Runs the suite, and answers its rows in their order:
 * { section, row, what, passed: boolean, why?: string, ms }.
 *
 * `env` is where it runs: load, which loads beckon/tui anew, for one more device; { NIM, configure } of the package;
 * url of the relay; openLine, which opens another way to the same relay, { url, hold(), cut(), mend(), close() };
 * examples, the documentation's as functions. `patience`: milliseconds for a
 * case; `atOnce`: how many of them run together. `only`: a pattern for rows.
 */
export async function conform(env, only = /./) {
  const world = { ...env, crew: Math.random().toString(36).slice(2, 8) };
  env.configure({ url: env.url, tui: { roomInfoAsId: undefined } });
  const rows = SECTIONS.flatMap(([section, cases]) =>
    cases.map(([row, what, run, how]) => ({ section, row, what, run, alone: how === 'alone', slow: how === 'slow' })),
  ).filter(({ row, what }) => only.test(`${row}: ${what}`));

  const together = rows.filter((r) => !r.alone).sort((a, b) => b.slow - a.slow);
  await Promise.all(
    Array.from({ length: env.atOnce ?? AT_ONCE }, async () => {
      for (let row; (row = together.shift()); ) await play(row, world);
    }),
  );
  for (const row of rows) if (row.alone) await play(row, world);
  return rows.map(({ section, row, what, passed, why, ms }) => ({ section, row, what, passed, why, ms }));
}

async function play(row, env) {
  const scene = new Scene(env);
  const began = performance.now();
  const { patience = PATIENCE } = env;
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it is not done after ${patience / 1000} s`)), patience);
  });
  try {
    await Promise.race([row.run(scene, env), late]);
    row.passed = true;
  } catch (error) {
    row.passed = false;
    row.why = error instanceof Broken ? `${error.message}${place(error)}` : String(error?.stack ?? error);
  } finally {
    clearTimeout(timer);
    if (row.alone) env.configure({ url: env.url, tui: { roomInfoAsId: undefined } });
    await scene.end();
    row.ms = Math.round(performance.now() - began);
  }
}

/** Where in the cases a claim broke. */
function place(error) {
  const line = error.stack?.split('\n').find((l) => /conformance/.test(l) && !/claims|scene|suite/.test(l));
  return line ? `\n  ${line.trim()}` : '';
}
