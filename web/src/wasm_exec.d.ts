/**
 * Go's own lib/wasm/wasm_exec.js, of the very Go that built beckon.wasm: the two
 * must fit. The build puts it here (build/wasm_exec.mjs).
 *
 * It reads and writes its globals on `globalThis`, the parameter, and leaves the
 * class there as `Go`. `fs` is what the Go program writes its stderr to.
 */
export function defineGo(globalThis: object, fs: object): void;
