//go:build !js

package nats_test

import (
	"context"
	"net"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	natsgo "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

	"beckon/server/journal"
	"beckon/server/journal/journaltest"
	"beckon/server/journal/nats"
)

// external is a NATS server as an operator runs one, reached over TCP.
type external struct {
	dir    string
	server *server.Server
	open   []*nats.Journal
	gates  []*gate
}

func newExternal(t *testing.T) *external {
	e := &external{dir: t.TempDir()}
	e.start(t)
	t.Cleanup(e.stop)
	return e
}

func (e *external) start(t *testing.T) {
	var err error
	e.server, err = server.NewServer(&server.Options{Host: "127.0.0.1", Port: -1, NoSigs: true, NoLog: true, JetStream: true, StoreDir: e.dir})
	require.NoError(t, err)
	e.server.Start()
	require.True(t, e.server.ReadyForConnections(within))
}

func (e *external) stop() {
	for _, j := range e.open {
		j.Close()
	}
	e.open = nil
	e.server.Shutdown()
	e.server.WaitForShutdown()
}

// config dials through gates, which are noted in order: first the one of the appends, then that of the reads.
func (e *external) config() nats.Config {
	return nats.Config{App: "app", Dial: func(options ...natsgo.Option) (*natsgo.Conn, error) {
		g := newGate()
		e.gates = append(e.gates, g)
		return natsgo.Connect(e.server.ClientURL(), append(options, natsgo.SetCustomDialer(g), natsgo.ReconnectWait(time.Millisecond))...)
	}}
}

func (e *external) openWith(t *testing.T, c nats.Config) *nats.Journal {
	j, err := nats.Open(t.Context(), c)
	require.NoError(t, err)
	e.open = append(e.open, j)
	return j
}

func (e *external) Open(t *testing.T) journal.Journal { return e.openWith(t, e.config()) }

func (e *external) Restart(t *testing.T) {
	e.stop()
	e.start(t)
}

func (e *external) Wipe(t *testing.T) {
	e.stop()
	require.NoError(t, os.RemoveAll(e.dir))
	e.start(t)
}

// gate is a network between client and server that can hold back what the server says, and break.
type gate struct {
	mu      sync.Mutex
	changed *sync.Cond
	held    bool     // replies wait
	broken  bool     // no connection can be made
	conn    net.Conn // nil once it is cut
}

func newGate() *gate {
	g := &gate{}
	g.changed = sync.NewCond(&g.mu)
	return g
}

func (g *gate) Dial(network, address string) (net.Conn, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.broken {
		return nil, net.ErrClosed
	}
	conn, err := net.Dial(network, address)
	g.conn = conn
	return &gated{conn, g}, err
}

func (g *gate) set(change func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	change()
	g.changed.Broadcast()
}

func (g *gate) hold()    { g.set(func() { g.held = true }) }
func (g *gate) release() { g.set(func() { g.held = false }) }
func (g *gate) mend()    { g.set(func() { g.broken = false }) }

// cut breaks the connection. What was held back is lost.
func (g *gate) cut() {
	g.set(func() {
		g.conn.Close()
		g.broken, g.held, g.conn = true, false, nil
	})
}

type gated struct {
	net.Conn
	gate *gate
}

func (c *gated) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.gate.mu.Lock()
	defer c.gate.mu.Unlock()
	for c.gate.held {
		c.gate.changed.Wait()
	}
	if c.gate.conn != c.Conn {
		return 0, net.ErrClosed
	}
	return n, err
}

func TestExternalNATSIsAJournal(t *testing.T) {
	journaltest.Test(t, func(t *testing.T) journaltest.Store { return newExternal(t) })
}

func TestAppendWithoutAnAnswerIsAmbiguous(t *testing.T) {
	e := newExternal(t)
	c := e.config()
	c.Timeout = 200 * time.Millisecond
	j := e.openWith(t, c)

	e.gates[0].hold()
	_, err := j.Append(t.Context(), []byte("one"), 0)
	require.ErrorIs(t, err, journal.ErrAmbiguous, "no answer in time")
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	_, err = j.Append(ctx, []byte("two"), 1)
	require.ErrorIs(t, err, journal.ErrAmbiguous, "the context ended while it was on its way")
	require.ErrorIs(t, err, context.DeadlineExceeded)
	e.gates[0].release()

	seq, err := j.Append(t.Context(), []byte("three"), 2)
	require.NoError(t, err, "late answers to others are not taken for its own")
	require.EqualValues(t, 3, seq)
	require.Equal(t, []string{"one", "two", "three"}, contents(t, j), "both were stored")
}

func contents(t *testing.T, j journal.Journal) (all []string) {
	for r, err := range j.Read(t.Context(), 0) {
		require.NoError(t, err)
		all = append(all, string(r.Data))
	}
	return all
}

func TestAppendWhoseConnectionBreaksIsAmbiguousAtOnce(t *testing.T) {
	e := newExternal(t)
	c := e.config()
	c.Timeout = time.Hour // so that only the break ends the wait
	j := e.openWith(t, c)

	e.gates[0].hold()
	broken := make(chan error, 1)
	go func() {
		_, err := j.Append(t.Context(), []byte("one"), 0)
		broken <- err
	}()
	other := e.Open(t)
	require.Eventually(t, func() bool { last, err := other.Last(t.Context()); return err == nil && last == 1 }, within, time.Millisecond)
	e.gates[0].cut()
	require.ErrorIs(t, <-broken, journal.ErrAmbiguous)

	_, err := j.Append(t.Context(), []byte("lost"), 1)
	require.Error(t, err, "there is no connection")
	require.NotErrorIs(t, err, journal.ErrAmbiguous, "so it was not even sent")

	e.gates[0].mend()
	require.Eventually(t, func() bool { _, err := j.Append(t.Context(), []byte("two"), 1); return err == nil }, within, time.Millisecond)
	require.Equal(t, []string{"one", "two"}, contents(t, j), "what was not sent does not come later")
}

func TestReadGoesOnWhenItsConsumerIsLost(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for heartbeats")
	}
	e := newExternal(t)
	j := e.Open(t)
	const records = 80 // of 900 KiB: more than the server sends without being asked to go on
	data := make([]byte, journal.MaxRecord)
	for after := range uint64(records) {
		_, err := j.Append(t.Context(), data, after)
		require.NoError(t, err)
	}
	conn, err := natsgo.Connect(e.server.ClientURL())
	require.NoError(t, err)
	defer conn.Close()
	js, err := jetstream.New(conn)
	require.NoError(t, err)
	lost := 0
	n := uint64(0)
	for r, err := range j.Read(t.Context(), 0) {
		require.NoError(t, err)
		n++
		require.Equal(t, n, r.Seq)
		if n == 5 {
			s, err := js.Stream(t.Context(), "beckon-journal-app")
			require.NoError(t, err)
			for name := range s.ConsumerNames(t.Context()).Name() {
				require.NoError(t, s.DeleteConsumer(t.Context(), name))
				lost++
			}
		}
	}
	require.EqualValues(t, records, n)
	require.Equal(t, 1, lost)
}

func TestStreamThatWouldDropRecordsIsRefused(t *testing.T) {
	e := newExternal(t)
	conn, err := natsgo.Connect(e.server.ClientURL())
	require.NoError(t, err)
	defer conn.Close()
	js, err := jetstream.New(conn)
	require.NoError(t, err)
	for _, c := range []jetstream.StreamConfig{
		{MaxAge: time.Hour},
		{MaxMsgs: 5},
		{MaxBytes: 5000},
		{MaxMsgsPerSubject: 5},
		{Storage: jetstream.MemoryStorage},
		{Retention: jetstream.WorkQueuePolicy},
		{}, // keeps everything, but is not a journal's
	} {
		c.Name, c.Subjects = "beckon-journal-app", []string{"beckon.journal.app"}
		require.Eventually(t, func() bool { // the one before may still be on its way out of the folder
			_, err = js.CreateStream(t.Context(), c)
			return err == nil
		}, 10*time.Second, 10*time.Millisecond)
		_, err = nats.Open(t.Context(), e.config())
		require.ErrorContains(t, err, "cannot be a journal")
		require.NoError(t, js.DeleteStream(t.Context(), c.Name))
	}
}

func TestOtherIncarnationHasAnotherID(t *testing.T) {
	e := newExternal(t)
	before := e.openWith(t, e.config()).ID()
	c := e.config()
	c.Incarnation = "restored in March"
	after := e.openWith(t, c).ID()
	require.NotEqual(t, before, after)
	require.Equal(t, after, e.openWith(t, c).ID())
}

func TestUnreachableServerIsAnError(t *testing.T) {
	_, err := nats.Open(t.Context(), nats.Config{App: "app", Dial: func(...natsgo.Option) (*natsgo.Conn, error) {
		return nil, net.ErrClosed
	}})
	require.ErrorIs(t, err, net.ErrClosed)
}
