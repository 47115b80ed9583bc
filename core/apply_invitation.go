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
	a.replace(c, e)
	for place, who := range e.Invitees {
		i := &Invitation{
			Key:      Key{e.By.Account, e.RequestID, who.Account},
			State:    Pending,
			Made:     at.Position,
			Place:    place,
			At:       at.Now,
			Deadline: e.Deadline,
			Rang:     who.Rang,
			Stored:   e.Store,
			Always:   e.Always,
			Device:   e.By.Device,
			Attach:   e.Attach,
			Push:     push,
			channel:  c,
		}
		c.invitations = append(c.invitations, i)
		c.pending++
		a.rings++
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
	find := c.finder(len(e.Invitations))
	for _, k := range e.Invitations {
		if i := find(k); i != nil && i.State == Pending {
			a.unask(i)
			i.State, i.Over, i.Ended = e.Outcome, at.Now, at.Position
			i.Attach, i.Push = "", nil
			a.enlist(i)
		}
	}
	a.forgetEnded(c, at.Now)
}

// replace makes room for new invitations: ended ones of the same key go, and the
// others of the same invitees are no longer listed.
func (a *App) replace(c *Channel, e Invited) {
	accounts := make([]string, len(e.Invitees))
	for k, who := range e.Invitees {
		accounts[k] = who.Account
	}
	isInvited, wasListed := oneOf(accounts), false
	c.invitations = slices.DeleteFunc(c.invitations, func(i *Invitation) bool {
		if !isInvited(i.Invitee) {
			return false
		}
		wasListed = wasListed || i.Listed
		i.Listed = false
		same := i.Inviter == e.By.Account && i.RequestID == e.RequestID
		if same {
			a.unask(i)
		}
		return same
	})
	if wasListed {
		a.forgetEnded(c, a.now)
	}
}

// finder is invitation, for so many keys.
func (c *Channel) finder(n int) func(Key) *Invitation {
	if n < 8 {
		return c.invitation
	}
	byKey := make(map[Key]*Invitation, len(c.invitations))
	for _, i := range c.invitations {
		byKey[i.Key] = i
	}
	return func(k Key) *Invitation { return byKey[k] }
}

// unask takes a pending invitation from its invitee and its deadline.
func (a *App) unask(i *Invitation) {
	if i.State != Pending {
		return
	}
	a.timers.stop(&i.timer)
	i.channel.pending--
	a.rings--
	acc := a.account(i.Invitee)
	acc.pending = without(acc.pending, i)
	a.tidy(i.Invitee)
}

// forgetEnded keeps what is remembered of ended invitations within its bounds:
// those that ended too long ago go, and of too many those that ended first. But
// what is listed stays.
func (a *App) forgetEnded(c *Channel, now Time) {
	var kept []*Invitation
	c.invitations = slices.DeleteFunc(c.invitations, func(i *Invitation) bool {
		if i.State == Pending || i.Listed {
			return false
		}
		if a.forgotten(i, now) {
			return true
		}
		kept = append(kept, i)
		return false
	})
	over := len(kept) - a.config.EndedKept
	if over <= 0 {
		return
	}
	sortByEnd(kept)
	goes := make(map[*Invitation]bool, over)
	for _, i := range kept[:over] {
		goes[i] = true
	}
	c.invitations = slices.DeleteFunc(c.invitations, func(i *Invitation) bool { return goes[i] })
}

// forgotten says whether an invitation ended so long ago that it counts no more.
func (a *App) forgotten(i *Invitation, now Time) bool {
	return i.State != Pending && i.Over+a.config.EndedTime <= now
}
