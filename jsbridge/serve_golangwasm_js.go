//go:build golangwasm

package jsbridge

import "beckon/jsbridge/gwbackend"

// Serve answers the page's calls until the page disposes of the bridge. It
// calls newHandler once, before the first call.
func Serve(newHandler func(Emit) Handler) {
	ctx := make(life)
	defer close(ctx)
	gwbackend.Serve(func(emit func(target, name, json string)) gwbackend.Call {
		h := newHandler(emit)
		return func(target, method, args string) string {
			return Answer(ctx, h, target, method, args)
		}
	})
}
