// The samples in core/wire/testdata are what Go reads and writes. Here the same
// files are held against the types that TypeScript has of the wire.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const testdata = at('../../core/wire/testdata');
const samples = Object.fromEntries(
  readdirSync(testdata)
    .filter((file) => file.endsWith('.json'))
    .map((file) => [file, JSON.parse(readFileSync(join(testdata, file), 'utf8'))]),
);

test('samples, and only such frames, are what the types say', () => {
  const lines = [
    "import type { ToPage, ToRelay } from '../../src/wire.gen.js';",
    ...Object.values(samples).map((sample, i) => declare(`sample${i}`, sample)),
  ];
  let spoilt = 0;
  for (const sample of Object.values(samples)) {
    for (const wrong of spoil(sample)) lines.push('// @ts-expect-error', declare(`spoilt${spoilt++}`, wrong));
  }
  assert.ok(Object.keys(samples).length > 20 && spoilt > 300, `${spoilt} spoilt samples`);
  assert.deepEqual(compile({ [at('types/samples.ts')]: lines.join('\n') }), []);
});

test('the types of the wire are as wire.test-d.ts says', () => {
  assert.deepEqual(compile({ [at('types/wire.test-d.ts')]: readFileSync(at('types/wire.test-d.ts'), 'utf8') }), []);
});

test('a frame that is added stops wire.test-d.ts', () => {
  const added = readFileSync(at('../src/wire.gen.ts'), 'utf8')
    .replace('export type ToPage =', "export type ToPage = { type: 'surprise' } |")
    .replace('export interface Commands {', 'export interface Commands {\n  dance: Join;');
  const found = compile({
    [at('../src/wire.gen.ts')]: added,
    [at('types/wire.test-d.ts')]: readFileSync(at('types/wire.test-d.ts'), 'utf8'),
  });
  assert.equal(found.filter((message) => message.includes("does not satisfy the expected type 'never'")).length, 2, found.join('\n'));
});

test('close codes say whether to come back', async () => {
  const { outputText } = ts.transpileModule(readFileSync(at('../src/wire.gen.ts'), 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const { CloseCode, returnAfter } = await import(`data:text/javascript,${encodeURIComponent(outputText)}`);
  const returns = (code) => `${code} ${returnAfter(code)}`;
  assert.deepEqual([CloseCode.Replaced, CloseCode.Kicked, CloseCode.Banned, 4099].map(returns), ['4000 never', '4001 never', '4002 never', '4099 never']);
  assert.deepEqual([CloseCode.HelloLate, CloseCode.Slow, 4199, CloseCode.GoingAway].map(returns), ['4100 now', '4102 now', '4199 now', '1001 now']);
  assert.deepEqual([CloseCode.Busy, 4300, 1006, 3999].map(returns), ['4200 later', '4300 later', '1006 later', '3999 later']);
});

const declare = (name, frame) => `export const ${name}: ToPage | ToRelay = ${JSON.stringify(frame)};`;

/** Yields copies of a frame, each wrong in one place: a value of another kind, or a field too many. */
function* spoil(value) {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) for (const wrong of spoil(item)) yield value.with(i, wrong);
  } else if (typeof value === 'object') {
    yield { ...value, surprise: 1 };
    for (const [key, member] of Object.entries(value)) for (const wrong of spoil(member)) yield { ...value, [key]: wrong };
  } else {
    yield typeof value === 'string' ? 5 : 'text';
  }
}

/** Compiles the given texts as those files, and returns what TypeScript has to say. */
function compile(texts) {
  const options = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2022.d.ts'],
    types: [],
    verbatimModuleSyntax: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => file in texts || fileExists(file);
  host.getSourceFile = (file, language, ...rest) =>
    file in texts ? ts.createSourceFile(file, texts[file], language) : getSourceFile.call(host, file, language, ...rest);
  const program = ts.createProgram(Object.keys(texts), options, host);
  return ts.getPreEmitDiagnostics(program).map((found) => {
    const line = found.file ? found.file.getLineAndCharacterOfPosition(found.start).line : 0;
    const text = found.file ? found.file.text.split('\n')[line] : '';
    return `${ts.flattenDiagnosticMessageText(found.messageText, '\n')} <- ${text.slice(0, 300)}`;
  });
}
