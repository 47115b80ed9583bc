/** The package's version. */
export const version: string = BECKON_VERSION;

/** What this loader was built with; beckon.wasm beside it must be of the same build. */
export const build: { readonly go: string; readonly bridge: 'plain' | 'golang-wasm' } = { go: BECKON_GO, bridge: BECKON_BRIDGE };
