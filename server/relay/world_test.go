package relay_test

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/wire"
	"beckon/server/auth"
	"beckon/server/engine"
	"beckon/server/journal/memory"
	"beckon/server/relay"
	"beckon/server/servertest"
)

// world is a relay on a real socket, with an engine on a memory journal.
type world struct {
	t     testing.TB
	gate  *servertest.Gate
	eng   *engine.Engine
	relay *relay.Relay
	conns *conns
	http  *httptest.Server
	url   string // of the socket
	lives int
}

// start runs a relay until the test ends, and then looks for leaks.
func start(t *testing.T, engineConfig engine.Config, config relay.Config) *world {
	t.Helper()
	servertest.NoLeaks(t)
	return startFor(t, engineConfig, config)
}

func startFor(t testing.TB, engineConfig engine.Config, config relay.Config) *world {
	t.Helper()
	w := &world{t: t, gate: servertest.NewGate(memory.New().Open()), conns: &conns{}}
	engineConfig.Journal, engineConfig.Log = w.gate, slog.New(slog.DiscardHandler)
	var err error
	w.eng, err = engine.Open(context.Background(), engineConfig)
	require.NoError(t, err)
	config.Log = engineConfig.Log
	if config.Apps == nil {
		config.Apps = func(string) *engine.Engine { return w.eng }
	}
	if config.Auth == nil {
		config.Auth = auth.Dev
	}
	w.relay = relay.New(config)

	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { w.eng.Run(ctx) })
	running.Go(func() { w.relay.Watch(ctx) })
	w.http = httptest.NewUnstartedServer(w.relay)
	w.conns.Listener = w.http.Listener
	w.http.Listener = w.conns
	w.http.Start()
	w.url = strings.Replace(w.http.URL, "http", "ws", 1)
	t.Cleanup(func() {
		w.relay.Drain(ctx)
		w.http.Close()
		http.DefaultClient.CloseIdleConnections()
		stop()
		running.Wait()
	})
	return w
}

// conns counts what is written to the sockets that it lets in.
type conns struct {
	net.Listener
	mu   sync.Mutex
	list []*conn // in the order in which they came
}

type conn struct {
	net.Conn
	writes atomic.Int64
}

func (c *conn) Write(p []byte) (int, error) {
	c.writes.Add(1)
	return c.Conn.Write(p)
}

func (c *conns) Accept() (net.Conn, error) {
	accepted, err := c.Listener.Accept()
	if err != nil {
		return nil, err
	}
	// Small, so that a peer who does not read is felt at once.
	accepted.(*net.TCPConn).SetWriteBuffer(16 << 10)
	one := &conn{Conn: accepted}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, one)
	return one, nil
}

func (c *conns) last() *conn {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.list[len(c.list)-1]
}

// login lets account/device in, in a new life.
func (w *world) login(name string) *servertest.Page {
	w.t.Helper()
	account, device, _ := strings.Cut(name, "/")
	w.lives++
	return servertest.Login(w.t, w.url, account, device, strconv.Itoa(w.lives))
}

// online says whether an account has a link, as others see it.
func (w *world) online(account string) bool {
	w.t.Helper()
	page := w.login("observer/x")
	defer page.Cut()
	reply := page.Reply(page.Ask(&wire.Message{To: account, Attach: "?"}))
	require.Nil(w.t, reply.Error)
	return reply.OK.Reach == ""
}

// busy has the engine wait for its journal with a command of the page's.
func (w *world) busy(page *servertest.Page) {
	w.t.Helper()
	w.gate.Held.Store(true)
	page.Ask(&wire.Create{Type: 1})
	require.True(w.t, servertest.Eventually(func() bool { return w.gate.Waiting.Load() == 1 }))
}

func callEx(callee string) *wire.CallEx {
	return &wire.CallEx{Type: 1, Invitee: callee, RequestID: "r1"}
}

// works makes sure that the relay goes on serving others.
func (w *world) works() {
	w.t.Helper()
	page := w.login("witness/x")
	require.NotEmpty(w.t, page.Do(&wire.Create{Type: int64(core.Audio)}).Channel.ID)
	page.Cut()
}
