package core

func (a *App) create(d *decision, o Create) ([]Event, *Refusal) {
	var bad checks
	bad.channelType(o.Type)
	bad.text("name", o.Name, MaxChannelName)
	bad.text("ext", o.Ext, MaxExt)
	if bad.refusal != nil {
		return nil, bad.refusal
	}
	created, refusal := a.makeChannel(d, o)
	if refusal != nil {
		return nil, refusal
	}
	return []Event{created, d.answered(created.Channel.ID, false)}, nil
}

// makeChannel decides a new channel for [Create] and [Call].
func (a *App) makeChannel(d *decision, o Create) (Created, *Refusal) {
	if o.Name != "" && a.named(o.Name, d.Now) != nil {
		return Created{}, refuse(NameTaken, "")
	}
	if acc := a.accounts[d.By.Account]; acc != nil && acc.created >= a.config.Channels {
		return Created{}, &Refusal{Code: LimitReached, Field: "channels", Limit: a.config.Channels,
			Detail: "live channels of one creator"}
	}
	info := ChannelInfo{
		ID:      a.freshChannel(d),
		Name:    o.Name,
		Type:    o.Type,
		Policy:  CallPolicy,
		Creator: d.By.Account,
		Ext:     o.Ext,
		Created: d.Now,
		Expires: d.Now + a.config.ChannelTime,
	}
	if info.Name == "" {
		info.Name = info.ID
	}
	return Created{By: d.By, Channel: info}, nil
}

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
	if uid != 0 && c.uidTaken(uid, d.By.Account) {
		return Joined{}, refuse(UIDTaken, "")
	}
	if mine == nil && len(c.seats) >= a.config.Members {
		return Joined{}, &Refusal{Code: ChannelFull, Limit: a.config.Members}
	}
	if acc := a.accounts[d.By.Account]; mine == nil && acc != nil && len(acc.seats) >= a.config.Memberships {
		return Joined{}, &Refusal{Code: LimitReached, Field: "memberships", Limit: a.config.Memberships,
			Detail: "channels that one account is in"}
	}
	switch {
	case uid != 0:
	case mine != nil:
		uid = mine.UID
	default:
		uid = d.freshUID(c)
	}
	return Joined{
		By:      d.By,
		Channel: c.ID,
		Member:  Member{Account: d.By.Account, Device: d.By.Device, UID: uid, Joined: d.Now},
		Moved:   mine != nil,
		To:      c.all(d.By.Account),
	}, nil
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
	if s == nil {
		return nil, refuse(NotMember, "")
	}
	left := a.giveUpSeat(s, d.Now)
	left.By, left.Why, left.Attach, left.Store = d.By, LeftSelf, o.Attach, o.Store
	return []Event{left, d.answered(c.ID, false)}, nil
}

func (a *App) giveUpSeat(s *seat, now Time) Left {
	left := Left{Channel: s.channel.ID, Account: s.Account, To: s.channel.all(s.Account)}
	if len(s.channel.seats) == 1 {
		left.Expires = now + a.config.ChannelTime
	}
	return left
}

func (a *App) close(d *decision, o Close) ([]Event, *Refusal) {
	var bad checks
	bad.text("attach", o.Attach, MaxAttach)
	if bad.refusal != nil {
		return nil, bad.refusal
	}
	c := a.live(o.Channel, d.Now)
	if c == nil {
		return nil, refuse(NoChannel, "")
	}
	if !c.belongs(d.By.Account) {
		return nil, refuse(NotMember, "")
	}
	closed := Closed{By: d.By, Channel: c.ID, Why: ClosedByMember, Attach: o.Attach, Store: o.Store,
		To: c.all(d.By.Account)}
	return append(a.cancelAll(d, c, o), d.answered(c.ID, false), closed), nil
}

// cancelAll decides what becomes of a closing channel's pending invitations.
// Whoever has an unread one in the inbox finds its end there too (N10).
func (a *App) cancelAll(d *decision, c *Channel, o Close) []Event {
	var unread, others []Key
	for _, i := range c.invitations {
		switch {
		case i.stateAt(d.Now) != Pending:
		case a.unread(i):
			unread = append(unread, i.Key)
		default:
			others = append(others, i.Key)
		}
	}
	var events []Event
	cancelled := func(keys []Key, store bool) {
		if len(keys) > 0 {
			events = append(events, Ended{By: d.By, Channel: c.ID, Outcome: Cancelled, Attach: o.Attach,
				Store: store, Invitations: keys, To: invitees(keys)})
		}
	}
	cancelled(unread, true)
	cancelled(others, o.Store)
	return events
}

func (a *App) delay(d *decision, o Delay) ([]Event, *Refusal) {
	c := a.live(o.Channel, d.Now)
	switch {
	case c == nil:
		return nil, refuse(NoChannel, "")
	case !c.belongs(d.By.Account):
		return nil, refuse(NotMember, "")
	}
	return []Event{Renewed{Channel: c.ID, Expires: d.Now + a.config.ChannelTime}, d.answered(c.ID, true)}, nil
}

func (a *App) createAndJoin(d *decision, o CreateAndJoin) ([]Event, *Refusal) {
	var bad checks
	bad.channelType(o.Type)
	bad.text("name", o.Name, MaxChannelName)
	bad.text("ext", o.Ext, MaxExt)
	bad.text("attach", o.Attach, MaxAttach)
	if bad.refusal != nil {
		return nil, bad.refusal
	}
	if o.Name != "" {
		if c := a.named(o.Name, d.Now); c != nil {
			return a.join(d, Join{Channel: c.ID, UID: o.UID, Attach: o.Attach, Store: o.Store})
		}
	}
	created, joined, refusal := a.makeAndJoin(d, Create{Type: o.Type, Name: o.Name, Ext: o.Ext}, o.UID)
	if refusal != nil {
		return nil, refusal
	}
	joined.Attach, joined.Store = o.Attach, o.Store
	return []Event{created, joined, d.answered(created.Channel.ID, true)}, nil
}

// makeAndJoin decides a new channel with the caller in it.
func (a *App) makeAndJoin(d *decision, o Create, uid uint64) (Created, Joined, *Refusal) {
	created, refusal := a.makeChannel(d, o)
	if refusal != nil {
		return Created{}, Joined{}, refusal
	}
	// An empty channel with the new one's id has what takeSeat looks at.
	joined, refusal := a.takeSeat(d, &Channel{ChannelInfo: created.Channel}, uid)
	return created, joined, refusal
}

// belongs says whether an account may invite and close: the creator, who need
// not have joined, and the members (N1).
func (c *Channel) belongs(account string) bool {
	return c.Creator == account || c.seat(account) != nil
}
