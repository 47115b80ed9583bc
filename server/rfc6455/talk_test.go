//go:build !js

package rfc6455_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
	"beckon/server/auth"
	"beckon/server/engine"
	"beckon/server/journal/memory"
	"beckon/server/relay"
	"beckon/server/rfc6455"
	"beckon/server/rfc6455/peer"
	"beckon/server/servertest"
)

// A server is what the conversations are held with.
type server struct {
	name, addr string
	greeting   func(*talk)                 // what comes before anything else can be said; nil: nothing
	say        func(text string) string    // makes a message of a text, which the server answers
	padding    int                         // how many bytes that adds; texts are shorter by so many
	heard      func(got, said string) bool // whether it is the answer
	binary     bool                        // whether it takes binary messages
}

// limit is how many bytes a message may have, in both.
const limit = wire.MaxFrame

func serve(t *testing.T, h http.Handler) string {
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.Listener.Addr().String()
}

func echo(t *testing.T) *server {
	return &server{name: "echo", addr: serve(t, rfc6455.Echo{Limit: limit}), binary: true,
		say:   func(text string) string { return text },
		heard: func(got, said string) bool { return got == said }}
}

// theRelay answers heartbeats, in which an unknown field carries the text.
func theRelay(t *testing.T) *server {
	quiet := slog.New(slog.DiscardHandler)
	eng, err := engine.Open(context.Background(), engine.Config{Journal: memory.New().Open(), Log: quiet})
	require.NoError(t, err)
	r := relay.New(relay.Config{Apps: func(string) *engine.Engine { return eng }, Auth: auth.Dev, Log: quiet})
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { eng.Run(ctx) })
	t.Cleanup(func() {
		r.Drain(ctx)
		stop()
		running.Wait()
	})
	const before, after = `{"type":"heartbeat","x":"`, `"}`
	return &server{name: "relay", addr: serve(t, r), padding: len(before + after),
		say:   func(text string) string { return before + text + after },
		heard: func(got, _ string) bool { return strings.HasPrefix(got, `{"type":"heartbeat","now":`) },
		greeting: func(d *talk) {
			hello := &wire.Hello{Version: wire.Version, App: "app", Account: "ada", Device: d.t.Name(), Life: "1"}
			d.sends(text(string(wire.Append(nil, hello))))
			require.Contains(d.t, string(d.next().Payload), `{"type":"welcome"`)
		}}
}

// A talk is one conversation.
type talk struct {
	*server
	t    *testing.T
	peer *peer.Peer
	chop int // how many bytes go into one write; 0: all
}

// chopped is how many bytes of a long message go into one write, at least.
const chopped = 1021

func (s *server) talk(t *testing.T, chop int) *talk {
	t.Helper()
	p, err := peer.Dial(t.Context(), s.addr, peer.Options{Patience: servertest.Patience})
	require.NoError(t, err)
	t.Cleanup(func() { p.Conn.Close() })
	d := &talk{server: s, t: t, peer: p, chop: chop}
	if s.greeting != nil {
		s.greeting(d)
	}
	return d
}

// sends writes frames. That the server has hung up meanwhile shows in what it
// says.
func (d *talk) sends(frames ...[]byte) {
	all := bytes.Join(frames, nil)
	chop := d.chop
	if chop == 0 {
		chop = len(all)
	} else if len(all) > 4*chopped {
		chop = max(chop, chopped)
	}
	for len(all) > 0 {
		n := min(chop, len(all))
		if _, err := d.peer.Conn.Write(all[:n]); err != nil {
			return
		}
		all = all[n:]
	}
}

func (d *talk) next() peer.Message {
	d.t.Helper()
	m, err := d.peer.Read()
	require.NoError(d.t, err)
	return m
}

// heardBefore wants the answer to a text that came before the end. The relay
// writes answers beside reading, so the end may overtake them.
func (d *talk) heardBefore(text string) {
	d.t.Helper()
	if d.binary {
		d.hears(text)
	}
}

// close is the server's close frame.
func (d *talk) close() peer.Message {
	d.t.Helper()
	m := d.next()
	for !d.binary && m.Op == peer.Text {
		m = d.next()
	}
	require.EqualValues(d.t, peer.Close, m.Op, "%q", m.Payload)
	return m
}

// hears wants the answer to a text.
func (d *talk) hears(text string) {
	d.t.Helper()
	m := d.next()
	require.EqualValues(d.t, peer.Text, m.Op, "%q", m.Payload)
	require.True(d.t, d.heard(string(m.Payload), text), "%.100q is answered by %.100q", text, m.Payload)
}

func (d *talk) hearsBinary(data []byte) {
	d.t.Helper()
	m := d.next()
	require.EqualValues(d.t, peer.Binary, m.Op)
	require.True(d.t, bytes.Equal(data, m.Payload))
}

func (d *talk) pongs(payload string) {
	d.t.Helper()
	m := d.next()
	require.EqualValues(d.t, peer.Pong, m.Op)
	require.Equal(d.t, payload, string(m.Payload))
}

// lives makes sure that the connection is as good as before.
func (d *talk) lives() {
	d.t.Helper()
	d.sends(ping("?"), d.text("still there"))
	d.pongs("?")
	d.hears("still there")
}

// closes wants the server to close, and to end the connection well when it is
// answered: not by resetting it, which loses what is on its way.
func (d *talk) closes(code uint16) {
	d.t.Helper()
	m := d.close()
	require.Equal(d.t, code, m.Code(), "%q", m.Payload)
	d.sends(peer.Frame(peer.Fin|peer.Close, m.Payload))
	d.ends()
}

// ends wants the connection to be over, and nothing else to come.
func (d *talk) ends() {
	d.t.Helper()
	m, err := d.peer.Read()
	require.ErrorIs(d.t, err, io.EOF, "%+v", m)
}

// text is a message that the server answers.
func (d *talk) text(text string) []byte { return peer.Frame(peer.Fin|peer.Text, []byte(d.say(text))) }

// parts are the same in fragments, cut at places in the text.
func (d *talk) parts(text string, cuts ...int) [][]byte {
	message := []byte(d.say(text))
	shift := strings.Index(string(message), text)
	var frames [][]byte
	from, op := 0, byte(peer.Text)
	for _, cut := range cuts {
		frames = append(frames, peer.Frame(op, message[from:shift+cut]))
		from, op = shift+cut, peer.Continuation
	}
	return append(frames, peer.Frame(peer.Fin|op, message[from:]))
}

// behind is how many bytes a message has behind its text.
func (d *talk) behind() int {
	const mark = "\x00"
	return len(d.say(mark)) - strings.Index(d.say(mark), mark) - len(mark)
}

func text(s string) []byte       { return peer.Frame(peer.Fin|peer.Text, []byte(s)) }
func ping(payload string) []byte { return peer.Frame(peer.Fin|peer.Ping, []byte(payload)) }
func pong(payload string) []byte { return peer.Frame(peer.Fin|peer.Pong, []byte(payload)) }

func closing(code uint16, reason string) []byte {
	return peer.Frame(peer.Fin|peer.Close, peer.CloseWith(code, reason))
}

// hold holds conversations with both servers, written at once and byte by byte;
// in the short form, every other one so.
func hold(t *testing.T, conversations []conversation) {
	servertest.NoLeaks(t)
	for _, s := range []*server{echo(t), theRelay(t)} {
		for i, c := range conversations {
			chops := []int{0, 1}
			if testing.Short() {
				chops = chops[i%2 : i%2+1]
			}
			if c.echoOnly && !s.binary {
				continue
			}
			t.Run(s.name+"/"+c.name, func(t *testing.T) {
				for _, chop := range chops {
					c.talk(s.talk(t, chop))
				}
			})
		}
	}
}

// A conversation is a case, with the number of the class that Autobahn's suite has
// it in.
type conversation struct {
	name     string
	talk     func(*talk)
	echoOnly bool // it cannot be held with the relay, which speaks its own protocol
}

// closesDeaf is for a peer that has promised more than it sends: the server cannot
// understand any answer of its, and does not wait for one either, once it knows
// that nothing more comes.
func (d *talk) closesDeaf(code uint16) {
	d.t.Helper()
	m := d.close()
	require.Equal(d.t, code, m.Code())
	d.peer.Conn.(*net.TCPConn).CloseWrite()
	d.ends()
}
