export { NIM, NIM as default } from './nim/index.js';
export type * from './nim/index.js';
export * from './tui/index.js';
export { configure } from './configure.js';
export type { Options } from './configure.js';
export { build, version } from './version.js';
