// The examples of the vendor's page, and the declarations.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { go, loggedIn, page, room } from './page.mjs';

describe('the vendor\'s examples', () => {
  for (const method of ['Invite', 'Cancel', 'Accept', 'JoinAndAccept', 'Reject', 'Call', 'CallEx'].map((m) => `signaling${m}`)) {
    test(`${method} runs, resolved and rejected`, async () => {
      const nim = await loggedIn();
      const said = [];
      go.answers[method] = { ...room, ...(method === 'signalingCallEx' && { callStatus: '200' }) };
      await page.examples[method](nim, (...words) => said.push(words));
      assert.equal(said.length, 1);
      assert.ok(said[0].length > 1, 'it told of success');
      assert.ok(!said[0].includes(undefined));

      go.answers[method] = () => {
        throw page.failed({ code: 10404, name: 'NIMError', message: 'ROOM_NOT_EXISTS' });
      };
      await page.examples[method](nim, (...words) => said.push(words));
      assert.equal(go.called(method).length, 2);
    });
  }

  test('compile, and so does what test/types lists; what it marks as wrong does not', () => {
    const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
    execFileSync(process.execPath, [path('../../node_modules/typescript/bin/tsc'), '-p', path('../types')], { stdio: 'inherit' });
  });
});
