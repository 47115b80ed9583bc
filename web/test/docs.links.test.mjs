// The checks of the documentation find what they are there for.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { anchors } from '../build/docs.anchors.mjs';
import { makeDocs } from '../build/docs.html.mjs';
import { brokenLinks, links } from '../build/docs.links.mjs';
import { folder } from './bridge.support.mjs';

test('no link of the documentation is broken', async () => assert.deepEqual(await brokenLinks(), []));

test('a link that leads nowhere is found', async () => {
  const root = await folder();
  await mkdir(join(root, 'docs'));
  await writeFile(join(root, 'docs/b.md'), '# B\n\n## One `code`, two\n\n## Again\n\n## Again\n');
  const good = '[b](docs/b.md), [one](docs/b.md#one-code-two), [second](docs/b.md#again-1), [me](#a), [out](https://example.org/x), ![b](docs/b.md)';
  await writeFile(join(root, 'a.md'), `# A\n\n${good}\n\n\`[not](a-link.md)\`\n\n    [nor](this.md)\n`);
  assert.deepEqual(await brokenLinks(root, ['a.md']), []);

  const bad = ['docs/c.md', 'docs/b.md#two', 'docs/b.md#again-2', '#b', '../a.md', 'javascript:alert(1)'];
  await writeFile(join(root, 'a.md'), `# A\n\n| x |\n| --- |\n${bad.map((href) => `| [x](${href}) |`).join('\n')}\n`);
  const found = await brokenLinks(root, ['a.md']);
  assert.equal(found.length, bad.length);
  for (const [k, href] of bad.entries()) assert.ok(found[k].startsWith(`a.md: ${href} `), found[k]);
});

test('headings are named as GitHub names them', () => {
  assert.deepEqual(anchors('# A & B: *c* [d](e)\n\n## `x.y()`\n\n## 中文 Ünï\n\n```\n# no\n```\n'), ['a--b-c-d', 'xy', '中文-ünï']);
  assert.deepEqual(links('a [b](c) <https://d.example> ![e](f)\n\n- [g](h)\n'), ['c', 'https://d.example', 'f', 'h']);
});

test('the pages have all links and pictures, and nothing that a strict policy forbids', { timeout: 60_000 }, async () => {
  const out = await folder();
  const pages = await makeDocs(out);
  assert.ok(pages.length > 10);
  for (const page of pages) {
    const html = await readFile(join(out, page), 'utf8');
    assert.doesNotMatch(html, /<script|<style|\sstyle=|\son\w+=|javascript:/, page);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length, `${page}: ids are of one thing each`);
    for (const [, href] of html.matchAll(/(?:href|src)="([^"]+)"/g)) {
      if (/^(https?:|\/$)/.test(href)) continue;
      const [path, anchor] = href.split('#');
      const target = path ? join(page, '..', path) : page;
      const there = await readFile(join(out, target), 'utf8').catch(() => assert.fail(`${page}: ${href}`));
      if (anchor) assert.ok(there.includes(` id="${anchor}"`), `${page}: ${href}`);
    }
  }
});
