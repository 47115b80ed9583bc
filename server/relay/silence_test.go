package relay_test

import (
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

// One that only answers pings lives as long as it likes: it has outlived a silent
// one that came later.
func TestLinkThatAnswersPingsLives(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{Silence: 1500 * time.Millisecond})
	page := w.login("alice/tab")
	reading := make(chan wire.Frame)
	go func() { reading <- page.Next() }() // which answers pings
	for _, life := range []string{"1", "2"} {
		r := w.raw(text(helloOf("bob", life)))
		require.Equal(t, wire.CloseSilent, r.closed())
	}
	caller := w.login("carol/x")
	caller.Do(&wire.Message{To: "alice", Attach: "hello"})
	require.Equal(t, "messaged", (<-reading).(*wire.Notice).Name)
}
