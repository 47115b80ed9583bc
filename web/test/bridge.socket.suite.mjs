// jsbridge.DialSocket over the WebSocket that this process has. Run by bridge.socket.test.mjs, once for each.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { after, describe, test } from 'node:test';
import { WebSocketServer } from 'ws';
import { importBridges } from './bridge.support.mjs';

const bridges = await importBridges();
const own = typeof WebSocket === 'function' ? 'Node’s own WebSocket' : 'ws';

const relay = new WebSocketServer({ host: '127.0.0.1', port: 0 });
await once(relay, 'listening');
relay.on('connection', (socket) => {
  socket.on('error', () => {});
  socket.on('message', (data, isBinary) => {
    const text = data.toString();
    if (text === 'kick') socket.close(4003, 'kicked');
    else if (text === 'drop') socket.terminate();
    else if (text === 'bytes') socket.send(Buffer.from('bytes'));
    else socket.send(text, { binary: isBinary });
  });
});
const url = `ws://127.0.0.1:${relay.address().port}/ws`;

// Accepts connections and never answers.
const mute = createServer().listen(0, '127.0.0.1');
await once(mute, 'listening');
const muteUrl = `ws://127.0.0.1:${mute.address().port}/`;

const gone = createServer().listen(0, '127.0.0.1');
await once(gone, 'listening');
const deadUrl = `ws://127.0.0.1:${gone.address().port}/`;
gone.close();

const accepted = new Set();
mute.on('connection', (socket) => accepted.add(socket.on('error', () => {})));
after(() => {
  for (const socket of accepted) socket.destroy();
  mute.close();
  relay.close();
});

for (const [bridge, { backend, onModuleExit }] of bridges) {
  let n = 0;

  /** Dials; `next()` is the socket's next event as [name, payload]. */
  async function dial(to, target = `socket${++n}`) {
    const go = await backend();
    const events = [];
    let wake = () => {};
    go.listen(target, (...event) => wake(events.push(event)));
    const next = async () => {
      while (!events.length) await new Promise((resolve) => (wake = resolve));
      return events.shift();
    };
    await go.call(target, 'dial', to);
    return { go, next, events, send: (text) => go.call(target, 'send', text), close: (how) => go.call(target, 'close', how) };
  }

  /** Nothing more happens: a second Closed would have come by the time another socket has lived and gone. */
  async function nothingMore({ events }) {
    const other = await dial(url);
    await other.next();
    await other.close('1000');
    await other.next();
    assert.deepEqual(events, []);
  }

  describe(`a socket over ${own} and ${bridge}`, () => {
    test('text goes and comes, in order', async () => {
      const socket = await dial(url);
      assert.deepEqual(await socket.next(), ['open', undefined]);
      const texts = ['', 'a', '{"type":"hello"}', '語 😀 \u0000', 'x'.repeat(200_000)];
      for (const text of texts) await socket.send(text);
      for (const text of texts) assert.deepEqual(await socket.next(), ['text', text]);
      await socket.close('1000');
      await socket.next();
    });

    test('binary frames are dropped', async () => {
      const socket = await dial(url);
      await socket.next();
      await socket.send('bytes');
      await socket.send('after');
      assert.deepEqual(await socket.next(), ['text', 'after']);
      await socket.close('1000');
      await socket.next();
    });

    test('the peer’s close code and reason arrive, once', async () => {
      const socket = await dial(url);
      await socket.next();
      await socket.send('kick');
      assert.deepEqual(await socket.next(), ['closed', { code: 4003, reason: 'kicked' }]);
      await nothingMore(socket);
    });

    test('a broken link is 1006', async () => {
      const socket = await dial(url);
      await socket.next();
      await socket.send('drop');
      const [name, { code }] = await socket.next();
      assert.deepEqual([name, code], ['closed', 1006]);
      await nothingMore(socket);
    });

    test('our own close code and reason come back', async () => {
      const socket = await dial(url);
      await socket.next();
      await socket.close('4001 enough');
      assert.deepEqual(await socket.next(), ['closed', { code: 4001, reason: 'enough' }]);
      await nothingMore(socket);
    });

    test('a code that a page may not say is said as 1000, a long reason is cut', async () => {
      const socket = await dial(url);
      const [peer] = await Promise.all([once(relay, 'connection'), socket.next()]);
      await socket.close('1011 ' + '語'.repeat(60));
      const [code, reason] = await once(peer[0], 'close');
      assert.equal(code, 1000);
      assert.equal(reason.toString(), '語'.repeat(41));
      await socket.next();
    });

    test('closing again does nothing', async () => {
      const socket = await dial(url);
      await socket.next();
      await socket.close('4001 first');
      await socket.close('4002 second');
      assert.deepEqual(await socket.next(), ['closed', { code: 4001, reason: 'first' }]);
      await socket.close('4003 third');
      await nothingMore(socket);
    });

    test('sending is an error before open, while closing and after', async () => {
      const socket = await dial(url);
      const refused = { name: 'internal', message: 'the socket is not open' };
      await assert.rejects(socket.send('too early'), refused);
      await socket.next();
      await socket.close('1000');
      await assert.rejects(socket.send('too late'), refused);
      await socket.next();
      await assert.rejects(socket.send('much too late'), refused);
    });

    test('a dial that fails is closed with 1006, once, and never opens', async () => {
      const socket = await dial(deadUrl);
      const [name, { code }] = await socket.next();
      assert.deepEqual([name, code], ['closed', 1006]);
      await nothingMore(socket);
    });

    test('an answer that is no WebSocket is 1006 too', async (t) => {
      const http = (await import('node:http')).createServer((_, response) => response.writeHead(404).end());
      await once(http.listen(0, '127.0.0.1'), 'listening');
      t.after(() => http.close());
      const socket = await dial(`ws://127.0.0.1:${http.address().port}/`);
      const [name, { code }] = await socket.next();
      assert.deepEqual([name, code], ['closed', 1006]);
      await nothingMore(socket);
    });

    test('a dial can be given up', async () => {
      const socket = await dial(muteUrl);
      await socket.close('1000');
      const [name, { code }] = await socket.next();
      assert.deepEqual([name, code], ['closed', 1006]);
      await nothingMore(socket);
    });

    test('a malformed address is an error at once, and no event', async () => {
      const socket = await dial('no address').catch((error) => error);
      assert.equal(socket.failure.code, 'internal');
      assert.match(socket.message, /invalid url/i);
    });

    test('closed sockets leave nothing behind in Go', async () => {
      const go = await backend();
      const round = async () => {
        // The module keeps a target's last socket, so the targets are always the same.
        const sockets = await Promise.all(Array.from({ length: 100 }, (_, i) => dial(url, `again${i}`)));
        await Promise.all(sockets.map(async ({ next, close }) => (await next(), await close('1000'), await next())));
        return go.call('', 'heap', {});
      };
      await round();
      const before = await round();
      await round();
      await round();
      const grown = (await round()) - before;
      assert.ok(grown < 50_000, `300 sockets left ${grown} bytes`); // their callbacks would be 200,000
    });

    test('of several addresses the one that does not answer is left for the next', async (t) => {
      const said = t.mock.method(console, 'warn', () => {});
      const exit = new Promise((resolve) => onModuleExit(resolve));
      (await backend()).dispose(); // a new one begins with the first address
      await exit;
      const list = `${deadUrl} ${url}`;
      const met = async (socket) => (await socket.next())[0];
      assert.equal(await met(await dial(list)), 'closed');
      const second = await dial(list);
      assert.equal(await met(second), 'open');
      await second.send('drop');
      assert.equal(await met(second), 'closed');
      const third = await dial(list);
      assert.equal(await met(third), 'open', 'what answered is taken again');
      await third.close('1000');
      assert.equal(await met(third), 'closed');
      for (let i = 0; i < 2; i++) assert.equal(await met(await dial(deadUrl)), 'closed');
      const silent = `beckon: no relay answers at ${deadUrl}, or it does not let this page's host in (its option -origins)`;
      assert.deepEqual(said.mock.calls.map((call) => call.arguments[0]), [silent, `beckon: the link to ${url} is lost`, silent], 'once an outage');
    });

    test('when Go dies its sockets are closed, and nothing comes from them', async (t) => {
      t.mock.method(console, 'error', () => {});
      const [open, dialling] = [await dial(url), await dial(muteUrl)];
      const [[peer]] = await Promise.all([once(relay, 'connection'), open.next()]);
      const exit = new Promise((resolve) => onModuleExit(resolve));
      await open.go.call('', 'panicLater', 'gone');
      await exit;
      await once(peer, 'close');
      await nothingMore(open);
      assert.deepEqual(dialling.events, []);
    });
  });
}
