// The samples in web/docs: a fence's info string says what each is, such as `html file=call.html`.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** @param {string} page from web/docs @returns {Promise<{ language: string, marks: Record<string, string>, text: string }[]>} */
export async function samples(page) {
  const markdown = await readFile(fileURLToPath(new URL(`../docs/${page}`, import.meta.url)), 'utf8');
  return [...markdown.matchAll(/^```(\S+)(.*)\n([^]*?)^```$/gm)].map(([, language, info, text]) => ({
    language,
    text,
    marks: Object.fromEntries(info.trim().split(/\s+/).filter(Boolean).map((mark) => /^([^=]*)=?(.*)$/.exec(mark).slice(1))),
  }));
}

/** The text of the one sample marked so, with the relay that it speaks of replaced. */
export async function sample(page, mark, value, relay) {
  const found = (await samples(page)).filter(({ marks }) => marks[mark] === value);
  if (found.length !== 1) throw new Error(`${page} has ${found.length} samples with ${mark}=${value}`);
  return relay ? found[0].text.replaceAll('http://127.0.0.1:8080', relay) : found[0].text;
}
