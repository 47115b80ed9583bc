import { settings } from './configure.js';
import { textOf } from './failure.js';
import { node } from './node.js';

let last: { url: string; module: Promise<WebAssembly.Module> } | undefined;

/**
 * Compiles beckon.wasm, once for each address. A load that failed may be tried
 * again; its error is a sentence to show, and has no `failure`.
 */
export function compiled(): Promise<WebAssembly.Module> {
  const { wasmModule } = settings();
  if (wasmModule) return Promise.resolve(wasmModule);
  const url = wasmAddress();
  if (last?.url !== url) {
    const mine = (last = { url, module: load(url) });
    mine.module.catch(() => {
      if (last === mine) last = undefined;
    });
  }
  return last!.module;
}

/** Where beckon.wasm is. */
export function wasmAddress(): string {
  // Bundlers look for exactly this expression and bring the file along.
  return String(settings().wasmUrl ?? new URL('./beckon.wasm', import.meta.url));
}

async function load(url: string): Promise<WebAssembly.Module> {
  if (typeof WebAssembly !== 'object') throw new Error('beckon: there is no WebAssembly here, and the SDK cannot run without it');
  const fs = /^(https?|data|blob):/.test(url) ? undefined : node()?.getBuiltinModule?.('node:fs');
  let type: string | null = null;
  try {
    if (fs) return await WebAssembly.compile(fs.readFileSync(url.startsWith('file:') ? new URL(url) : url));
    const response = await fetch(url);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    type = response.headers.get('content-type');
    return await (type?.startsWith('application/wasm') ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer()));
  } catch (error) {
    throw new Error(explain(url, type, error), { cause: error });
  }
}

function explain(url: string, type: string | null, error: unknown): string {
  const text = textOf(error);
  if (!(error instanceof WebAssembly.CompileError)) {
    return `beckon: cannot load ${url} (${text}): put beckon.wasm there, or say configure({ wasmUrl })`;
  }
  if (/unsafe-eval|security policy/i.test(text)) {
    return "beckon: the page's Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src";
  }
  if (/opcode/i.test(text)) return `beckon: this browser is too old for ${url}: ${text}`;
  return `beckon: what ${url} serves as ${type} is not beckon.wasm: ${text}`;
}
