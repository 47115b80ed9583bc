// Command wasm is Beckon in a page.
package main

import (
	"beckon/jsbridge"
	"beckon/wasm/page"
)

func main() {
	jsbridge.Serve(func(emit jsbridge.Emit) jsbridge.Handler {
		return page.New(emit, func(url string, h jsbridge.SocketHandlers) (page.Socket, error) {
			return jsbridge.DialSocket(url, h)
		})
	})
}
