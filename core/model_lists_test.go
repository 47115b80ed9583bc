package core_test

import (
	"slices"

	"beckon/core"
)

// shown is what a room's list shows of an account: the oldest pending one, else
// the last one to end, unless something took it off.
func (r *room) shown(account string) *ring {
	var last *ring
	for _, i := range r.rings {
		if i.Invitee != account {
			continue
		}
		if i.state == core.Pending {
			return i
		}
		if last == nil || i.ended > last.ended {
			last = i
		}
	}
	if last == nil || last.off || last.state == core.Cancelled || last.state == core.Revoked {
		return nil
	}
	return last
}

// entries are what the list shows; with all, also the pending ones behind them.
func (r *room) entries(all bool) []core.Listed {
	var list []core.Listed
	for _, i := range r.rings {
		if r.shown(i.Invitee) == i || all && i.state == core.Pending {
			list = append(list, core.Listed{Key: i.Key, State: i.state, Made: i.made, Place: i.place, At: i.at, Deadline: i.deadline})
		}
	}
	return list
}

// asking lists an account's pending invitations.
func (r *room) asking(account string) []*ring {
	return slices.DeleteFunc(r.pending(), func(i *ring) bool { return i.Invitee != account })
}

// rest lists the members but those.
func (r *room) rest(but []string) []string {
	var to []string
	for _, m := range r.members {
		if !slices.Contains(but, m.Account) {
			to = append(to, m.Account)
		}
	}
	return to
}

// endAll ends invitations, those that are withdrawn unread apart.
func (a *attempt) endAll(r *room, rings []*ring, e core.Ended) {
	unread := func(i *ring) bool {
		return (e.Outcome == core.Cancelled || e.Outcome == core.Revoked) && a.unread(i, a.now)
	}
	first := slices.DeleteFunc(slices.Clone(rings), func(i *ring) bool { return !unread(i) })
	then := slices.DeleteFunc(slices.Clone(rings), unread)
	store := e.Store
	for k, part := range [][]*ring{first, then} {
		if len(part) == 0 {
			continue
		}
		e.Store, e.Invitations = store || k == 0, nil
		var inviters, invitees []string
		for _, i := range part {
			e.Invitations = append(e.Invitations, i.Key)
			inviters, invitees = append(inviters, i.Inviter), append(invitees, i.Invitee)
			a.finish(r, i, e.Outcome, a.now)
		}
		if e.Outcome == core.Cancelled {
			inviters = nil
		}
		e.To = once(append(inviters, invitees...))
		e.Members = r.rest(e.To)
		a.happen(e, r.ChannelInfo)
	}
	a.forget(r, a.now)
}
