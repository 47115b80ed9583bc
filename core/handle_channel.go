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
	if refusal := a.mayCreate(d); refusal != nil {
		return Created{}, refusal
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

// mayCreate says whether the caller may have one more channel.
func (a *App) mayCreate(d *decision) *Refusal {
	if acc := a.accounts[d.By.Account]; acc != nil && int(acc.created) >= a.config.Channels {
		return &Refusal{Code: LimitReached, Field: "channels", Limit: a.config.Channels, Detail: "live channels of one creator"}
	}
	return nil
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
	if refusal := c.mayClose(d.By.Account); refusal != nil {
		return nil, refusal
	}
	closed := Closed{By: d.By, Channel: c.ID, Why: ClosedByMember, Attach: o.Attach, Store: o.Store,
		To: c.all(d.By.Account)}
	cancelled := a.end(Ended{By: d.By, Channel: c.ID, Outcome: Cancelled, Attach: o.Attach, Store: o.Store}, c,
		c.pendingAt(d.Now), d.Now)
	return append(cancelled, d.answered(c.ID, false), closed), nil
}

func (a *App) delay(d *decision, o Delay) ([]Event, *Refusal) {
	c := a.live(o.Channel, d.Now)
	switch {
	case c == nil:
		return nil, refuse(NoChannel, "")
	case !c.belongs(d.By.Account):
		return nil, refuse(NotMember, "")
	}
	return []Event{Renewed{Channel: c.ID, Expires: d.Now + a.time(c)}, d.answered(c.ID, true)}, nil
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

// belongs says whether an account may invite: the members, and the creator of a
// channel that is no room, who need not have joined (N1).
func (c *Channel) belongs(account string) bool {
	return c.Policy == CallPolicy && c.Creator == account || c.seat(account) != nil
}
