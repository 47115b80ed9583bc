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
	for _, s := range r.members {
		if uid != 0 && s.UID == uid && s.Account != a.by.Account {
			a.refuse(no(core.UIDTaken))
			return
		}
	}
	in := func(r *room) bool { return r.member(a.by.Account) != nil }
	switch {
	case seat == nil && len(r.members) >= a.config.Members:
		a.refuse(&core.Refusal{Code: core.ChannelFull, Limit: a.config.Members})
		return
	case seat == nil && a.count(in) >= a.config.Memberships:
		a.refuse(limit("memberships", a.config.Memberships))
		return
	}
	if uid == 0 && seat != nil {
		uid = seat.UID
	} else if uid == 0 {
		uid = a.uid
	}
	member := core.Member{Account: a.by.Account, Device: a.by.Device, UID: uid, Joined: a.now}
	if seat != nil {
		*seat = member
	} else {
		r.members = append(r.members, member)
	}
	a.channel, a.members = r, true
	a.happen(core.Joined{By: a.by, Channel: r.ID, Member: member, Moved: seat != nil,
		Attach: attach, Store: store, To: append(r.others(a.by.Account), a.by.Account)}, r.ChannelInfo)
}

func (a *attempt) leave(o core.Leave) {
	r := a.room(o.Channel)
	switch {
	case r == nil:
		a.refuse(no(core.NoChannel))
	case r.member(a.by.Account) == nil:
		a.refuse(no(core.NotMember))
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
	case r.Creator != a.by.Account && r.member(a.by.Account) == nil:
		a.refuse(no(core.NotMember))
		return
	}
	var unread, others []*ring
	for _, i := range r.pending() {
		if a.unread(i) {
			unread = append(unread, i)
		} else {
			others = append(others, i)
		}
	}
	a.cancelAll(r, unread, o.Attach, true)
	a.cancelAll(r, others, o.Attach, o.Store)
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

// cancelAll ends invitations of a channel that closes. Each invitee is told once.
func (a *attempt) cancelAll(r *room, rings []*ring, attach string, store bool) {
	if len(rings) == 0 {
		return
	}
	ended := core.Ended{By: a.by, Channel: r.ID, Outcome: core.Cancelled, Attach: attach, Store: store}
	told := map[string]bool{}
	for _, i := range rings {
		ended.Invitations = append(ended.Invitations, i.Key)
		if !told[i.Invitee] {
			ended.To = append(ended.To, i.Invitee)
		}
		told[i.Invitee] = true
	}
	a.happen(ended, r.ChannelInfo)
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
	case r.Creator != a.by.Account && r.member(a.by.Account) == nil:
		a.refuse(no(core.NotMember))
	default:
		r.Expires = a.now + a.config.ChannelTime
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
	case o.To == a.by.Account, o.To != "" && o.To != r.Creator && r.member(o.To) == nil:
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
