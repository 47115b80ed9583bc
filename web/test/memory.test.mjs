// Calls leave nothing behind. The long form, 50,000 of them: node test/memory.mjs
import { test } from 'node:test';
import { flat, measure } from './memory.mjs';

test('memory is after 500 calls what it was after 150', { timeout: 60_000 }, async () => {
  flat(await measure(500, () => {}));
});
