package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"beckon/core"
)

// world is a machine and how it came to be, so that it can be had again.
type world struct {
	app    *core.App
	now    core.Time
	events []stamped
	sent   uint64
}

type stamped struct {
	at    core.Stamp
	event core.Event
}

const start core.Time = 1_000_000

func newWorld() *world { return &world{app: core.New(core.Config{}), now: start} }

// again returns a copy: the same events make the same machine.
func (w *world) again() *world {
	other := &world{app: core.New(core.Config{}), now: w.now, events: slices.Clone(w.events), sent: w.sent}
	for _, e := range w.events {
		other.app.Apply(e.at, e.event)
	}
	return other
}

func (w *world) apply(events []core.Event) {
	record := uint64(1)
	if len(w.events) > 0 {
		record = w.events[len(w.events)-1].at.Position.Record() + 1
	}
	for k, e := range events {
		at := core.Stamp{Position: core.At(record, k), Now: w.now}
		w.app.Apply(at, e)
		w.events = append(w.events, stamped{at, e})
	}
}

// A move is what happens next: an order of somebody's, or that time goes by until
// something is due.
type move struct {
	by   core.Actor
	do   core.Order // nil: time goes by
	name string     // as the protocol calls it
}

func (w *world) make(m move) ([]core.Event, *core.Refusal) {
	if m == soon {
		w.now = max(w.now, w.app.Deadline()-30_000)
		return nil, nil
	}
	if m.do == nil {
		w.now = max(w.now, w.app.Deadline())
		events := w.app.Due(w.now)
		w.apply(events)
		return events, nil
	}
	w.now++
	w.sent++
	env := core.Env{Now: w.now, Random: [16]byte{15: 1}, Online: func(string) bool { return true }}
	events, err := w.app.Handle(env, core.Command{By: m.by, N: w.sent, Do: m.do})
	var refusal *core.Refusal
	if errors.As(err, &refusal) {
		return nil, refusal
	}
	w.apply(events)
	return events, nil
}

// look is what the charts show of a world: of its one channel, or that there is none.
type look struct {
	channel *core.ChannelInfo
	members map[string]core.Member
	asked   []core.Invitation
	now     core.Time
	late    bool // the channel's time is up soon
}

func (w *world) look() look {
	l := look{now: w.now, members: map[string]core.Member{}}
	for _, c := range w.app.Channels() {
		info := c.ChannelInfo
		l.channel = &info
		l.late = info.Expires-w.now < 60_000
		for _, m := range c.Members() {
			l.members[m.Account] = m
		}
		l.asked = c.Invitations()
	}
	return l
}

// signature is equal for worlds in which the same moves matter.
func (l look) signature() string {
	if l.channel == nil {
		return "nothing"
	}
	var parts []string
	for _, m := range l.members {
		parts = append(parts, fmt.Sprint(m.Account, m.Device, m.Role, m.Lost != 0))
	}
	for _, i := range l.asked {
		if i.State != core.Pending && i.RequestID != request {
			continue // nobody can ask for it by name
		}
		parts = append(parts, fmt.Sprint(i.Inviter, i.RequestID == request, i.Invitee, i.State, i.Entered, i.Deadline == 0))
	}
	slices.Sort(parts)
	return fmt.Sprint(l.channel.Policy, l.channel.Owner, l.late, strings.Join(slices.Compact(parts), ";"))
}

// A step is one move in one world, and what became of it.
type step struct {
	move
	before, after look
	events        []core.Event
	refusal       *core.Refusal
}

// explore makes every move in every world that can be reached by them.
func explore(moves []move, tell func(step)) {
	seen := map[string]bool{"nothing": true}
	for queue := []*world{newWorld()}; len(queue) > 0; queue = queue[1:] {
		before := queue[0].look()
		for _, m := range moves {
			if m.do == nil && queue[0].app.Deadline() == 0 {
				continue
			}
			w := queue[0].again()
			s := step{move: m, before: before}
			s.events, s.refusal = w.make(m)
			s.after = w.look()
			tell(s)
			if key := s.after.signature(); !seen[key] {
				seen[key] = true
				queue = append(queue, w)
			}
		}
	}
}
