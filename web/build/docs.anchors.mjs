// The names of headings in links, as GitHub makes them; the built pages use the same.
import { Lexer } from 'marked';

/** Names headings, one after the other: a second one of the same text gets a number. */
export class Namer {
  /** @type {Map<string, number>} */
  #seen = new Map();

  /** @param {string} text what the reader sees of the heading */
  name(text) {
    const plain = text.toLowerCase().trim().replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '').replace(/\s/g, '-');
    const again = this.#seen.get(plain);
    this.#seen.set(plain, (again ?? 0) + 1);
    return again ? `${plain}-${again}` : plain;
  }
}

/** What the reader sees of a text with marks in it. @param {any[]} tokens @returns {string} */
export const seen = (tokens) => tokens.map((token) => (token.tokens ? seen(token.tokens) : token.type === 'html' ? '' : unescape(token.text ?? token.raw))).join('');

/** @param {string} text */
const unescape = (text) => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[/** @type {'amp'} */ (name)]);

/** All names in a document. @param {string} markdown */
export function anchors(markdown) {
  const namer = new Namer();
  return headings(markdown).map(({ text }) => namer.name(text));
}

/** @param {string} markdown @returns {{ depth: number, text: string }[]} */
export const headings = (markdown) =>
  Lexer.lex(markdown).flatMap((token) => (token.type === 'heading' ? [{ depth: token.depth, text: seen(token.tokens ?? []) }] : []));

/** The address of a page, from the documentation's folder. @param {string} name */
export const address = (name) => name.replace(/README\.md$/, 'index.md').replace(/\.md$/, '.html');
