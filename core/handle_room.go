package core

func (a *App) createRoom(d *decision, o CreateRoom) ([]Event, *Refusal) {
	var bad checks
	bad.roomID("channel", o.Channel)
	bad.bytes("title", o.Title, MaxTitle)
	bad.bytes("password", o.Password, MaxPassword)
	bad.text("ext", o.Ext, MaxExt)
	if bad.refusal != nil {
		return nil, bad.refusal
	}
	if a.live(o.Channel, d.Now) != nil || a.named(o.Channel, d.Now) != nil {
		return nil, refuse(NameTaken, "")
	}
	if refusal := a.mayCreate(d); refusal != nil {
		return nil, refusal
	}
	info := ChannelInfo{
		ID:       o.Channel,
		Name:     o.Channel,
		Type:     Video,
		Policy:   RoomPolicy,
		Creator:  d.By.Account,
		Ext:      o.Ext,
		Created:  d.Now,
		Expires:  d.Now + a.config.RoomTime,
		Title:    o.Title,
		Owner:    d.By.Account,
		Password: o.Password,
	}
	if info.Title == "" {
		info.Title = info.ID
	}
	return []Event{Created{By: d.By, Channel: info}, d.answered(info.ID, false)}, nil
}

func (a *App) enter(d *decision, o Enter) ([]Event, *Refusal) {
	c := a.live(o.Channel, d.Now)
	if c == nil {
		return nil, refuse(NoChannel, "")
	}
	refusal := a.pass(d, c, o.Password)
	if refusal == nil {
		refusal = a.fits(d, c)
	}
	if refusal != nil {
		return nil, refusal
	}
	events := a.end(Ended{By: d.By, Channel: c.ID, Outcome: Accepted}, c, c.asking(d.By.Account, d.Now), d.Now)
	if mine := c.seat(d.By.Account); mine == nil || mine.Device != d.By.Device {
		events = append(events, d.sit(c, 0))
	}
	answer := d.answered(c.ID, true)
	answer.List = true
	return append(events, answer), nil
}

// pass says whether the caller may enter a channel with that password.
func (a *App) pass(d *decision, c *Channel, password string) *Refusal {
	switch {
	case c.Password == "", a.Knows(c, d.By.Account, d.Now):
		return nil
	case password == "":
		return refuse(NeedPassword, "")
	case password != c.Password:
		return refuse(WrongPassword, "")
	}
	return nil
}

// invites says whether an invitation lets an account in: one that is pending, or
// an accepted one by which it has not come in yet.
func (a *App) invites(c *Channel, account string, now Time) bool {
	for _, i := range c.invitations {
		if i.Invitee != account {
			continue
		}
		switch i.stateAt(now) {
		case Pending:
			return true
		case Accepted:
			if !i.Entered && (i.Listed || !a.forgotten(i, now)) {
				return true
			}
		}
	}
	return false
}

// asking lists the pending invitations of one account, oldest first.
func (c *Channel) asking(account string, now Time) []*Invitation {
	var list []*Invitation
	for _, i := range c.invitations {
		if i.Invitee == account && i.stateAt(now) == Pending {
			list = append(list, i)
		}
	}
	return list
}

// owned says whether an account is the room's owner; other channels have none.
func (c *Channel) owned(account string) bool { return c.Policy == RoomPolicy && c.Owner == account }
