// The entry of beckon/tui, which stands in for the vendor's package: its class as the default export, all else by name.
export { TUIRoomEngine as default } from './tui/index.js';
export * from './tui/index.js';
export { configure } from './configure.js';
export type { Options } from './configure.js';
export { build, version } from './version.js';
