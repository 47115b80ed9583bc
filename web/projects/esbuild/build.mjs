// esbuild leaves `new URL('./beckon.wasm', import.meta.url)` as it is, so the files go beside the bundle.
import { copyFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

await build({ entryPoints: ['src/main.js'], outdir: 'dist', bundle: true, format: 'esm', minify: true });
for (const file of ['beckon.wasm', 'worker.mjs', 'tabs.mjs']) await copyFile(fileURLToPath(import.meta.resolve(`beckon/${file}`)), `dist/${file}`);
