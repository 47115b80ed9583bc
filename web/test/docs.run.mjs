// Runs a program of the documentation.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const children = new Set();
process.on('exit', () => children.forEach((child) => child.kill()));

/** Starts a program: `first` is its first line, `ended` all that it has printed when it ends well. */
export function start(cwd, name, env = {}) {
  const child = spawn(process.execPath, [name], { cwd, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } });
  children.add(child.once('close', () => children.delete(child)));
  let printed = '';
  const lines = createInterface({ input: child.stdout }).on('line', (line) => (printed += `${line}\n`));
  const first = once(lines, 'line').then(([line]) => line);
  const ended = once(child, 'close').then(([code, signal]) => {
    assert.equal(signal ?? code, 0, `${name} ends with ${signal ?? code}, having printed: ${printed}`);
    return printed;
  });
  ended.catch(() => {}); // whoever asks is told
  return { first: Promise.race([first, ended]), ended, end: () => child.kill() };
}
