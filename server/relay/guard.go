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
	// with another token (the zero time: never), or says why not.
	Enter(ctx context.Context, h *wire.Hello) (until time.Time, refusal *wire.Refusal)
	// Command is asked about each command: 0 takes it, anything else is how long
	// the page is to wait before it asks again.
	Command() (wait time.Duration)
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

func (auth byToken) Enter(ctx context.Context, h *wire.Hello) (time.Time, *wire.Refusal) {
	if refusal := auth(ctx, h.App, h.Account, h.Token); refusal != nil {
		return time.Time{}, engine.WireRefusal(refusal)
	}
	return time.Time{}, nil
}

func (byToken) Command() time.Duration { return 0 }
func (byToken) Leave()                 {}

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
func (l *link) heldBack(eng *engine.Engine, f *wire.Command) bool {
	wait := l.visitor.Command()
	if wait <= 0 {
		return false
	}
	l.reply(&wire.Reply{N: f.N, Position: uint64(eng.Released()),
		Error: &wire.Refusal{Code: string(core.Busy), Detail: "too many commands", After: max(1, wait.Milliseconds())}})
	return true
}
