package engine

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
	"beckon/server/journal/memory"
)

// BenchmarkCall is the loop's share of a call: three commands, decided together
// with those of other pairs, with their replies and notices made and handed to
// links. Its journal costs next to nothing.
func BenchmarkCall(b *testing.B) {
	const pairs = 16
	e, err := Open(b.Context(), Config{Journal: memory.New().Open(), Log: slog.New(slog.DiscardHandler)})
	require.NoError(b, err)
	step := func(group []task) {
		rest, err := e.step(b.Context(), group)
		require.NoError(b, err)
		require.Empty(b, rest)
	}
	var caller, callee [pairs]benchLink
	var group []task
	for i := range pairs {
		caller[i].account, callee[i].account = fmt.Sprintf("u%da", i), fmt.Sprintf("u%db", i)
		for _, l := range []*benchLink{&caller[i], &callee[i]} {
			group = append(group, &connect{hello: &wire.Hello{Account: l.account, Device: "phone", Life: "1"}, link: l})
		}
	}
	step(group)
	ask := func(by *[pairs]benchLink, order func(pair int) wire.Order) {
		group = group[:0]
		for i := range pairs {
			l := &by[i]
			l.n++
			group = append(group, &command{device: Device{l.account, "phone", "1"}, link: l, command: wire.NewCommand(l.n, order(i))})
		}
		step(group)
	}
	const attach = `{"mode":"video","from":"Ada Lovelace","avatar":"https://example.org/a/ada.png","conversation":"p2p-ada-bob","v":1}`
	b.ReportAllocs()
	b.ResetTimer()
	for range (b.N + pairs - 1) / pairs {
		id := fmt.Sprint("r", caller[0].n)
		ask(&caller, func(i int) wire.Order {
			return &wire.CallEx{Type: 2, Invitee: callee[i].account, RequestID: id, Attach: attach}
		})
		ask(&callee, func(i int) wire.Order {
			return &wire.JoinAndAccept{Channel: caller[i].channel(), Inviter: caller[i].account, RequestID: id, Attach: attach}
		})
		ask(&caller, func(i int) wire.Order { return &wire.Close{Channel: caller[i].channel()} })
	}
}

// benchLink is a link that keeps the last frame it was sent.
type benchLink struct {
	account string
	n       uint64 // of the last command
	text    []byte
}

func (l *benchLink) Queue(text []byte)    { l.text = text }
func (l *benchLink) Answer(text []byte)   { l.text = text }
func (l *benchLink) Flush()               {}
func (l *benchLink) Close(wire.CloseCode) {}

// channel is the id of the channel that the last frame is about.
func (l *benchLink) channel() string {
	_, rest, _ := strings.Cut(string(l.text), `"channel":{"id":"`)
	id, _, _ := strings.Cut(rest, `"`)
	return id
}
