package client_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core/session"
	"beckon/core/wire"
	"beckon/server/client"
	"beckon/server/servertest"
)

// Members and invitees of one room ring, take back, answer, enter and close at
// the same time, over sockets that break, some of them when the ringing ends.
// What all of them are answered can be explained by one order.
func TestAnswersAboutOneRoomAreLinearizable(t *testing.T) {
	rounds := 400
	if testing.Short() {
		rounds = 60
	}
	c := &roomContest{contest: newContest(t)}
	networks := fragileNetworks(t, 2)
	w := &world{t: t, addr: c.addr}
	c.carol = w.online(w.page("carol", "web", networks[0].into))
	c.dave = []*client.Client{w.online(w.page("dave", "web")), w.online(w.page("dave", "phone", networks[1].into))}
	var running sync.WaitGroup
	for i := range rounds {
		running.Go(func() { c.round(fmt.Sprint("room-", i)) })
		if i%8 == 7 {
			running.Wait()
		}
	}
	running.Wait()
	found, rooms := c.rooms.Check()
	require.Empty(t, found)
	require.Equal(t, rounds, rooms)
	t.Logf("%d rooms: %v", rooms, c.counts)
	seen := []string{"accept ok", "reject ok", "enter ok", "revoke ok", "revoke need-administrator"}
	if !testing.Short() {
		seen = append(seen, "close ok", "cancel ok", "accept invitation-over: cancelled", "accept invitation-over: revoked", "accept invitation-over: expired", "accept no-such-channel")
	}
	for _, result := range seen {
		require.Positive(t, c.counts[result], result)
	}
	servertest.Replay(t, c.config, c.store.Open().Read(t.Context(), 1))
}

type roomContest struct {
	*contest
	carol *client.Client
	dave  []*client.Client
	rooms servertest.RoomHistory
}

// doing is a command that belongs to a try.
type doing struct {
	who   *client.Client
	order wire.Order
	try   servertest.RoomTry
}

// round is one room, into which somebody has rung bob and carol.
func (c *roomContest) round(room string) {
	both := []string{"bob", "carol"}
	c.does(room, 0, c.doing(c.ada[0], "ada", &wire.CreateRoom{Channel: room}, servertest.Making))
	c.does(room, 0, c.doing(c.ada[0], "ada", &wire.Enter{Channel: room}, servertest.Entering))
	c.does(room, 0, c.doing(c.dave[0], "dave", &wire.Enter{Channel: room}, servertest.Entering))
	inviter, host := "ada", c.ada[0]
	if rand.IntN(2) == 0 {
		inviter, host = "dave", c.dave[0]
	}
	rung := time.Since(c.began)
	c.does(room, 0, c.ringing(host, inviter, room, both))
	list, err := c.ada[0].Do(c.t.Context(), &wire.Invitations{Channel: room, Count: 10})
	if err != nil || len(list.Invitations) != 2 {
		c.t.Errorf("who is rung in %s: %v", room, err)
		return
	}
	request := list.Invitations[0].RequestID

	wait := time.Microsecond
	if rand.IntN(3) == 0 {
		wait = max(wait, rung+rings-time.Since(c.began)-2*time.Millisecond)
	}
	tries := []doing{c.answering(c.carol, "carol", inviter, room, request)}
	for _, bob := range c.bob {
		tries = append(tries, c.answering(bob, "bob", inviter, room, request))
	}
	for i := range c.ada {
		tries = append(tries, c.hosting(c.ada[i], "ada", room, request), c.hosting(c.dave[i], "dave", room, request))
	}
	if rand.IntN(8) == 0 {
		tries = append(tries, c.doing(c.ada[0], "ada", &wire.Close{Channel: room}, servertest.Closing))
	}
	var running sync.WaitGroup
	for _, d := range tries {
		running.Go(func() { c.does(room, wait, d) })
	}
	running.Wait()
}

func (c *roomContest) doing(who *client.Client, account string, order wire.Order, verb servertest.Verb, invitees ...string) doing {
	d := doing{who: who, order: order}
	d.try.Who, d.try.Verb, d.try.Invitees = account, verb, invitees
	return d
}

// ringing rings for as long as rings.
func (c *roomContest) ringing(who *client.Client, account, room string, invitees []string) doing {
	d := c.doing(who, account, &wire.InviteAll{Channel: room, Invitees: invitees, Timeout: rings.Milliseconds()}, servertest.Inviting, invitees...)
	d.try.Ring = first
	return d
}

// first names what a round begins with.
const first = "first"

// answering is a way to answer: all that rings, or what rang first.
func (c *roomContest) answering(who *client.Client, account, inviter, room, request string) doing {
	switch rand.IntN(6) {
	case 0, 1:
		return c.doing(who, account, &wire.Settle{Channel: room, Accept: true}, servertest.Accepting)
	case 2:
		return c.doing(who, account, &wire.Settle{Channel: room}, servertest.Rejecting)
	case 3:
		return c.doing(who, account, &wire.Enter{Channel: room}, servertest.Entering)
	}
	d := c.doing(who, account, &wire.Accept{Channel: room, Inviter: inviter, RequestID: request}, servertest.Accepting)
	if rand.IntN(2) == 0 {
		d = c.doing(who, account, &wire.Reject{Channel: room, Inviter: inviter, RequestID: request}, servertest.Rejecting)
	}
	d.try.Ring = first
	return d
}

// hosting is what members do: ring again, take back from one or all.
func (c *roomContest) hosting(who *client.Client, account, room, request string) doing {
	invitees := [][]string{{"bob"}, {"carol"}, {"bob", "carol"}}[rand.IntN(3)]
	switch rand.IntN(6) {
	case 0:
		d := c.ringing(who, account, room, invitees)
		d.try.Ring = fmt.Sprintf("%s, %d", account, rand.Uint64())
		return d
	case 1:
		d := c.doing(who, account, &wire.Cancel{Channel: room, Invitee: invitees[0], RequestID: request}, servertest.Canceling, invitees[0])
		d.try.Ring = first
		return d
	}
	return c.doing(who, account, &wire.Withdraw{Channel: room, Invitees: invitees}, servertest.Revoking, invitees...)
}

// does carries a command out: at once, or a moment after the given wait.
func (c *roomContest) does(room string, wait time.Duration, d doing) {
	if wait > 0 {
		time.Sleep(wait + time.Duration(rand.IntN(3000))*time.Microsecond)
	}
	d.try.Call, d.try.Return = time.Since(c.began), servertest.Forever
	outcome, err := d.who.Do(c.t.Context(), d.order)
	switch err := err.(type) {
	case nil:
		d.try.Result, d.try.Return = servertest.Ringing(outcome.Pending, outcome.Inside), time.Since(c.began)
	case *client.Refused:
		d.try.Result, d.try.Return = servertest.Refusing(err.Code, err.Detail), time.Since(c.began)
	case *session.Failure:
		if err.Kind == session.FailNotConnected {
			return // not asked
		}
	}
	c.rooms.Add(room, d.try)
	if d.try.Verb == servertest.Inviting {
		c.rooms.Add(room, d.try.Deadline(rings))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts[string(d.try.Verb)+" "+string(d.try.Result)]++
}
