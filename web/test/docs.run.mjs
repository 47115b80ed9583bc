// Runs a program of the documentation.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const children = new Set();
process.on('exit', () => children.forEach((child) => child.kill()));

/** How long a program may take, in milliseconds: they take one or two seconds. */
const PATIENCE = 20_000;

/**
 * Starts a program: `first` is its first line, `ended` all that it has printed when it ends well. Else both say how it
 * ended, and what it had to say; one that does not end is ended.
 */
export function start(cwd, name, env = {}) {
  const child = spawn(process.execPath, [name], { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  children.add(child.once('close', () => children.delete(child)));
  let printed = '';
  let complained = '';
  child.stderr.on('data', (text) => (complained = (complained + text).slice(-4096)));
  const lines = createInterface({ input: child.stdout }).on('line', (line) => (printed += `${line}\n`));
  const first = once(lines, 'line').then(([line]) => line);
  let late = false;
  const watch = setTimeout(() => (late = child.kill('SIGKILL')), PATIENCE);
  const ended = once(child, 'close').then(([code, signal]) => {
    clearTimeout(watch);
    const how = late ? `has not ended after ${PATIENCE} ms` : `ends with ${signal ?? code}`;
    assert.equal(signal ?? code, 0, `${name} ${how}, having printed:\n${printed}${complained}`);
    return printed;
  });
  ended.catch(() => {}); // whoever asks is told
  return { first: Promise.race([first, ended]), ended, end: () => child.kill() };
}
