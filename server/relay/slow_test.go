package relay_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
	"beckon/server/engine"
	"beckon/server/relay"
	"beckon/server/servertest"
)

// tooMuch is more, in frames of 16 KiB, than an outbox and the network hold.
const tooMuch = 325

// fill sends an account so many messages of 16 KiB, and carol, who reads, one now
// and then.
func fill(t *testing.T, w *world, account string, many int) {
	t.Helper()
	alice, carol := w.login("alice/tab"), w.login("carol/x")
	attach := strings.Repeat("🔔", 4096)
	const each = 25
	for i := range many / each {
		for range each {
			alice.Ask(&wire.Message{To: account, Attach: attach})
		}
		alice.Do(&wire.Message{To: "carol", Attach: fmt.Sprint(i)})
		require.Equal(t, fmt.Sprint(i), carol.Notice("messaged").Event.(*wire.Messaged).Attach, "others go on undisturbed")
	}
	alice.Cut()
	carol.Cut()
}

func TestDeviceThatDoesNotReadIsCutOff(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{Write: servertest.Patience})
	slow := w.raw(text(helloOf("bob", "1")))
	require.IsType(t, &wire.Welcome{}, slow.frame())
	fill(t, w, "bob", tooMuch)
	require.Equal(t, wire.CloseSlow, slow.closed(), "it reads again, and is told")
	require.True(t, servertest.Eventually(func() bool { return !w.online("bob") }))
}

func TestDeviceThatNeverReadsAgainIsGone(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{Write: 100 * time.Millisecond})
	slow := w.raw(text(helloOf("bob", "1")))
	require.IsType(t, &wire.Welcome{}, slow.frame())
	fill(t, w, "bob", tooMuch)
	require.True(t, servertest.Eventually(func() bool { return w.relay.Links() == 0 }))
}

// Many that do not read have less room each. Who reads is not among them.
func TestDevicesThatDoNotReadShareARoom(t *testing.T) {
	const many = 125 // not too much for one
	for room, cut := range map[int64]bool{1 << 20: true, 8 << 20: false} {
		w := start(t, engine.Config{}, relay.Config{Write: servertest.Patience, Waiting: room})
		slow := w.raw(text(helloOf("bob", "1")))
		require.IsType(t, &wire.Welcome{}, slow.frame())
		fill(t, w, "bob", many)
		if cut {
			require.Equal(t, wire.CloseSlow, slow.closed())
		} else {
			require.Positive(t, w.relay.Stats().Waiting)
			for range many {
				require.IsType(t, &wire.Notice{}, slow.frame())
			}
		}
		require.True(t, servertest.Eventually(func() bool { return w.relay.Stats().Waiting == 0 }), "and the room is free again")
	}
}

// Who asks for more than it reads is read again when it has read: all is answered, though more than an outbox holds
// was asked for.
func TestWhoDoesNotReadItsAnswersIsNotReadEither(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{Write: servertest.Patience})
	bob := w.login("bob/phone")
	for n := range 20 {
		bob.Do(&wire.CreateAndJoin{Type: 1, Name: fmt.Sprint(n), Ext: strings.Repeat("x", 4096)})
	}
	carol := w.login("carol/x")
	const many = 150 // of 80 KiB
	one := func(n int) []byte { return text(wire.NewCommand(uint64(n), &wire.Channels{})) }
	for name, ask := range map[string]func(*raw){
		"one by one": func(slow *raw) {
			for n := range many {
				slow.write(one(n + 1))
				carol.Do(&wire.SetProfile{Name: "Carol"}) // others go on meanwhile
			}
		},
		"at once": func(slow *raw) {
			var burst []byte
			for n := range many {
				burst = append(burst, one(n+1)...)
			}
			slow.write(burst)
			carol.Do(&wire.SetProfile{Name: "Carol"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			slow := w.raw(text(helloOf("bob", name)))
			require.IsType(t, &wire.Welcome{}, slow.frame())
			ask(slow)
			for n := range uint64(many) {
				reply, is := slow.frame().(*wire.Reply)
				require.True(t, is)
				require.Nil(t, reply.Error)
				require.Equal(t, n+1, reply.N)
			}
		})
	}
}

// What comes at once to a device that reads is no sign that it does not.
func TestWelcomeMayBeLargerThanTheOutbox(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	first := w.login("bob/phone")
	alice := w.login("alice/tab")
	channel := alice.Do(&wire.Create{Type: 1}).Channel.ID
	const many = 325 // with 16 KiB each
	for i := range many {
		alice.Do(&wire.Invite{Channel: channel, Invitee: "bob", RequestID: fmt.Sprint(i), Attach: strings.Repeat("🔔", 4096)})
		first.Notice("invited")
	}
	second := servertest.Dial(t, w.url, nil)
	second.Send(&wire.Hello{Version: wire.Version, App: "app", Account: "bob", Device: "tablet", Life: "1"})
	require.Len(t, second.Next().(*wire.Welcome).Invitations, many)
}

func TestFramesThatAreReadyTogetherGoOutInOneWrite(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	bob := w.login("bob/phone")
	socket := w.conns.last()
	alice := w.login("alice/tab")
	w.busy(alice)
	const many = 20
	for range many {
		alice.Ask(&wire.Message{To: "bob", Attach: "x"})
	}
	alice.Rest() // all are in the queue
	before := socket.writes.Load()
	w.gate.Open()
	for range many {
		bob.Notice("messaged")
	}
	require.EqualValues(t, 1, socket.writes.Load()-before)
}
