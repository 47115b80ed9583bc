// node web/test/hostile.mjs nim|tui [options]: a conformance suite as it is, word for word, on a network that is slow
// and breaks links, with a relay that is killed now and then.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openNetwork } from './hostile/network.mjs';
import { patientNIM, patientTUI } from './hostile/patient.mjs';
import { openLine } from './conformance/line.mjs';
import * as nim from './nim.conformance.mjs';
import { startRelay } from './relay.mjs';
import * as tui from './tui.conformance.mjs';

const usage = `node web/test/hostile.mjs nim|tui [options]
  --seed N        of the network's luck (1)
  --kills N       how often the relay is killed, at most (20)
  --only PATTERN  only the rows that match
  --bug swallow   the network has a bug: it loses notices in silence`;

const APART = 1500; // frames between two kills: a quick machine and a slow one kill at the same places
const PATIENCE = 120_000; // milliseconds for a case, on links of that kind

let isOff = (/** @type {string} */ _account) => false;
const off = (/** @type {string} */ account) => isOff(account);
const SUITES = {
  nim: { ...nim, prepare: (NIM) => patientNIM(NIM, off) },
  tui: { ...tui, prepare: { NIM: (NIM) => patientNIM(NIM, off), tui: (copy) => patientTUI(copy, off) } },
};

/**
 * Runs a suite, and answers its rows, and what was done to it. Cases that break links themselves do that on a good
 * network, and the relay lives meanwhile.
 * @param {{ suite: 'nim' | 'tui', seed: number, kills: number, apart?: number, only?: RegExp, bug?: string }} options
 */
export async function conformOnHostileNetwork({ suite, seed, kills, apart = APART, only, bug }) {
  const { suiteRelay, conformAt, prepare } = SUITES[suite];
  const data = await mkdtemp(join(tmpdir(), 'beckon-hostile-'));
  let relay = await startRelay({ ...suiteRelay(), data });
  const restart = async () => {
    await relay.kill();
    relay = await startRelay({ ...suiteRelay(), data });
    return relay.url;
  };
  const network = await openNetwork({ url: relay.url, seed, restart, bug });
  isOff = network.isOff;
  let lines = 0;
  const line = async () => {
    lines++; // the relay lives from now on
    while (network.isDown()) await sleep(5);
    const way = await openLine(relay.url);
    return { ...way, close: () => (lines--, way.close()) };
  };
  let playing = true;
  const killing = (async () => {
    for (let last = 0; playing && network.counts['relay killed'] < kills; last = network.counts.frames) {
      while (playing && network.counts.frames < last + apart) await sleep(5);
      if (playing) await network.kill(() => lines > 0);
    }
  })();
  try {
    const rows = await conformAt({ url: network.url, only, line, prepare, patience: PATIENCE, atOnce: 4 });
    return { rows, counts: network.counts };
  } finally {
    playing = false;
    network.close();
    try {
      await killing;
    } finally {
      await relay.kill();
      await rm(data, { recursive: true, force: true });
    }
  }
}

/** The package tells the console of every link that is lost. */
export function quiet() {
  const { warn } = console;
  console.warn = (...said) => /^beckon: (the link to|no relay answers)/.test(String(said[0])) || warn(...said);
}

/**
 * The tests of one suite: some rows and a kill; with BECKON_LONG all rows, with as many kills as there is time for.
 * @param {'nim' | 'tui'} suite
 * @param {RegExp} some
 */
export function testOnHostileNetwork(suite, some) {
  quiet();
  const long = process.env.BECKON_LONG;
  const runs = long ? [1, 2].map((seed) => ({ seed, kills: 20 })) : [{ seed: 3, kills: 1, apart: 60, only: some }];
  for (const run of runs) {
    test(`${suite}, seed ${run.seed}`, async (t) => {
      const { rows, counts } = await conformOnHostileNetwork({ suite, ...run });
      t.diagnostic(`${rows.length} rows, ${Object.entries(counts).map(([what, n]) => `${what}: ${n}`).join(', ')}`);
      for (const { row, what, passed, why } of rows) assert.ok(passed, `${row}: ${what}\n${why}`);
      assert.ok(rows.length >= (long ? 150 : 8) && counts.broken >= (long ? rows.length / 6 : 1), 'it was hostile');
      assert.ok(counts['relay killed'] >= 1, 'the relay was killed');
    });
  }
}

/** A network that loses notices in silence is found out. @param {'nim' | 'tui'} suite @param {RegExp} some */
export function testThatSilentLossIsFound(suite, some) {
  test(`${suite}: notices lost in silence are missed`, { skip: !process.env.BECKON_LONG }, async () => {
    const { rows } = await conformOnHostileNetwork({ suite, seed: 1, kills: 0, only: some, bug: 'swallow' });
    assert.ok(rows.some((row) => !row.passed));
  });
}

async function main() {
  quiet();
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seed: { type: 'string', default: '1' }, kills: { type: 'string', default: '20' }, only: { type: 'string' }, bug: { type: 'string' } },
  });
  const [suite] = positionals;
  if (suite !== 'nim' && suite !== 'tui') return console.log(usage);
  const { rows, counts } = await conformOnHostileNetwork({
    suite, seed: Number(values.seed), kills: Number(values.kills), only: values.only ? new RegExp(values.only) : undefined, bug: values.bug,
  });
  for (const { row, what, passed, why } of rows) if (!passed) console.log(`${row}: ${what}\n  ${why}`);
  console.log(`${rows.filter((row) => row.passed).length} of ${rows.length} rows pass`, counts);
  if (rows.some((row) => !row.passed)) process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
