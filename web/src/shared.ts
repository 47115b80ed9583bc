// dist/loader.mjs: what both facades stand on. It is a file of its own, since a
// page has one Go module and one configuration, whichever it uses, or both.
export { backend, onModuleExit } from './backend.js';
export { configure, relayUrl, settings } from './configure.js';
export { CallError, fault, report, textOf } from './failure.js';
export { deviceId, newId } from './nim/device.js';
export { build, version } from './version.js';
