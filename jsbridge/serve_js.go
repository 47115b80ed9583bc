//go:build !golangwasm

package jsbridge

import "syscall/js"

// Serve answers the page's calls until the page disposes of the bridge. It
// calls newHandler once, before the first call.
func Serve(newHandler func(Emit) Handler) {
	// The loader puts this object into the program's private scope.
	page := js.Global().Get("beckonPage")
	settle, event := page.Get("settle"), page.Get("event")
	ctx := make(life)

	h := newHandler(func(target, name, json string) { event.Invoke(target, name, json) })
	onCall := js.FuncOf(func(_ js.Value, a []js.Value) any {
		id := a[0].Int()
		target, method, args := unpack(a[1].String())
		go func() { settle.Invoke(id, Answer(ctx, h, target, method, args)) }()
		return nil
	})
	onDispose := js.FuncOf(func(js.Value, []js.Value) any {
		close(ctx)
		return nil
	})
	defer onCall.Release()
	defer onDispose.Release()
	page.Call("ready", onCall, onDispose)
	<-ctx
}
