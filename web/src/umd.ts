// The entry of the file for script tags, wrapped by build/bundle.mjs: a page sees its NIM and SDK, and its `tui` as TUIRoomEngine.
import { configure, relayOfTag } from './configure.js';
import { NIM } from './nim/index.js';
import * as entry from './tui.js';

export * from './index.js';
export { default } from './index.js';

relayOfTag((globalThis.document?.currentScript as HTMLElement | null)?.dataset.relay);

/** As a bundler for CommonJS makes it of the vendor's package: the class is `default`. dist/tui.cjs hands it on. */
export const tui: object = Object.defineProperty({ ...entry }, '__esModule', { value: true });

// A page has no other way to reach it, and no further global.
Object.defineProperty(NIM, 'configure', { value: configure });
