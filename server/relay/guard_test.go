package relay_test

import (
	"context"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
	"beckon/server/engine"
	"beckon/server/relay"
	"beckon/server/servertest"
)

// doorman is a guard whose answers a test sets.
type doorman struct {
	full    atomic.Bool
	refusal atomic.Pointer[wire.Refusal]
	stay    atomic.Int64 // a time span
	wait    atomic.Int64 // milliseconds
	inside  atomic.Int64
}

func (d *doorman) Visit(*http.Request) (relay.Visitor, bool) {
	if d.full.Load() {
		return nil, false
	}
	d.inside.Add(1)
	return d, true
}

func (d *doorman) Enter(context.Context, *wire.Hello, string) (time.Time, *wire.Refusal) {
	var until time.Time
	if stay := d.stay.Load(); stay != 0 {
		until = time.Now().Add(time.Duration(stay))
	}
	return until, d.refusal.Load()
}

func (d *doorman) Command(*wire.Command) *wire.Refusal {
	if wait := d.wait.Load(); wait > 0 {
		return &wire.Refusal{Code: "busy", Detail: "too many commands", After: wait}
	}
	return nil
}

func (d *doorman) Leave() { d.inside.Add(-1) }

func TestGuardSaysWhyAndWhenToComeBack(t *testing.T) {
	d := &doorman{}
	w := start(t, engine.Config{}, relay.Config{Guard: d})
	busy := wire.Refusal{Code: "busy", Detail: "too many", After: 1500}
	d.refusal.Store(&busy)
	page := servertest.Dial(t, w.url, nil)
	page.Send(helloOf("alice", "1"))
	require.Equal(t, busy, page.Refused())
	require.Equal(t, wire.CloseRefused, page.Closed())
	require.True(t, servertest.Eventually(func() bool { return d.inside.Load() == 0 }))
}

func TestSocketThatTheGuardDoesNotWantIsNotOpened(t *testing.T) {
	d := &doorman{}
	w := start(t, engine.Config{}, relay.Config{Guard: d})
	d.full.Store(true)
	require.Equal(t, http.StatusTooManyRequests, upgradeStatus(t, w.url, ""))
	d.full.Store(false)
	require.Equal(t, http.StatusForbidden, upgradeStatus(t, w.url, "https://evil.example"))
	require.Zero(t, d.inside.Load(), "what did not become a socket has left")
	w.works()
}

func TestLinkEndsWithItsToken(t *testing.T) {
	d := &doorman{}
	w := start(t, engine.Config{}, relay.Config{Guard: d})
	stays := w.login("carol/tab")
	d.stay.Store(int64(100 * time.Millisecond))
	page := w.login("alice/tab")
	require.Equal(t, wire.CloseTokenEnded, page.Closed())
	require.Equal(t, wire.ReturnNow, wire.CloseTokenEnded.Return(), "the page comes back with another")
	stays.Do(&wire.Create{Type: 1})
}

func TestHastyCommandIsToldWhenToAskAgain(t *testing.T) {
	d := &doorman{}
	w := start(t, engine.Config{}, relay.Config{Guard: d})
	page := w.login("alice/tab")
	d.wait.Store(250)
	n := page.Ask(callEx("bob"))
	require.Equal(t, &wire.Refusal{Code: "busy", Detail: "too many commands", After: 250}, page.Reply(n).Error)
	d.wait.Store(0)
	page.Send(wire.NewCommand(n, callEx("bob")))
	require.NotNil(t, page.Reply(n).OK, "under the same number: it was not carried out before")
}
