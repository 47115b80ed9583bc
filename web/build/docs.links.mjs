// Links and pictures of the documentation: they lead to files that are there, and to headings in them.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Lexer, walkTokens } from 'marked';
import { anchors } from './docs.anchors.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What people read, from the repository's folder. @returns {Promise<string[]>} */
export async function documents() {
  const pages = (await readdir(join(root, 'web/docs'), { recursive: true })).filter((name) => name.endsWith('.md')).sort();
  return ['README.md', 'CHANGELOG.md', 'SECURITY.md', 'web/README.md', ...pages.map((name) => `web/docs/${name}`)];
}

/** One sentence for each link that leads nowhere, in some files of a folder. @returns {Promise<string[]>} */
export async function brokenLinks(folder = root, /** @type {string[] | undefined} */ pages = undefined) {
  const broken = [];
  /** @type {Map<string, string[]>} */
  const known = new Map();
  for (const page of pages ?? (await documents())) {
    for (const href of links(await readFile(join(folder, page), 'utf8'))) {
      const why = await trouble(folder, page, href, known);
      if (why) broken.push(`${page}: ${href} ${why}`);
    }
  }
  return broken;
}

/** @param {string} markdown @returns {string[]} */
export function links(markdown) {
  /** @type {string[]} */
  const found = [];
  walkTokens(Lexer.lex(markdown), (token) => {
    if (token.type === 'link' || token.type === 'image') found.push(token.href);
  });
  return found;
}

/** What is wrong with a link, if anything. Addresses elsewhere are not asked for: they only have to be addresses. @param {string} folder @param {string} page @param {string} href @param {Map<string, string[]>} known the headings of files */
async function trouble(folder, page, href, known) {
  if (/^[a-z]+:/.test(href)) return URL.canParse(href) && /^(https?|mailto):/.test(href) ? '' : 'is no address';
  const [path, anchor] = href.split('#');
  const target = path ? join(dirname(page), decodeURI(path)) : page;
  if (relative(folder, join(folder, target)).startsWith('..')) return 'leads out of the repository';
  if (!existsSync(join(folder, target))) return 'is not there';
  if (!anchor) return '';
  if (!known.has(target)) known.set(target, anchors(await readFile(join(folder, target), 'utf8')));
  return known.get(target)?.includes(anchor) ? '' : 'has no such heading';
}
