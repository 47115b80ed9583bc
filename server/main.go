// Command beckon is the relay: it serves the demo page and the SDK, and connects
// those who ring with those who are rung.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"beckon/server/auth"
	"beckon/server/engine"
	"beckon/server/journal"
	"beckon/server/journal/memory"
	"beckon/server/journal/nats"
	"beckon/server/relay"
	"beckon/server/site"
	"beckon/web"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	switch {
	case errors.Is(err, errUsage):
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, "beckon:", err)
		os.Exit(1)
	}
}

// run serves until ctx ends.
func run(ctx context.Context, args []string, out, errs io.Writer) error {
	c, err := parseConfig(args, errs)
	if err != nil {
		return err
	}
	log := c.logger(errs)
	slog.SetDefault(log)
	listener, err := listen(c.addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	store, closeStore, err := openJournal(ctx, c, log)
	if err != nil {
		return err
	}
	defer closeStore()
	eng, err := engine.Open(ctx, engine.Config{Journal: store, App: c.machine(), Log: log})
	if err != nil {
		return err
	}
	rel := relay.New(relay.Config{
		Apps:    func(string) *engine.Engine { return eng }, // dev mode: every name is the one app
		Auth:    auth.Dev,
		Origins: append(c.origins, "localhost:*", "127.0.0.1:*", "[::1]:*"),
		Log:     log,
	})
	s := &service{log: log, engine: eng, relay: rel, http: &http.Server{
		Handler:           handler(rel),
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}}
	return s.run(ctx, listener, func() { greet(out, listener.Addr(), c) })
}

func handler(rel *relay.Relay) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", site.Handler(web.Dist()))
	mux.Handle("/ws", rel)
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		io.WriteString(w, "ok\n")
	})
	return mux
}

// listen takes the port before anything else, so that a busy one is known at once.
func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("the address %s is in use: stop the other program, or choose another address with ADDR=host:port (flag -addr)", addr)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("not allowed to listen on %s: choose a port from 1024 up with ADDR=host:port (flag -addr)", addr)
	case err != nil:
		return nil, fmt.Errorf("cannot listen on %s: %w", addr, err)
	}
	return l, nil
}

func openJournal(ctx context.Context, c config, log *slog.Logger) (journal.Journal, func(), error) {
	if c.journal == "memory" {
		j := memory.New().Open()
		return j, func() { j.Close() }, nil
	}
	server, err := nats.Start(nats.Options{Dir: c.data, Sync: nats.Sync(c.sync),
		Logf: func(format string, args ...any) { log.Warn(fmt.Sprintf(format, args...)) }})
	if err != nil {
		return nil, nil, fmt.Errorf("cannot keep the journal in %s: %w", c.data, err)
	}
	j, err := server.Open(ctx, "dev")
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("cannot open the journal in %s: %w", c.data, err), server.Close())
	}
	return j, func() {
		if err := server.Close(); err != nil {
			log.Error("the journal did not close well", "error", err)
		}
	}, nil
}

// greet tells whoever started the relay where it is, and what to do.
func greet(out io.Writer, addr net.Addr, c config) {
	where := "in memory: gone when this stops"
	if c.journal == "nats" {
		where = "in " + c.data
	}
	fmt.Fprintf(out, `Beckon is at http://%s
  Open it in two tabs, pick a different account in each, and ring one from the other.
  Dev mode: any token is good, so it only listens on this machine. State is kept %s.
  Ctrl-C stops it.
`, addr, where)
}
