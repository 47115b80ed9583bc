// The conformance suite of the NIM dialect: a named case for each row of the
// vendor's contract, run against a real relay through the built package, in
// Node or in a page.

import { runSuite } from '../../conformance/runner.mjs';
import { behaviour } from './behaviour.mjs';
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

/**
 * Runs the suite, and answers its rows.
 *
 * `env` is where it runs: { NIM, configure } of the package; url of the relay; openLine, which opens another way to
 * the same relay, { url, hold(), cut(), mend(), close() }; examples, the documentation's as functions; invitation, how
 * many milliseconds an invitation rings there; and what the runner wants to know.
 */
export async function conform(env, only = /./) {
  const options = { nim: { exact: undefined, callJoinsExisting: undefined } };
  return runSuite({ sections: SECTIONS, Scene, options }, { ...env, reach: gate(env) }, only);
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
