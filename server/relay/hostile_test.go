package relay_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
	"beckon/server/engine"
	"beckon/server/relay"
	"beckon/server/servertest"
)

func (w *world) raw(follow ...[]byte) *raw {
	w.t.Helper()
	return dialRaw(w.t, w.http.Listener.Addr().String(), bytes.Join(follow, nil))
}

func TestHelloMayComeWithTheUpgrade(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	long := helloOf("alice", "1")
	long.Token = string(bytes.Repeat([]byte("x"), 10_000)) // beyond any buffer
	r := w.raw(text(long), text(&wire.Heartbeat{}), text(wire.NewCommand(1, &wire.Create{Type: 1})))
	var types []string
	for range 3 {
		types = append(types, r.frame().FrameType())
	}
	require.ElementsMatch(t, []string{"welcome", "heartbeat", "reply"}, types)
}

func TestMessageInFragmentsIsOne(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	hello := wire.Append(nil, helloOf("alice", "1"))
	r := w.raw(frame(opText, hello[:10]), frame(fin|opPing, []byte("?")), frame(0, nil), frame(fin, hello[10:]))
	op, payload, err := r.read()
	require.NoError(t, err)
	require.EqualValues(t, opPong, op)
	require.Equal(t, "?", string(payload))
	require.IsType(t, &wire.Welcome{}, r.frame())
}

func TestRunesMayBeSplitOverFragments(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	hello := helloOf("älice", "1")
	b := wire.Append(nil, hello)
	cut := bytes.Index(b, []byte("ä")) + 1
	r := w.raw(frame(opText, b[:cut]), frame(fin, b[cut:]))
	require.IsType(t, &wire.Welcome{}, r.frame())
}

func TestPingIsAnswered(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	r := w.raw(text(helloOf("alice", "1")))
	require.IsType(t, &wire.Welcome{}, r.frame())
	r.write(frame(fin|opPing, []byte("are you there")))
	op, payload, err := r.read()
	require.NoError(t, err)
	require.EqualValues(t, opPong, op)
	require.Equal(t, "are you there", string(payload))
}

// Whoever breaks RFC 6455 loses the link, and nobody else anything.
func TestBrokenProtocolEndsTheLink(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	for name, b := range map[string][]byte{
		"garbage":                       []byte("GET / HTTP/1.1\r\n\r\n"),
		"no mask":                       {fin | opText, 2, '{', '}'},
		"reserved bits":                 frame(fin|0x40|opText, []byte("{}")),
		"reserved opcode":               frame(fin|3, []byte("{}")),
		"reserved control opcode":       frame(fin|11, nil),
		"continuation of nothing":       frame(fin, []byte("{}")),
		"text amid text":                append(frame(opText, []byte("{")), frame(fin|opText, []byte("}"))...),
		"long ping":                     frame(fin|opPing, make([]byte, 126)),
		"ping in fragments":             frame(opPing, []byte("x")),
		"close with one byte":           frame(fin|opClose, []byte{3}),
		"close with a code of its own":  frame(fin|opClose, []byte{0, 1}),
		"length that is negative":       {fin | opText, masked | 127, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
		"length beyond all bounds":      append([]byte{fin | opText, masked | 127, 0x7f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, make([]byte, wire.MaxFrame+1)...),
		"fragments beyond all bounds":   append(frame(opText, nil), bytes.Repeat(frame(0, make([]byte, 1000)), 300)...),
		"end amid a frame, half-closed": {fin | opText, masked | 100, 0, 0, 0, 0, 'x'},
	} {
		t.Run(name, func(t *testing.T) {
			for _, greeted := range []bool{false, true} {
				r := w.raw()
				if greeted {
					r.write(text(helloOf("mallory", name)))
					require.IsType(t, &wire.Welcome{}, r.frame())
				}
				r.conn.Write(b) // the relay may hang up before all of it has come
				r.halfClose()
				r.closed()
			}
		})
	}
	w.works()
}

// FuzzRelayFrames lets strangers write any bytes behind the upgrade. The relay
// lives on, and takes them for nobody.
func FuzzRelayFrames(f *testing.F) {
	hello := text(helloOf("mallory", "1"))
	f.Add([]byte("GET / HTTP/1.1\r\n\r\n"))
	f.Add(hello)
	f.Add(append(hello, text(wire.NewCommand(1, &wire.Create{Type: 1}))...))
	f.Add(append(hello, frame(fin|opClose, []byte{3, 232})...))
	f.Add(append(hello, frame(fin|2, []byte{1, 2, 3})...))
	f.Add(append(hello, frame(fin|opText, []byte("\xff"))...))
	f.Add(append(hello, frame(fin|opText, []byte(`{"type":"command","n":1,"name":"invite","fields":{"push":1}}`))...))
	f.Add(append(frame(opText, []byte(`{"type":`)), frame(fin, []byte(`"hello"}`))...))
	w := startFor(f, engine.Config{}, relay.Config{})
	f.Fuzz(func(t *testing.T, b []byte) {
		r := dialRaw(t, w.http.Listener.Addr().String(), nil)
		r.conn.Write(b)
		r.halfClose()
		r.closed()
		if w.relay.Links() > 0 {
			require.True(t, servertest.Eventually(func() bool { return w.relay.Links() == 0 }))
		}
	})
}
