// Package relay is the edge where pages come in: it upgrades HTTP requests to
// WebSocket, reads hellos and commands, hands them to an app's engine, and keeps
// the sockets honest (UTF-8, size, silence, back-pressure).
package relay

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"beckon/core"
	"beckon/core/wire"
	"beckon/server/engine"
	"beckon/server/relay/socket"
)

// Config says for whom a relay works. Apps and either Auth or Guard are needed.
type Config struct {
	// Apps finds the engine of an app by the name that a hello gives: an appKey
	// or an sdkAppId. Nil: there is none.
	Apps func(name string) *engine.Engine
	// Auth says whether a token lets an account in; nil if it does.
	Auth func(ctx context.Context, app, account, token string) *core.Refusal
	// Guard decides instead of Auth, and also how much is too much.
	Guard Guard
	// Origins are patterns of hosts ("*.example.org", "localhost:*") whose pages
	// may connect, besides those that the relay itself has served. Programs that
	// send no Origin may always.
	Origins []string
	// Log is for what an operator wants to see. Default: slog.Default().
	Log *slog.Logger
	// Silence is how long a link may be without a sign of life. Default: 30 s.
	Silence time.Duration
	// Hello is how long a socket may take to say who it is. Default: 10 s.
	Hello time.Duration
	// Write is how long the network may take over what is written at once.
	// Default: 10 s.
	Write time.Duration
	// Waiting is how many bytes may wait for devices that do not read, over all
	// links, before those are cut off that have a part in it. Default: 128 MiB.
	Waiting int64
}

// Relay is an [http.Handler] for the address that pages connect to. Call
// [Relay.Watch] beside it.
type Relay struct {
	config    Config
	log       *slog.Logger
	names     names
	meter     meter
	pile      pile
	told      engine.Quota // of commands that are held back
	toldHello engine.Quota // of hellos that are refused

	mu       sync.Mutex
	links    map[*link]struct{}
	draining bool
	gone     sync.WaitGroup // readers
}

// New returns a relay.
func New(config Config) *Relay {
	if config.Log == nil {
		config.Log = slog.Default()
	}
	if config.Silence == 0 {
		config.Silence = 30 * time.Second
	}
	if config.Hello == 0 {
		config.Hello = 10 * time.Second
	}
	if config.Write == 0 {
		config.Write = 10 * time.Second
	}
	if config.Waiting == 0 {
		config.Waiting = 128 << 20
	}
	r := &Relay{config: config, log: config.Log, links: map[*link]struct{}{}, names: newNames(), pile: pile{most: config.Waiting}}
	r.meter.start()
	return r
}

// ServeHTTP upgrades a request and returns: net/http keeps buffers and a
// goroutine for as long as a handler runs, and links live long.
func (r *Relay) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	if r.stopping() {
		w.Header().Set("Retry-After", "1")
		http.Error(w, "the relay restarts", http.StatusServiceUnavailable)
		return
	}
	visitor, ok := r.visit(w, req)
	if !ok {
		r.meter.turnedAway.Add(1)
		return
	}
	ws, err := socket.Accept(w, req, socket.Options{Origins: r.config.Origins, Limit: wire.MaxFrame, Write: r.config.Write})
	if err != nil {
		visitor.Leave()
		r.log.Debug("relay: no upgrade", "from", req.RemoteAddr, "error", err)
		return // Accept has answered
	}
	l := newLink(ws, &r.pile)
	l.visitor, l.name = visitor, r.names.next()
	if !r.add(l) {
		visitor.Leave()
		l.Close(wire.CloseRestarting)
		return
	}
	go r.serve(l)
}

func (r *Relay) stopping() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.draining
}

func (r *Relay) add(l *link) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.draining {
		return false
	}
	r.links[l] = struct{}{}
	r.gone.Add(1)
	return true
}

func (r *Relay) remove(l *link) {
	r.meter.closed(l.leave())
	r.mu.Lock()
	delete(r.links, l)
	r.mu.Unlock()
	r.gone.Done()
}

func (r *Relay) all() []*link {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := make([]*link, 0, len(r.links))
	for l := range r.links {
		list = append(list, l)
	}
	return list
}

// Links is how many sockets are open.
func (r *Relay) Links() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.links)
}

// Watch cuts off links that have fallen silent, until ctx ends. Pages send
// heartbeats by themselves; others are pinged.
func (r *Relay) Watch(ctx context.Context) {
	tick := time.NewTicker(r.config.Silence / 6)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for _, l := range r.all() {
			switch silent := l.silence(); {
			case silent >= r.config.Silence:
				l.Close(wire.CloseSilent)
			case silent >= r.config.Silence/2:
				go r.ping(ctx, l)
			}
		}
	}
}

func (r *Relay) ping(ctx context.Context, l *link) {
	ctx, cancel := context.WithTimeout(ctx, r.config.Silence/2)
	defer cancel()
	if l.socket.Ping(ctx) == nil {
		l.hear()
	}
}

// Drain tells every device to come back, lets in no more, and waits until the
// engines know that all are gone, or ctx ends.
func (r *Relay) Drain(ctx context.Context) error {
	r.mu.Lock()
	r.draining = true
	r.mu.Unlock()
	for _, l := range r.all() {
		l.Close(wire.CloseRestarting)
	}
	done := make(chan struct{})
	go func() { r.gone.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		for _, l := range r.all() {
			l.socket.Cut() // CloseNow would wait for the handshake under way
		}
		return ctx.Err()
	}
}
