// A conformance suite in a page: the same cases, the built package in Chromium, a real relay.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch, noChromium, serve } from '../bridge.chromium.mjs';
import { openLine } from './line.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const dist = process.env.BECKON_DIST ?? here('../../dist');

const body = (dialect, env) => `<!doctype html><title>conformance</title><script type="module">
  import { NIM, configure } from '/sdk/index.mjs';
  import { conform } from '/test/${dialect}/conformance/suite.mjs';
  import * as examples from '/examples.mjs';
  const openLine = async () => {
    const { id, url } = await lineOpen();
    const way = (what) => () => lineDo(id, what);
    return { url, hold: way('hold'), cut: way('cut'), mend: way('mend'), close: way('close') };
  };
  let copies = 0;
  const load = () => import('/sdk/tui.mjs?copy=' + ++copies);
  addEventListener('unhandledrejection', (event) => event.preventDefault()); // a case that broke has left calls behind
  window.run = (url) => conform({ NIM, configure, load, url, openLine, examples, ...${JSON.stringify(env)} });
</script>`;

/**
 * A test for each row of a dialect's suite.
 * @param {{ dialect: 'nim' | 'tui', examples: () => Promise<string>, startSuiteRelay: (...args: string[]) => Promise<any>, env?: object }} suite
 */
export function testInChromium({ dialect, examples, startSuiteRelay, env = {} }) {
  describe('the conformance suite in Chromium', { skip: noChromium }, async () => {
    if (noChromium) return;
    const answers = { '/': { body: body(dialect, env) }, '/examples.mjs': { body: await examples(), type: 'text/javascript' } };
    const server = await serve(answers, { '/sdk/': dist, '/test/': here('..') });
    const relay = await startSuiteRelay('-origins', new URL(server.origin).host);
    const browser = await launch();
    after(async () => {
      await browser.close();
      await relay.stop();
      server.close();
    });

    const page = await browser.newPage();
    const lines = [];
    await page.exposeFunction('lineOpen', async () => {
      const line = await openLine(relay.url);
      return { id: lines.push(line) - 1, url: line.url };
    });
    await page.exposeFunction('lineDo', (id, what) => lines[id][what]());
    await page.goto(server.origin);
    await page.waitForFunction('window.run');
    const rows = await page.evaluate((url) => window.run(url), relay.url);
    for (const { row, what, passed, why } of rows) test(`${row}: ${what}`, () => assert.ok(passed, why));
  });
}
