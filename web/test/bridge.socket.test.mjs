// The same sockets over each WebSocket that Node may have: its own, and the package ws where it has none.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const suite = fileURLToPath(new URL('bridge.socket.suite.mjs', import.meta.url));

for (const [what, flag] of [
  ['ws', '--no-experimental-websocket'],
  ['Node’s own WebSocket', '--experimental-websocket'],
]) {
  test(`sockets over ${what}`, async () => {
    const { NODE_TEST_CONTEXT: _, ...env } = process.env; // else the child would report in the runner's own format
    const child = spawn(process.execPath, [flag, '--test-reporter=spec', suite], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const [report, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    assert.equal(code, 0, report);
    assert.match(report, new RegExp(`a socket over ${what} and plain by require[^]*a socket over ${what} and golang-wasm`), 'it ran over that one');
    assert.match(report, /pass 45\n/);
  });
}
