package client_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	machine "beckon/core"
	"beckon/core/session"
	"beckon/core/wire"
	"beckon/server/client"
	"beckon/server/servertest"
)

var seed = flag.Uint64("seed", 0, "of the random runs; 0: another one each time")

// fragileNetworks are as many networks whose sockets break at random.
func fragileNetworks(t *testing.T, n int) []*network {
	s := *seed
	if s == 0 {
		s = rand.Uint64()
	}
	t.Logf("-seed %d", s)
	var list []*network
	for i := range n {
		list = append(list, &network{bytes: between(rand.New(rand.NewPCG(s, uint64(i))), 500, 5000)})
	}
	return list
}

// does asks for a command that has to be carried out.
func (w *world) does(c *client.Client, o wire.Order) *wire.Outcome {
	w.t.Helper()
	outcome, err := c.Do(w.wait(), o)
	require.NoError(w.t, err)
	return outcome
}

// hears takes the next notice, which has to be of that name.
func (w *world) hears(c *client.Client, name string) wire.Event {
	w.t.Helper()
	n, err := c.NextNotice(w.wait())
	require.NoError(w.t, err)
	require.Equal(w.t, name, n.Name)
	return n.Event
}

// next waits for an output of a kind, and skips others.
func next[O session.Output](w *world, c *client.Client) O {
	w.t.Helper()
	for {
		o, err := c.Next(w.wait())
		require.NoError(w.t, err)
		if o, ok := o.(O); ok {
			return o
		}
	}
}

func TestCallBetweenTwoClients(t *testing.T) {
	w := start(t)
	ada, bob := w.online(w.page("ada", "web")), w.online(w.page("bob", "phone"))
	call := w.does(ada, &wire.CallEx{Type: 2, Invitee: "bob", RequestID: "r1", Attach: "hello"})
	require.Empty(t, call.Reach)
	invited := w.hears(bob, "invited").(*wire.Invited)
	require.Equal(t, "hello", invited.Attach)
	joined := w.does(bob, &wire.JoinAndAccept{Channel: invited.Channel.ID, Inviter: "ada", RequestID: "r1"})
	require.Len(t, joined.Channel.Members, 2)
	w.hears(ada, "joined")
	w.hears(ada, "ended")
	ada.View(func(v *session.View) { require.Len(t, v.Channel(call.Channel.ID).Members, 2) })

	w.does(ada, &wire.Close{Channel: call.Channel.ID})
	w.hears(bob, "closed")
	bob.View(func(v *session.View) { require.Empty(t, v.Channels()) })
}

func TestRefusalIsAnError(t *testing.T) {
	w := start(t)
	_, err := w.online(w.page("ada", "web")).Do(w.wait(), &wire.Join{Channel: "nowhere"})
	var refused *client.Refused
	require.ErrorAs(t, err, &refused)
	require.Equal(t, "no-such-channel", refused.Code)
}

func TestCommandWithoutALinkFailsAtOnce(t *testing.T) {
	w := start(t)
	c := client.New(client.Config{URL: "ws://" + w.addr})
	defer c.Close()
	_, err := c.Do(w.wait(), &wire.Create{Type: 1})
	var failure *session.Failure
	require.ErrorAs(t, err, &failure)
	require.Equal(t, session.FailNotConnected, failure.Kind)
}

func TestDisconnectFailsWhatIsInFlight(t *testing.T) {
	w := start(t)
	ada := w.online(w.page("ada", "web"))
	w.gate.Held.Store(true)
	answer, err := ada.Ask(&wire.Create{Type: 1})
	require.NoError(t, err)
	ada.Disconnect()
	require.Equal(t, session.FailDisconnected, (<-answer).Failure.Kind)
	require.Equal(t, session.Asked, next[session.Disconnected](w, ada).Why)
}

func TestContextEndsTheWaitForAnAnswer(t *testing.T) {
	w := start(t)
	ada := w.online(w.page("ada", "web"))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := ada.Next(ctx)
	if err == nil { // the fresh start was still to be told
		_, err = ada.Next(ctx)
	}
	require.ErrorIs(t, err, context.Canceled)
}

func TestRefusedLoginIsToldWhy(t *testing.T) {
	w := start(t)
	ada := w.page("a\nb", "web")
	require.ErrorContains(t, ada.Online(w.wait()), "refused")
}

func TestAnotherLifeReplacesTheFirstForGood(t *testing.T) {
	w := start(t)
	first := w.online(w.page("ada", "web"))
	second := w.online(w.page("ada", "web", func(c *client.Config) { c.Session.Life = "2" }))
	require.Equal(t, session.Replaced, next[session.Disconnected](w, first).Why)
	w.does(second, &wire.Create{Type: 1})
}

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

// A command's answer, asked for over many goroutines, goes to who asked.
func TestClientMayBeSharedByGoroutines(t *testing.T) {
	w := start(t)
	ada := w.online(w.page("ada", "web"))
	var asking sync.WaitGroup
	for i := range 20 {
		asking.Go(func() {
			name := fmt.Sprint("channel ", i)
			outcome, err := ada.Do(w.wait(), &wire.Create{Type: 1, Name: name})
			if err != nil || outcome.Channel.Name != name {
				t.Errorf("%s: %v, %v", name, outcome, err)
			}
		})
	}
	asking.Wait()

	const many = 200
	bob := w.online(w.page("bob", "phone"))
	heard := make(chan string, many)
	for range 4 {
		asking.Go(func() {
			for range many / 4 {
				n, err := ada.NextNotice(w.wait())
				if err != nil {
					t.Error(err)
					return
				}
				heard <- n.Event.(*wire.Messaged).Attach
			}
		})
	}
	for i := range many {
		w.does(bob, &wire.Message{To: "ada", Attach: fmt.Sprint(i)})
	}
	asking.Wait()
	seen := map[string]bool{}
	for range many {
		seen[<-heard] = true
	}
	require.Len(t, seen, many, "nobody waits for what is there, and nothing is told twice")
}

func TestClosedClientLeavesNothingBehind(t *testing.T) {
	w := start(t) // which looks for leaks at the end
	for i := range 20 {
		c := w.page("ada", fmt.Sprint(i))
		if i%2 == 0 {
			w.online(c)
		}
		c.Close()
	}
}
