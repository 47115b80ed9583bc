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
	"beckon/server/guard"
	"beckon/server/journal/memory"
	"beckon/server/relay"
	"beckon/server/relay/socket"
)

// pipe lets in a peer over a connection in memory, so that a test can run on fake
// time: until it ends, by the function. Without a guard, there are no limits.
func pipe(t *testing.T, account string, door relay.Guard) (*raw, func()) {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	eng, err := engine.Open(t.Context(), engine.Config{Journal: memory.New().Open(), Log: log})
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	over := make(chan struct{})
	go func() { eng.Run(ctx); close(over) }()
	r := relay.New(relay.Config{Apps: func(string) *engine.Engine { return eng }, Auth: auth.Dev, Guard: door, Log: log})
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
	strict := &doorman{}
	strict.wait.Store(1000)
	for name, c := range map[string]struct {
		ask  []byte
		door relay.Guard
	}{
		"heartbeats":                       {ask: text(&wire.Heartbeat{})},
		"wrong commands":                   {ask: frame(fin|opText, []byte(`{"type":"command","n":1,"name":"call","fields":{"type":"x"}}`))},
		"commands that a limit holds back": {ask: text(wire.NewCommand(1, &wire.Channels{})), door: strict},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, end := pipe(t, "alice", c.door)
				defer end()
				began := time.Now()
				go p.conn.Write(bytes.Repeat(c.ask, 4*socket.Beats))
				for range 4 * socket.Beats {
					p.frame()
				}
				require.Equal(t, 3*time.Second, time.Since(began), "%d at once, then so many a second", socket.Beats)
			})
		})
	}
}

// Who asks for too much at once has all of it carried out or is told, each time, when
// to ask again. What it asks for behind that waits for the limit to have room.
func TestBurstOverTheLimitIsAnsweredToItsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, end := pipe(t, "alice", guard.New(guard.Config{Log: slog.New(slog.DiscardHandler),
			Limits: guard.Limits{Commands: guard.Rate{PerSecond: 50, Burst: 200}}}))
		defer end()
		const all, room = 300, 200
		go func() {
			for n := range all {
				p.conn.Write(text(wire.NewCommand(uint64(n+1), &wire.Channels{})))
			}
			p.conn.Write(text(&wire.Heartbeat{}))
		}()
		done, held := 0, 0
		for done+held < all {
			switch r := p.frame().(*wire.Reply); {
			case r.Error == nil:
				done++
			default:
				require.Equal(t, "busy", r.Error.Code)
				require.Positive(t, r.Error.After)
				held++
			}
		}
		require.IsType(t, &wire.Heartbeat{}, p.frame())
		require.Greater(t, done, room, "while it was held back, the limit has got room")
		require.GreaterOrEqual(t, held, socket.Beats)
	})
}
