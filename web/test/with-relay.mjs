// node web/test/with-relay.mjs FILE...: runs test files, two at a time, with BECKON_TEST_URL naming a relay that lives as
// long as they run.
import { spawn } from 'node:child_process';
import { startRelay } from './relay.mjs';

const relay = await startRelay({ args: ['-sync', 'interval'] });
const tests = spawn(process.execPath, ['--test', '--test-concurrency=2', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, BECKON_TEST_URL: relay.url },
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => tests.kill(signal));
process.exitCode = await new Promise((resolve) => tests.once('close', (code) => resolve(code ?? 1)));
await relay.stop();
