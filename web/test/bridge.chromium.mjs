// Chromium and a server of small pages, for tests that need a real browser.
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** A reason to skip tests here; CI has Chromium and skips nothing. */
export const noChromium = !process.env.CI && !existsSync(executablePath) && `there is no ${executablePath}`;

export const launch = () =>
  chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'] });

const types = { '.mjs': 'text/javascript', '.js': 'text/javascript', '.html': 'text/html', '.wasm': 'application/wasm' };

/**
 * Serves pages, and the folders mounted by their path. An answer is { body, type?, headers? }.
 * @param {Record<string, { body: string, type?: string, headers?: object }>} answers by path
 * @param {Record<string, string>} mounts folders by path prefix
 */
export async function serve(answers, mounts) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://page');
    const answer = answers[pathname];
    if (answer) return response.writeHead(200, { 'content-type': answer.type ?? 'text/html', ...answer.headers }).end(answer.body);
    const prefix = Object.keys(mounts).find((p) => pathname.startsWith(p));
    const file = prefix && join(mounts[prefix], pathname.slice(prefix.length));
    const data = file && (await readFile(file).catch(() => undefined));
    if (!data) return response.writeHead(404).end('not found');
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(data);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => (server.closeAllConnections(), server.close()) };
}
