// What stands around a page: its head, the way to the others, and what comes next.
import { posix } from 'node:path';
import { address, headings, Namer } from './docs.anchors.mjs';

/** @typedef {import('./docs.html.mjs').Page} Page */
/** @typedef {import('./docs.html.mjs').Shelf} Shelf */

/** @param {Page} page @param {Shelf[]} shelves @param {string} content */
export function layout(page, shelves, content) {
  const here = posix.dirname(page.name);
  const pages = shelves.flatMap(({ pages }) => pages);
  const at = pages.indexOf(page);
  const lost = at < 0; // served under any address
  const to = (/** @type {string} */ path) => (lost ? `/docs/${path}` : posix.relative(here, path));
  const home = page.name === 'README.md';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${home ? 'Beckon: documentation' : `${escape(page.title)} · Beckon`}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${escape(summary(page.markdown))}">
<meta name="color-scheme" content="light dark">
<link rel="icon" type="image/svg+xml" href="${to('favicon.svg')}">
<link rel="stylesheet" href="${to('docs.css')}">
</head>
<body>
<a class="skip" href="#page">Skip to the page</a>
<header>
<a class="brand" href="${to('index.html')}"><img src="${to('favicon.svg')}" alt="" width="28" height="28">Beckon <span>docs</span></a>
<nav aria-label="Site"><a class="contents" href="#contents">Contents</a> <a href="/">Demo</a></nav>
</header>
<div class="columns">
<main id="page" tabindex="-1">
${content}${lost ? '' : turn(pages[at - 1], pages[at + 1], to)}</main>
<nav id="contents" aria-label="Documentation">
${shelves.map((shelf) => `<h2>${shelf.title}</h2>\n<ul>\n${shelf.pages.map((other) => entry(other, page, to)).join('\n')}\n</ul>`).join('\n')}
</nav>
</div>
</body>
</html>
`;
}

/** @param {Page} other @param {Page} page @param {(path: string) => string} to */
function entry(other, page, to) {
  const title = escape(other.title);
  if (other !== page) return `<li><a href="${to(address(other.name))}">${title}</a></li>`;
  const namer = new Namer();
  const named = headings(page.markdown).map(({ depth, text }) => ({ depth, text, id: namer.name(text) }));
  const parts = named.filter(({ depth }) => depth === 2).map(({ text, id }) => `<li><a href="#${id}">${escape(text)}</a></li>`);
  return `<li><a href="#${named[0].id}" aria-current="page">${title}</a>${parts.length ? `<ul>${parts.join('')}</ul>` : ''}</li>`;
}

/** @param {Page | undefined} before @param {Page | undefined} after @param {(path: string) => string} to */
function turn(before, after, to) {
  const link = (/** @type {Page | undefined} */ page, /** @type {string} */ rel) =>
    page ? `<a rel="${rel}" href="${to(address(page.name))}">${escape(page.title)}</a>` : '<span></span>';
  return `<nav class="turn" aria-label="Next pages">${link(before, 'prev')}${link(after, 'next')}</nav>\n`;
}

/** The first sentence or two. @param {string} markdown */
function summary(markdown) {
  const paragraph = markdown.split(/\n\s*\n/).find((part) => /^[A-Z`*[]/.test(part)) ?? '';
  return paragraph.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '').replace(/\s+/g, ' ').slice(0, 160);
}

/** @param {string} text */
const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
