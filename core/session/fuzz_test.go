package session

import (
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

// Whatever comes over a link, and in whatever state: nothing panics, and the
// session goes on saying what it wants.
func FuzzReceived(f *testing.F) {
	for _, frame := range []wire.Frame{
		&wire.Welcome{Journal: "j", Position: 5, Now: relayEpoch, Silence: 30_000, Channels: []wire.Channel{*room("r1", "ada")},
			Invitations: []wire.Invitation{pending(4, "q1", 0)}, Answers: []wire.Reply{ok(1, 3, room("r1", "ada"))}},
		&wire.Welcome{Journal: "j", Position: 900, Resumed: true, Replay: 2, Answers: []wire.Reply{ok(1, 150, nil)}},
		&wire.Refused{Refusal: wire.Refusal{Code: "busy", After: 1 << 60}},
		&wire.Reply{N: 1, Position: 120, OK: &wire.Outcome{Channel: room("r1", "ada", "bob")}},
		joins(120, "r1", "ada"), leaves(121, "r1", "ada"), rings(122, "q1", 1),
		ended(123, "bob", "cancelled", wire.Key{Inviter: "bob", RequestID: "q1", Invitee: "ada"}),
		wire.NewNotice(124, 0, &wire.Closed{Channel: room("r1")}),
		&wire.Heartbeat{Now: -1 << 63},
	} {
		f.Add(wire.Append(nil, frame), wire.Append(nil, frame))
	}
	f.Add([]byte(`{"type":"notice","position":18446744073709551615,"name":"ended","fields":{"channel":null}}`), []byte(`{`))
	f.Fuzz(func(t *testing.T, first, second []byte) {
		for _, p := range []*page{newPage(t), greetingPage(t), onlinePage(t), resumingPage(t)} {
			for _, text := range [][]byte{first, second} {
				p.Received(p.now, p.link, text)
				p.View().Invitations(p.RelayNow(p.now))
				p.Do(p.now, create)
				p.skip()
			}
			p.after(60_000)
			p.closes(1006)
			if _, waits := p.Wake(); !waits {
				p.Connect(p.now)
			}
			_, waits := p.Wake()
			require.True(t, waits, "it wants to come back, or is asked to")
		}
	})
}

func greetingPage(t *testing.T) *page {
	p := newPage(t)
	p.Connect(p.now)
	p.opens()
	return p
}

func resumingPage(t *testing.T) *page {
	p := onlinePage(t)
	p.does(&wire.Join{Channel: "r1"})
	p.retry()
	return p
}
