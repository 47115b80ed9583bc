// The built package in the vendor's place: aliased, imported, required, tagged and typed under the vendor's name.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { folder } from './bridge.support.mjs';

const run = promisify(execFile);
const web = fileURLToPath(new URL('..', import.meta.url));
const dist = process.env.BECKON_DIST ?? join(web, 'dist');
const vendor = '@tencentcloud/tuiroom-engine-js';

/** What section 1 of the vendor's contract names. */
const names =
  'TUIRoomEvents TUIConferenceInvitationManager TUIConferenceInvitationManagerEvents TUIInvitationStatus TUIInvitationCode ' +
  'TUIInvitationRejectedReason TUIErrorCode TUIRole TUIRoomType TUISeatMode TUIKickedOutOfRoomReason TUIRoomDismissedReason ' +
  'TIM TencentCloudChat Rect TRTCCloud TRTCDeviceInfo TRTCDeviceState TRTCDeviceType TRTCLogLevel TRTCMediaMixingEncParam ' +
  'TRTCMediaMixingEvent TRTCMediaSource TRTCMediaSourceType TRTCScreenCaptureSourceInfo TRTCScreenCaptureSourceType ' +
  'TRTCVideoEncParam TRTCVideoFillMode TRTCVideoMirrorType TRTCVideoResolution TRTCVideoResolutionMode TRTCVideoRotation ' +
  'TRTCVideoStreamType TRTCVolumeInfo';

describe('the package in the place of the vendor’s', () => {
  let app;
  before(async () => {
    app = await folder();
    const root = join(app, 'node_modules/beckon');
    await mkdir(root, { recursive: true });
    await cp(join(web, 'package.json'), join(root, 'package.json'));
    await cp(dist, join(root, 'dist'), { recursive: true });
    await symlink(join(web, 'node_modules/ws'), join(app, 'node_modules/ws'));
    await mkdir(join(app, 'node_modules', dirname(vendor)), { recursive: true });
    await symlink(root, join(app, 'node_modules', vendor));
  });

  const node = async (name, code) => {
    await writeFile(join(app, name), code);
    return (await run(process.execPath, [name], { cwd: app, env: { PATH: process.env.PATH } })).stdout.trim();
  };

  test('is imported and required by name, and exports all that the vendor does', async () => {
    const missing = `${JSON.stringify(names.split(' '))}.filter((name) => !(name in sdk))`;
    const says = `console.log(sdk.default === sdk.TUIRoomEngine, sdk.default.className, ${missing}.join());`;
    assert.equal(await node('a.mjs', `import * as sdk from 'beckon/tui'; ${says}`), 'true TUIRoomEngine');
    assert.equal(await node('a.cjs', `const sdk = require('beckon/tui'); ${says}`), 'true TUIRoomEngine');
    assert.equal(await node('b.mjs', `import * as sdk from 'beckon'; console.log(${missing}.join());`), '');
    assert.equal(await node('b.cjs', `const sdk = require('beckon'); console.log(${missing}.join());`), '');
    assert.equal(await node('c.cjs', `const sdk = require('beckon/tui'); console.log(sdk.__esModule, Object.keys(sdk).includes('__esModule'));`), 'true false');
  });

  test('is one with the rest of the package: one configuration, one module', async () => {
    const says = `console.log(main.configure === tui.configure, main.TUIRoomEngine === tui.default)`;
    assert.equal(await node('d.mjs', `import * as main from 'beckon'; import * as tui from 'beckon/tui'; ${says}`), 'true true');
    assert.equal(await node('d.cjs', `const main = require('beckon'), tui = require('beckon/tui'); ${says}`), 'true true');
  });

  test('does nothing when it is imported', async () => {
    assert.equal(await node('e.mjs', `const before = Reflect.ownKeys(globalThis).length; await import('beckon/tui'); console.log(Reflect.ownKeys(globalThis).length - before)`), '0');
  });

  test('an alias is all that a bundler needs, and the other dialect stays out', async () => {
    for (const [code, used] of [
      [`import TUIRoomEngine, { TUIInvitationStatus } from '${vendor}'; console.log(new TUIRoomEngine(), TUIInvitationStatus.kPending);`, ['loader.mjs', 'tui.mjs']],
      [`import { TUIRoomEngine } from 'beckon'; console.log(TUIRoomEngine);`, ['loader.mjs', 'tui.mjs']],
      [`console.log(require('${vendor}').default);`, ['loader.mjs', 'tui.mjs']],
    ]) {
      const { warnings, metafile } = await build({
        stdin: { contents: code, resolveDir: app },
        bundle: true, write: false, metafile: true, platform: 'browser', format: 'esm', logLevel: 'silent',
        alias: { [vendor]: 'beckon/tui' },
        absWorkingDir: app,
      });
      assert.deepEqual(warnings, []);
      const [{ inputs }] = Object.values(metafile.outputs);
      const files = Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 30 && file.includes('dist/'));
      assert.deepEqual(files.map((file) => file.split('dist/')[1].replace('cjs/', '')).sort(), used);
    }
  });

  test('has types, under its own name and the vendor’s', async () => {
    const use = `
      const engine: TUIRoomEngine = new TUIRoomEngine();
      const manager: TUIConferenceInvitationManager = engine.getConferenceInvitationManager();
      manager.on(TUIConferenceInvitationManagerEvents.onReceiveInvitation, ({ invitation }) => invitation.status === TUIInvitationStatus.kPending);
      // @ts-expect-error a list
      void manager.inviteUsers({ roomId: 'r', userIdList: 'bob' });`;
    const from = (name) => `import TUIRoomEngine, { TUIConferenceInvitationManager, TUIConferenceInvitationManagerEvents, TUIInvitationStatus } from '${name}'; ${use}`;
    await writeFile(join(app, 'esm.mts'), from('beckon/tui'));
    await writeFile(join(app, 'alias.mts'), from(vendor));
    await writeFile(join(app, 'cjs.cts'), `import sdk = require('beckon/tui'); const engine: sdk.TUIRoomEngine = new sdk.default(); void engine.exitRoom();`);
    const options = { strict: true, noEmit: true, target: 'es2022', lib: ['es2022', 'dom'], types: [], esModuleInterop: true, baseUrl: '.', paths: { [vendor]: ['node_modules/beckon/dist/tui.d.ts'] } };
    for (const [module, moduleResolution, files] of [['nodenext', 'nodenext', ['esm.mts', 'cjs.cts', 'alias.mts']], ['esnext', 'bundler', ['esm.mts', 'alias.mts']]]) {
      await writeFile(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...options, module, moduleResolution }, files }));
      await run(process.execPath, [join(web, 'node_modules/typescript/bin/tsc'), '-p', app]).catch((error) => assert.fail(`${module}: ${error.stdout}`));
    }
  });

  test('a script tag sets window.TUIRoomEngine, as a namespace with the class as default, beside NIM and SDK', async () => {
    const window = { location: { href: 'https://page.example/' }, document: { currentScript: { src: 'https://relay.example/sdk/beckon.js', dataset: {} }, querySelector: () => null }, URL, WebAssembly };
    runInNewContext(await readFile(join(dist, 'beckon.js'), 'utf8'), window);
    assert.equal(typeof window.TUIRoomEngine.default, 'function');
    assert.equal(new window.TUIRoomEngine.default().getConferenceInvitationManager().constructor, window.TUIRoomEngine.TUIConferenceInvitationManager);
    assert.equal(window.TUIRoomEngine.TUIRole.kRoomOwner, 0);
    assert.equal(window.SDK.NIM, window.NIM);
  });
});
