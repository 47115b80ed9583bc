//go:build !js

package main

import (
	"context"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

// Two devices of one account answer the same invitation; both requests are written before either reply is read. One
// wins, each time, and not always the same.
func TestOfTwoDevicesThatAnswerOneWins(t *testing.T) {
	p := start(t, "127.0.0.1:0", t.TempDir())
	for _, answer := range []struct {
		name  string
		order func(channel string) wire.Order
		loser string // the neutral code of NIM's 10410 and 10420
		hears []string
	}{
		{"accept", func(channel string) wire.Order {
			return &wire.Accept{Channel: channel, RequestID: "r", Inviter: "ada"}
		}, "invitation-accepted", []string{"ended"}},
		{"joinAndAccept", func(channel string) wire.Order {
			return &wire.JoinAndAccept{Channel: channel, RequestID: "r", Inviter: "ada"}
		}, "on-another-device", []string{"joined", "ended"}},
	} {
		t.Run(answer.name, func(t *testing.T) {
			rounds, least := 200, 20
			if testing.Short() {
				rounds, least = 40, 1
			}
			ada := rawPage(t, p, "ada", answer.name)
			devices := []*raw{rawPage(t, p, "bob", answer.name+"-1"), rawPage(t, p, "bob", answer.name+"-2")}
			wins := make([]int, 2)
			for range rounds {
				ada.ask(&wire.CallEx{Type: 1, RequestID: "r", Invitee: "bob"})
				channel := ada.reply().OK.Channel.ID
				for _, d := range devices {
					require.Equal(t, channel, d.notice("invited").(*wire.Invited).Channel.ID)
				}
				first := rand.IntN(2)
				devices[first].ask(answer.order(channel))
				time.Sleep(time.Duration(rand.IntN(40)) * time.Microsecond) // who is first on the way need not be there first
				devices[1-first].ask(answer.order(channel))

				won := -1
				for i, d := range devices {
					switch r := d.reply(); {
					case r.OK != nil:
						require.Equal(t, -1, won, "both won")
						won = i
					default:
						require.Equal(t, answer.loser, r.Error.Code)
						var heard wire.Event // what the sibling did, as the caller hears it
						for _, name := range answer.hears {
							heard = d.notice(name)
						}
						require.Equal(t, "accepted", heard.(*wire.Ended).Outcome)
					}
				}
				require.NotEqual(t, -1, won, "nobody won")
				wins[won]++
				for _, name := range answer.hears { // and nothing else: the next notice has to be the next round's
					ada.notice(name)
				}
				ada.ask(&wire.Close{Channel: channel})
				require.NotNil(t, ada.reply().OK)
				if answer.name == "joinAndAccept" {
					devices[won].notice("closed")
					devices[1-won].notice("closed")
				}
			}
			t.Logf("won: %v of %d", wins, rounds)
			require.GreaterOrEqual(t, min(wins[0], wins[1]), least)
		})
	}
}

// raw is a device without a session: what is written is on its way before anything is read.
type raw struct {
	t   *testing.T
	ctx context.Context
	ws  *websocket.Conn
	n   uint64

	replies []*wire.Reply
	notices []*wire.Notice
}

func rawPage(t *testing.T, p *process, account, device string) *raw {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	t.Cleanup(cancel)
	ws, _, err := websocket.Dial(ctx, "ws://"+p.addr+"/ws", nil)
	require.NoError(t, err)
	t.Cleanup(func() { ws.CloseNow() })
	r := &raw{t: t, ctx: ctx, ws: ws}
	r.write(&wire.Hello{Version: wire.Version, App: "k", Account: account, Token: "any", Device: device,
		Life: device + strconv.FormatUint(rand.Uint64(), 36)})
	require.IsType(t, &wire.Welcome{}, r.read())
	return r
}

func (r *raw) write(f wire.Frame) {
	r.t.Helper()
	require.NoError(r.t, r.ws.Write(r.ctx, websocket.MessageText, wire.Append(nil, f)))
}

func (r *raw) read() wire.Frame {
	r.t.Helper()
	_, text, err := r.ws.Read(r.ctx)
	require.NoError(r.t, err)
	f, err := wire.Decode(wire.ToPage, text)
	require.NoError(r.t, err)
	return f
}

func (r *raw) ask(o wire.Order) {
	r.t.Helper()
	r.n++
	r.write(wire.NewCommand(r.n, o))
}

// sort reads a frame and puts it where it is waited for.
func (r *raw) sort() {
	r.t.Helper()
	switch f := r.read().(type) {
	case *wire.Reply:
		require.Equal(r.t, r.n, f.N)
		r.replies = append(r.replies, f)
	case *wire.Notice:
		r.notices = append(r.notices, f)
	default:
		r.t.Fatalf("a %s came", f.FrameType())
	}
}

func (r *raw) reply() *wire.Reply {
	r.t.Helper()
	for len(r.replies) == 0 {
		r.sort()
	}
	f := r.replies[0]
	r.replies = r.replies[1:]
	return f
}

func (r *raw) notice(name string) wire.Event {
	r.t.Helper()
	for len(r.notices) == 0 {
		r.sort()
	}
	n := r.notices[0]
	r.notices = r.notices[1:]
	require.Equal(r.t, name, n.Name)
	return n.Event
}
