package relay

import (
	"context"
	"net/http"
	"time"

	"beckon/core"
	"beckon/core/wire"
	"beckon/server/engine"
)

// A Guard says who comes in, and how much they may ask for. See [Config].
type Guard interface {
	// Visit is called for each socket before it is opened. False: it is not.
	Visit(req *http.Request) (Visitor, bool)
}

// A Visitor is a socket, as a [Guard] knows it. Its methods are called one at a
// time.
type Visitor interface {
	// Enter lets in who says hello, until a moment when they have to come back
	// with another token (the zero time: never), or says why not. The connection is
	// the socket's name in logs.
	Enter(ctx context.Context, h *wire.Hello, connection string) (until time.Time, refusal *wire.Refusal)
	// Command is asked about each command: nil takes it, anything else is what the
	// page is told instead, with when to ask again.
	Command(c *wire.Command) *wire.Refusal
	// Leave says that the socket is gone. It is called once.
	Leave()
}

// visit asks the guard; without one, everybody may try.
func (r *Relay) visit(w http.ResponseWriter, req *http.Request) (Visitor, bool) {
	if r.config.Guard == nil {
		return byToken(r.config.Auth), true
	}
	v, ok := r.config.Guard.Visit(req)
	if !ok {
		w.Header().Set("Retry-After", "5")
		http.Error(w, "too many connections", http.StatusTooManyRequests)
	}
	return v, ok
}

// byToken is a visitor of whom only the token matters.
type byToken func(ctx context.Context, app, account, token string) *core.Refusal

func (auth byToken) Enter(ctx context.Context, h *wire.Hello, _ string) (time.Time, *wire.Refusal) {
	if refusal := auth(ctx, h.App, h.Account, h.Token); refusal != nil {
		return time.Time{}, engine.WireRefusal(refusal)
	}
	return time.Time{}, nil
}

func (byToken) Command(*wire.Command) *wire.Refusal { return nil }
func (byToken) Leave()                              {}

// stay closes the link when its token ends, unless it is gone before: call the
// function then.
func (l *link) stay(until time.Time) (gone func()) {
	if until.IsZero() {
		return func() {}
	}
	timer := time.AfterFunc(time.Until(until), func() { l.Close(wire.CloseTokenEnded) })
	return func() { timer.Stop() }
}

// heldBack answers a command that comes too soon.
func (r *Relay) heldBack(eng *engine.Engine, l *link, f *wire.Command) bool {
	refusal := l.visitor.Command(f)
	if refusal == nil {
		return false
	}
	r.meter.heldBack.Add(1)
	r.tooSoon(eng, l, f, refusal)
	return true
}

// tooSoon answers a command that the engine has not got, and says so in the log,
// as the engine does of those that it refuses. Who goes on regardless is read more
// slowly: to be told costs a frame each time, which no limit counts.
func (r *Relay) tooSoon(eng *engine.Engine, l *link, f *wire.Command, why *wire.Refusal) {
	l.socket.Pace()
	l.reply(&wire.Reply{N: f.N, Position: uint64(eng.Released()), Error: why})
	if unlogged, ok := r.told.Take(time.Now()); ok {
		r.log.Info("relay: command held back", "trace", engine.Trace(l, f.N), "account", l.device.Account, "device", l.device.Device,
			"command", engine.CommandName(f), "code", why.Code, "reason", why.Detail, "after", why.After, "unlogged", unlogged)
	}
}
