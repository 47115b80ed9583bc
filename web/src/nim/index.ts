export { NIM } from './nim.js';
export type { NIMDoneOptions } from './nim.js';
export { NIMError } from './errors.js';
export type * from './events.js';
export type { Signalling as NIMSignalling } from './methods.js';
export type * from './options.js';
export type * from './params.js';
export type * from './types.js';
