package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"beckon/server/config"
	"beckon/server/guard"
	"beckon/server/relay"
	"beckon/server/site"
	"beckon/web"
)

// serve runs the relay until ctx ends.
func serve(ctx context.Context, p *program, set *flag.FlagSet, args []string) error {
	given := config.Flags(set, p.env)
	openLAN := lanFlags(set)
	if err := p.parse(set, args, 0); err != nil {
		return err
	}
	input := given()
	lan, err := openLAN(&input)
	if err != nil {
		return err
	}
	input.Remotes = &config.Remotes{}
	c, err := config.Load(input)
	if err != nil {
		return err
	}
	log := logger(c, p.errs)
	slog.SetDefault(log)
	b := &basis{config: c, log: log, lan: lan}
	defer b.close()
	if err := b.open(ctx); err != nil {
		return err
	}
	s, keep, err := b.assemble(input)
	if err != nil {
		return err
	}
	seen := config.Seen(keep.files(c)) // before anybody knows that the relay is there
	lan.warn(c, log)
	return s.run(ctx, b.listeners, func(ctx context.Context) {
		lan.greet(ctx, p.out, b.listeners, c)
		input.Remotes.Warm()
		hup := make(chan os.Signal, 1)
		signal.Notify(hup, syscall.SIGHUP)
		defer signal.Stop(hup)
		seen.Watch(ctx, lookAgain, hup, keep.reload)
	})
}

// lookAgain is how often settings and keys are looked at for changes.
const lookAgain = 2 * time.Second

func logger(c *config.Config, w io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{}
	if c.LogLevel == "debug" {
		options.Level = slog.LevelDebug
	}
	if c.Log == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

func limits(l config.Limits) guard.Limits {
	minute := func(n int) guard.Rate { return guard.Rate{PerMinute: n, Burst: n} }
	return guard.Limits{
		Connections:           l.Connections,
		ConnectionsPerApp:     l.ConnectionsPerApp,
		ConnectionsPerAddress: l.ConnectionsPerAddress,
		ConnectionsPerAccount: l.ConnectionsPerAccount,
		HTTPPerAddress:        l.HTTPPerAddress,
		Logins:                guard.Rate{PerSecond: l.LoginsPerSecond, Burst: l.LoginBurst},
		Commands:              guard.Rate{PerSecond: l.CommandsPerSecond, Burst: l.CommandBurst},
		CommandsPerAddress:    guard.Rate{PerSecond: l.CommandsPerAddress, Burst: l.CommandBurstPerAddress()},
		CommandsPerApp:        guard.Rate{PerSecond: l.CommandsPerApp, Burst: l.CommandBurstPerApp()},
		Invitations:           minute(l.InvitationsPerMinute),
		InvitationsTo:         minute(l.InvitationsPerCallee),
	}
}

// origins are whose pages may connect: in dev mode also those that other servers
// on this machine serve.
func origins(c *config.Config) []string {
	if c.Dev() {
		return append(c.Origins, "localhost:*", "127.0.0.1:*", "[::1]:*")
	}
	return c.Origins
}

func handler(rel *relay.Relay, ready *readiness, help *helpers) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /beckon.json", help.info)
	mux.HandleFunc("POST "+icePath, help.credentials)
	mux.HandleFunc("OPTIONS "+icePath, help.mayAsk)
	mux.Handle("/", site.Handler(web.Dist()))
	mux.Handle("/ws", rel)
	mux.Handle("/readyz", ready)
	mux.HandleFunc("/healthz", healthz)
	return mux
}

// healthz says that the process is there.
func healthz(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	io.WriteString(w, "ok\n")
}

// webServer bounds what a peer that is slow or talks too much may cost. Once a
// socket is open, the relay's own bounds hold.
func webServer(h http.Handler, door *guard.Guard, certs *certificates, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           secure(door.Calm(h), certs.lasting()),
		ConnState:         door.ConnState,
		TLSConfig:         certs.config(),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      2 * time.Minute,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
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

// greet tells whoever started the relay where it is, and what to do.
func greet(out io.Writer, addr net.Addr, c *config.Config) {
	where, scheme := "in memory: gone when this stops", "http"
	if c.Journal == "nats" {
		where = "in " + c.Data
	}
	if c.TLS.On() {
		scheme = "https"
	}
	fmt.Fprintf(out, "Beckon is at %s://%s\n", scheme, addr)
	if c.Dev() {
		fmt.Fprintf(out, `  Open it in two tabs, pick a different account in each, and ring one from the other.
  Dev mode: any token is good, so it only listens on this machine. State is kept %s.
`, where)
	} else {
		fmt.Fprintf(out, "  It serves %s. State is kept %s.\n", names(c), where)
	}
	fmt.Fprintln(out, "  Ctrl-C stops it.")
}

func names(c *config.Config) string {
	var list []string
	for _, a := range c.Apps {
		list = append(list, a.Name+" (for pages: "+strings.Join(a.Names(), ", ")+")")
	}
	return strings.Join(list, "; ")
}
