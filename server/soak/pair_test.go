//go:build linux

package soak

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"beckon/core"
	"beckon/core/wire"
	"beckon/server/servertest"
)

// pair is two accounts of which one calls the other again and again.
type pair struct {
	s    *station
	name string
	ada  *device
	bobs []*device
	n    int
}

func (s *station) pair(name string) *pair {
	p := &pair{s: s, name: name, ada: s.login("ada-"+name, "web", servertest.Asked{})}
	for _, d := range []string{"phone", "tab"} {
		p.bobs = append(p.bobs, s.login("bob-"+name, d, servertest.Asked{}))
	}
	for _, d := range append(p.bobs, p.ada) {
		d.online()
	}
	return p
}

// run calls until it is told to stop, at the station's pace.
func (p *pair) run(stop *atomic.Bool) {
	for !stop.Load() {
		if rand.IntN(4) == 0 {
			p.room()
		} else {
			p.call()
		}
		time.Sleep(p.s.pace/2 + rand.N(p.s.pace))
	}
}

// call is one invitation, which several devices try to end, and the end of its
// channel.
func (p *pair) call() {
	p.n++
	bob, id := p.bobs[0].actor.Account, fmt.Sprint(p.n)
	what := servertest.Contested{Key: core.Key{Inviter: p.ada.actor.Account, RequestID: id, Invitee: bob}}
	made, _ := p.ada.does(&wire.CallEx{Type: 1, RequestID: id, Invitee: bob, Attach: "hello", Store: rand.IntN(8) == 0}, what, servertest.Inviting)
	if made.OK == nil {
		return // nobody knows the channel
	}
	p.s.count("calls", 1)
	what.Channel = made.OK.Channel.ID
	var racing sync.WaitGroup
	for _, d := range p.bobs {
		order, verb := answers(what)
		racing.Go(func() { d.does(order, what, verb) })
	}
	if rand.IntN(3) == 0 {
		racing.Go(func() {
			p.ada.does(&wire.Cancel{Channel: what.Channel, RequestID: id, Invitee: bob}, what, servertest.Canceling)
		})
	}
	racing.Wait()
	closed, n := p.ada.does(&wire.Close{Channel: what.Channel}, servertest.Contested{Channel: what.Channel}, servertest.Closing)
	if closed.OK != nil && rand.IntN(20) == 0 {
		p.reload(servertest.Asked{Actor: p.ada.actor, N: n})
	}
}

func answers(what servertest.Contested) (wire.Order, servertest.Verb) {
	switch rand.IntN(3) {
	case 0:
		return &wire.Accept{Channel: what.Channel, RequestID: what.RequestID, Inviter: what.Inviter}, servertest.Accepting
	case 1:
		return &wire.JoinAndAccept{Channel: what.Channel, RequestID: what.RequestID, Inviter: what.Inviter}, servertest.Accepting
	}
	return &wire.Reject{Channel: what.Channel, RequestID: what.RequestID, Inviter: what.Inviter}, servertest.Rejecting
}

// reload gives one of the invitee's devices a new life, which begins behind a
// command after which nothing happens until it is online.
func (p *pair) reload(after servertest.Asked) {
	i := rand.IntN(len(p.bobs))
	old := p.bobs[i]
	old.logout()
	p.bobs[i] = p.s.login(old.actor.Account, old.actor.Device, after)
	p.bobs[i].online()
	p.s.count("devices reloaded", 1)
}
