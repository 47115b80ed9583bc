// Command echo serves WebSockets that say again what they are told, on the relay's
// own connection code, for suites that test RFC 6455 from outside:
//
//	go run ./server/rfc6455/echo -addr 127.0.0.1:9001
package main

import (
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"

	"beckon/server/rfc6455"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:9001", "host:port to listen on")
	limit := flag.Int64("limit", 32<<20, "bytes that a message may have")
	flag.Parse()
	l, err := net.Listen("tcp", *addr)
	if err == nil {
		fmt.Printf("echo is at ws://%s\n", l.Addr())
		err = http.Serve(l, rfc6455.Echo{Limit: *limit})
	}
	fmt.Fprintln(os.Stderr, "echo:", err)
	os.Exit(1)
}
