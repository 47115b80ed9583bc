package relay_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
	"beckon/server/engine"
	"beckon/server/relay"
	"beckon/server/servertest"
)

// A peer that answers nothing is pinged, and then lost.
func TestSilentLinkIsPingedThenClosed(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{Silence: 600 * time.Millisecond})
	r := w.raw(text(helloOf("alice", "1")))
	require.IsType(t, &wire.Welcome{}, r.frame())
	op, _, err := r.read()
	require.NoError(t, err)
	require.EqualValues(t, opPing, op)
	require.Equal(t, wire.CloseSilent, r.closed())
	require.True(t, servertest.Eventually(func() bool { return !w.online("alice") }))
}

// One that only answers pings lives as long as it likes: it outlives a silent one
// that came later.
func TestLinkThatAnswersPingsLives(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{Silence: 3 * time.Second})
	page := w.login("alice/tab")
	heard := make(chan string, 1)
	go func() { // reading answers pings
		_, text, err := page.WS.Read(context.Background())
		heard <- fmt.Sprint(string(text), err)
	}()
	silent := w.raw(text(helloOf("bob", "1")))
	require.Equal(t, wire.CloseSilent, silent.closed())
	w.login("carol/x").Do(&wire.Message{To: "alice", Attach: "still there?"})
	require.Contains(t, <-heard, "still there?")
}

// Who has asked for much is not read while the engine waits for its journal. That is
// not its silence.
func TestLinkThatWaitsForTheEngineIsNotSilent(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{Silence: time.Second})
	alice := w.raw(text(helloOf("alice", "1")))
	require.IsType(t, &wire.Welcome{}, alice.frame())
	w.busy(w.login("carol/x"))
	const many = 50
	var burst []byte
	for n := range uint64(many) {
		burst = append(burst, text(wire.NewCommand(n+1, &wire.Message{To: "carol", Attach: "x"}))...)
	}
	alice.write(burst)
	silent := w.raw(text(helloOf("bob", "1"))) // who came later
	require.Equal(t, wire.CloseSilent, silent.closed())
	w.gate.Open()
	for n := range uint64(many) {
		require.Equal(t, n+1, alice.frame().(*wire.Reply).N)
	}
}
