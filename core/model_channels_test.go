package core_test

import "beckon/core"

func (a *attempt) create(kind core.ChannelType, name, ext string) {
	mine := func(r *room) bool { return r.Creator == a.by.Account }
	switch {
	case name != "" && a.find(func(r *room) bool { return r.Name == name }) != nil:
		a.refuse(no(core.NameTaken))
		return
	case a.count(mine) >= a.config.Channels:
		a.refuse(limit("channels", a.config.Channels))
		return
	}
	if name == "" {
		name = a.id
	}
	r := &room{ChannelInfo: core.ChannelInfo{ID: a.id, Name: name, Type: kind, Policy: core.CallPolicy,
		Creator: a.by.Account, Ext: ext, Created: a.now, Expires: a.now + a.config.ChannelTime}}
	a.channels = append(a.channels, r)
	a.channel = r
	a.happen(core.Created{By: a.by, Channel: r.ChannelInfo}, core.ChannelInfo{})
}

func (a *attempt) join(channel string, uid uint64, attach string, store bool) {
	if a.refused != nil {
		return
	}
	r := a.room(channel)
	if r == nil {
		a.refuse(no(core.NoChannel))
		return
	}
	seat := r.member(a.by.Account)
	switch {
	case seat != nil && seat.Device != a.by.Device && seat.Lost == 0:
		a.refuse(no(core.OtherDevice))
		return
	case seat != nil && seat.Device == a.by.Device:
		a.refuse(no(core.AlreadyMember))
		return
	}
	if a.locked(r, "") {
		return
	}
	for _, s := range r.members {
		if uid != 0 && s.UID == uid && s.Account != a.by.Account {
			a.refuse(no(core.UIDTaken))
			return
		}
	}
	if a.full(r) {
		return
	}
	a.sit(r, uid, attach, store)
	a.channel, a.members = r, true
}

func (a *attempt) leave(o core.Leave) {
	r := a.room(o.Channel)
	switch {
	case r == nil:
		a.refuse(no(core.NoChannel))
	case r.member(a.by.Account) == nil:
		a.refuse(no(core.NotMember))
	case r.Owner == a.by.Account:
		a.refuse(no(core.OwnerStays))
	default:
		before := r.ChannelInfo
		left := a.standUp(r, a.by.Account, a.now)
		left.By, left.Why, left.Attach, left.Store = a.by, core.LeftSelf, o.Attach, o.Store
		a.channel = r
		a.happen(left, before)
	}
}

func (a *attempt) close(o core.Close) {
	r := a.room(o.Channel)
	switch {
	case r == nil:
		a.refuse(no(core.NoChannel))
		return
	case r.Owner == a.by.Account:
	case !r.belongs(a.by.Account):
		a.refuse(no(core.NotMember))
		return
	case r.Policy == core.RoomPolicy:
		a.refuse(no(core.NeedOwner))
		return
	}
	a.endAll(r, r.pending(), core.Ended{By: a.by, Channel: r.ID, Outcome: core.Cancelled, Attach: o.Attach, Store: o.Store})
	a.channel = r
	a.happen(core.Closed{By: a.by, Channel: r.ID, Why: core.ClosedByMember, Attach: o.Attach, Store: o.Store,
		To: append(r.others(a.by.Account), a.by.Account)}, r.ChannelInfo)
	var left []*room
	for _, x := range a.channels {
		if x != r {
			left = append(left, x)
		}
	}
	a.channels = left
}

func (a *attempt) createAndJoin(o core.CreateAndJoin) {
	if r := a.find(func(r *room) bool { return o.Name != "" && r.Name == o.Name }); r != nil {
		a.id = r.ID
	} else {
		a.create(o.Type, o.Name, o.Ext)
	}
	a.join(a.id, o.UID, o.Attach, o.Store)
}

func (a *attempt) delay(o core.Delay) {
	r := a.room(o.Channel)
	switch {
	case r == nil:
		a.refuse(no(core.NoChannel))
	case !r.belongs(a.by.Account):
		a.refuse(no(core.NotMember))
	default:
		r.Expires = a.now + a.time(r)
		a.channel, a.members = r, true
		a.happen(core.Renewed{Channel: r.ID, Expires: r.Expires}, r.ChannelInfo)
	}
}

func (a *attempt) control(o core.Control) {
	r := a.room(o.Channel)
	switch {
	case r == nil:
		a.refuse(no(core.NoChannel))
		return
	case o.To == a.by.Account, o.To != "" && !r.belongs(o.To):
		a.refuse(no(core.NotMember))
		return
	}
	to := []string{o.To}
	if o.To == "" {
		to = r.others(a.by.Account)
	}
	a.channel = r
	a.happen(core.Controlled{By: a.by, Channel: r.ID, Account: o.To, Attach: o.Attach, To: to}, r.ChannelInfo)
}
