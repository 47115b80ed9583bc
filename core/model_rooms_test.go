package core_test

import "beckon/core"

// most is how many members a channel may have.
func (m *model) most(r *room) int {
	if r.Policy == core.RoomPolicy {
		return m.config.RoomMembers
	}
	return m.config.Members
}

// time is how long a channel lives with nobody in it.
func (m *model) time(r *room) core.Time {
	if r.Policy == core.RoomPolicy {
		return m.config.RoomTime
	}
	return m.config.ChannelTime
}

// belongs says who may invite: in rooms the members, elsewhere the creator too.
func (r *room) belongs(account string) bool {
	return r.member(account) != nil || r.Policy != core.RoomPolicy && r.Creator == account
}

// invited says whether an invitation lets an account in.
func (m *model) invited(r *room, account string, now core.Time) bool {
	m.forget(r, now)
	for _, i := range r.rings {
		if i.Invitee == account && (i.state == core.Pending || i.state == core.Accepted && !i.in) {
			return true
		}
	}
	return false
}

// knows says who may know the room's password.
func (m *model) knows(r *room, account string, now core.Time) bool {
	return r.Owner == account || r.member(account) != nil || m.invited(r, account, now)
}

// locked says whether a password keeps the caller out.
func (a *attempt) locked(r *room, password string) bool {
	switch {
	case r.Password == "", a.knows(r, a.by.Account, a.now):
		return false
	case password == "":
		a.refuse(no(core.NeedPassword))
	case password != r.Password:
		a.refuse(no(core.WrongPassword))
	}
	return a.refused != nil
}

// full says whether there is no room for the caller, who is no member yet.
func (a *attempt) full(r *room) bool {
	in := func(r *room) bool { return r.member(a.by.Account) != nil }
	switch {
	case in(r):
	case len(r.members) >= a.most(r):
		a.refuse(&core.Refusal{Code: core.ChannelFull, Limit: a.most(r)})
	case a.count(in) >= a.config.Memberships:
		a.refuse(limit("memberships", a.config.Memberships))
	}
	return a.refused != nil
}

func (a *attempt) createRoom(o core.CreateRoom) {
	taken := func(r *room) bool { return r.ID == o.Channel || r.Name == o.Channel }
	mine := func(r *room) bool { return r.Creator == a.by.Account }
	switch {
	case a.find(taken) != nil:
		a.refuse(no(core.NameTaken))
		return
	case a.count(mine) >= a.config.Channels:
		a.refuse(limit("channels", a.config.Channels))
		return
	}
	title := o.Title
	if title == "" {
		title = o.Channel
	}
	r := &room{ChannelInfo: core.ChannelInfo{ID: o.Channel, Name: o.Channel, Type: core.Video, Policy: core.RoomPolicy,
		Creator: a.by.Account, Ext: o.Ext, Created: a.now, Expires: a.now + a.config.RoomTime,
		Title: title, Owner: a.by.Account, Password: o.Password}}
	a.channels = append(a.channels, r)
	a.channel = r
	a.happen(core.Created{By: a.by, Channel: r.ChannelInfo}, core.ChannelInfo{})
}

func (a *attempt) enter(o core.Enter) {
	r := a.room(o.Channel)
	switch {
	case r == nil:
		a.refuse(no(core.NoChannel))
		return
	case a.locked(r, o.Password), a.full(r):
		return
	}
	a.endAll(r, r.asking(a.by.Account), core.Ended{By: a.by, Channel: r.ID, Outcome: core.Accepted})
	if mine := r.member(a.by.Account); mine == nil || mine.Device != a.by.Device {
		a.sit(r, 0, "", false)
	}
	a.channel, a.members, a.list = r, true, true
}

// seat gives the caller a seat, or moves it.
func (a *attempt) sit(r *room, uid uint64, attach string, store bool) {
	member := core.Member{Account: a.by.Account, Device: a.by.Device, UID: uid, Joined: a.now}
	seat := r.member(a.by.Account)
	if seat != nil {
		member.Role, member.Card = seat.Role, seat.Card
		if uid == 0 {
			member.UID = seat.UID
		}
	} else if r.Owner == a.by.Account {
		member.Role = core.RoleOwner
	}
	if member.UID == 0 {
		member.UID = a.uid
	}
	before := r.ChannelInfo
	to := append(r.others(a.by.Account), a.by.Account)
	if seat != nil {
		*seat = member
	} else {
		r.members = append(r.members, member)
		for _, i := range r.rings {
			if i.Invitee == a.by.Account && i.state != core.Pending {
				i.in, i.off = true, true
			}
		}
		a.forget(r, a.now)
	}
	a.happen(core.Joined{By: a.by, Channel: r.ID, Member: member, Moved: seat != nil, Attach: attach, Store: store, To: to}, before)
}
