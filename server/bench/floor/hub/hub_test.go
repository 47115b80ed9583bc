package main

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
	"beckon/server/bench/load"
)

func TestFramesAreWrittenAsTheProtocolHasThem(t *testing.T) {
	f := framesOf("u0a", "u0b")
	for name, text := range map[string][]byte{
		"welcome": []byte(welcomeText),
		"called":  f.called.with([]byte("7")),
		"join":    f.join.with([]byte("7")),
		"close":   f.close.with([]byte("7")),
		"invited": f.invited.with([]byte("r1")),
		"joined":  f.joined.with(nil),
		"ended":   f.ended.with([]byte("r1")),
		"closed":  f.closed.with(nil),
	} {
		frame, err := wire.Decode(wire.ToPage, text)
		require.NoError(t, err, name)
		require.Equal(t, string(wire.Append(nil, frame)), string(text), name)
	}
}

func TestParseFindsWhatACommandIs(t *testing.T) {
	c := wire.NewCommand(17, &wire.CallEx{Type: 2, RequestID: "r1", Invitee: "u0b", Attach: `{"name":"x","requestId":"y"}`})
	c.Ack = 5
	name, n, requestID := parse(wire.Append(nil, c))
	require.Equal(t, []string{"callEx", "17", "r1"}, []string{string(name), string(n), string(requestID)})
	name, n, requestID = parse(wire.Append(nil, wire.NewCommand(3, &wire.Close{Channel: "c"})))
	require.Equal(t, []string{"close", "3", ""}, []string{string(name), string(n), string(requestID)})
	name, _, _ = parse([]byte(`{"type":"heartbeat"}`))
	require.Nil(t, name)
}

func TestHubPassesCalls(t *testing.T) {
	server := httptest.NewServer(&hub{})
	defer server.Close()
	r, err := load.Run(t.Context(), load.Config{Addr: server.Listener.Addr().String(), Pairs: 3, Measure: 200 * time.Millisecond})
	require.NoError(t, err)
	require.Positive(t, r.Calls)
}

func TestHubKeepsCommandsInItsLog(t *testing.T) {
	log, err := os.OpenFile(filepath.Join(t.TempDir(), "log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	require.NoError(t, err)
	h := &hub{waiting: make(chan waiting, 64)}
	kept := make(chan error, 1)
	go func() { kept <- h.keep(log) }()
	server := httptest.NewServer(h)
	defer server.Close()
	r, err := load.Run(t.Context(), load.Config{Addr: server.Listener.Addr().String(), Pairs: 3, Measure: 200 * time.Millisecond})
	require.NoError(t, err)
	text, err := os.ReadFile(log.Name())
	require.NoError(t, err)
	require.GreaterOrEqual(t, strings.Count(string(text), `"type":"command"`), 3*r.Calls)

	require.NoError(t, log.Close())
	h.waiting <- waiting{&link{}, []byte("x")}
	require.ErrorIs(t, <-kept, os.ErrClosed, "what cannot be kept is not passed on")
}
