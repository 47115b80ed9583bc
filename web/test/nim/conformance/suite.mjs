// The conformance suite of the NIM dialect: a named case for each row of the
// vendor's contract, run against a real relay through the built package, in
// Node or in a page.

import { behaviour } from './behaviour.mjs';
import { Broken } from './claims.mjs';
import { codes } from './codes.mjs';
import { contradictions } from './contradictions.mjs';
import { decisions } from './decisions.mjs';
import { events } from './events.mjs';
import { functions } from './functions.mjs';
import { limits } from './limits.mjs';
import { Scene } from './scene.mjs';
import { seed } from './seed.mjs';
import { shapes } from './shapes.mjs';
import { superset } from './superset.mjs';
import { v2 } from './v2.mjs';

const SECTIONS = [
  ['The object model', behaviour],
  ['Shapes', shapes],
  ['Functions', functions],
  ['Codes', codes],
  ['Events', events],
  ['Limits', limits],
  ['Where the documentation contradicts the SDK', contradictions],
  ['V2NIMSignallingService', v2],
  ['Both readings at once', superset],
  ['Decisions', decisions],
  ["The documentation's examples", seed],
];

const AT_ONCE = 8;
const PATIENCE = 40_000;

/**
 * Runs the suite, and answers its rows in their order:
 * { section, row, what, passed: boolean, why?: string, ms }.
 *
 * `env` is where it runs: { NIM, configure } of the package; url of the relay; openLine, which opens another way to
 * the same relay, { url, hold(), cut(), mend(), close() }; examples, the documentation's as functions; invitation, how
 * many milliseconds an invitation rings there. `patience`: milliseconds for a
 * case; `atOnce`: how many of them run together. `only`: a pattern for rows.
 */
export async function conform(env, only = /./) {
  const world = { ...env, crew: Math.random().toString(36).slice(2, 8), reach: gate(env) };
  env.configure({ url: env.url, nim: { exact: undefined, callJoinsExisting: undefined } });
  const rows = SECTIONS.flatMap(([section, cases]) =>
    cases.map(([row, what, run, how]) => ({ section, row, what, run, alone: how === 'alone', slow: how === 'slow' })),
  ).filter(({ row, what }) => only.test(`${row}: ${what}`));
  world.hall = new Scene(world); // for what cases share

  const together = rows.filter((r) => !r.alone).sort((a, b) => b.slow - a.slow);
  await Promise.all(
    Array.from({ length: env.atOnce ?? AT_ONCE }, async () => {
      for (let row; (row = together.shift()); ) await play(row, world);
    }),
  );
  for (const row of rows) if (row.alone) await play(row, world);
  await world.hall.end();
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
    if (row.alone) env.configure({ url: env.url, nim: { exact: undefined, callJoinsExisting: undefined } });
    await scene.end();
    row.ms = Math.round(performance.now() - began);
  }
}

/** Where in the cases a claim broke. */
function place(error) {
  const line = error.stack?.split('\n').find((l) => /conformance/.test(l) && !/claims|scene|suite/.test(l));
  return line ? `\n  ${line.trim()}` : '';
}

/**
 * A package has one relay at a time. So whoever logs in over the line waits until nobody else logs in, and others
 * wait for them.
 */
function gate({ configure, url }) {
  let closed = Promise.resolve();
  const inside = new Set();
  return async function reach(line, login) {
    if (!line) {
      for (let seen; seen !== closed; ) await (seen = closed);
      const entered = login();
      inside.add(entered);
      try {
        return await entered;
      } finally {
        inside.delete(entered);
      }
    }
    const before = closed;
    const mine = (async () => {
      await before;
      await Promise.allSettled(inside);
      configure({ url: line.url });
      try {
        return await login();
      } finally {
        configure({ url });
      }
    })();
    closed = mine.catch(() => {});
    return mine;
  };
}
