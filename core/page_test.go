package core_test

import (
	"slices"

	"beckon/core"
)

// A page is a device that keeps a channel's list of invitations by what it is
// told: the events, and what the answer to its entering showed, or a fresh start.
type page struct {
	by      core.Actor
	channel string // that it is in; empty: none
	members map[string]bool
	known   []core.Listed // pending invitations, and ended ones that are listed, in the order of their making
}

// begin takes what a channel shows: all that is needed to go on.
func (p *page) begin(channel string, members []core.Member, standing []core.Listed) {
	p.channel, p.members, p.known = channel, map[string]bool{}, slices.Clone(standing)
	for _, m := range members {
		p.members[m.Account] = true
	}
}

func (p *page) out() { *p = page{by: p.by} }

// list is what the page shows: of each account the oldest pending invitation,
// else the one that has ended.
func (p *page) list() []core.Listed {
	first := map[string]core.Listed{}
	for _, l := range p.known {
		if other, is := first[l.Invitee]; !is || other.State != core.Pending && l.State == core.Pending {
			first[l.Invitee] = l
		}
	}
	return slices.DeleteFunc(slices.Clone(p.known), func(l core.Listed) bool { return first[l.Invitee] != l })
}

// tells says whether an event is told to a device: to the accounts that it names,
// but the device that acted only where it says so.
func tells(e core.Event, d core.Actor) (channel string, is bool) {
	var by core.Actor
	var echo bool
	var to []string
	switch e := e.(type) {
	case core.Joined:
		by, channel, to = e.By, e.Channel, e.To
	case core.Left:
		by, channel, to, echo = e.By, e.Channel, e.To, e.Why == core.LeftKick
	case core.Closed:
		by, channel, to = e.By, e.Channel, e.To
	case core.Invited:
		by, channel, to, echo = e.By, e.Channel, slices.Concat(e.To, e.Members), e.Echo
	case core.Ended:
		by, channel, to, echo = e.By, e.Channel, slices.Concat(e.To, e.Members), e.Echo
	case core.Unlisted:
		channel, to = e.Channel, e.To
	}
	return channel, slices.Contains(to, d.Account) && (echo || by != d)
}

// told takes an event that the page is told.
func (p *page) told(at core.Stamp, e core.Event) {
	switch e := e.(type) {
	case core.Joined:
		if e.Member.Account == p.by.Account && e.Member.Device != p.by.Device {
			p.out()
			return
		}
		p.members[e.Member.Account] = true
		p.forget(func(l core.Listed) bool { return l.Invitee == e.Member.Account })
	case core.Left:
		if delete(p.members, e.Account); e.Account == p.by.Account {
			p.out()
		}
	case core.Closed:
		p.out()
	case core.Invited:
		for place, i := range e.Invitees {
			p.forget(func(l core.Listed) bool { return l.Invitee == i.Account })
			p.known = append(p.known, core.Listed{Key: core.Key{Inviter: e.By.Account, RequestID: e.RequestID, Invitee: i.Account},
				State: core.Pending, Made: at.Position, Place: place, At: at.Now, Deadline: e.Deadline})
		}
	case core.Ended:
		for _, k := range e.Invitations {
			p.ended(k, e.Outcome)
		}
	case core.Unlisted:
		p.forget(func(l core.Listed) bool { return slices.Contains(e.Invitations, l.Key) })
	}
}

func (p *page) ended(k core.Key, outcome core.State) {
	pending := 0
	for i := range p.known {
		l := &p.known[i]
		if l.Key == k && l.State == core.Pending {
			l.State = outcome
		}
		if l.Invitee == k.Invitee && l.State == core.Pending {
			pending++
		}
	}
	if pending > 0 || p.members[k.Invitee] || outcome == core.Cancelled || outcome == core.Revoked {
		p.forget(func(l core.Listed) bool { return l.Invitee == k.Invitee })
	}
}

// forget drops what has ended and is so.
func (p *page) forget(is func(core.Listed) bool) {
	p.known = slices.DeleteFunc(p.known, func(l core.Listed) bool { return l.State != core.Pending && is(l) })
}
