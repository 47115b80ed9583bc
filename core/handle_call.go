package core

func (a *App) call(d *decision, o Call) ([]Event, *Refusal) {
	ringing := Invite{RequestID: o.RequestID, Invitee: o.Invitee, Attach: o.Attach, Store: o.Store, Push: o.Push}
	bad := checkInvite(d, ringing)
	bad.channelType(o.Type)
	bad.text("name", o.Name, MaxChannelName)
	bad.text("ext", o.Ext, MaxExt)
	if bad.refusal != nil {
		return nil, bad.refusal
	}
	if again := a.calling(d, o); again != nil {
		answer := d.answered(again.channel.ID, true)
		answer.Reach = again.reach()
		return []Event{answer}, nil
	}
	if o.Name != "" {
		if c := a.named(o.Name, d.Now); c != nil {
			return a.callInto(d, o, c, ringing)
		}
	}
	created, joined, refusal := a.makeAndJoin(d, Create{Type: o.Type, Name: o.Name, Ext: o.Ext}, o.UID)
	if refusal == nil {
		refusal = a.askable(d.By.Account, []string{o.Invitee})
	}
	if refusal != nil {
		return nil, refusal
	}
	joined.Attach, joined.Store = o.Attach, o.Store
	answer := d.answered(created.Channel.ID, true)
	answer.Reach = d.reach(o.Invitee, o.Push)
	return []Event{created, joined, a.ring(d, created.Channel.ID, ringing, []string{d.By.Account}), answer}, nil
}

// calling finds the pending invitation that this call would only repeat: the
// retry by hand of somebody whose first call timed out.
func (a *App) calling(d *decision, o Call) *Invitation {
	acc := a.accounts[o.Invitee]
	if acc == nil {
		return nil
	}
	for _, i := range acc.pending {
		if i.Inviter == d.By.Account && i.RequestID == o.RequestID && i.stateAt(d.Now) == Pending {
			return i
		}
	}
	return nil
}

// callInto calls in an existing channel, if the command's Reuse allows it.
func (a *App) callInto(d *decision, o Call, c *Channel, ringing Invite) ([]Event, *Refusal) {
	own := o.Reuse == ReuseOwn && c.Creator == d.By.Account && c.seat(d.By.Account) == nil
	if !own && o.Reuse != ReuseAny {
		return nil, refuse(NameTaken, "")
	}
	joined, refusal := a.takeSeat(d, c, o.UID)
	if refusal != nil {
		return nil, refusal
	}
	if c.seat(o.Invitee) != nil {
		return nil, refuse(AlreadyMember, "")
	}
	members := c.accounts() // with the caller in it
	if !joined.Moved {
		members = append(members, d.By.Account)
	}
	before, refusal := a.makeRoom(d, c, members, []string{o.Invitee})
	if refusal != nil {
		return nil, refusal
	}
	joined.Attach, joined.Store = o.Attach, o.Store
	answer := d.answered(c.ID, true)
	answer.Reach = d.reach(o.Invitee, o.Push)
	return append(append([]Event{joined}, before...), a.ring(d, c.ID, ringing, members), answer), nil
}
