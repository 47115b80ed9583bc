package gwbackend

import "github.com/teamortix/golang-wasm/wasm"

// Call answers one call of the page with an envelope. It does not panic:
// golang-wasm would not recover.
type Call func(target, method, args string) (envelope string)

// Serve exposes the bridge and returns when the page disposes of it. The page
// hands over its listener first; then start is called, once, and its result
// answers every call.
func Serve(start func(emit func(target, name, json string)) Call) {
	var call Call
	disposed := make(chan struct{})
	wasm.Expose("listen", func(event func(target, name, json string)) { call = start(event) })
	wasm.Expose("call", func(target, method, args string) wasm.Promise {
		// An envelope, never a rejection: golang-wasm's errors lose their codes.
		return wasm.NewPromise(func() (any, error) { return call(target, method, args), nil })
	})
	wasm.Expose("dispose", func() { close(disposed) })
	wasm.Ready()
	<-disposed
}
