// Runs a conformance suite: named cases, a row each, in Node or in a page.
import { Broken } from '../nim/conformance/claims.mjs';

const AT_ONCE = 8;
const PATIENCE = 40_000;

/**
 * Runs the cases of a suite, and answers their rows in their order:
 * { section, row, what, passed: boolean, why?: string, ms }.
 *
 * A suite is { sections, Scene, options }: the cases by section, [row, what, run(scene, env), how]; what a case has to
 * itself; and the options of the package from which each case that runs alone starts. `env` goes to the cases, and
 * says how to run them: `patience`, milliseconds for a case; `atOnce`, how many of them run together. `only`: a
 * pattern for rows. Cases also find a scene that they share, env.hall.
 */
export async function runSuite({ sections, Scene, options }, env, only) {
  const world = { ...env, crew: Math.random().toString(36).slice(2, 8) };
  const calm = () => env.configure({ url: env.url, ...options });
  calm();
  world.hall = new Scene(world);
  const rows = sections.flatMap(([section, cases]) =>
    cases.map(([row, what, run, how]) => ({ section, row, what, run, alone: how === 'alone', slow: how === 'slow' })),
  ).filter(({ row, what }) => only.test(`${row}: ${what}`));

  const together = rows.filter((r) => !r.alone).sort((a, b) => b.slow - a.slow);
  await Promise.all(
    Array.from({ length: env.atOnce ?? AT_ONCE }, async () => {
      for (let row; (row = together.shift()); ) await play(row, new Scene(world), world);
    }),
  );
  for (const row of rows) {
    if (!row.alone) continue;
    await play(row, new Scene(world), world);
    calm();
  }
  await world.hall.end();
  return rows.map(({ section, row, what, passed, why, ms }) => ({ section, row, what, passed, why, ms }));
}

async function play(row, scene, env) {
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
    await scene.end();
    row.ms = Math.round(performance.now() - began);
  }
}

/** Where in the cases a claim broke. */
function place(error) {
  const line = error.stack?.split('\n').find((l) => /conformance/.test(l) && !/claims|scene|suite|runner/.test(l));
  return line ? `\n  ${line.trim()}` : '';
}
