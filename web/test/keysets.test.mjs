// Keys of an identity provider, served at a URL as jose makes them: a new one is taken as soon as a token names it.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import * as jose from 'jose';
import { WebSocket } from 'ws';
import { startRelay } from './relay.mjs';

let dir, provider, relay;
const pairs = {};
let published = [];
let asked = 0;

before(async () => {
  for (const [kid, alg] of [['first', 'ES256'], ['second', 'EdDSA'], ['third', 'RS256']]) pairs[kid] = { alg, ...(await jose.generateKeyPair(alg)) };
  published = ['first'];
  provider = createServer(async (_, answer) => {
    asked++;
    const keys = await Promise.all(published.map(async (kid) => ({ ...(await jose.exportJWK(pairs[kid].publicKey)), kid, use: 'sig', alg: pairs[kid].alg })));
    answer.setHeader('Cache-Control', 'public, max-age=3600').end(JSON.stringify({ keys }));
  }).listen(0, '127.0.0.1');
  await once(provider, 'listening');
  dir = await mkdtemp(join(tmpdir(), 'beckon-keysets-'));
  const url = `http://127.0.0.1:${provider.address().port}/keys`;
  await writeFile(join(dir, 'beckon.toml'), `[[app]]\nname = "acme"\n[[app.jwt]]\njwks_url = "${url}"\naudience = "calls"\n`);
  relay = await startRelay({ args: ['-config', join(dir, 'beckon.toml'), '-sync', 'interval'] });
});
after(async () => {
  await relay?.stop();
  provider?.close();
  if (dir) await rm(dir, { recursive: true });
});

const token = (kid, { aud = 'calls', names = kid } = {}) =>
  new jose.SignJWT({}).setProtectedHeader({ alg: pairs[kid].alg, kid: names }).setSubject('ada').setAudience(aud).setExpirationTime('10m').sign(pairs[kid].privateKey);

async function enters(jwt) {
  const socket = new WebSocket(relay.url.replace('http', 'ws') + '/ws');
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'hello', v: 1, app: 'acme', account: 'ada', token: jwt, device: 'd', life: '1' }));
  const [text] = await once(socket, 'message');
  socket.close();
  return JSON.parse(String(text)).type === 'welcome';
}

test("a provider's keys, old and new, are taken; a stranger's are not", { timeout: 60_000 }, async () => {
  assert.equal(await enters(await token('first')), true);
  assert.equal(await enters(await token('first', { aud: 'mail' })), false);
  assert.equal(await enters(await token('third', { names: 'first' })), false, 'signed with another key than it names');
  assert.equal(asked, 1);
  published = ['first', 'second'];
  assert.equal(await enters(await token('second')), true);
  assert.equal(asked, 2);
  assert.equal(await enters(await token('third')), false, 'which is not published');
  assert.equal(asked, 2, 'and does not have it fetched all the time');
});
