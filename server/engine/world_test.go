package engine

import (
	"context"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/wire"
	"beckon/server/journal"
	"beckon/server/journal/memory"
	"beckon/server/servertest"
)

// world is an engine on a store that outlives it. It lives in a synctest bubble.
type world struct {
	t      *testing.T
	store  *memory.Store
	gate   *servertest.Gate
	config Config
	eng    *Engine
	crash  func()
	failed chan error // what Run returned
}

// inBubble runs a test on fake time.
func inBubble(t *testing.T, f func(t *testing.T, w *world)) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{t: t, store: memory.New()}
		w.config.Log = slog.New(slog.DiscardHandler)
		t.Cleanup(func() { w.crash() })
		w.start()
		f(t, w)
	})
}

// start opens an engine on what the store holds.
func (w *world) start() {
	w.gate = servertest.NewGate(w.store.Open())
	if w.config.Journal == nil {
		w.run(w.gate)
	} else {
		w.run(w.config.Journal)
	}
}

func (w *world) run(j journal.Journal) {
	config := w.config
	config.Journal = j
	eng, err := Open(w.t.Context(), config)
	require.NoError(w.t, err)
	ctx, stop := context.WithCancel(context.WithoutCancel(w.t.Context()))
	failed := make(chan error, 1)
	done := make(chan struct{})
	go func() {
		defer close(done)
		failed <- eng.Run(ctx)
	}()
	w.eng, w.failed = eng, failed
	w.crash = func() { stop(); <-done }
}

// restart stops the engine where it stands, and starts one on the same store.
// The pages' links are gone.
func (w *world) restart() {
	w.crash()
	w.start()
}

// audit replays what is stored, and compares it with what the engine has.
func (w *world) audit() *servertest.Audit {
	w.t.Helper()
	a := servertest.Replay(w.t, w.config.App, w.store.Open().Read(w.t.Context(), 1))
	var state string
	require.NoError(w.t, w.eng.Look(w.t.Context(), func(app *core.App) { state = servertest.State(app) }))
	require.Equal(w.t, servertest.State(a.App), state, "replaying the journal gives the engine's state")
	return a
}

// invite is an order to ring somebody in a channel.
func invite(channel, invitee, id string) *wire.Invite {
	return &wire.Invite{Channel: channel, Invitee: invitee, RequestID: id}
}

func callEx(invitee, id string) *wire.CallEx {
	return &wire.CallEx{Type: 1, Invitee: invitee, RequestID: id}
}

func accept(channel, inviter, id string) *wire.Accept {
	return &wire.Accept{Channel: channel, Inviter: inviter, RequestID: id}
}

// soon is less than anything that the machine waits for.
const soon = time.Second
