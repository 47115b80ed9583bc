package client_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	machine "beckon/core"
	"beckon/core/session"
	"beckon/core/wire"
	"beckon/server/auth"
	"beckon/server/client"
	"beckon/server/engine"
	"beckon/server/journal/memory"
	"beckon/server/relay"
	"beckon/server/servertest"
)

// Devices of both sides try to end the same invitation at the same time, over
// sockets that break, some of them at its deadline. What all of them are answered
// can be explained by one order, in which the invitation ended once.
func TestAnswersToOneInvitationAreLinearizable(t *testing.T) {
	rounds := 600
	if testing.Short() {
		rounds = 80
	}
	c := newContest(t)
	var running sync.WaitGroup
	for i := range rounds {
		running.Go(func() { c.round(fmt.Sprint(i)) })
		if i%8 == 7 {
			running.Wait()
		}
	}
	running.Wait()
	found, invitations, contested := c.history.Check()
	require.Empty(t, found)
	t.Logf("%d invitations, %d of which several tried to end: %v", invitations, contested, c.counts)
	require.Greater(t, contested, rounds/2)
	seen := []string{"accept ok", "reject ok", "cancel ok"}
	if !testing.Short() {
		seen = append(seen, "close ok", "accept invitation-over: expired", "accept invitation-accepted")
	}
	for _, result := range seen {
		require.Positive(t, c.counts[result], result)
	}
	servertest.Replay(t, c.config, c.store.Open().Read(t.Context(), 1))
}

// rings is how long an invitation rings in a contest.
const rings = 150 * time.Millisecond

type contest struct {
	t       *testing.T
	addr    string
	config  machine.Config
	store   *memory.Store
	ada     []*client.Client
	bob     []*client.Client
	began   time.Time
	history servertest.History

	mu     sync.Mutex
	counts map[string]int
}

func newContest(t *testing.T) *contest {
	servertest.NoLeaks(t)
	c := &contest{t: t, store: memory.New(), began: time.Now(), counts: map[string]int{},
		config: machine.Config{InvitationTime: machine.Time(rings.Milliseconds()), Memberships: 1 << 20, Channels: 1 << 20}}
	c.history.Rings = rings
	log := slog.New(slog.DiscardHandler)
	eng, err := engine.Open(t.Context(), engine.Config{Journal: c.store.Open(), App: c.config, Log: log})
	require.NoError(t, err)
	r := relay.New(relay.Config{Apps: func(string) *engine.Engine { return eng }, Auth: auth.Dev, Log: log})
	site := httptest.NewServer(r)
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { eng.Run(ctx) })
	t.Cleanup(func() {
		r.Drain(ctx)
		site.Close()
		stop()
		running.Wait()
	})
	c.addr = site.Listener.Addr().String()
	w := &world{t: t, addr: c.addr}
	networks := fragileNetworks(t, 3)
	c.ada = []*client.Client{w.online(w.page("ada", "web")), w.online(w.page("ada", "phone", networks[0].into))}
	c.bob = []*client.Client{w.online(w.page("bob", "web")), w.online(w.page("bob", "phone", networks[1].into)), w.online(w.page("bob", "tv", networks[2].into))}
	return c
}

// round is one invitation and all that try to end it.
func (c *contest) round(id string) {
	invite := servertest.Contested{Key: machine.Key{Inviter: "ada", RequestID: id, Invitee: "bob"}}
	called := time.Since(c.began)
	outcome, err := c.ada[0].Do(c.t.Context(), &wire.CallEx{Type: 1, Invitee: "bob", RequestID: id})
	if err != nil {
		c.t.Errorf("the call of round %s: %v", id, err)
		return
	}
	channel := outcome.Channel.ID
	invite.Channel = channel
	c.history.Add(invite, servertest.Try{Who: "ada", Verb: servertest.Inviting, Result: servertest.Done, Call: called, Return: time.Since(c.began)})

	var wait time.Duration
	if rand.IntN(3) == 0 {
		wait = rings - time.Since(c.began) + called - 2*time.Millisecond
	}
	var running sync.WaitGroup
	for _, bob := range c.bob {
		order, verb := wire.Order(&wire.Accept{Channel: channel, Inviter: "ada", RequestID: id}), servertest.Accepting
		switch rand.IntN(3) {
		case 0:
			order = &wire.JoinAndAccept{Channel: channel, Inviter: "ada", RequestID: id}
		case 1:
			order, verb = &wire.Reject{Channel: channel, Inviter: "ada", RequestID: id}, servertest.Rejecting
		}
		running.Go(func() { c.try(bob, order, invite, verb, wait) })
	}
	for _, ada := range c.ada {
		running.Go(func() {
			c.try(ada, &wire.Cancel{Channel: channel, Invitee: "bob", RequestID: id}, invite, servertest.Canceling, wait)
		})
	}
	if rand.IntN(8) == 0 {
		running.Go(func() {
			c.try(c.ada[0], &wire.Close{Channel: channel}, servertest.Contested{Channel: channel}, servertest.Closing, wait)
		})
	}
	running.Wait()
}

// try carries out one device's command, a moment after the given wait.
func (c *contest) try(who *client.Client, order wire.Order, what servertest.Contested, verb servertest.Verb, wait time.Duration) {
	time.Sleep(wait + time.Duration(rand.IntN(3000))*time.Microsecond)
	try := servertest.Try{Who: fmt.Sprintf("%p", who), Verb: verb, Call: time.Since(c.began), Return: servertest.Forever}
	_, err := who.Do(c.t.Context(), order)
	switch err := err.(type) {
	case nil:
		try.Result, try.Return = servertest.Done, time.Since(c.began)
	case *client.Refused:
		try.Result, try.Return = servertest.Refusing(err.Code, err.Detail), time.Since(c.began)
	case *session.Failure:
		if err.Kind == session.FailNotConnected {
			return // not asked
		}
	}
	c.history.Add(what, try)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts[string(verb)+" "+string(try.Result)]++
}
