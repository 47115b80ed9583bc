//go:build linux

package soak

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"beckon/core/wire"
	"beckon/server/servertest"
)

// room is one room into which an account is rung, by the one that owns it, until
// the ringing ends by itself, while devices of both answer, enter, take back and
// ring again.
func (p *pair) room() {
	p.n++
	g := gathering{p, fmt.Sprintf("room-%s-%d", p.name, p.n)}
	ada, bob := p.ada, p.bobs[0].actor.Account
	g.does(ada, &wire.CreateRoom{Channel: g.name}, servertest.Making)
	g.does(ada, &wire.Enter{Channel: g.name}, servertest.Entering)
	g.rings(ada, bob)
	p.s.count("rooms", 1)
	var racing sync.WaitGroup
	for _, d := range p.bobs {
		racing.Go(func() {
			time.Sleep(atTheEnd())
			switch rand.IntN(4) {
			case 0:
				g.does(d, &wire.Enter{Channel: g.name}, servertest.Entering)
			case 1:
				g.does(d, &wire.Settle{Channel: g.name}, servertest.Rejecting)
			default:
				g.does(d, &wire.Settle{Channel: g.name, Accept: true}, servertest.Accepting)
			}
		})
	}
	racing.Go(func() {
		time.Sleep(atTheEnd())
		if rand.IntN(3) == 0 {
			g.rings(ada, bob)
		} else {
			g.does(ada, &wire.Withdraw{Channel: g.name, Invitees: []string{bob}}, servertest.Revoking, bob)
		}
	})
	racing.Wait()
	g.does(ada, &wire.Close{Channel: g.name}, servertest.Closing)
}

// rings is how long it rings in rooms.
const rings = 100 * time.Millisecond

// atTheEnd is a moment for an answer: at once, or when the ringing ends.
func atTheEnd() time.Duration {
	if rand.IntN(3) == 0 {
		return rings + rand.N(4*time.Millisecond) - 2*time.Millisecond
	}
	return 0
}

// gathering is what happens in one room.
type gathering struct {
	*pair
	name string
}

// does has a device do something about the room, and notes what came of it.
func (g gathering) does(d *device, order wire.Order, verb servertest.Verb, invitees ...string) servertest.RoomTry {
	try := servertest.RoomTry{Invitees: invitees}
	try.Who, try.Verb = d.actor.Account, verb
	if verb == servertest.Inviting {
		try.Ring = fmt.Sprint(d.actor.Account, rand.Uint64())
	}
	try.Call, try.Return = time.Since(began), servertest.Forever
	r, _ := d.does(order, servertest.Contested{}, "")
	switch {
	case r.OK != nil:
		try.Result, try.Return = servertest.Ringing(r.OK.Pending, r.OK.Inside), time.Since(began)
	case r.Refusal != nil:
		try.Result, try.Return = servertest.Refusing(r.Refusal.Code, r.Refusal.Detail), time.Since(began)
	}
	g.s.rooms.Add(g.name, try)
	return try
}

// rings rings an account. Its end may come at any time: relays are down, and stand
// still, here.
func (g gathering) rings(d *device, invitee string) {
	try := g.does(d, &wire.InviteAll{Channel: g.name, Invitees: []string{invitee}, Timeout: rings.Milliseconds()}, servertest.Inviting, invitee)
	g.s.rooms.Add(g.name, try.Deadline(0))
}
