// A page that has loaded the room engine's facade, over a fake of the Go module,
// and the fixtures that the tests beside this file share.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, beforeEach, mock } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const web = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tui-facade-'));
after(() => rmSync(folder, { recursive: true }));

const bundled = build({
  stdin: {
    contents: `
      export * from './src/tui.ts';
      export { default } from './src/tui.ts';
      export { go, failed } from './src/backend.js';
      export * as examples from './test/types/tui.examples.ts';`,
    resolveDir: web,
  },
  bundle: true,
  format: 'esm',
  target: 'es2022',
  outfile: join(folder, 'facade.mjs'),
  logLevel: 'error',
  define: { BECKON_VERSION: '"test"', BECKON_GO: '"test"', BECKON_BRIDGE: '"plain"' },
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
async function newPage() {
  await bundled;
  const page = await import(`${pathToFileURL(join(folder, 'facade.mjs'))}?page=${++pages}`);
  page.configure({ url: 'ws://relay.test/ws' });
  return page;
}

/** Lets everything happen that waits for nothing but promises. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));

/** The page of the test under way. */
export let page, go, TUIRoomEngine, engine, manager;
beforeEach(async () => {
  page = await newPage();
  ({ go, default: TUIRoomEngine } = page);
  engine = new TUIRoomEngine();
  manager = engine.getConferenceInvitationManager();
});
afterEach(() => mock.timers.reset());

export const ada = { sdkAppId: 7, userId: 'ada', userSig: 'secret' };
export const login = (more) => TUIRoomEngine.login({ ...ada, ...more });

export async function rejection(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  assert.fail('it was to reject');
}

/** A promise that the test settles. */
export function promised() {
  let settle;
  const promise = new Promise((resolve, reject) => (settle = { resolve, reject }));
  return { promise, ...settle };
}

// What Go says.

export const roomInfo = { roomId: 'r1', roomName: 'Room', ownerId: 'ada', roomOwner: 'ada', roomMemberCount: 1 };
export const invitation = { status: 1, invitee: { userId: 'bob' }, inviter: { userId: 'ada' } };
