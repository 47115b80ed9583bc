// The conformance suite in Node: the built package, a real relay, a test for each row.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conformInNode } from './tui.conformance.mjs';

for (const { row, what, passed, why } of await conformInNode()) {
  test(`${row}: ${what}`, () => assert.ok(passed, why));
}
