export { NIM } from './nim/index.js';
export type * from './nim/index.js';
export { configure } from './configure.js';
export type { Options } from './configure.js';
export { build, version } from './version.js';
