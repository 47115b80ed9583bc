package relay_test

import (
	"bufio"
	"bytes"
	"context"
	"log/slog"
	"net"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
	"beckon/server/auth"
	"beckon/server/engine"
	"beckon/server/journal/memory"
	"beckon/server/relay"
	"beckon/server/relay/socket"
)

// pipe lets in a peer over a connection in memory, so that a test can run on fake
// time: until it ends, by the function.
func pipe(t *testing.T, account string) (*raw, func()) {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	eng, err := engine.Open(t.Context(), engine.Config{Journal: memory.New().Open(), Log: log})
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	over := make(chan struct{})
	go func() { eng.Run(ctx); close(over) }()
	r := relay.New(relay.Config{Apps: func(string) *engine.Engine { return eng }, Auth: auth.Dev, Log: log})
	server, peer := net.Pipe()
	req := httptest.NewRequest("GET", "/", nil)
	for name, value := range map[string]string{"Connection": "Upgrade", "Upgrade": "websocket",
		"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="} {
		req.Header.Set(name, value)
	}
	r.ServeHTTP(&pipeWriter{httptest.NewRecorder(), server}, req)
	p := &raw{t: t, conn: peer, in: bufio.NewReader(peer)}
	p.write(text(helloOf(account, "1")))
	require.IsType(t, &wire.Welcome{}, p.frame())
	return p, func() {
		peer.Close()
		require.NoError(t, r.Drain(t.Context()))
		stop()
		<-over
	}
}

type pipeWriter struct {
	*httptest.ResponseRecorder
	conn net.Conn
}

func (w *pipeWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return w.conn, bufio.NewReadWriter(bufio.NewReader(w.conn), bufio.NewWriter(w.conn)), nil
}

// What the relay answers by itself, without a command that limits count, has a limit
// of its own. The time is that of a clock that no machine's pace moves.
func TestPageThatAsksForNothingAllTheTimeIsHeldBack(t *testing.T) {
	for name, ask := range map[string][]byte{
		"heartbeats":     text(&wire.Heartbeat{}),
		"wrong commands": frame(fin|opText, []byte(`{"type":"command","n":1,"name":"call","fields":{"type":"x"}}`)),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, end := pipe(t, "alice")
				defer end()
				began := time.Now()
				go p.conn.Write(bytes.Repeat(ask, 4*socket.Beats))
				for range 4 * socket.Beats {
					p.frame()
				}
				require.Equal(t, 3*time.Second, time.Since(began), "%d at once, then so many a second", socket.Beats)
			})
		})
	}
}
