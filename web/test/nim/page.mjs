// A page that has loaded the NIM facade, over a fake of the Go module, and the
// fixtures that the tests beside this file share.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, beforeEach, mock } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const web = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'nim-facade-'));
after(() => rmSync(folder, { recursive: true }));

const bundled = build({
  stdin: {
    contents: `
      export * from './src/nim/index.ts';
      export { configure } from './src/configure.ts';
      export { go, failed } from './src/backend.js';
      export * as examples from './test/types/nim.examples.ts';`,
    resolveDir: web,
  },
  bundle: true,
  format: 'esm',
  target: 'es2022',
  outfile: join(folder, 'facade.mjs'),
  logLevel: 'error',
  plugins: [
    {
      name: 'fake-backend',
      setup(on) {
        on.onResolve({ filter: /\/backend\.js$/ }, () => ({ path: join(web, 'test/nim/go.mjs') }));
      },
    },
  ],
});

let pages = 0;

/** A page that has just loaded the SDK: its own module, its own everything. */
export async function newPage() {
  await bundled;
  const page = await import(`${pathToFileURL(join(folder, 'facade.mjs'))}?page=${++pages}`);
  page.configure({ url: 'ws://relay.test/ws' });
  return page;
}

/** Lets everything happen that waits for nothing but promises. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));

/** The page of the test under way. */
export let page, go, NIM;
beforeEach(async () => {
  page = await newPage();
  ({ go, NIM } = page);
});
afterEach(() => mock.timers.reset());

export const login = { appKey: 'app', account: 'ada', token: 'secret' };

/** An instance that is logged in. */
export async function loggedIn(options = {}) {
  const nim = NIM.getInstance({ ...login, ...options });
  await settled();
  go.event('connected', { deviceId: 'd1', connectionId: 'l1' });
  return nim;
}

/** Options whose callbacks write down what they are called with. */
export function diary() {
  const said = [];
  const note = (name) => (payload) => void said.push([name, payload]);
  const names = ['onconnect', 'onwillreconnect', 'ondisconnect', 'onerror', 'onmsg'];
  const signals = ['Notify', 'MutilClientSyncNotify', 'UnreadMessageSyncNotify', 'MembersSyncNotify'];
  names.push(...signals.map((n) => `onSignaling${n}`));
  return { said, options: Object.fromEntries(names.map((n) => [n, note(n)])), note };
}

export async function rejection(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  assert.fail('it was to reject');
}

export function thrown(fn) {
  try {
    fn();
  } catch (error) {
    return error;
  }
  assert.fail('it was to throw');
}

// What Go says, and what becomes of it.

export const channel = {
  type: '2',
  channelName: 'standup',
  channelId: 'c1',
  channelCreateTime: '1700000000000',
  channelExpireTime: '1700007200000',
  creator: 'ada',
  ext: 'x',
};
export const channelInfo = {
  channelId: 'c1',
  channelName: 'standup',
  type: 2,
  ext: 'x',
  creatorId: 'ada',
  createTimestamp: 1700000000000,
  expireTimestamp: 1700007200000,
  invalid: false,
};
export const members = [{ accid: 'ada', uid: '42', createTime: '1700000000001', expireTime: '1700007200001', web_uid: 'd1' }];
export const membersTwice = [{ ...members[0], account: 'ada', createTimestamp: 1700000000001, expireTimestamp: 1700007200001 }];
export const room = { channel, members };
export const documented = { code: 200, channelInfo, members: membersTwice };
export const names = { channelId: 'c1', requestId: 'r1', account: 'bob' };

export const invite = {
  ...channel,
  from: 'ada',
  to: 'bob',
  requestId: 'r1',
  needPush: false,
  needBadge: true,
  attach: '{"type":3}',
  attachExt: 'hi',
  time: '1700000000002',
  msgid: '65536',
  eventType: 'INVITE',
};

/** call → its required parameters, in the order in which they are looked for. */
export const required = {
  signalingCreate: ['type'],
  signalingJoin: ['channelId'],
  signalingLeave: ['channelId'],
  signalingClose: ['channelId'],
  signalingInvite: ['channelId', 'requestId', 'account'],
  signalingCancel: ['channelId', 'requestId', 'account'],
  signalingAccept: ['channelId', 'requestId', 'account'],
  signalingReject: ['channelId', 'requestId', 'account'],
  signalingJoinAndAccept: ['channelId', 'account', 'requestId'],
  signalingCall: ['type', 'requestId', 'account'],
  signalingCallEx: ['type', 'account'],
  signalingCreateAndJoin: ['type'],
  signalingDelay: ['channelId'],
  signalingGetChannelInfo: ['channelName'],
  signalingControl: ['channelId'],
};
export const all = { type: 1, channelName: 'standup', ...names };
