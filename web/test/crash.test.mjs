// Go crashes under a page that is connected to a real relay: what was asked is told so in a sentence, the console too, and then
// everything is as after a reload. Over both bridges, both dialects in one module.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { WebSocket } from 'ws';
import { startRelay } from './relay.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const packages = { plain: process.env.BECKON_DIST ?? here('../dist'), 'golang-wasm': here('../build/golang-wasm') };
const sentence = 'beckon: the Go module has exited with 2: panic: syscall/js: call of Value.Int on string';

/** What the modules have dialled. */
const sockets = [];
globalThis.WebSocket = class extends WebSocket {
  constructor(url) {
    super(url);
    sockets.push(this);
  }
};

/** No relay and no browser says this, and the module does not expect it: it panics. */
const crash = () => sockets.at(-1).onclose({ code: 'four thousand' });

let relay;
before(async () => {
  relay = await startRelay({ args: ['-sync', 'interval'] });
});
after(() => relay?.stop());

/** A promise, and what settles it. */
function awaited() {
  let settle;
  const promise = new Promise((resolve) => (settle = resolve));
  return { promise, settle };
}

for (const [bridge, dist] of Object.entries(packages)) {
  test(`a crash of Go over the ${bridge} bridge is told in a sentence, and everybody comes back`, { timeout: 60_000 }, async (t) => {
    assert(existsSync(dist), `${dist} is missing: run make test, which builds both`);
    const printed = t.mock.method(console, 'error', () => {});
    const { NIM, TUIRoomEngine, configure } = await import(pathToFileURL(`${dist}/index.mjs`).href);
    configure({ url: relay.url });

    const told = [];
    const connects = [awaited(), awaited()];
    const nim = NIM.getInstance({
      appKey: 'k', account: `ada-${bridge}`, token: 'any',
      onconnect: () => (told.push('connected'), connects.shift().settle()),
      onerror: ({ code, message }) => told.push(`${code}: ${message}`),
      onwillreconnect: () => told.push('comes back'),
      ondisconnect: () => told.push('given up'),
    });
    const back = connects[1].promise;
    await connects[0].promise;
    await TUIRoomEngine.login({ sdkAppId: 1, userId: `bob-${bridge}`, userSig: 'any' });
    const engine = TUIRoomEngine.getInstance();
    const errors = [];
    engine.on('onError', ({ code, message }) => errors.push(`${code}: ${message}`));
    const { channelId } = await nim.signalingCreate({ type: 1 });
    await nim.signalingJoin({ channelId });
    await engine.createRoom({ roomId: bridge });
    await engine.enterRoom({ roomId: bridge });

    const asked = [nim.signalingCreate({ type: 1 }), engine.fetchRoomInfo()].map((answer) => answer.then(() => 'answered', (why) => why.message));
    await entered();
    crash();
    assert.deepEqual(await Promise.all(asked), [sentence, sentence]);
    await entered();
    assert.ok(printed.mock.calls.some(({ arguments: said }) => said.join(' ').includes('panic: syscall/js: call of Value.Int on string')), 'the console says so');
    assert.deepEqual(told.slice(1), [`module-exit: ${sentence}`, 'comes back']);
    assert.deepEqual(errors, [`-1: ${sentence}`]);

    // Each is a member still, as after a reload.
    const room = await engine.fetchRoomInfo();
    assert.deepEqual([room.roomId, room.roomMemberCount], [bridge, 1]);
    await back;
    await nim.signalingControl({ channelId, attachExt: 'still here' });
    await nim.signalingClose({ channelId });
    await engine.destroyRoom();
    assert.deepEqual(told.slice(3), ['connected']);

    await TUIRoomEngine.logout();
    await new Promise((done) => nim.destroy({ done }));
  });
}

/** Calls have entered Go when it is the turn of the next macrotask, and no answer has come over the network. */
const entered = () => new Promise((resolve) => setImmediate(resolve));
