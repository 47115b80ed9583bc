package relay_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
	"beckon/server/engine"
	"beckon/server/relay"
	"beckon/server/servertest"
)

// Package rfc6455 has what else is broken, and how; here it is counted.
func TestWhoBreaksTheProtocolIsToldAndCounted(t *testing.T) {
	const protocolError = wire.CloseCode(1002)
	w := start(t, engine.Config{}, relay.Config{})
	for name, b := range map[string][]byte{
		"which the library sees":         frame(fin|0x70|opText, nil),
		"which the library only drops":   {fin | opText, 2, '{', '}'},
		"within a message":               append(frame(opText, []byte("{")), fin, 1, '}'),
		"with a length that is negative": {fin | opText, masked | 127, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
	} {
		before := w.relay.Stats().Closed[protocolError]
		r := w.raw(text(helloOf("mallory", name)))
		require.IsType(t, &wire.Welcome{}, r.frame())
		r.write(b)
		require.Equal(t, protocolError, r.closed(), name)
		require.True(t, servertest.Eventually(func() bool { return w.relay.Stats().Closed[protocolError] == before+1 }), name)
	}
	r := w.raw(text(helloOf("alice", "1")))
	require.IsType(t, &wire.Welcome{}, r.frame())
	r.halfClose()
	require.Equal(t, wire.CloseCode(1006), r.closed(), "who just hangs up has broken nothing")
	require.True(t, servertest.Eventually(func() bool { return w.relay.Links() == 0 }))
	require.EqualValues(t, 4, w.relay.Stats().Closed[protocolError])
}
