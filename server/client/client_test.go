package client_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/session"
	"beckon/core/wire"
	"beckon/server/client"
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
