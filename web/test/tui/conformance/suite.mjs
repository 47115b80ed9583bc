// The conformance suite of the TUI dialect: a named case for each row of the
// vendor's contract, run against a real relay through the built package, in
// Node or in a page.

import { runSuite } from '../../conformance/runner.mjs';
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

/**
 * Runs the suite, and answers its rows.
 *
 * `env` is where it runs: load, which loads beckon/tui anew, for one more device; { NIM, configure } of the package;
 * url of the relay; openLine, which opens another way to the same relay, { url, hold(), cut(), mend(), close() };
 * examples, the documentation's as functions; and what the runner wants to know.
 */
export async function conform(env, only = /./) {
  return runSuite({ sections: SECTIONS, Scene, options: { tui: { roomInfoAsId: undefined } } }, env, only);
}
