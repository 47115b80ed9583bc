package client_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	machine "beckon/core"
	"beckon/core/session"
	"beckon/core/wire"
	"beckon/server/client"
	"beckon/server/servertest"
)

func TestRelayThatIsNotThereIsTriedAgain(t *testing.T) {
	w := start(t)
	w.kill()
	ada := w.page("ada", "web")
	next[session.Reconnecting](w, ada)
	w.run()
	w.online(ada)
}

func TestCutLinkIsResumed(t *testing.T) {
	w := start(t)
	var wires network
	ada, bob := w.online(w.page("ada", "web")), w.online(w.page("bob", "phone", wires.into))
	w.does(ada, &wire.Message{To: "bob", Attach: "1"})
	require.Equal(t, "1", w.hears(bob, "messaged").(*wire.Messaged).Attach)
	wires.cut()
	w.does(ada, &wire.Message{To: "bob", Attach: "2"})
	require.False(t, next[session.Connected](w, bob).Fresh)
	require.Equal(t, "2", w.hears(bob, "messaged").(*wire.Messaged).Attach)
	w.does(bob, &wire.Create{Type: 1})
}

// chat sends numbered messages from ada to bob, and expects each once, in order.
func (w *world) chat(ada, bob *client.Client, many int, between func(i int)) {
	w.t.Helper()
	var sender sync.WaitGroup
	sender.Go(func() {
		for i := range many {
			between(i)
			// The link may be gone for the moment, and a command not taken.
			for {
				_, err := ada.Do(w.wait(), &wire.Message{To: "bob", Attach: fmt.Sprint(i)})
				if failure, ok := err.(*session.Failure); ok && failure.Kind == session.FailNotConnected {
					continue
				}
				if err != nil {
					w.t.Errorf("message %d: %v", i, err)
				}
				break
			}
		}
	})
	defer sender.Wait()
	for i := range many {
		require.Equal(w.t, fmt.Sprint(i), w.hears(bob, "messaged").(*wire.Messaged).Attach, "each once, and in order")
	}
}

// Sockets break after any number of bytes, amid frames, in both directions.
func TestLinksThatKeepBreakingLoseAndRepeatNothing(t *testing.T) {
	w := start(t)
	many := 1000
	if testing.Short() {
		many = 200
	}
	networks := fragileNetworks(t, 2)
	ada := w.online(w.page("ada", "web", networks[0].into))
	bob := w.online(w.page("bob", "phone", networks[1].into))
	w.chat(ada, bob, many, func(int) {})
	for _, n := range networks {
		t.Logf("%d links for %d messages", n.count(), many)
		require.Greater(t, n.count(), many/50)
	}
}

func TestRelayRestartsLoseAndRepeatNothing(t *testing.T) {
	w := start(t)
	many, every := 500, 25
	if testing.Short() {
		many = 100
	}
	ada, bob := w.online(w.page("ada", "web")), w.online(w.page("bob", "phone"))
	w.chat(ada, bob, many, func(i int) {
		if i%every == every/2 {
			w.restart()
		}
	})
	a := servertest.Replay(t, machine.Config{}, w.store.Open().Read(t.Context(), 1))
	require.Len(t, a.Answers, many)
}

func TestCallGoesOnOverARestart(t *testing.T) {
	w := start(t)
	ada, bob := w.online(w.page("ada", "web")), w.online(w.page("bob", "phone"))
	channel := w.does(ada, &wire.CallEx{Type: 1, Invitee: "bob", RequestID: "r1"}).Channel.ID
	w.hears(bob, "invited")
	w.restart()
	for _, c := range []*client.Client{ada, bob} {
		require.False(t, next[session.Connected](w, c).Fresh)
	}
	w.does(bob, &wire.JoinAndAccept{Channel: channel, Inviter: "ada", RequestID: "r1"})
	require.Equal(t, "bob", w.hears(ada, "joined").(*wire.Joined).Member.Account)
	require.Equal(t, "accepted", w.hears(ada, "ended").(*wire.Ended).Outcome)
}
