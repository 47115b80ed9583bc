package relay_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"beckon/core/wire"
	"beckon/server/engine"
	"beckon/server/relay"
	"beckon/server/servertest"
)

func TestDrainSendsEverybodyAwayToComeBack(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	pages := []*servertest.Page{w.login("alice/tab"), w.login("alice/phone"), w.login("bob/phone"), servertest.Dial(t, w.url, nil)}
	drained := make(chan error, 1)
	go func() { drained <- w.relay.Drain(context.Background()) }()
	for _, p := range pages {
		require.Equal(t, wire.CloseRestarting, p.Closed())
	}
	require.NoError(t, <-drained)
	require.Zero(t, w.relay.Links())
}

func TestDrainSendsWhatIsReadyFirst(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	alice, bob := w.login("alice/tab"), w.login("bob/phone")
	for range 100 {
		alice.Ask(&wire.Message{To: "bob", Attach: "x"})
	}
	alice.Reply(100)
	go w.relay.Drain(context.Background())
	for range 100 {
		bob.Notice("messaged")
	}
	require.Equal(t, wire.CloseRestarting, bob.Closed())
}

func TestDrainingRelayLetsNobodyIn(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	require.NoError(t, w.relay.Drain(t.Context()))
	_, response, err := websocket.Dial(t.Context(), w.url, nil)
	require.Error(t, err)
	require.Equal(t, http.StatusServiceUnavailable, response.StatusCode)
	require.Equal(t, "1", response.Header.Get("Retry-After"))
}

// A peer that does not answer the close must not keep a relay from stopping.
func TestDrainEndsWithItsContext(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	deaf := w.raw(text(helloOf("alice", "1")))
	require.IsType(t, &wire.Welcome{}, deaf.frame())
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	require.ErrorIs(t, w.relay.Drain(ctx), context.DeadlineExceeded)
	require.True(t, servertest.Eventually(func() bool { return w.relay.Links() == 0 }))
}

func TestManyLinksThatComeAndGoLeaveNothingBehind(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{}) // which looks for leaks at the end
	for range 30 {
		page := w.login("alice/tab")
		page.Do(&wire.Message{To: "alice", Attach: "x"})
		w.raw(text(helloOf("bob", "1"))).conn.Close()
		page.Cut()
	}
	require.True(t, servertest.Eventually(func() bool { return w.relay.Links() == 0 }))
	require.False(t, w.online("alice"))
}
