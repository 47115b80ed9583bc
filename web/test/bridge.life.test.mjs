// How an instance of Go begins, lives without a trace, dies and is followed by the next, over both backends.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { importBridges } from './bridge.support.mjs';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
const globals = () => Reflect.ownKeys(globalThis);

const before = globals();
const bridges = await importBridges();
const imported = globals();

for (const [bridge, { backend, configure, onModuleExit }] of bridges) {
  // Everything that happened, in order, around whatever ends Go.
  async function ending(t, end) {
    t.mock.method(console, 'error', () => {});
    const go = await backend();
    const story = [];
    const off = onModuleExit((why) => story.push(`exit: ${why.message}`));
    const pending = go.call('', 'hang', {}).catch(({ failure }) => story.push(`pending: ${failure.code} ${failure.name}`));
    const exit = new Promise((resolve) => onModuleExit(resolve));
    await end(go);
    const why = await exit;
    await pending;
    off();
    return { go, story, why };
  }

  describe(`the life of ${bridge}`, () => {
    test('importing and running it leaves no globals', async () => {
      assert.deepEqual(imported, before);
      await (await backend()).call('', 'sleep', 1);
      assert.deepEqual(globals(), before);
    });

    test('it is loaded once', async () => {
      assert.equal(backend(), backend());
    });

    test('it neither grows nor keeps goroutines over 20,000 calls', async (t) => {
      const instantiate = t.mock.method(WebAssembly, 'instantiate');
      (await backend()).dispose();
      const go = await backend();
      const { exports } = await instantiate.mock.calls[0].result;
      const args = { account: 'bob', requestId: 'r'.repeat(100) };
      const held = async () => ({
        live: await go.call('', 'heap', {}),
        goroutines: await go.call('', 'goroutines', {}),
        memory: exports.mem.buffer.byteLength,
        page: (collect(), process.memoryUsage().heapUsed),
      });
      const round = async () => {
        for (let i = 0; i < 20_000; i++) await go.call('a', i % 2 ? 'echo' : 'nothing', { ...args, i });
        return held();
      };
      const first = await round(); // heaps and collectors find their size
      const second = await round();
      const grown = (what) => second[what] - first[what];
      assert.equal(grown('goroutines'), 0);
      // One forgotten callback a call would be twice as much.
      assert.ok(grown('live') < 100_000, `Go holds ${grown('live')} bytes more`);
      assert.ok(grown('page') < 2_000_000, `the page holds ${grown('page')} bytes more`);
      assert.ok(grown('memory') < 2_000_000, `Go’s memory grew by ${grown('memory')} bytes`);
    });

    test('a panic in a goroutine ends it: pending calls are rejected, then listeners are told', async (t) => {
      const { go, story, why } = await ending(t, (go) => go.call('', 'panicLater', 'out of luck'));
      assert.equal(why.failure.code, 'module-exit');
      assert.equal(why.message, 'beckon: the Go module has exited with 2: panic: out of luck');
      assert.deepEqual(story, [`pending: module-exit module-exit`, `exit: ${why.message}`]);
      await assert.rejects(go.call('', 'echo', {}), { name: 'module-exit', message: why.message });
    });

    test('an exception inside Go’s own doings ends it likewise', async (t) => {
      globalThis.trap = { get sprung() { throw new Error('sprung'); } };
      t.after(() => delete globalThis.trap);
      const { why } = await ending(t, (go) => void go.call('', 'trap', {}).catch(() => {}));
      assert.ok(console.error.mock.calls.some(({ arguments: [said] }) => said === why.message), 'the console says so too');
      assert.equal(why.failure.code, 'module-exit');
      assert.equal(why.message, 'beckon: the Go module was ended by an error: sprung');
    });

    test('disposing of it ends it likewise, and only once', async (t) => {
      const { why } = await ending(t, (go) => (go.dispose(), go.dispose()));
      assert.equal(why.message, 'beckon: the Go module was disposed of');
    });

    test('the next call starts a new instance, and listeners go on hearing', async (t) => {
      const events = [];
      (await backend()).listen('a', (name) => events.push(name));
      await ending(t, (go) => go.call('', 'panicLater', 'again'));
      const go = await backend();
      assert.equal(await go.call('', 'calls', {}), 1, 'a new one');
      await go.call('a', 'nothing', {});
      assert.deepEqual(events, ['nothing']);
    });

    test('timers of a dead instance never fire', async (t) => {
      const { go } = await ending(t, async (go) => {
        go.call('', 'sleep', 5).catch(() => {});
        go.dispose();
      });
      const next = await backend();
      assert.equal(await next.call('', 'sleep', 30), 30);
      await assert.rejects(go.call('', 'echo', {}), { name: 'module-exit' });
    });

    test('a load that failed says why and may be tried again', async (t) => {
      t.after(() => configure({ wasmUrl: undefined }));
      (await backend()).dispose();
      configure({ wasmUrl: '/nowhere/beckon.wasm' });
      await assert.rejects(backend(), /^Error: beckon: cannot load \/nowhere\/beckon\.wasm \(ENOENT.*\): put beckon\.wasm there, or say configure\(\{ wasmUrl \}\)$/);
      configure({ wasmUrl: import.meta.url });
      await assert.rejects(backend(), /bridge\.life\.test\.mjs .*is not beckon\.wasm: .*magic/);
      configure({ wasmUrl: undefined });
      assert.equal(await (await backend()).call('', 'echo', 1), 1);
    });

    test('a module compiled already is used as it is', async (t) => {
      t.after(() => configure({ wasmModule: undefined }));
      const bytes = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0); // the empty module
      (await backend()).dispose();
      configure({ wasmModule: await WebAssembly.compile(bytes) });
      await assert.rejects(backend(), { name: 'module-exit' });
    });

    test('debug tells the console, or a function, of calls and events, but no secrets', async (t) => {
      const printed = t.mock.method(console, 'debug', () => {});
      t.after(() => configure({ debug: undefined }));
      configure({ debug: true });
      const go = await backend();
      await go.call('a', 'nothing', { account: 'ada', token: 'sec"ret\\', deep: [{ userSig: 's3', rtcToken: 't0p', roomPassword: '"' }], after: 1 });
      const lines = [
        'beckon: call a nothing {"account":"ada","token":"…","deep":[{"userSig":"…","rtcToken":"…","roomPassword":"…"}],"after":1}',
        'beckon: event a nothing',
        'beckon: answered a nothing null',
      ];
      assert.deepEqual(printed.mock.calls.map((c) => c.arguments.join(' ')), lines);
      const said = [];
      configure({ debug: (line) => said.push(line) });
      await go.call('a', 'nothing', { token: 'secret' });
      assert.deepEqual(said, ['beckon: call a nothing {"token":"…"}', ...lines.slice(1)]);
      assert.equal(printed.mock.calls.length, 3);
    });
  });
}
