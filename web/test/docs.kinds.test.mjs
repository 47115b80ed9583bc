// Every sample of the documentation is of a kind that some test runs: this one, docs.stories or docs.samples.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { NIM, configure, TUIRoomEngine } from '../dist/index.mjs';
import { documents } from '../build/docs.links.mjs';
import { folder } from './bridge.support.mjs';
import { sample, samples } from './docs.samples.mjs';
import { start } from './docs.run.mjs';
import { startRelay } from './relay.mjs';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const beckon = process.env.BECKON_BIN ?? join(root, 'bin/beckon');
const { Api: UserSig } = createRequire(import.meta.url)('tls-sig-api-v2');

/** Pages whose samples follow from what is tested elsewhere. */
const generated = /^web\/docs\/(protocol\.md|states\.md|api\/.*)$/;
const written = (await documents()).filter((page) => !generated.test(page));
const all = (await Promise.all(written.map(async (page) => (await samples(`../../${page}`)).map((s) => ({ page, ...s }))))).flat();
const of = (...languages) => all.filter(({ language }) => languages.includes(language));

test('every sample has a language, and one that is run', async () => {
  const known = ['js', 'html', 'toml', 'sh', 'diff', 'text', 'nginx']; // nginx: shown, not run; text: what a program prints
  for (const { page, language, text } of all) assert.ok(known.includes(language), `${page}: what is a sample in ${language}?\n${text}`);
  for (const page of written) {
    const fences = [...(await readFile(join(root, page), 'utf8')).matchAll(/^```(.*)$/gm)].filter((_, k) => k % 2 === 0);
    for (const [, info] of fences) assert.ok(info || /engine\.md/.test(page), `${page} has a sample without a language`);
  }
  for (const { page, marks } of of('js', 'html')) assert.ok(marks.file, `${page} has a sample that no test can name`);
  for (const { page, marks } of of('text')) assert.ok(marks['printed-by'], `${page} does not say who prints its sample`);
});

test('every program is one that is run', () => {
  const printed = new Set(of('text').map(({ page, marks }) => `${page} ${marks['printed-by']}`));
  const programs = of('js').map(({ page, marks, text }) => ({ page, name: marks.file, text }));
  const imported = ({ page, name }) => programs.some((other) => other.page === page && other.text.includes(`'./${name}'`));
  const apart = /^(README\.md|web\/README\.md) |(vite\.config|token)\.mjs$/; // below, and in docs.stories
  for (const program of programs) {
    const name = `${program.page} ${program.name}`;
    assert.ok(printed.has(name) || imported(program) || apart.test(name), `nobody runs ${name}`);
  }
});

test('README.md: the sizes are those of this build, to three per cent', async () => {
  const { files } = JSON.parse(await readFile(join(root, 'web/dist/build-info.json'), 'utf8'));
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  for (const [dialect, facade] of [['NIM', 'nim.mjs'], ['TUIRoomEngine', 'tui.mjs']]) {
    const [, script, module] = new RegExp(`Beckon's ${dialect}\\*\\* \\| \\*\\*([\\d.]+) kB\\*\\* of script and \\*\\*(\\d+) kB`).exec(readme);
    const near = (told, bytes) => assert.ok(Math.abs(told * 1000 - bytes) < 0.03 * bytes, `${dialect}: README.md says ${told} kB, and it is ${bytes} bytes`);
    near(Number(script), files['loader.mjs'].brotli + files[facade].brotli);
    near(Number(module), files['beckon.wasm'].brotli);
  }
});

test('settings are such as the relay takes', async () => {
  const dir = await folder();
  const tried = of('toml').filter(({ page }) => page !== 'web/docs/operate.md'); // whose settings server/config tries
  assert.ok(tried.length >= 2);
  for (const { page, text } of tried) {
    const file = join(dir, 'beckon.toml');
    await writeFile(file, text);
    const { stdout } = await run(beckon, ['token', '-config', file, 'ada']).catch((error) => assert.fail(`${page}: ${error.stderr}`));
    assert.ok(stdout.trim().length > 40);
    await writeFile(file, `${text}\nno_such_key = 1\n`);
    await assert.rejects(run(beckon, ['token', '-config', file, 'ada']), /no_such_key/, 'a mistake would be noticed');
  }
});

test('commands exist, with those flags', async () => {
  const indented = await Promise.all(written.map(async (page) => [...(await readFile(join(root, page), 'utf8')).matchAll(/^ {4}((?:make|beckon) .*)$/gm)].map(([, line]) => ({ page, line }))));
  const lines = [...indented.flat(), ...of('sh').flatMap(({ page, text }) => text.trim().split('\n').map((line) => ({ page, line })))];
  assert.ok(lines.length > 10);
  for (const { page, line } of lines) {
    const [program, ...args] = line.replace(/\s+#.*/, '').split(/\s+/);
    if (program === 'make') await run('make', ['--dry-run', ...args.filter((arg) => !/SOAK=|LAN=/.test(arg))], { cwd: root, maxBuffer: 1 << 24 });
    else if (/(^|\/)beckon$/.test(program)) await known(page, args);
    else assert.match(program, /^(npm|node|python3)$/, `${page}: nobody knows whether '${line}' works`);
  }
});

/** Asks the program whether it has a command with those flags. */
async function known(page, args) {
  const [command, ...rest] = args[0] && !args[0].startsWith('-') ? args : ['serve', ...args];
  if (command === 'version') return;
  const { stdout, stderr } = await run(beckon, [command, '-h']).catch((error) => error);
  const help = stdout + stderr;
  assert.match(help, new RegExp(`beckon ${command}\\b`), `${page}: beckon ${command}`);
  for (const flag of rest.filter((arg) => /^-[a-z]/.test(arg))) assert.match(help, new RegExp(`^ +${flag}( |$)`, 'm'), `${page}: beckon ${command} ${flag}`);
}

test('lines that come into a file do what those did that leave it', async () => {
  assert.ok(of('diff').length >= 2);
  for (const { page, text } of of('diff')) {
    const [gone, come] = ['-', '+'].map((mark) => text.split('\n').filter((line) => line.startsWith(mark)).map((line) => line.slice(1)).join('\n'));
    const names = (lines) => [...lines.matchAll(/import (\w+)?,? ?(?:\{([^}]*)\})?/g)].flatMap(([, one, more]) => [one, ...(more ?? '').split(',')]).map((name) => name?.trim()).filter(Boolean);
    const dir = await app();
    await writeFile(join(dir, 'come.mjs'), `${come}\nconsole.log(JSON.stringify({ ${names(come).join(', ')} }, (_, value) => typeof value === 'function' ? 'function' : value));`);
    const there = JSON.parse((await run(process.execPath, ['come.mjs'], { cwd: dir })).stdout);
    for (const name of names(gone)) assert.ok(there[name], `${page}: ${name}`);
  }
});

/** A folder in which 'beckon' can be imported. */
async function app() {
  const dir = await folder();
  await mkdir(join(dir, 'node_modules'));
  await symlink(join(root, 'web'), join(dir, 'node_modules/beckon'));
  return dir;
}

describe('with a relay', () => {
  let relay;
  before(async () => {
    relay = await startRelay({ args: ['-sync', 'interval'] });
    configure({ url: relay.url });
  });
  after(async () => {
    NIM.rmAllInstances();
    await TUIRoomEngine.logout();
    await relay?.stop();
  });

  const program = async (page, name) => {
    const dir = await app();
    const text = (await sample(page, 'file', name)).replaceAll(/https?:\/\/(127\.0\.0\.1:8080|relay\.example\.org)/g, relay.url);
    await writeFile(join(dir, name), text);
    return start(dir, name, { BECKON_URL: relay.url });
  };

  test('README.md: somebody who is not there is not online', { timeout: 20_000 }, async () => {
    const running = await program('../../README.md', 'nim.mjs');
    assert.match(await running.first, /^bob is not online [0-9a-f]{32}$/);
    running.end();
  });

  test('README.md: somebody who is asked comes', { timeout: 20_000 }, async () => {
    const manager = TUIRoomEngine.getInstance().getConferenceInvitationManager();
    manager.on('onReceiveInvitation', ({ roomInfo }) => manager.accept({ roomId: roomInfo.roomId }));
    await TUIRoomEngine.login({ sdkAppId: 1400000000, userId: 'bob', userSig: 'any' });
    const running = await program('../../README.md', 'tui.mjs');
    assert.equal(await running.first, 'bob comes');
    running.end();
  });

  test('web/README.md: it connects', { timeout: 20_000 }, async () => {
    const running = await program('../README.md', 'nim.mjs');
    assert.equal(await running.first, 'connected');
    running.end();
  });
});

test('tokens of the servers that people have are good', { timeout: 20_000 }, async () => {
  const dir = await folder();
  const settings = async (page) => {
    await writeFile(join(dir, `${page}.toml`), await sample(page, 'file', 'beckon.toml'));
    return startRelay({ args: ['-config', join(dir, `${page}.toml`), '-journal', 'memory'] });
  };
  const value = (text, key) => new RegExp(`^${key} = "?([^"\\s]+)`, 'm').exec(text)[1];

  const nimRelay = await settings('from-nim.md');
  await writeFile(join(dir, 'token.mjs'), await sample('from-nim.md', 'file', 'token.mjs'));
  const { dynamicToken } = await import(join(dir, 'token.mjs'));
  const toml = await sample('from-nim.md', 'file', 'beckon.toml');
  const appKey = value(toml, 'app_key');
  configure({ url: nimRelay.url });
  await new Promise((onconnect, ondisconnect) => {
    NIM.getInstance({ appKey, account: 'ada', authType: 1, token: dynamicToken(appKey, value(toml, 'secret'), 'ada'), onconnect, ondisconnect });
  });
  NIM.rmAllInstances();
  await nimRelay.stop();

  const tuiRelay = await settings('from-tui.md');
  const tui = await sample('from-tui.md', 'file', 'beckon.toml');
  const sdkAppId = Number(value(tui, 'sdk_app_id'));
  configure({ url: tuiRelay.url });
  await TUIRoomEngine.login({ sdkAppId, userId: 'ada', userSig: new UserSig(sdkAppId, value(tui, 'secret')).genUserSig('ada', 600) });
  await TUIRoomEngine.logout();
  await tuiRelay.stop();
});
