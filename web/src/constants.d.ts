/** Written into the bundles by build/bundle.mjs. */
declare const BECKON_VERSION: string;
declare const BECKON_GO: string;
declare const BECKON_BRIDGE: 'plain' | 'golang-wasm';
