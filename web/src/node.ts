/** Node's own modules, kept out of every bundler's sight: `import('node:fs')` breaks builds for the browser. */
interface Node {
  env?: Record<string, string | undefined>;
  getBuiltinModule?(name: 'node:fs'): { readFileSync(path: string | URL): Uint8Array<ArrayBuffer> };
  getBuiltinModule?(name: 'node:module'): { createRequire(url: string): (name: string) => unknown };
}

export const node = (): Node | undefined => (globalThis as { process?: Node }).process;

type WebSocketClass = new (url: string) => WebSocket;

/** The environment's WebSocket; in a Node that has none, the one of the package ws. */
export function webSocket(): WebSocketClass | undefined {
  if (globalThis.WebSocket) return globalThis.WebSocket;
  try {
    const require = node()?.getBuiltinModule?.('node:module').createRequire(import.meta.url);
    return require?.('ws') as WebSocketClass | undefined;
  } catch {
    return undefined; // Go says what is missing when it dials
  }
}
