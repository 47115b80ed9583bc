// Command hub is the floor that the relay is measured against: it passes the
// frames of calls between the two devices of a pair, with the relay's own
// connections, and does nothing else. It keeps no state and no journal, reads of a
// command only its name and number, and answers with frames of the same sizes as
// the relay's.
//
// With -log it is another floor, the least that can keep a promise: one
// goroutine writes what has come meanwhile to a plain file, syncs it, and passes
// the frames only then.
//
// It is frozen: a faster relay is to show as a better ratio. Change it only when
// the protocol changes a call's frames.
package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"beckon/core/wire"
	"beckon/server/relay/socket"
)

func main() {
	path := flag.String("log", "", "write commands to this `file`, and sync it, before they are passed on")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *path); err != nil {
		fmt.Fprintln(os.Stderr, "hub:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, path string) error {
	h := &hub{}
	failed := make(chan error, 2)
	if path != "" {
		file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
		if err != nil {
			return err
		}
		defer file.Close()
		h.waiting = make(chan waiting, 8192)
		go func() { failed <- h.keep(file) }()
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	go func() { failed <- http.Serve(listener, h) }()
	fmt.Printf("hub is at http://%s\n", listener.Addr())
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return nil
	}
}

// hub knows who is linked.
type hub struct {
	links   sync.Map     // of *link, by account
	waiting chan waiting // for the log; nil without one
}

// ServeHTTP upgrades a request and returns, as the relay does.
func (h *hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	conn, err := socket.Accept(w, r, socket.Options{Limit: wire.MaxFrame, Write: 10 * time.Second})
	if err != nil {
		return
	}
	go h.serve(&link{socket: conn})
}

// serve reads a link until it ends.
func (h *hub) serve(l *link) {
	defer l.socket.CloseNow()
	if !l.read(func(text []byte) bool { return h.hello(l, text) }) {
		return
	}
	defer h.links.Delete(l.account)
	for l.read(func(text []byte) bool { return h.command(l, text) }) {
	}
}
