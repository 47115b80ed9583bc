package core

import (
	"cmp"
	"slices"
)

// Listed is an entry of a channel's list of invitations: of each account that is
// invited, the oldest one that is pending, else the one that ended last, if it
// was accepted, rejected or expired. It goes when the account has joined.
type Listed struct {
	Key
	State    State
	Made     Position
	Place    int // among the invitees of its Invited event, which have the same Made
	At       Time
	Deadline Time
}

// List is the channel's list of invitations, in the order in which they were
// made: by Made, then by Place.
func (c *Channel) List(now Time) []Listed {
	entries := c.entries(now)
	var list []Listed
	for _, i := range c.invitations {
		if entries[i.Invitee] == i {
			list = append(list, i.listed(now))
		}
	}
	return list
}

// Standing is [Channel.List], and in their places the pending invitations that
// are not in it, since an older one of the same invitee is. Whoever knows all
// these can keep the list by what is told from then on.
func (c *Channel) Standing(now Time) []Listed {
	entries := c.entries(now)
	var list []Listed
	for _, i := range c.invitations {
		if entries[i.Invitee] == i || i.stateAt(now) == Pending {
			list = append(list, i.listed(now))
		}
	}
	return list
}

func (i *Invitation) listed(now Time) Listed {
	return Listed{Key: i.Key, State: i.stateAt(now), Made: i.Made, Place: i.Place, At: i.At, Deadline: i.Deadline}
}

// entries is the list by invitee.
func (c *Channel) entries(now Time) map[string]*Invitation {
	entries := map[string]*Invitation{}
	for _, i := range c.invitations {
		state, other := i.stateAt(now), entries[i.Invitee]
		switch {
		case state != Pending && !i.Listed && (i.State != Pending || c.seat(i.Invitee) != nil):
			// it has ended, and is not shown, or would not be if it had been dealt with
		case other == nil,
			state == Pending && other.stateAt(now) != Pending,
			state != Pending && other.stateAt(now) != Pending && endsBefore(other, i):
			entries[i.Invitee] = i
		}
	}
	return entries
}

// endsBefore orders invitations by their ends; what is overdue ends when it is
// dealt with, in the order of its deadlines.
func endsBefore(x, y *Invitation) bool {
	switch {
	case x.State != Pending && y.State != Pending:
		return cmp.Or(cmp.Compare(x.Ended, y.Ended), cmp.Compare(x.Made, y.Made), cmp.Compare(x.Place, y.Place)) < 0
	case x.State != Pending || y.State != Pending:
		return x.State != Pending
	}
	return cmp.Or(cmp.Compare(x.Deadline, y.Deadline), cmp.Compare(x.Inviter, y.Inviter),
		cmp.Compare(x.RequestID, y.RequestID)) < 0
}

// sortByEnd puts what ended first first.
func sortByEnd(list []*Invitation) {
	slices.SortFunc(list, func(x, y *Invitation) int {
		switch {
		case x == y:
			return 0
		case endsBefore(x, y):
			return -1
		}
		return 1
	})
}

// entered takes a new member's ended invitations from the list.
func (a *App) entered(c *Channel, account string) {
	wasListed := false
	for _, i := range c.invitations {
		if i.Invitee == account && i.State != Pending {
			if i.Entered = true; i.Listed {
				c.unlist(i)
				wasListed = true
			}
		}
	}
	if wasListed {
		a.forgetEnded(c, a.now)
	}
}

// enlist puts an invitation that has just ended into the list, or not: others
// that are pending keep it out, and so does its invitee's being a member.
func (a *App) enlist(i *Invitation) {
	i.Entered = i.channel.seat(i.Invitee) != nil
	i.Listed = !i.Entered && (i.State == Accepted || i.State == Rejected || i.State == Expired)
	if !i.Listed {
		return
	}
	if x := i.channel.index; x != nil {
		i.Listed = x.pending[i.Invitee] == 0
		return
	}
	a.looked += len(i.channel.invitations)
	i.Listed = !slices.ContainsFunc(i.channel.invitations, func(other *Invitation) bool {
		return other.State == Pending && other.Invitee == i.Invitee
	})
}
