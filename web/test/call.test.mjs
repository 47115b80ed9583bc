// Whole conversations in plain Node: the package as npm would give it, a real relay, and both bridges.
// The package is one per process, so each conversation has a process of its own (call.story.cjs).
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startRelay } from './relay.mjs';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const packages = { plain: here('..'), 'golang-wasm': here('../build/golang-wasm/index.cjs') };

/** @type {Awaited<ReturnType<typeof startRelay>>} */
let relay;
before(async () => {
  relay = await startRelay();
});
after(() => relay?.stop());

for (const [bridge, path] of Object.entries(packages)) {
  test(`two accounts ring, accept, reject, cancel and hang up over the ${bridge} bridge`, async () => {
    assert(existsSync(path), `${path} is missing: run make build, or make test, which builds both`);
    const story = promisify(execFile)(process.execPath, [here('call.story.cjs'), path], {
      env: { ...process.env, BECKON_URL: relay.url, STORY: bridge },
      timeout: 60_000,
    });
    const { stdout } = await story.catch((why) => assert.fail(`${why.message}\n${why.stdout}`));
    assert.equal(stdout.trim().split('\n').at(-1), 'the story ends well');
  });
}
