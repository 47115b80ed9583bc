package core

import "slices"

func (a *App) invited(at Stamp, e Invited) {
	c := a.channels[e.Channel]
	if c == nil {
		return
	}
	var push *Push
	if e.Push != (Push{}) {
		push = &e.Push
	}
	for _, who := range e.Invitees {
		i := &Invitation{
			Key:      Key{e.By.Account, e.RequestID, who.Account},
			State:    Pending,
			Made:     at.Position,
			At:       at.Now,
			Deadline: e.Deadline,
			Rang:     who.Rang,
			Stored:   e.Store,
			Device:   e.By.Device,
			Attach:   e.Attach,
			Push:     push,
			channel:  c,
		}
		if old := c.invitation(i.Key); old != nil { // it has ended, and makes room
			a.unask(old)
			c.invitations = without(c.invitations, old)
		}
		c.invitations = append(c.invitations, i)
		c.pending++
		acc := a.account(who.Account)
		acc.pending = append(acc.pending, i)
		a.timers.set(&i.timer, i, i.Deadline)
	}
}

func (a *App) ended(at Stamp, e Ended) {
	c := a.channels[e.Channel]
	if c == nil {
		return
	}
	for _, k := range e.Invitations {
		if i := c.invitation(k); i != nil && i.State == Pending {
			a.unask(i)
			i.State, i.Over, i.Ended = e.Outcome, at.Now, at.Position
			i.Attach, i.Push = "", nil
		}
	}
	a.forgetEnded(c, at.Now)
}

// unask takes a pending invitation from its invitee and its deadline.
func (a *App) unask(i *Invitation) {
	if i.State != Pending {
		return
	}
	a.timers.stop(&i.timer)
	i.channel.pending--
	acc := a.account(i.Invitee)
	acc.pending = without(acc.pending, i)
	a.tidy(i.Invitee)
}

// forgetEnded keeps what is remembered of ended invitations within its bounds:
// those that ended too long ago go, and of too many those that ended first.
func (a *App) forgetEnded(c *Channel, now Time) {
	c.invitations = slices.DeleteFunc(c.invitations, func(i *Invitation) bool { return a.forgotten(i, now) })
	for len(c.invitations)-c.pending > a.config.EndedKept {
		var first *Invitation
		for _, i := range c.invitations {
			if i.State != Pending && (first == nil || i.Ended < first.Ended) {
				first = i
			}
		}
		c.invitations = without(c.invitations, first)
	}
}

// forgotten says whether an invitation ended so long ago that it counts no more.
func (a *App) forgotten(i *Invitation, now Time) bool {
	return i.State != Pending && i.Over+a.config.EndedTime <= now
}
