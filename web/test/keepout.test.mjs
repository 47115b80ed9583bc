// What pages hear when an operator kicks an account or keeps it out, in both dialects, with the built relay and its commands.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startRelay } from './relay.mjs';

const require = createRequire(import.meta.url);
const { NIM, TUIRoomEngine, configure } = require(process.env.BECKON_PACKAGE ?? '../dist/index.cjs');
const engineOf = TUIRoomEngine.default ?? TUIRoomEngine;
const program = process.env.BECKON_BIN ?? fileURLToPath(new URL('../../bin/beckon', import.meta.url));

let relay;
before(async () => {
  relay = await startRelay({ args: ['-sync', 'interval'] });
  configure({ url: relay.url });
});
after(async () => {
  NIM.rmAllInstances();
  await relay?.stop();
});

const beckon = (command, ...args) => promisify(execFile)(program, [command, '-data', relay.data, ...args]);

/** A page of the NIM dialect: resolves when it is connected, rejects when it is off before; `over` is how it ends. */
function nimPage(account) {
  let end;
  const over = new Promise((resolve) => (end = resolve));
  const nim = NIM.getInstance({ appKey: 'k', account, token: 'any', onconnect: () => {} });
  const connected = new Promise((resolve, reject) => {
    nim.setOptions({ onconnect: resolve, ondisconnect: (why) => (end(why), reject(why)) });
  });
  connected.catch(() => {});
  return { nim, connected, over };
}

test('a NIM page that is kicked hears so, and may come back', { timeout: 60_000 }, async () => {
  const page = nimPage('ada');
  await page.connected;
  await beckon('kick', 'ada');
  const { code, reason } = await page.over;
  assert.deepEqual({ code, reason }, { code: 'kicked', reason: 'serverKick' });
  page.nim.destroy();
  await nimPage('ada').connected;
});

test('a NIM page that is kept out hears 422, at once and when it logs in again', { timeout: 60_000 }, async () => {
  const page = nimPage('bob');
  await page.connected;
  await beckon('ban', 'bob', '-for', '1h');
  assert.equal((await page.over).code, 422);
  page.nim.destroy();
  const again = nimPage('bob');
  const { code, message } = await again.over;
  assert.equal(code, 422);
  assert.match(message, /^banned: until 20/);
  again.nim.destroy();
  await beckon('unban', 'bob');
  await nimPage('bob').connected;
});

test('a TUI page hears onKickedOffLine, and cannot log in while it is kept out', { timeout: 60_000 }, async () => {
  const user = { sdkAppId: 7, userId: 'cy', userSig: 'any' };
  const engine = new engineOf();
  const heard = () => new Promise((resolve) => engine.on('onKickedOffLine', resolve));
  await engineOf.login(user);
  const kicked = heard();
  await beckon('kick', 'cy');
  assert.equal((await kicked).message, 'the relay logged the device out');
  await engineOf.login(user);
  const banned = new Promise((resolve) => engine.on('onKickedOffLine', ({ message }) => message.includes('may not') && resolve(message)));
  await beckon('ban', 'cy');
  assert.equal(await banned, 'the account or device may not come back');
  await assert.rejects(engineOf.login(user), (why) => why.code === -1003 && why.message === 'banned: for good');
  await beckon('unban', 'cy');
  await engineOf.login(user);
  await engineOf.logout();
});
