// The documentation: node web/build/docs.mjs --help
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { api } from './docs.api.mjs';
import { brokenLinks } from './docs.links.mjs';

const docs = fileURLToPath(new URL('../docs/', import.meta.url));
const usage = `node web/build/docs.mjs [options]
  --write   write the pages of the API that follow from the types in web/src
  --check   fail when they differ from those in web/docs/api, or a link leads nowhere (default)`;

const { values } = parseArgs({ options: { write: { type: 'boolean' }, check: { type: 'boolean' }, help: { type: 'boolean' } } });
if (values.help) console.log(usage);
else if (values.write) await write();
else await check();

async function write() {
  await mkdir(join(docs, 'api'), { recursive: true });
  for (const [name, text] of Object.entries(api())) await writeFile(join(docs, 'api', name), text);
}

async function check() {
  const wanted = api();
  const there = await readdir(join(docs, 'api'));
  const wrong = there.filter((name) => !(name in wanted)).map((name) => `web/docs/api/${name} follows from nothing`);
  for (const [name, text] of Object.entries(wanted)) {
    const have = there.includes(name) ? await readFile(join(docs, 'api', name), 'utf8') : '';
    if (have !== text) wrong.push(`web/docs/api/${name} is not what the types in web/src say; run: make generate`);
  }
  wrong.push(...(await brokenLinks()));
  for (const message of wrong) console.error(`docs: ${message}`);
  if (wrong.length) process.exitCode = 1;
}
