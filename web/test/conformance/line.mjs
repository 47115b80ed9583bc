// A way to the relay that a test may hold, cut and mend.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** @param {string} url of the relay */
export async function openLine(url) {
  const { hostname, port } = new URL(url);
  const ends = new Set();
  let away = false;
  const server = createServer((page) => {
    if (away) return void page.destroy();
    const relay = connect(Number(port), hostname);
    for (const [end, other] of [[page, relay], [relay, page]]) {
      ends.add(end);
      end.pipe(other);
      end.on('error', () => other.destroy());
      end.on('close', () => (ends.delete(end), other.destroy()));
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const cut = () => {
    away = true;
    for (const end of ends) end.destroy();
  };
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** What is said is not heard any more, in either direction; the link seems to stand. */
    hold: () => {
      for (const end of ends) end.unpipe();
    },
    cut,
    mend: () => {
      away = false;
    },
    close: () => {
      cut();
      server.close();
    },
  };
}
