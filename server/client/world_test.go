package client_test

import (
	"context"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"beckon/core/session"
	"beckon/server/auth"
	"beckon/server/client"
	"beckon/server/engine"
	"beckon/server/journal/memory"
	"beckon/server/relay"
	"beckon/server/servertest"
)

// world is a relay on a real socket that can be restarted on what it stored.
type world struct {
	t     *testing.T
	store *memory.Store
	gate  *servertest.Gate
	addr  string
	kill  func()
}

func start(t *testing.T) *world {
	t.Helper()
	servertest.NoLeaks(t)
	w := &world{t: t, store: memory.New(), addr: "127.0.0.1:0"}
	w.run()
	t.Cleanup(func() { w.kill() })
	return w
}

func (w *world) run() {
	w.t.Helper()
	log := slog.New(slog.DiscardHandler)
	w.gate = servertest.NewGate(w.store.Open())
	eng, err := engine.Open(context.Background(), engine.Config{Journal: w.gate, Log: log})
	require.NoError(w.t, err)
	r := relay.New(relay.Config{Apps: func(string) *engine.Engine { return eng }, Auth: auth.Dev, Log: log})
	listener, err := net.Listen("tcp", w.addr)
	require.NoError(w.t, err)
	w.addr = listener.Addr().String()
	site := &http.Server{Handler: r}

	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { eng.Run(ctx) })
	running.Go(func() { r.Watch(ctx) })
	running.Go(func() { site.Serve(listener) })
	w.kill = func() {
		stop() // the engine first: what it has not answered stays unanswered
		site.Close()
		over, now := context.WithCancel(context.Background())
		now()
		r.Drain(over) // which cuts the sockets at once
		running.Wait()
	}
}

func (w *world) restart() {
	w.t.Helper()
	w.kill()
	w.run()
}

// page is a client of account/device.
func (w *world) page(account, device string, change ...func(*client.Config)) *client.Client {
	w.t.Helper()
	config := client.Config{URL: "ws://" + w.addr, Session: session.Config{App: "app", Account: account, Token: "token",
		Device: device, Life: "1", Timeout: 30_000, MinDelay: 5, MaxDelay: 50}}
	for _, f := range change {
		f(&config)
	}
	c := client.New(config)
	w.t.Cleanup(c.Close)
	c.Connect()
	return c
}

// online waits until the relay has let a client in.
func (w *world) online(c *client.Client) *client.Client {
	w.t.Helper()
	require.NoError(w.t, c.Online(w.wait()))
	return c
}

func (w *world) wait() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), servertest.Patience)
	w.t.Cleanup(cancel)
	return ctx
}

// network dials sockets that it can cut.
type network struct {
	mu    sync.Mutex
	conns []net.Conn
	bytes func() int // after how many a socket breaks; nil: never
	dials int
}

func (n *network) into(c *client.Config) {
	c.Dial = func(ctx context.Context, url string) (*websocket.Conn, error) {
		transport := &http.Transport{DialContext: n.dial}
		defer transport.CloseIdleConnections()
		ws, _, err := websocket.Dial(ctx, url, &websocket.DialOptions{HTTPClient: &http.Client{Transport: transport}})
		return ws, err
	}
}

func (n *network) dial(ctx context.Context, kind, addr string) (net.Conn, error) {
	conn, err := new(net.Dialer).DialContext(ctx, kind, addr)
	if err != nil {
		return nil, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.dials++
	if n.bytes != nil {
		conn = &fragile{Conn: conn, left: n.bytes()}
	}
	n.conns = append(n.conns, conn)
	return conn, nil
}

// count is how many sockets were dialed.
func (n *network) count() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.dials
}

// cut breaks all sockets.
func (n *network) cut() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, c := range n.conns {
		c.Close()
	}
	n.conns = nil
}

// fragile is a socket that breaks when so many bytes have passed, amid a frame if
// it comes to that.
type fragile struct {
	net.Conn
	mu   sync.Mutex
	left int
}

func (f *fragile) pass(n int) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n = min(n, f.left)
	f.left -= n
	return n
}

func (f *fragile) Write(p []byte) (int, error) {
	n := f.pass(len(p))
	n, err := f.Conn.Write(p[:n])
	if err == nil && n < len(p) {
		f.Conn.Close()
		err = io.ErrShortWrite
	}
	return n, err
}

func (f *fragile) Read(p []byte) (int, error) {
	n, err := f.Conn.Read(p)
	if got := f.pass(n); got < n {
		f.Conn.Close()
		return got, io.ErrUnexpectedEOF
	}
	return n, err
}

// between is a random number of bytes.
func between(random *rand.Rand, least, most int) func() int {
	return func() int { return least + random.IntN(most-least) }
}
