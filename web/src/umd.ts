// The entry of the file for script tags, wrapped by build/bundle.mjs: a page sees its NIM and SDK.
import { configure, relayOfTag } from './configure.js';
import { NIM } from './nim/index.js';

export * from './index.js';

relayOfTag((globalThis.document?.currentScript as HTMLElement | null)?.dataset.relay);

// A page has no other way to reach it, and no third global.
Object.defineProperty(NIM, 'configure', { value: configure });
