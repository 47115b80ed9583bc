package sim

import (
	"fmt"
	"strings"
	"time"

	"beckon/core"
	"beckon/core/wire"
	"beckon/server/servertest"
)

// gathering is a room in which everybody does something at about the same time.
// Nothing else is ever done about it, so that all that is has one order to be
// found.
type gathering struct {
	w    *world
	name string
}

const gatheringPrefix = "gathering-"

// gathered says whether an order is about a gathering.
func gathered(o wire.Order) bool {
	return strings.Contains(string(wire.Append(nil, wire.NewCommand(1, o))), gatheringPrefix)
}

// gather has a page make a room and ring the others into it, which then answer
// while members ring again, take back and close.
func (w *world) gather() {
	host, guest := w.pages[w.random.IntN(len(w.pages))], w.pages[w.random.IntN(len(w.pages))]
	if !host.s.Online() {
		return
	}
	w.count("gathering")
	w.gatherings++
	g := gathering{w, fmt.Sprint(gatheringPrefix, w.gatherings)}
	g.does(host, &wire.CreateRoom{Channel: g.name}, servertest.Making)
	beat := 50*time.Millisecond + w.upTo(100*time.Millisecond)
	w.later(beat, func() {
		g.does(host, &wire.Enter{Channel: g.name}, servertest.Entering)
		g.does(guest, &wire.Enter{Channel: g.name}, servertest.Entering)
	})
	inviter := host
	if w.chance(2) {
		inviter = guest
	}
	w.later(2*beat, func() { g.rings(inviter, accounts) })
	wait := 3 * beat
	if w.chance(3) {
		wait = 2*beat + gatheringTime - 30*time.Millisecond
		w.count("gathering at the deadline")
	}
	for _, p := range w.pages {
		w.later(wait+w.upTo(60*time.Millisecond), func() { g.acts(p, host) })
	}
}

// gatheringTime is how long it rings there.
const gatheringTime = 5 * time.Second

func (g gathering) acts(p, host *page) {
	w := g.w
	invitees := [][]string{{accounts[w.random.IntN(len(accounts))]}, accounts}[w.random.IntN(2)]
	switch w.random.IntN(9) {
	case 0, 1:
		g.does(p, &wire.Settle{Channel: g.name, Accept: true}, servertest.Accepting)
	case 2:
		g.does(p, &wire.Settle{Channel: g.name}, servertest.Rejecting)
	case 3:
		g.does(p, &wire.Enter{Channel: g.name}, servertest.Entering)
	case 4:
		g.rings(p, invitees)
	case 5:
		if w.chance(2) {
			g.does(p, &wire.Close{Channel: g.name}, servertest.Closing)
		}
	default:
		if w.chance(2) {
			p = host // who may
		}
		g.does(p, &wire.Withdraw{Channel: g.name, Invitees: invitees}, servertest.Revoking, invitees...)
	}
	if w.chance(3) { // and so it goes on
		w.later(w.upTo(2*time.Second), func() { g.acts(p, host) })
	}
}

func (g gathering) rings(p *page, invitees []string) {
	o := &wire.InviteAll{Channel: g.name, Invitees: invitees, Timeout: gatheringTime.Milliseconds()}
	if t := g.does(p, o, servertest.Inviting, invitees...); t != nil {
		t.room.Ring = fmt.Sprintf("%s, %d", p.name(), len(p.tries))
	}
}

// does is nil if the page has no link.
func (g gathering) does(p *page, o wire.Order, verb servertest.Verb, invitees ...string) *try {
	if p.frozen {
		return nil
	}
	t := &try{order: o}
	t.what.Channel = g.name
	t.Verb = verb
	t.room = &servertest.RoomTry{Invitees: invitees}
	if !p.asks(t) {
		return nil
	}
	return t
}

// recordRoom hands a page's try over to the rooms' history.
func (p *page) recordRoom(t *try) {
	w, r := p.w, t.room
	r.Try = t.Try
	r.Who = p.actor.Account
	w.rooms.Add(t.what.Channel, *r)
	if r.Verb == servertest.Inviting {
		w.rooms.Add(t.what.Channel, r.Deadline(w.steady(gatheringTime)))
	}
}

// recordLosses tells the rooms' history who was without a link for so long that it
// left.
func (w *world) recordLosses(a *servertest.Audit) {
	for _, e := range a.Events {
		if left, ok := e.Event.(core.Left); ok && strings.HasPrefix(left.Channel, gatheringPrefix) {
			w.count("gathering without somebody who was lost")
			w.rooms.Add(left.Channel, servertest.RoomTry{Try: servertest.Try{Who: left.Account, Verb: servertest.Losing, Return: servertest.Forever}})
		}
	}
}

// steady is d, if the machine's clock has not jumped, and 0 if it has.
func (w *world) steady(d time.Duration) time.Duration {
	if w.skew > 0 || w.isUneven() {
		return 0
	}
	return d
}
