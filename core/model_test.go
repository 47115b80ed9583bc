package core_test

import (
	"maps"
	"slices"

	"beckon/core"
)

// A model is the machine once more, as slow and plain as can be: lists, scans,
// and a copy of everything to be thrown away when a step of a command fails. It
// has no timers and counts nothing: it looks.
type model struct {
	config   core.Config // every field set
	channels []*room     // live ones, in the order of creation
	answers  []reply     // all that are remembered, oldest first
	inbox    []mail      // of everybody, oldest first
	dropped  uint64      // mails for which there was no room
	aged     uint64      // mails that were too old
	profiles map[string]core.Profile
	rung     int // how many invitations were ever made
}

type room struct {
	core.ChannelInfo
	members []core.Member
	rings   []*ring
}

type ring struct {
	core.Key
	state    core.State
	made     core.Position
	place    int  // among the invitees of its event
	always   bool // late devices are told
	off      bool // it has ended, and something took it off the list since
	in       bool // it has ended, and its invitee was in the room then, or has come in since
	at       core.Time
	stored   bool
	device   string
	attach   string
	serial   int // counts the invitations of the app
	ended    int // counts the ends of the room's; 0: pending
	deadline core.Time
	over     core.Time
	away     bool
	push     core.Push
}

type reply struct {
	by      core.Actor
	n       uint64
	at      core.Time
	outcome core.Outcome
}

// copy copies the model, so that a step can be tried.
func (m *model) copy() *model {
	c := *m
	c.channels = nil
	for _, r := range m.channels {
		copied := *r
		copied.members = slices.Clone(r.members)
		copied.rings = nil
		for _, i := range r.rings {
			ring := *i
			copied.rings = append(copied.rings, &ring)
		}
		c.channels = append(c.channels, &copied)
	}
	c.answers = slices.Clone(m.answers)
	c.inbox = slices.Clone(m.inbox)
	c.profiles = maps.Clone(m.profiles)
	return &c
}

// find returns the live channel that is so, or nil.
func (m *model) find(is func(*room) bool) *room {
	for _, r := range m.channels {
		if is(r) {
			return r
		}
	}
	return nil
}

func (m *model) room(id string) *room { return m.find(func(r *room) bool { return r.ID == id }) }

// count counts live channels.
func (m *model) count(is func(*room) bool) int {
	n := 0
	for _, r := range m.channels {
		if is(r) {
			n++
		}
	}
	return n
}

func (r *room) member(account string) *core.Member {
	for k := range r.members {
		if r.members[k].Account == account {
			return &r.members[k]
		}
	}
	return nil
}

func (r *room) others(account string) []string {
	var to []string
	for _, m := range r.members {
		if m.Account != account {
			to = append(to, m.Account)
		}
	}
	return to
}

func (r *room) ring(k core.Key) *ring {
	for _, i := range r.rings {
		if i.Key == k {
			return i
		}
	}
	return nil
}

func (r *room) pending() []*ring {
	var list []*ring
	for _, i := range r.rings {
		if i.state == core.Pending {
			list = append(list, i)
		}
	}
	return list
}

// remembered is the answer that a command with this id had.
func (m *model) remembered(by core.Actor, n uint64) (core.Outcome, bool) {
	for _, a := range m.answers {
		if n != 0 && a.by == by && a.n == n {
			return a.outcome, true
		}
	}
	return core.Outcome{}, false
}

// remember keeps an answer: those of the last minute, 64 of a device.
func (m *model) remember(a reply) {
	m.answers = slices.DeleteFunc(m.answers, func(old reply) bool { return old.at+m.config.AnswersTime <= a.at })
	if a.n == 0 {
		return
	}
	m.answers = append(m.answers, a)
	mine := 0
	for k := len(m.answers) - 1; k >= 0; k-- {
		if old := m.answers[k].by; old.Account == a.by.Account && old.Device == a.by.Device {
			if mine++; mine > m.config.AnswersKept {
				m.answers = slices.Delete(m.answers, k, k+1)
			}
		}
	}
}

// finish ends a ring.
func (m *model) finish(r *room, i *ring, state core.State, now core.Time) {
	last := 0
	for _, x := range r.rings {
		last = max(last, x.ended)
	}
	i.state, i.over, i.ended = state, now, last+1
	i.in = r.member(i.Invitee) != nil
	i.off = i.in
	for _, x := range r.rings { // what ended before is not shown any more
		if x != i && x.Invitee == i.Invitee && x.state != core.Pending {
			x.off = true
		}
	}
}

// forget forgets what ended long ago, and of the rest what ended first; but not
// what is in the list.

func (m *model) forget(r *room, now core.Time) {
	var kept []*ring
	for _, i := range r.rings {
		later := 0
		for _, x := range r.rings {
			if x.ended > i.ended && r.shown(x.Invitee) != x {
				later++
			}
		}
		if i.state == core.Pending || r.shown(i.Invitee) == i || i.over+m.config.EndedTime > now && later < m.config.EndedKept {
			kept = append(kept, i)
		}
	}
	r.rings = kept
}
