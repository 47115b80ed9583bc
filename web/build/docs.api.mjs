// The API reference: what the package exports, with the comments that stand on it, as pages of web/docs/api.
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { Words } from './docs.api.words.mjs';

const src = fileURLToPath(new URL('../src', import.meta.url));

/** The pages, and which source files make their sections. What a page's first pattern of files leaves over is its last section. */
const PAGES = [
  {
    name: 'configure',
    title: 'API: configuration',
    about: 'Where things are, for all of the package: `import { configure } from \'beckon\'`, or from `beckon/tui`.',
    files: /^(configure|version)\.ts$/,
    sections: [['Functions and options', /./]],
  },
  {
    name: 'v2',
    title: 'API: V2NIMSignallingService',
    about: 'The newer shape of NIM\'s signalling: `nim.V2NIMSignallingService`. Numbers are numbers here, and times are Unix milliseconds.',
    files: /^nim\/v2/,
    sections: [['The service', /v2\.ts$/, /Calls$/], ['Events', /./, /(Listener|Event|EventType)$/], ['Errors', /./, /Error$/], ['What the calls take', /./, /(Params|Config|ChannelType)$/], ['What they answer', /./]],
  },
  {
    name: 'nim',
    title: 'API: NIM',
    about: 'NetEase NIM\'s independent signalling: `import { NIM } from \'beckon\'`. [Coming from NIM](../from-nim.md) says what moving takes, and [the list of codes](../nim.md#codes) what each of them means.',
    files: /^nim\//,
    sections: [
      ['The instance', /\/nim\.ts$/],
      ['The calls', /\/methods\.ts$/],
      ['Events', /\/events\.ts$/],
      ['Options and connection', /\/options\.ts$/],
      ['What the calls take', /\/params\.ts$/],
      ['What they answer', /\/types\.ts$/],
      ['Messages', /\/message\.ts$/],
      ['Errors', /\/errors\.ts$/],
      ['More', /./],
    ],
  },
  {
    name: 'tui',
    title: 'API: TUIRoomEngine',
    about: 'Tencent\'s TUIRoomEngine: `import TUIRoomEngine from \'beckon/tui\'`. [Coming from TUIRoomEngine](../from-tui.md) says what moving takes.',
    files: /^tui\//,
    sections: [
      ['The engine', /\/(engine|life)\.ts$/],
      ['Invitations', /\/manager\.ts$/],
      ['Events', /\/events\.ts$/],
      ['What calls answer', /\/types\.ts$/],
      ['Names of values', /\/enums\.ts$/],
      ['Errors', /\/(errors|codes)\.ts$/],
      ['More', /./],
    ],
  },
];

/** Files whose exports are there only so that programs find them: one line each is enough. */
const SILENT = /^tui\/(media|trtc|silent)\.ts$/;

/** Writes all pages: their text by name. @returns {Record<string, string>} */
export function api() {
  const entries = ['index.ts', 'tui.ts'].map((name) => join(src, name));
  const config = ts.readConfigFile(join(src, '../tsconfig.json'), ts.sys.readFile).config;
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, dirname(src));
  const program = ts.createProgram([...entries, join(src, 'constants.d.ts'), join(src, 'wasm_exec.d.ts')], { ...options, types: [] });
  const checker = program.getTypeChecker();
  const all = exported(program, checker, entries);

  /** @type {Map<string, string>} */
  const homes = new Map();
  for (const [name, { file }] of all) if (!SILENT.test(file)) homes.set(name, pageOf(file).name);
  const silent = (/** @type {ts.Declaration} */ d) => SILENT.test(fileOf(d));
  return Object.fromEntries(PAGES.map((page) => [`${page.name}.md`, write(page, all, new Words(checker, homes, page.name, silent))]));
}

/** @typedef {{ symbol: ts.Symbol, file: string, at: number }} Export */

/** @param {ts.Program} program @param {ts.TypeChecker} checker @param {string[]} entries @returns {Map<string, Export>} */
function exported(program, checker, entries) {
  /** @type {Map<string, Export>} */
  const all = new Map();
  for (const entry of entries) {
    const file = program.getSourceFile(entry);
    const module = file && checker.getSymbolAtLocation(file);
    if (!module) throw new Error(`docs: ${entry} is no module`);
    for (const given of checker.getExportsOfModule(module)) {
      const symbol = given.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(given) : given;
      const [declaration] = symbol.declarations ?? [];
      if (given.name === 'default' || all.has(given.name) || !declaration) continue;
      all.set(given.name, { symbol, file: fileOf(declaration), at: declaration.pos });
    }
  }
  return all;
}

/** @param {ts.Declaration} d */
const fileOf = (d) => relative(src, d.getSourceFile().fileName).replaceAll(sep, '/');

/** @param {string} file */
function pageOf(file) {
  const page = PAGES.find(({ files }) => files.test(file));
  if (!page) throw new Error(`docs: ${file} exports something, and belongs to no page of the API`);
  return page;
}

/** What is called comes before what is passed. @param {Export} e */
const first = ({ symbol }) => Number(Boolean(symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Function)));

/** @param {typeof PAGES[number]} page @param {Map<string, Export>} all @param {Words} words */
function write(page, all, words) {
  const mine = [...all].filter(([, { file }]) => pageOf(file) === page).sort(([, a], [, b]) => first(b) - first(a) || (a.file === b.file ? a.at - b.at : a.file < b.file ? -1 : 1));
  words.learn(mine.map(([, { symbol }]) => symbol));
  const out = [`<!-- Written by web/build/docs.mjs from the types in web/src. DO NOT EDIT. -->\n\n# ${page.title}\n\n${page.about}\n`];
  const placed = new Set();
  for (const [title, file, name] of /** @type {[string, RegExp, RegExp?][]} */ (page.sections)) {
    const here = mine.filter(([n, e]) => !placed.has(n) && !SILENT.test(e.file) && file.test(e.file) && (!name || name.test(n)));
    if (!here.length) continue;
    out.push(`## ${title}\n`);
    for (const [n, { symbol }] of here) {
      placed.add(n);
      out.push(words.of(n, symbol));
    }
  }
  const silent = mine.filter(([n, e]) => !placed.has(n) && SILENT.test(e.file));
  if (silent.length) {
    out.push('## There, and silent\n\nNames of the vendor\'s media, device and chat SDKs. Programs may import and touch them; nothing comes of it.\n');
    out.push(silent.map(([n, { symbol }]) => words.brief(n, symbol)).sort().join('\n') + '\n');
  }
  return out.join('\n');
}
