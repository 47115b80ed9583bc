// How one export reads: headings, sentences and tables of Markdown.
import ts from 'typescript';

export class Words {
  /** @param {ts.TypeChecker} checker @param {Map<string, string>} homes the page of each exported name @param {string} page @param {(d: ts.Declaration) => boolean} silent what does nothing */
  constructor(checker, homes, page, silent) {
    this.checker = checker;
    this.homes = homes;
    this.page = page;
    this.silent = silent;
    /** What fields of a name are said to be, where all that are explained are the same. @type {Map<string, Set<string>>} */
    this.said = new Map();
  }

  /** Learns what fields mean, for those of the same name that have no comment. @param {ts.Symbol[]} symbols */
  learn(symbols) {
    for (const m of symbols.flatMap((symbol) => this.members(symbol)).filter(ours)) {
      const text = this.doc(m);
      if (text) this.said.set(m.name, (this.said.get(m.name) ?? new Set()).add(text));
    }
  }

  /** @param {ts.Symbol} m */
  meaning(m) {
    const said = this.said.get(m.name);
    return this.doc(m) || (said?.size === 1 ? [...said][0] : '');
  }

  /** A whole entry. @param {string} name @param {ts.Symbol} symbol */
  of(name, symbol) {
    const declaration = symbol.declarations?.[0];
    const callable = declaration && ts.isFunctionDeclaration(declaration);
    const parts = [`### ${name}\n`, callable ? '' : paragraph(this.doc(symbol))];
    if (declaration && ts.isEnumDeclaration(declaration)) parts.push(this.values(declaration));
    else if (callable) parts.push(this.signatures(symbol));
    else if (declaration && ts.isVariableDeclaration(declaration)) parts.push(code(this.checker.typeToString(this.checker.getTypeOfSymbol(symbol))) + '\n');
    else parts.push(this.type(name, symbol));
    return parts.filter(Boolean).join('\n');
  }

  /** One line. @param {string} name @param {ts.Symbol} symbol */
  brief(name, symbol) {
    const declaration = symbol.declarations?.[0];
    const values = declaration && ts.isEnumDeclaration(declaration) ? `: ${declaration.members.map((m) => code(m.name.getText())).join(', ')}` : '';
    return `- ${code(name)}${values}`;
  }

  /** @param {string} name @param {ts.Symbol} symbol */
  type(name, symbol) {
    const alias = symbol.declarations?.find(ts.isTypeAliasDeclaration);
    if (alias && !ts.isTypeLiteralNode(alias.type)) {
      const fields = this.members(symbol).filter((m) => ours(m) && !ts.isUnionTypeNode(alias.type));
      const made = this.typed(plain(alias.type.getText()), name) + '\n';
      return ts.isIntersectionTypeNode(alias.type) && fields.length ? `${made}\n${this.fields(fields)}` : made;
    }
    const all = this.members(symbol).filter(ours);
    const quiet = all.filter((m) => m.declarations?.every(this.silent));
    const members = all.filter((m) => !quiet.includes(m));
    const methods = members.filter((m) => m.flags & ts.SymbolFlags.Method);
    const fields = members.filter((m) => !(m.flags & ts.SymbolFlags.Method));
    const statics = symbol.flags & ts.SymbolFlags.Class ? this.statics(symbol) : [];
    return [
      fields.length ? this.fields(fields) : '',
      ...statics.map((m) => this.method(`${name}.${m.name}`, m)),
      ...methods.map((m) => this.method(m.name, m)),
      quiet.length ? `#### There, and without media\n\n${quiet.map((m) => code(m.name)).join(', ')}: what is about devices and streams does nothing and succeeds, the rest is refused.\n` : '',
    ].join('\n');
  }

  /** @param {ts.Symbol} symbol */
  members(symbol) {
    const type = this.checker.getDeclaredTypeOfSymbol(symbol);
    const own = this.checker.getPropertiesOfType(type);
    const base = symbol.declarations?.some(ts.isClassDeclaration);
    // What another entry of the reference explains is not explained again: a class's calls from an interface of its own.
    return own.filter((m) => !base || !m.declarations?.every((d) => ts.isInterfaceDeclaration(d.parent) && this.homes.has(d.parent.name.text) || /methods\.ts$/.test(d.getSourceFile().fileName)));
  }

  /** @param {ts.Symbol} symbol */
  statics(symbol) {
    const type = this.checker.getTypeOfSymbol(symbol);
    return this.checker.getPropertiesOfType(type).filter((m) => m.name !== 'prototype' && m.flags & ts.SymbolFlags.Method && ours(m));
  }

  /** @param {string} name @param {ts.Symbol} symbol */
  method(name, symbol) {
    return [`#### ${name}\n`, this.signatures(symbol)].join('\n');
  }

  /** @param {ts.Symbol} symbol */
  signatures(symbol) {
    const found = (symbol.declarations ?? []).filter((d) => ts.isFunctionLike(d));
    const shown = found.length > 1 ? found.filter((d) => !('body' in d && d.body)) : found; // overloads, not what implements them
    const lines = shown.map((d) => {
      const given = d.parameters.map((p) => plain(p.getText())).join(', ');
      return `${symbol.name}(${given})${d.type ? `: ${plain(d.type.getText())}` : ''}`;
    });
    const known = [...new Set(lines.flatMap((line) => this.known(line)))];
    const see = known.length ? `\n${known.map((n) => `[${n}](${this.address(n)})`).join(' · ')}\n` : '';
    const doc = this.doc(symbol);
    return '```ts\n' + lines.join('\n') + '\n```\n' + (doc ? `\n${doc}\n` : '') + see;
  }

  /** @param {readonly ts.Symbol[]} fields */
  fields(fields) {
    const rows = fields.flatMap((m) => this.field(m, ''));
    return table(['name', 'holds', ''], rows);
  }

  /** A row, and one for each field of an object that has no name. @param {ts.Symbol} m @param {string} of @returns {string[]} */
  field(m, of) {
      const d = m.declarations?.[0];
      const node = d && 'type' in d ? /** @type {ts.TypeNode | undefined} */ (d.type) : undefined;
      const text = node ? node.getText() : this.checker.typeToString(this.checker.getTypeOfSymbol(m), undefined, ts.TypeFormatFlags.NoTruncation);
      const optional = m.flags & ts.SymbolFlags.Optional ? '?' : '';
      if (node && ts.isTypeLiteralNode(node) && node.members.some((x) => ts.isPropertySignature(x) && ts.getJSDocCommentsAndTags(x).length)) {
        const inner = node.members.map((x) => x.name && this.checker.getSymbolAtLocation(x.name)).filter((x) => x !== undefined);
        return inner.flatMap((x) => this.field(x, `${of}${m.name}.`));
      }
      return [row(code(of + m.name + optional), this.typed(plain(text), ''), this.meaning(m))];
  }

  /** @param {ts.EnumDeclaration} e */
  values(e) {
    const rows = e.members.map((m) => {
      const symbol = this.checker.getSymbolAtLocation(m.name);
      return row(code(m.name.getText()), code(JSON.stringify(this.checker.getConstantValue(m)).replaceAll('"', "'")), symbol ? this.doc(symbol) : '');
    });
    return table(['name', 'value', ''], rows);
  }

  /** A type's text, leading to the first type in it that has an entry. @param {string} text @param {string} self */
  typed(text, self) {
    const [first] = this.known(text).filter((name) => name !== self);
    return first ? `[${code(text)}](${this.address(first)})` : code(text);
  }

  /** @param {string} text */
  known(text) {
    return [...text.matchAll(/\b[A-Z][A-Za-z0-9]*/g)].map(([name]) => this.alias(name)).filter((name) => this.homes.has(name));
  }

  /** Names that the source has for exports of another name. @param {string} name */
  alias(name) {
    return name === 'Signalling' ? 'NIMSignalling' : name;
  }

  /** @param {string} name */
  address(name) {
    const page = this.homes.get(name);
    return `${page === this.page ? '' : `${page}.md`}#${name.toLowerCase()}`;
  }

  /** A comment, its tags as sentences. @param {ts.Symbol} symbol */
  doc(symbol) {
    const text = ts.displayPartsToString(symbol.getDocumentationComment(this.checker));
    const throws = symbol.getJsDocTags(this.checker).filter(({ name }) => name === 'throws').map(({ text }) => `Throws ${ts.displayPartsToString(text)}`);
    return [text, ...throws]
      .join('\n\n')
      .trim()
      .replace(/\{@link (\w+)\}/g, (_, name) => (this.homes.has(name) ? `[${name}](${this.address(name)})` : code(name)))

  }
}

/** A type as a reader wants it: without the source's name spaces and the emitter's machinery. @param {string} text */
const plain = (text) =>
  text
    .replace(/\/\*\*[^]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/^\| /, '')
    .replace(/\b[PRT]\./g, '')
    .replace(/\bArgs<E, N>/g, 'any[]')
    .replace(/\bkeyof E\b|(?<=event: )[NE]\b/g, 'string')
    .replace(/\bTold<E>/g, 'any')
    .replace(/\bFn\b/g, 'Function');

/** @param {string} text */
const code = (text) => `\`${text}\``;

/** @param {string} text */
const paragraph = (text) => (text ? `${text}\n` : '');

/** @param {string[]} cells */
const row = (...cells) => `| ${cells.map((c) => c.replace(/\n+/g, ' ').replaceAll('|', '\\|')).join(' | ')} |`;

/** @param {string[]} head @param {string[]} rows */
const table = (head, rows) => `${[row(...head), `|${' --- |'.repeat(head.length)}`, ...rows].join('\n')}\n`;

/** Whether a member is public, and of ours. @param {ts.Symbol} m */
function ours(m) {
  const [d] = m.declarations ?? [];
  if (!d || d.getSourceFile().isDeclarationFile) return false;
  return !(ts.getCombinedModifierFlags(/** @type {ts.Declaration} */ (d)) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) && !m.name.startsWith('__');
}
