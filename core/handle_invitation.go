package core

func (a *App) invite(d *decision, o Invite) ([]Event, *Refusal) {
	bad := checkInvite(d, o)
	if bad.refusal != nil {
		return nil, bad.refusal
	}
	c := a.live(o.Channel, d.Now)
	switch {
	case c == nil:
		return nil, refuse(NoChannel, "")
	case !c.belongs(d.By.Account):
		return nil, refuse(NotMember, "")
	case c.seat(o.Invitee) != nil:
		return nil, refuse(AlreadyMember, "")
	}
	answer := d.answered(c.ID, true)
	// The same invitation again is a retry: it does not ring twice, and its
	// deadline stands.
	if again := c.invitation(Key{d.By.Account, o.RequestID, o.Invitee}); again != nil && again.stateAt(d.Now) == Pending {
		answer.Reach = again.reach()
		return []Event{answer}, nil
	}
	before, refusal := a.makeRoom(d, c, c.accounts(), []string{o.Invitee})
	if refusal != nil {
		return nil, refusal
	}
	answer.Reach = d.reach(o.Invitee, o.Push)
	return append(before, a.ring(d, c.ID, o, c.accounts()), answer), nil
}

func checkInvite(d *decision, o Invite) checks {
	var bad checks
	bad.given("requestId", o.RequestID, MaxRequestID)
	bad.account("invitee", o.Invitee)
	bad.text("attach", o.Attach, MaxAttach)
	bad.push(o.Push)
	if o.Invitee == d.By.Account {
		bad.bad("invitee", 0, "is the inviter")
	}
	return bad
}

// ring decides the invitation itself, for [Invite] and [Call].
func (a *App) ring(d *decision, channel string, o Invite, members []string) Invited {
	return Invited{
		By:        d.By,
		Channel:   channel,
		RequestID: o.RequestID,
		Invitees:  []Invitee{{Account: o.Invitee, Rang: d.Online(o.Invitee)}},
		Deadline:  d.Now + a.config.InvitationTime,
		Attach:    o.Attach,
		Store:     o.Store,
		Push:      o.Push,
		To:        []string{o.Invitee},
		Members:   members,
	}
}

// reach is what the inviter was told when the invitation was made.
func (i *Invitation) reach() Reach {
	switch {
	case i.Rang:
		return Reached
	case i.Push != nil && i.Push.Need:
		return NoPush
	}
	return Offline
}

func (a *App) cancel(d *decision, o Cancel) ([]Event, *Refusal) {
	var bad checks
	bad.text("attach", o.Attach, MaxAttach)
	if bad.refusal != nil {
		return nil, bad.refusal
	}
	key := Key{d.By.Account, o.RequestID, o.Invitee}
	c, refusal := a.pending(d, o.Channel, key)
	if refusal != nil {
		return nil, refusal
	}
	ended := Ended{By: d.By, Channel: c.ID, Outcome: Cancelled, Attach: o.Attach,
		Store: o.Store || a.unread(c.invitation(key), d.Now), Invitations: []Key{key}, To: []string{o.Invitee}}
	ended.Members = c.rest(ended.To)
	return []Event{ended, d.answered(c.ID, true)}, nil
}

func (a *App) accept(d *decision, o Accept) ([]Event, *Refusal) {
	var bad checks
	bad.text("attach", o.Attach, MaxAttach)
	bad.text("joinAttach", o.JoinAttach, MaxAttach)
	if bad.refusal != nil {
		return nil, bad.refusal
	}
	c, ended, refusal := a.settleOne(d, o.Channel, o.Inviter, o.RequestID, Accepted)
	if refusal != nil {
		return nil, refusal
	}
	ended.Attach, ended.Store = o.Attach, o.Store
	answer := d.answered(c.ID, true)
	answer.Reach = d.reach(o.Inviter, Push{})
	events := []Event{ended}
	if o.AutoJoin && answer.Reach == Reached {
		joined, refusal := a.takeSeat(d, c, o.UID)
		if refusal != nil {
			answer.Refused = refusal
		} else {
			joined.Attach, joined.Store = o.JoinAttach, o.Store
			events = append(events, joined)
		}
	}
	return append(events, answer), nil
}

func (a *App) joinAndAccept(d *decision, o JoinAndAccept) ([]Event, *Refusal) {
	var bad checks
	bad.text("attach", o.Attach, MaxAttach)
	bad.text("joinAttach", o.JoinAttach, MaxAttach)
	if bad.refusal != nil {
		return nil, bad.refusal
	}
	c := a.live(o.Channel, d.Now)
	if c == nil {
		return nil, refuse(NoChannel, "")
	}
	joined, refusal := a.takeSeat(d, c, o.UID)
	if refusal != nil {
		return nil, refusal
	}
	_, ended, refusal := a.settleOne(d, o.Channel, o.Inviter, o.RequestID, Accepted)
	if refusal != nil {
		return nil, refusal
	}
	joined.Attach, joined.Store = o.JoinAttach, o.Store
	ended.Attach, ended.Store = o.Attach, o.Store
	return []Event{joined, ended, d.answered(c.ID, true)}, nil
}

func (a *App) reject(d *decision, o Reject) ([]Event, *Refusal) {
	var bad checks
	bad.text("attach", o.Attach, MaxAttach)
	if bad.refusal != nil {
		return nil, bad.refusal
	}
	c, ended, refusal := a.settleOne(d, o.Channel, o.Inviter, o.RequestID, Rejected)
	if refusal != nil {
		return nil, refusal
	}
	ended.Attach, ended.Store = o.Attach, o.Store
	answer := d.answered(c.ID, true)
	answer.Reach = d.reach(o.Inviter, Push{})
	return []Event{ended, answer}, nil
}

// settleOne decides the caller's own answer to an invitation.
func (a *App) settleOne(d *decision, channel, inviter, requestID string, outcome State) (*Channel, Ended, *Refusal) {
	key := Key{inviter, requestID, d.By.Account}
	c, refusal := a.pending(d, channel, key)
	if refusal != nil {
		return nil, Ended{}, refusal
	}
	to := []string{inviter, d.By.Account}
	return c, Ended{By: d.By, Channel: c.ID, Outcome: outcome, Invitations: []Key{key}, To: to, Members: c.rest(to)}, nil
}

// pending finds the channel in which an invitation can still be ended.
func (a *App) pending(d *decision, channel string, key Key) (*Channel, *Refusal) {
	c := a.live(channel, d.Now)
	if c == nil {
		return nil, refuse(NoChannel, "")
	}
	i := c.invitation(key)
	if i == nil || a.forgotten(i, d.Now) {
		return nil, refuse(NoInvitation, "")
	}
	return c, i.stateAt(d.Now).refusal()
}
