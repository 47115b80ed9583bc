// Who gets in: tokens that others' libraries made (jose, tls-sig-api-v2; the NIM vendor's recipe in Node's own crypto)
// against the built relay with a file of settings, over a raw socket.
import assert from 'node:assert/strict';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { inflateSync, deflateSync } from 'node:zlib';
import * as jose from 'jose';
import { WebSocket } from 'ws';
import { startRelay } from './relay.mjs';

const require = createRequire(import.meta.url);
const { Api: UserSig } = require('tls-sig-api-v2');
const { NIM, TUIRoomEngine, TUIRoomEvents, configure } = require(process.env.BECKON_PACKAGE ?? '../dist/index.cjs');

const acme = { name: 'acme', appKey: '45c6af3c98409b18a84451215d0bdd6e', sdkAppId: 1400000000 };
const beta = { name: 'beta', appKey: 'fe416640c8e8a72734219e1847ad2547', sdkAppId: 1400000001 };
const secrets = Object.fromEntries(['acmeJWT', 'acmeOld', 'acmeSig', 'acmeNIM', 'betaJWT', 'betaSig', 'betaNIM'].map((name) => [name, randomBytes(32).toString('hex')]));
const bytes = (text) => new TextEncoder().encode(text);
const seconds = () => Math.floor(Date.now() / 1000);

const [ed, es, rs, edOld, strangers] = await Promise.all([
  jose.generateKeyPair('EdDSA', { extractable: true }),
  jose.generateKeyPair('ES256', { extractable: true }),
  jose.generateKeyPair('RS256', { extractable: true }),
  jose.generateKeyPair('EdDSA', { extractable: true }),
  jose.generateKeyPair('EdDSA', { extractable: true }),
]);

let dir, relay;

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'beckon-tokens-'));
  const file = (name) => join(dir, name);
  await writeFile(file('ed.pem'), await jose.exportSPKI(edOld.publicKey));
  const set = await Promise.all([[ed, 'ed'], [es, 'es'], [rs, 'rs']].map(async ([pair, kid]) => ({ ...(await jose.exportJWK(pair.publicKey)), kid, use: 'sig' })));
  await writeFile(file('jwks.json'), JSON.stringify({ keys: set }));
  await writeFile(file('tokens'), `carol carols-token\ndave sha256:${createHash('sha256').update('daves-token').digest('hex')}\n`);
  await writeFile(file('beckon.toml'), settings(secrets.acmeJWT));
  relay = await startRelay({ args: ['-config', file('beckon.toml')] });
});
after(async () => {
  await relay?.stop();
  await rm(dir, { recursive: true, force: true });
});

const settings = (acmeJWT) => `
[[app]]
name = "${acme.name}"
app_key = "${acme.appKey}"
sdk_app_id = ${acme.sdkAppId}
[[app.jwt]]
alg = "HS256"
secret = "${acmeJWT}"
[[app.jwt]]
alg = "HS256"
secret = "${secrets.acmeOld}"
[[app.jwt]]
alg = "EdDSA"
public_key_file = "${join(dir, 'ed.pem')}"
[[app.jwt]]
jwks_file = "${join(dir, 'jwks.json')}"
[[app.usersig]]
secret = "${secrets.acmeSig}"
[[app.nim]]
secret = "${secrets.acmeNIM}"
[[app.static]]
file = "${join(dir, 'tokens')}"

[[app]]
name = "${beta.name}"
app_key = "${beta.appKey}"
sdk_app_id = ${beta.sdkAppId}
[[app.jwt]]
alg = "HS256"
secret = "${secrets.betaJWT}"
[[app.usersig]]
secret = "${secrets.betaSig}"
[[app.nim]]
secret = "${secrets.betaNIM}"
`;

/** Says hello and resolves with the first frame, and with the close that follows if the socket is kept. */
async function hello(app, account, token, { keep = false } = {}) {
  const socket = new WebSocket(relay.url.replace('http', 'ws') + '/ws');
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const frame = await new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('open', () => socket.send(JSON.stringify({ type: 'hello', v: 1, app: String(app), account, token, device: randomBytes(8).toString('hex'), life: '1' })));
    socket.once('message', (text) => resolve(JSON.parse(String(text))));
    socket.once('close', (code) => reject(new Error(`closed with ${code}`)));
  });
  if (!keep) socket.close();
  return { frame, closed };
}

async function verdict(app, account, token) {
  const { frame } = await hello(app, account, token);
  if (frame.type === 'welcome') return 'welcome';
  assert.deepEqual({ type: frame.type, code: frame.code, field: frame.field }, { type: 'refused', code: 'unauthorized', field: 'token' });
  return frame.detail;
}

const jwt = (alg, key, { sub = 'ada', exp = seconds() + 600, kid, ...claims } = {}) =>
  new jose.SignJWT(claims).setProtectedHeader({ alg, ...(kid && { kid }) }).setSubject(sub).setExpirationTime(exp).sign(key);

/** A UserSig whose fields are changed after it was signed. */
function changed(sig, fields) {
  const packed = Buffer.from(sig.replace(/\*/g, '+').replace(/-/g, '/').replace(/_/g, '='), 'base64');
  const object = { ...JSON.parse(inflateSync(packed).toString()), ...fields };
  return deflateSync(JSON.stringify(object)).toString('base64').replace(/\+/g, '*').replace(/\//g, '-').replace(/=/g, '_');
}

const acmeSig = (account, expire = 600) => new UserSig(acme.sdkAppId, secrets.acmeSig).genSig(account, expire);

/** A UserSig of ada's as tls-sig-api-v2 makes it, but with another hash. */
function signedBy(hash) {
  const time = seconds();
  const content = `TLS.identifier:ada\nTLS.sdkappid:${acme.sdkAppId}\nTLS.time:${time}\nTLS.expire:600\n`;
  const sig = createHmac(hash, secrets.acmeSig).update(content).digest('base64');
  return changed(acmeSig('ada'), { 'TLS.time': time, 'TLS.expire': 600, 'TLS.sig': sig });
}

/** https://doc.yunxin.163.com/messaging/docs/zE2NzA3Mjc: signature = sha1(appkey + accid + curTime + ttl + appsecret). */
function dynamic(app, secret, account, { curTime = Date.now(), ttl = 600, by = 'sha1' } = {}) {
  const signature = createHash(by).update(app.appKey + account + curTime + ttl + secret).digest('hex');
  return Buffer.from(JSON.stringify({ signature, curTime, ttl })).toString('base64');
}

/** Swaps two characters in the middle of a token. */
const tampered = (token) => {
  const at = token.length >> 1;
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
};
const none = (claims) => [{ alg: 'none', typ: 'JWT' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + '.';
const good = { sub: 'ada', exp: seconds() + 600 };
const spki = await jose.exportSPKI(rs.publicKey);
const half = (token, which) => token.split('.')[which];
const byAda = await jwt('HS256', bytes(secrets.acmeJWT));
const byBob = await jwt('HS256', bytes(secrets.acmeJWT), { sub: 'bob' });

/** @type {[string, string, string | number, string, string | Promise<string>][]} what, verdict, app, account, token */
const table = [
  ['jwt HS256', 'welcome', acme.appKey, 'ada', byAda],
  ['jwt HS256, by sdkAppId', 'welcome', acme.sdkAppId, 'ada', byAda],
  ['jwt HS256, the old secret beside the new', 'welcome', acme.appKey, 'ada', jwt('HS256', bytes(secrets.acmeOld))],
  ['jwt EdDSA, public key in PEM', 'welcome', acme.appKey, 'ada', jwt('EdDSA', edOld.privateKey)],
  ['jwt EdDSA, from the set', 'welcome', acme.appKey, 'ada', jwt('EdDSA', ed.privateKey, { kid: 'ed' })],
  ['jwt ES256, from the set', 'welcome', acme.appKey, 'ada', jwt('ES256', es.privateKey, { kid: 'es' })],
  ['jwt RS256, from the set, names no key', 'welcome', acme.appKey, 'ada', jwt('RS256', rs.privateKey)],
  ['jwt with more claims', 'welcome', acme.appKey, 'ada', jwt('HS256', bytes(secrets.acmeJWT), { name: 'Ada', aud: ['x'], iat: seconds() })],
  ['jwt of somebody in Chinese', 'welcome', acme.appKey, '阿达', jwt('HS256', bytes(secrets.acmeJWT), { sub: '阿达' })],
  ['usersig', 'welcome', acme.sdkAppId, 'ada', acmeSig('ada')],
  ['usersig, by appKey', 'welcome', acme.appKey, 'ada', acmeSig('ada')],
  ['usersig of somebody in Chinese', 'welcome', acme.sdkAppId, '阿达', acmeSig('阿达')],
  ['usersig with rights for a room', 'welcome', acme.sdkAppId, 'ada', new UserSig(acme.sdkAppId, secrets.acmeSig).genPrivateMapKey('ada', 600, 10000, 255)],
  ['nim dynamic token', 'welcome', acme.appKey, 'ada', dynamic(acme, secrets.acmeNIM, 'ada')],
  ['static token', 'welcome', acme.appKey, 'carol', 'carols-token'],
  ['static token, hashed in the file', 'welcome', acme.appKey, 'dave', 'daves-token'],
  ['another app, its own token', 'welcome', beta.appKey, 'ada', jwt('HS256', bytes(secrets.betaJWT))],

  ['no token', 'wrong', acme.appKey, 'ada', ''],
  ['any token', 'wrong', acme.appKey, 'ada', 'any'],
  ['jwt tampered with', 'wrong', acme.appKey, 'ada', tampered(byAda)],
  ['jwt with the claims of another', 'wrong', acme.appKey, 'bob', `${half(byAda, 0)}.${half(byBob, 1)}.${half(byAda, 2)}`],
  ["another's jwt", 'wrong', acme.appKey, 'ada', byBob],
  ['jwt without a signature', 'wrong', acme.appKey, 'ada', `${half(byAda, 0)}.${half(byAda, 1)}.`],
  ['jwt expired', 'expired', acme.appKey, 'ada', jwt('HS256', bytes(secrets.acmeJWT), { exp: seconds() - 1 })],
  ['jwt of a foreign app', 'wrong', acme.appKey, 'ada', jwt('HS256', bytes(secrets.betaJWT))],
  ['jwt of this app in another', 'wrong', beta.appKey, 'ada', byAda],
  ['jwt of a foreign app, expired', 'wrong', acme.appKey, 'ada', jwt('HS256', bytes(secrets.betaJWT), { exp: seconds() - 1 })],
  ['jwt by a stranger', 'wrong', acme.appKey, 'ada', jwt('EdDSA', strangers.privateKey)],
  ["jwt by a stranger with a key's id", 'wrong', acme.appKey, 'ada', jwt('EdDSA', strangers.privateKey, { kid: 'ed' })],
  ['jwt alg=none', 'wrong', acme.appKey, 'ada', none(good)],
  ['jwt alg=none with a signature', 'wrong', acme.appKey, 'ada', none(good) + half(byAda, 2)],
  ['jwt alg=None', 'wrong', acme.appKey, 'ada', none(good).replace(/^[^.]*/, Buffer.from('{"alg":"None"}').toString('base64url'))],
  ['jwt HS512 with the HS256 secret', 'wrong', acme.appKey, 'ada', jwt('HS512', bytes(secrets.acmeJWT.repeat(2)))],
  ['jwt HS384 with the HS256 secret', 'wrong', acme.appKey, 'ada', jwt('HS384', bytes(secrets.acmeJWT))],
  ['jwt PS256 with the RS256 key', 'wrong', acme.appKey, 'ada', jose.importPKCS8(await jose.exportPKCS8(rs.privateKey), 'PS256').then((key) => jwt('PS256', key))],
  ['jwt HS256 with the public key as secret', 'wrong', acme.appKey, 'ada', jwt('HS256', bytes(spki))],
  ['jwt HS256 with the public key, no line feed', 'wrong', acme.appKey, 'ada', jwt('HS256', bytes(spki.trim()))],
  ['jwt without exp', 'wrong', acme.appKey, 'ada', new jose.SignJWT({ sub: 'ada' }).setProtectedHeader({ alg: 'HS256' }).sign(bytes(secrets.acmeJWT))],
  ['jwt without sub', 'wrong', acme.appKey, 'ada', new jose.SignJWT({ exp: good.exp }).setProtectedHeader({ alg: 'HS256' }).sign(bytes(secrets.acmeJWT))],
  ['jwt not yet good', 'wrong', acme.appKey, 'ada', jwt('HS256', bytes(secrets.acmeJWT), { nbf: seconds() + 300 })],
  ['jwt tampered with, EdDSA', 'wrong', acme.appKey, 'ada', jwt('EdDSA', ed.privateKey, { kid: 'ed' }).then(tampered)],
  ['jwt tampered with, ES256', 'wrong', acme.appKey, 'ada', jwt('ES256', es.privateKey, { kid: 'es' }).then(tampered)],
  ['jwt tampered with, RS256', 'wrong', acme.appKey, 'ada', jwt('RS256', rs.privateKey, { kid: 'rs' }).then(tampered)],
  ['jwt expired, EdDSA', 'expired', acme.appKey, 'ada', jwt('EdDSA', ed.privateKey, { kid: 'ed', exp: seconds() - 1 })],
  ['jwt expired, ES256', 'expired', acme.appKey, 'ada', jwt('ES256', es.privateKey, { kid: 'es', exp: seconds() - 1 })],
  ['jwt expired, RS256', 'expired', acme.appKey, 'ada', jwt('RS256', rs.privateKey, { kid: 'rs', exp: seconds() - 1 })],
  ['jwt of this app, EdDSA, in another', 'wrong', beta.appKey, 'ada', jwt('EdDSA', ed.privateKey, { kid: 'ed' })],
  ['jwt alg=none with the id of a key', 'wrong', acme.appKey, 'ada', none(good).replace(/^[^.]*/, Buffer.from('{"alg":"none","kid":"ed"}').toString('base64url'))],
  ['jwt RS512 with the RS256 key', 'wrong', acme.appKey, 'ada', jose.importPKCS8(await jose.exportPKCS8(rs.privateKey), 'RS512').then((key) => jwt('RS512', key, { kid: 'rs' }))],
  ['jwt HS256 with the secret of the UserSigs', 'wrong', acme.appKey, 'ada', jwt('HS256', bytes(secrets.acmeSig))],
  ['usersig by SHA-512', 'wrong', acme.sdkAppId, 'ada', signedBy('sha512')],
  ['usersig by SHA-1', 'wrong', acme.sdkAppId, 'ada', signedBy('sha1')],
  ['usersig by SHA-256, made here as the others', 'welcome', acme.sdkAppId, 'ada', signedBy('sha256')],
  ['usersig without a signature', 'wrong', acme.sdkAppId, 'ada', changed(acmeSig('ada'), { 'TLS.sig': '' })],
  ['usersig that names no algorithm of ours', 'wrong', acme.sdkAppId, 'ada', changed(acmeSig('ada'), { 'TLS.ver': '1.0' })],
  ['usersig tampered with', 'wrong', acme.sdkAppId, 'ada', tampered(acmeSig('ada'))],
  ['usersig made longer', 'wrong', acme.sdkAppId, 'ada', changed(acmeSig('ada'), { 'TLS.expire': 86400 * 180 })],
  ["another's usersig", 'wrong', acme.sdkAppId, 'ada', acmeSig('bob')],
  ["another's usersig, renamed", 'wrong', acme.sdkAppId, 'ada', changed(acmeSig('bob'), { 'TLS.identifier': 'ada' })],
  ['usersig expired', 'expired', acme.sdkAppId, 'ada', new UserSig(acme.sdkAppId, secrets.acmeSig).genSig('ada', 0)],
  ['usersig of a foreign app', 'wrong', acme.sdkAppId, 'ada', new UserSig(beta.sdkAppId, secrets.betaSig).genSig('ada', 600)],
  ['usersig of a foreign app with our key', 'wrong', acme.sdkAppId, 'ada', new UserSig(beta.sdkAppId, secrets.acmeSig).genSig('ada', 600)],
  ['usersig signed with a foreign key', 'wrong', acme.sdkAppId, 'ada', new UserSig(acme.sdkAppId, secrets.betaSig).genSig('ada', 600)],
  ['nim dynamic token tampered with', 'wrong', acme.appKey, 'ada', tampered(dynamic(acme, secrets.acmeNIM, 'ada'))],
  ["another's nim dynamic token", 'wrong', acme.appKey, 'ada', dynamic(acme, secrets.acmeNIM, 'bob')],
  ['nim dynamic token expired', 'expired', acme.appKey, 'ada', dynamic(acme, secrets.acmeNIM, 'ada', { curTime: Date.now() - 601_000 })],
  ['nim dynamic token of a foreign app', 'wrong', acme.appKey, 'ada', dynamic(beta, secrets.betaNIM, 'ada')],
  ['nim dynamic token by SHA-256', 'wrong', acme.appKey, 'ada', dynamic(acme, secrets.acmeNIM, 'ada', { by: 'sha256' })],
  ['nim dynamic token by MD5', 'wrong', acme.appKey, 'ada', dynamic(acme, secrets.acmeNIM, 'ada', { by: 'md5' })],
  ['nim dynamic token without a signature', 'wrong', acme.appKey, 'ada', Buffer.from(JSON.stringify({ signature: '', curTime: Date.now(), ttl: 600 })).toString('base64')],
  ['nim dynamic token of this app in another', 'wrong', beta.appKey, 'ada', dynamic(acme, secrets.acmeNIM, 'ada')],
  ['static token tampered with', 'wrong', acme.appKey, 'carol', tampered('carols-token')],
  ['static token of this app in another', 'wrong', beta.appKey, 'carol', 'carols-token'],
  ['nim dynamic token from the future', 'wrong', acme.appKey, 'ada', dynamic(acme, secrets.acmeNIM, 'ada', { curTime: Date.now() + 3_600_000 })],
  ['nim dynamic token for years', 'wrong', acme.appKey, 'ada', dynamic(acme, secrets.acmeNIM, 'ada', { ttl: 100_000_000 })],
  ["another's static token", 'wrong', acme.appKey, 'ada', 'carols-token'],
  ["a static token's hash", 'wrong', acme.appKey, 'dave', `sha256:${createHash('sha256').update('daves-token').digest('hex')}`],
];

for (const [what, want, app, account, token] of table) {
  test(`${what}: ${want}`, async () => {
    assert.equal(await verdict(app, account, await token), want);
  });
}

test('an app that there is not is named', async () => {
  const { frame } = await hello('nobody', 'ada', byAda);
  const { connection, ...refused } = frame;
  assert.deepEqual(refused, { type: 'refused', code: 'no-such-app', detail: 'nobody' });
  assert.match(connection, /^[a-z2-7]{8}\.[0-9a-z]+$/);
});

test('a link ends with its token, and is told to come back with another', async () => {
  const { frame, closed } = await hello(acme.appKey, 'ada', await jwt('HS256', bytes(secrets.acmeJWT), { exp: seconds() + 2 }), { keep: true });
  assert.equal(frame.type, 'welcome');
  assert.equal(await closed, 4104);
});

/** A page of the NIM dialect, connected. */
function page(options) {
  const again = [];
  return new Promise((resolve, reject) => {
    const nim = NIM.getInstance({
      appKey: acme.appKey,
      ...options,
      onconnect: () => {
        resolve({ nim, again });
        again.shift()?.();
      },
      ondisconnect: (why) => why.code === 'manuallyDisconnect' || reject(why),
    });
  });
}

test('a page whose token ends is asked for a new one, and stays in its call', async () => {
  configure({ url: relay.url });
  const token = (account, good) => jwt('HS256', bytes(secrets.acmeJWT), { sub: account, exp: seconds() + good });
  const ada = await page({
    account: 'ada',
    token: await token('ada', 2),
    authType: 1,
    onwillreconnect: async () => ada.nim.setOptions({ token: await token('ada', 600) }),
  });
  const { channelId } = await ada.nim.signalingCreateAndJoin({ type: 1 });
  await new Promise((resolve) => ada.again.push(resolve)); // the relay ends the link, the page comes back
  const bob = await page({ account: 'bob', token: await token('bob', 600) });
  const { members } = await bob.nim.signalingJoin({ channelId });
  assert.deepEqual(members.map((m) => m.account).sort(), ['ada', 'bob']);
  NIM.rmAllInstances();
});

test('an engine whose userSig ends asks for a new one, and stays in its room', { timeout: 30_000 }, async () => {
  configure({ url: relay.url });
  const { sdkAppId } = acme;
  const login = (expire) => TUIRoomEngine.login({ sdkAppId, userId: 'tess', userSig: acmeSig('tess', expire) });
  const engine = TUIRoomEngine.getInstance();
  const heard = [];
  for (const name of [TUIRoomEvents.onKickedOutOfRoom, TUIRoomEvents.onKickedOffLine, TUIRoomEvents.onError]) engine.on(name, (event) => heard.push([name, event]));
  const expired = new Promise((resolve) => engine.on(TUIRoomEvents.onUserSigExpired, resolve));
  await login(2);
  await engine.createRoom({ roomId: 'standup' });
  await engine.enterRoom({ roomId: 'standup' });
  await expired;
  await login(600);
  const { userInfoList } = await engine.getUserList();
  assert.deepEqual([userInfoList.map((user) => user.userId), heard], [['tess'], []]);
  await engine.destroyRoom();
  await TUIRoomEngine.logout();
});

test('an error, and a login that was refused, say where to look in the log', async () => {
  configure({ url: relay.url });
  const { nim } = await page({ account: 'ada', token: byAda });
  const errors = await Promise.all([nim.signalingJoin({ channelId: 'nowhere' }), nim.V2NIMSignallingService.closeRoom('nowhere')].map((call) => call.catch((error) => error)));
  assert.deepEqual(errors.map((error) => error.code), [10404, 10404]);
  NIM.rmAllInstances();
  const refused = await page({ account: 'eve', token: 'any' }).catch((why) => why);
  NIM.rmAllInstances();
  const { sdkAppId } = acme;
  const error = await TUIRoomEngine.login({ sdkAppId, userId: 'eve', userSig: acmeSig('bob') }).catch((error) => error);
  await sleep(100); // the log comes over a pipe
  for (const [trace, line] of [
    [errors[0].trace, 'command refused.*trace=TRACE account=ada .*code=no-such-channel'],
    [errors[1].trace, 'command refused.*trace=TRACE account=ada .*code=no-such-channel'],
    [refused.trace, 'refused.*connection=TRACE '],
    [error.trace, 'refused.*connection=TRACE '],
  ]) {
    assert.match(relay.log(), new RegExp(line.replace('TRACE', trace)));
  }
});

test('debug prints what goes over the link, in both dialects, and no token', async (t) => {
  const lines = [];
  configure({ url: relay.url, debug: (line) => lines.push(line) });
  t.after(() => configure({ debug: undefined }));
  await page({ account: 'ada', token: byAda, debug: undefined });
  NIM.rmAllInstances();
  const userSig = acmeSig('tess');
  await TUIRoomEngine.login({ sdkAppId: acme.sdkAppId, userId: 'tess', userSig });
  await TUIRoomEngine.logout();
  const text = lines.join('\n');
  for (const what of [/sent \{"type":"hello",.*"account":"ada","token":"…"/, /received \{"type":"welcome"/, /"userSig":"…"/, /sent \{"type":"hello",.*"account":"tess","token":"…"/]) assert.match(text, what);
  for (const token of [byAda, userSig]) assert(!text.includes(token));
  configure({ debug: undefined });
  const printed = t.mock.method(console, 'debug', () => {});
  await page({ account: 'ada', token: byAda, debug: true }); // the option of NIM's own
  NIM.rmAllInstances();
  assert.match(String(printed.mock.calls.map((call) => call.arguments)), /sent \{"type":"hello"/);
});

test('a page whose token is wrong or has expired hears 302', async () => {
  configure({ url: relay.url });
  for (const token of ['any', await jwt('HS256', bytes(secrets.acmeJWT), { sub: 'eve', exp: seconds() - 1 })]) {
    await assert.rejects(page({ account: 'eve', token }), (why) => why.code === 302);
    NIM.rmAllInstances();
  }
});

test('a secret that is taken out of the file lets nobody in any more', async () => {
  assert.equal(await verdict(acme.appKey, 'ada', byAda), 'welcome');
  const next = randomBytes(32).toString('hex');
  await writeFile(join(dir, 'next'), settings(next));
  await rename(join(dir, 'next'), join(dir, 'beckon.toml'));
  const fresh = await jwt('HS256', bytes(next));
  while ((await verdict(acme.appKey, 'ada', fresh)) !== 'welcome') await sleep(100); // the relay looks every two seconds
  assert.equal(await verdict(acme.appKey, 'ada', byAda), 'wrong');
});

test('no token and no secret got into the log', () => {
  const log = relay.log();
  assert.match(log, /token refused/);
  for (const secret of [...Object.values(secrets), byAda, byBob, 'carols-token']) assert(!log.includes(secret));
});
