package core

func (a *App) join(d *decision, o Join) ([]Event, *Refusal) {
	var bad checks
	bad.text("attach", o.Attach, MaxAttach)
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
	joined.Attach, joined.Store = o.Attach, o.Store
	return []Event{joined, d.answered(c.ID, true)}, nil
}

// takeSeat decides a membership. The order of its checks is the contract's (N6).
func (a *App) takeSeat(d *decision, c *Channel, uid uint64) (Joined, *Refusal) {
	mine := c.seat(d.By.Account)
	switch {
	case mine == nil:
	case mine.Device == d.By.Device:
		return Joined{}, refuse(AlreadyMember, "")
	case mine.Lost == 0:
		return Joined{}, refuse(OtherDevice, "")
	}
	if refusal := a.pass(d, c, ""); refusal != nil {
		return Joined{}, refusal
	}
	if uid != 0 && c.uidTaken(uid, d.By.Account) {
		return Joined{}, refuse(UIDTaken, "")
	}
	if refusal := a.fits(d, c); refusal != nil {
		return Joined{}, refusal
	}
	return d.sit(c, uid), nil
}

// fits says whether there is room for the caller, who needs none if it is in.
func (a *App) fits(d *decision, c *Channel) *Refusal {
	if c.seat(d.By.Account) != nil {
		return nil
	}
	if most := a.most(c); len(c.seats) >= most {
		return &Refusal{Code: ChannelFull, Limit: most}
	}
	if acc := a.accounts[d.By.Account]; acc != nil && len(acc.seats) >= a.config.Memberships {
		return &Refusal{Code: LimitReached, Field: "memberships", Limit: a.config.Memberships,
			Detail: "channels that one account is in"}
	}
	return nil
}

// sit gives the caller a seat, or has its seat move to this device.
func (d *decision) sit(c *Channel, uid uint64) Joined {
	member := Member{Account: d.By.Account, Device: d.By.Device, UID: uid, Joined: d.Now}
	mine := c.seat(d.By.Account)
	switch {
	case mine != nil:
		member.Role, member.Card = mine.Role, mine.Card
		if uid == 0 {
			member.UID = mine.UID
		}
	case c.owned(d.By.Account):
		member.Role = RoleOwner
	}
	if member.UID == 0 {
		member.UID = d.freshUID(c)
	}
	return Joined{By: d.By, Channel: c.ID, Member: member, Moved: mine != nil, To: c.all(d.By.Account)}
}

func (a *App) leave(d *decision, o Leave) ([]Event, *Refusal) {
	var bad checks
	bad.text("attach", o.Attach, MaxAttach)
	if bad.refusal != nil {
		return nil, bad.refusal
	}
	c := a.live(o.Channel, d.Now)
	if c == nil {
		return nil, refuse(NoChannel, "")
	}
	s := c.seat(d.By.Account)
	switch {
	case s == nil:
		return nil, refuse(NotMember, "")
	case c.owned(d.By.Account):
		return nil, refuse(OwnerStays, "")
	}
	left := a.giveUpSeat(s, d.Now)
	left.By, left.Why, left.Attach, left.Store = d.By, LeftSelf, o.Attach, o.Store
	return []Event{left, d.answered(c.ID, false)}, nil
}

func (a *App) giveUpSeat(s *seat, now Time) Left {
	left := Left{Channel: s.channel.ID, Account: s.Account, To: s.channel.all(s.Account)}
	if len(s.channel.seats) == 1 {
		left.Expires = now + a.time(s.channel)
	}
	return left
}
