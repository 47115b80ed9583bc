// The TUI dialect over the other bridge, too: rows of its conformance suite that ring, cross to NIM and lose their link, with
// the package built on golang-wasm, at a real relay. All rows: node web/test/tui.conformance.mjs --dist web/build/golang-wasm
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { conformInNode } from './tui.conformance.mjs';

const dist = fileURLToPath(new URL('../build/golang-wasm', import.meta.url));
assert(existsSync(dist), `${dist} is missing: run make test, which builds it`);

const rows = await conformInNode({ dist, only: process.env.BECKON_LONG ? undefined : /^(login|5 (inviteUsers|cancelInv|accept|reject)|7 (enterRoom|onKicked)|a link that drops|a call in flight|NIM rings TUI|TUI rings NIM)/ });
assert.ok(rows.length > 20);
for (const { row, what, passed, why } of rows) test(`${row}: ${what}`, () => assert.ok(passed, why));
