// The documentation as pages for the relay to serve: no script, nothing inline that a strict policy forbids.
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Marked } from 'marked';
import { address, headings, Namer, seen } from './docs.anchors.mjs';
import { highlight } from './docs.colours.mjs';
import { layout } from './docs.layout.mjs';

const docs = fileURLToPath(new URL('../docs', import.meta.url));
const repository = fileURLToPath(new URL('../..', import.meta.url));

/** The order of reading. Pages that are not named here come last. */
const SHELVES = [
  ['Start', ['README.md', 'quickstart.md']],
  ['Moving here', ['from-nim.md', 'from-tui.md', 'calls.md']],
  ['Reference', ['api/nim.md', 'api/v2.md', 'api/tui.md', 'api/configure.md', 'nim.md', 'tui.md', 'protocol.md']],
  ['How it works', ['architecture.md', 'states.md', 'engine.md']],
  ['Running it', ['operate.md', 'security.md']],
];

/** @typedef {{ name: string, title: string, markdown: string }} Page */

/** What is served in place of a page that is not there, wherever that would be.
 * @type {Page} */
const LOST = { name: '404.md', title: 'There is no such page', markdown: '# There is no such page\n' };

/** Writes the pages into the folder `out`, and answers their names. @param {string} out */
export async function makeDocs(out) {
  const shelves = await read();
  const pages = shelves.flatMap(({ pages }) => pages);
  for (const page of pages) {
    const file = join(out, address(page.name));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, layout(page, shelves, await render(page, out)));
  }
  await writeFile(join(out, '404.html'), layout(LOST, shelves, '<h1 id="there-is-no-such-page">There is no such page</h1>\n<p>Perhaps it has another name now: see the contents.</p>\n'));
  await cp(fileURLToPath(new URL('docs.css', import.meta.url)), join(out, 'docs.css'));
  await cp(fileURLToPath(new URL('../demo/favicon.svg', import.meta.url)), join(out, 'favicon.svg'));
  return pages.map(({ name }) => address(name));
}

/** @typedef {{ title: string, pages: Page[] }} Shelf */

/** @returns {Promise<Shelf[]>} */
async function read() {
  const names = (await readdir(docs, { recursive: true })).map((name) => name.replaceAll('\\', '/')).filter((name) => name.endsWith('.md'));
  const named = SHELVES.flatMap(([, names]) => names);
  const rest = names.filter((name) => !named.includes(name)).sort();
  const shelves = [...SHELVES, ['More', rest]].map(async ([title, list]) => ({
    title: String(title),
    pages: await Promise.all([...list].filter((name) => names.includes(name)).map(page)),
  }));
  return (await Promise.all(shelves)).filter(({ pages }) => pages.length);
}

/** @param {string} name @returns {Promise<Page>} */
async function page(name) {
  const markdown = await readFile(join(docs, name), 'utf8');
  const [first] = headings(markdown);
  if (first?.depth !== 1) throw new Error(`docs: ${name} does not begin with a title`);
  return { name, title: first.text, markdown };
}

/** @param {Page} page @param {string} out */
async function render(page, out) {
  const namer = new Namer();
  /** @type {Map<string, string>} */
  const pictures = new Map();
  const here = dirname(page.name);
  const marked = new Marked({
    gfm: true,
    async: true,
    async walkTokens(token) {
      if (token.type === 'image') pictures.set(token.href, await picture(here, token.href, token.text, out));
    },
    renderer: {
      heading({ tokens, depth }) {
        const text = seen(tokens);
        const id = namer.name(text);
        const inner = this.parser.parseInline(tokens);
        return depth === 1 ? `<h1 id="${id}">${inner}</h1>\n` : `<h${depth} id="${id}">${inner} <a class="here" href="#${id}" aria-label="Link to ${escape(text)}">#</a></h${depth}>\n`;
      },
      code: ({ text, lang }) => `<pre tabindex="0"><code>${highlight(text, lang?.split(/\s/)[0] ?? '')}</code></pre>\n`,
      link({ href, tokens }) {
        const inner = this.parser.parseInline(tokens);
        const to = link(here, href);
        return to === undefined ? `<span class="source" title="In the source: ${escape(posix.join('web/docs', here, href))}">${inner}</span>` : `<a href="${escape(to)}">${inner}</a>`;
      },
      image: ({ href }) => pictures.get(href) ?? '',
      html({ text }) {
        if (/^\s*<!--[^]*-->\s*$/.test(text)) return '';
        throw new Error(`docs: ${page.name} has HTML, which the pages do without: ${text}`);
      },
      table({ header, rows }) {
        const cell = (/** @type {any} */ { tokens }, /** @type {string} */ tag) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`;
        const cells = (/** @type {any[]} */ list, /** @type {string} */ tag) => `<tr>${list.map((one) => cell(one, one.text ? tag : 'td')).join('')}</tr>`;
        const head = header.some(({ text }) => text) ? `<thead>${cells(header, 'th')}</thead>` : '';
        return `<div class="table" tabindex="0" role="group" aria-label="Table"><table>${head}<tbody>${rows.map((row) => cells(row, 'td')).join('\n')}</tbody></table></div>\n`;
      },
    },
  });
  return marked.parse(page.markdown);
}

/** Where a link of a page leads; undefined: to the source, which the relay does not serve. @param {string} here @param {string} href */
function link(here, href) {
  if (/^([a-z]+:|#)/.test(href)) return href;
  const [path, anchor] = href.split('#');
  const target = posix.normalize(posix.join(here, path));
  if (target.startsWith('..') || !target.endsWith('.md')) return undefined;
  return (posix.relative(here, address(target)) || basename(address(target))) + (anchor ? `#${anchor}` : '');
}

/** A drawing becomes part of the page, so that it takes its colours; other pictures come along. @param {string} here @param {string} href @param {string} alt @param {string} out */
async function picture(here, href, alt, out) {
  const file = join(docs, here, href);
  const name = basename(file);
  if (name.endsWith('.svg') && !relative(docs, file).startsWith('..')) {
    return (await readFile(file, 'utf8')).replace('<svg ', `<svg class="drawing" aria-label="${escape(alt)}" `).replace(/^<\?xml.*?\?>\s*/, '');
  }
  if (relative(repository, file).startsWith('..')) throw new Error(`docs: ${href} is outside of the repository`);
  await mkdir(join(out, 'pictures'), { recursive: true });
  await cp(file, join(out, 'pictures', name));
  return `<img src="${posix.join(posix.relative(here, '.'), 'pictures', name)}" alt="${escape(alt)}" loading="lazy">`;
}

/** @param {string} text */
const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
