package core

import "slices"

func (a *App) invited(at Stamp, e Invited) {
	c := a.channels[e.Channel]
	if c == nil || len(e.Invitees) == 0 {
		return
	}
	var push *Push
	if e.Push != (Push{}) {
		push = &e.Push
	}
	a.replace(c, e)
	by, device := a.account(e.By.Account), e.By.Device
	by.ringing += int32(len(e.Invitees))
	if s := c.seat(by.name); s != nil && s.Device == device {
		device = s.Device // one text
	}
	for place, who := range e.Invitees {
		acc := a.account(who.Account)
		i := &Invitation{
			Key:      Key{by.name, e.RequestID, acc.name},
			State:    Pending,
			Made:     at.Position,
			Place:    place,
			At:       at.Now,
			Deadline: e.Deadline,
			Rang:     who.Rang,
			Stored:   e.Store,
			Always:   e.Always,
			Device:   device,
			Attach:   e.Attach,
			Push:     push,
			channel:  c,
		}
		c.hold(i)
		c.pending++
		a.rings++
		acc.pending = append(acc.pending, i)
		a.timers.set(i, i.Deadline)
	}
}

func (a *App) ended(at Stamp, e Ended) {
	c := a.channels[e.Channel]
	if c == nil {
		return
	}
	for _, k := range e.Invitations {
		if i := a.find(c, k); i != nil && i.State == Pending {
			a.unask(i)
			i.State, i.Over, i.Ended = e.Outcome, at.Now, at.Position
			i.Attach, i.Push = "", nil
			a.enlist(i)
			c.settle(i)
		}
	}
	a.forgetEnded(c, at.Now)
}

// replace makes room for new invitations: ended ones of the same key go, and the
// others of the same invitees are no longer listed.
func (a *App) replace(c *Channel, e Invited) {
	var same, listed []*Invitation
	if x := c.index; x != nil {
		for _, who := range e.Invitees {
			if i := x.byKey[Key{e.By.Account, e.RequestID, who.Account}]; i != nil {
				same = append(same, i)
			}
			if i := x.listed[who.Account]; i != nil {
				listed = append(listed, i)
			}
		}
	} else if len(c.invitations) > 0 {
		same, listed = a.invitationsOf(c, e)
	}
	for _, i := range listed {
		c.unlist(i)
	}
	for _, i := range same {
		a.unask(i)
		c.drop(i)
	}
	if len(listed) > 0 {
		a.forgetEnded(c, a.now)
	}
}

// invitationsOf finds those that e replaces, and those of its invitees that are
// listed, in a channel without an index.
func (a *App) invitationsOf(c *Channel, e Invited) (same, listed []*Invitation) {
	accounts := make([]string, len(e.Invitees))
	for k, who := range e.Invitees {
		accounts[k] = who.Account
	}
	isInvited := oneOf(accounts)
	a.looked += len(c.invitations)
	for _, i := range c.invitations {
		if !isInvited(i.Invitee) {
			continue
		}
		if i.Listed {
			listed = append(listed, i)
		}
		if i.Inviter == e.By.Account && i.RequestID == e.RequestID {
			same = append(same, i)
		}
	}
	return same, listed
}

// find is c.invitation.
func (a *App) find(c *Channel, k Key) *Invitation {
	if c.index == nil {
		a.looked += len(c.invitations)
	}
	return c.invitation(k)
}

// unask takes a pending invitation from its invitee and its deadline.
func (a *App) unask(i *Invitation) {
	if i.State != Pending {
		return
	}
	a.timers.stop(i)
	c := i.channel
	c.pending--
	a.rings--
	a.account(i.Inviter).ringing--
	a.tidy(i.Inviter)
	if c.index != nil {
		c.index.unask(i)
	}
	acc := a.account(i.Invitee)
	if acc.pending = remove(acc.pending, i, (*Invitation).byMaking); len(acc.pending) == 0 {
		acc.pending = nil
	}
	a.tidy(i.Invitee)
}

// forgetEnded keeps what is remembered of ended invitations within its bounds:
// those that ended too long ago go, and of too many those that ended first. But
// what is listed stays.
func (a *App) forgetEnded(c *Channel, now Time) {
	var few [indexed]*Invitation
	ended := few[:0]
	if x := c.index; x != nil {
		ended = x.ended
	} else {
		a.looked += len(c.invitations)
		for _, i := range c.invitations {
			if i.State != Pending && !i.Listed {
				ended = append(ended, i)
			}
		}
		slices.SortFunc(ended, (*Invitation).byEnd)
	}
	n, over := 0, len(ended)-a.config.EndedKept
	for n < len(ended) && (n < over || a.forgotten(ended[n], now)) {
		n++
	}
	for _, i := range slices.Clone(ended[:n]) {
		c.drop(i)
	}
}

// forgotten says whether an invitation ended so long ago that it counts no more.
func (a *App) forgotten(i *Invitation, now Time) bool {
	return i.State != Pending && i.Over+a.config.EndedTime <= now
}
