// A real relay for tests: the built program, on a port of its own, with a data folder of its own.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = process.env.BECKON_BIN ?? fileURLToPath(new URL('../../bin/beckon', import.meta.url));

/**
 * Starts a relay and resolves when it serves.
 * @param {{ addr?: string, data?: string, args?: string[], serves?: RegExp }} [options] `data`: a folder to use again; else one that
 * goes with the relay. `serves`: the address among what it says
 */
export async function startRelay({ addr = '127.0.0.1:0', data, args = [], serves = /http:\/\/\S+/ } = {}) {
  const own = data === undefined;
  data ??= await mkdtemp(join(tmpdir(), 'beckon-relay-'));
  const child = spawn(program, ['-addr', addr, '-data', data, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
  let log = '';
  child.stderr.on('data', (text) => (log = (log + text).slice(-8192)));
  const url = await new Promise((resolve, reject) => {
    child.once('error', (why) => reject(new Error(`${program} does not start (run make build): ${why.message}`)));
    child.once('close', () => reject(new Error(`the relay ended at once:\n${log}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = serves.exec(line);
      if (found) resolve(found[0]);
    });
  });
  const end = async (/** @type {NodeJS.Signals} */ signal) => {
    child.kill(signal);
    const how = await gone;
    if (own) await rm(data, { recursive: true, force: true });
    return how;
  };
  return {
    url: String(url),
    data,
    /** Ctrl-C: it says goodbye. */
    stop: () => end('SIGINT'),
    /** kill -9: it does not. The data folder stays if it was given. */
    kill: () => end('SIGKILL'),
    log: () => log,
  };
}
