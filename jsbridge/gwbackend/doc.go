// Package gwbackend carries the bridge's strings over
// github.com/teamortix/golang-wasm. It is alone here because importing that
// module costs every page some 290 KB, and because its init panics outside a
// page that prepared for it: only a build with the tag golangwasm links it.
//
// Of golang-wasm it uses Expose, Ready, NewPromise and callbacks that return
// nothing, with strings only. What it leaves out (recover, error codes, order,
// validation) is done on both sides of it.
package gwbackend
