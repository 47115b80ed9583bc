// Nothing of it is about Beckon: webpack finds beckon.wasm by itself and puts it beside the bundle.
module.exports = { entry: './src/main.js', output: { clean: true } };
