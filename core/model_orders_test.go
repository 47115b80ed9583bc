package core_test

import (
	"beckon/core"
)

// An attempt is a model at a command. Its steps record what happened, or the
// first refusal, behind which nothing happens any more.
type attempt struct {
	*model
	by      core.Actor
	now     core.Time
	online  func(string) bool
	id      string // of the channel, should one be made
	uid     uint64 // of the member, should one be needed
	events  []core.Event
	refused *core.Refusal
	reach   core.Reach
	failed  *core.Refusal // the join of an accept
	channel *room         // that the answer shows
	members bool          // and whether it shows them
}

// do carries a command out, or returns the refusal and changes nothing. What the
// machine made of randomness, the model takes from made.
func (m *model) do(by core.Actor, n uint64, o core.Order, now core.Time, online func(string) bool, made made) ([]core.Event, *core.Refusal) {
	switch o.(type) {
	case core.LinkDown:
		if m.links(func(s core.Member) bool { return s.Account == by.Account && s.Device == by.Device }, now) {
			return []core.Event{core.LinkLost{By: by}}, nil
		}
		return nil, nil
	case core.LinkUp:
		if m.links(func(s core.Member) bool { return s.Account == by.Account && s.Device == by.Device }, 0) {
			return []core.Event{core.LinkBack{By: by}}, nil
		}
		return nil, nil
	case core.LinksDown:
		if m.links(func(core.Member) bool { return true }, now) {
			return []core.Event{core.LinksLost{}}, nil
		}
		return nil, nil
	}
	a := &attempt{model: m.copy(), by: by, now: now, online: online, id: made.id, uid: made.uid}
	if a.refused = shape(by, o); a.refused == nil {
		a.order(o)
	}
	if a.refused != nil {
		return nil, a.refused
	}
	return a.answer(n, m), nil
}

// answer ends the attempt: the model is what the attempt made of it.
func (a *attempt) answer(n uint64, m *model) []core.Event {
	answered := core.Answered{By: a.by, N: n, Channel: a.channel.ID, Reach: a.reach, Refused: a.failed, Members: a.members}
	outcome := core.Outcome{Channel: a.channel.ChannelInfo, Reach: a.reach, Refused: a.failed}
	if a.members {
		outcome.Members = append([]core.Member{}, a.channel.members...)
	}
	a.remember(reply{a.by, n, a.now, outcome})
	*m = *a.model
	if last := len(a.events) - 1; last >= 0 {
		if closed, is := a.events[last].(core.Closed); is {
			return append(a.events[:last], answered, closed)
		}
	}
	return append(a.events, answered)
}

// made is what the machine chose by randomness.
type made struct {
	id  string
	uid uint64
}

func (a *attempt) order(o core.Order) {
	switch o := o.(type) {
	case core.Create:
		a.create(o.Type, o.Name, o.Ext)
	case core.Join:
		a.join(o.Channel, o.UID, o.Attach, o.Store)
	case core.Leave:
		a.leave(o)
	case core.Close:
		a.close(o)
	case core.Invite:
		a.invite(o)
	case core.Cancel:
		a.end(o.Channel, core.Key{Inviter: a.by.Account, RequestID: o.RequestID, Invitee: o.Invitee}, core.Cancelled,
			o.Attach, o.Store, []string{o.Invitee})
	case core.Reject:
		a.settle(o.Channel, o.Inviter, o.RequestID, core.Rejected, o.Attach, o.Store)
		a.reached(o.Inviter, core.Push{})
	case core.Accept:
		a.accept(o)
	case core.JoinAndAccept:
		a.join(o.Channel, o.UID, o.JoinAttach, o.Store)
		a.settle(o.Channel, o.Inviter, o.RequestID, core.Accepted, o.Attach, o.Store)
	case core.Call:
		a.call(o)
	}
}

func (a *attempt) refuse(r *core.Refusal) { a.refused = r }

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
	a.events = append(a.events, core.Created{By: a.by, Channel: r.ChannelInfo})
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
	a.events = append(a.events, core.Joined{By: a.by, Channel: r.ID, Member: member, Moved: seat != nil,
		Attach: attach, Store: store, To: r.others(a.by.Account)})
}

func (a *attempt) leave(o core.Leave) {
	r := a.room(o.Channel)
	switch {
	case r == nil:
		a.refuse(no(core.NoChannel))
	case r.member(a.by.Account) == nil:
		a.refuse(no(core.NotMember))
	default:
		left := a.standUp(r, a.by.Account, a.now)
		left.By, left.Why, left.Attach, left.Store = a.by, core.LeftSelf, o.Attach, o.Store
		a.channel = r
		a.events = append(a.events, left)
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
	if pending := r.pending(); len(pending) > 0 {
		ended := core.Ended{By: a.by, Channel: r.ID, Outcome: core.Cancelled, Attach: o.Attach, Store: o.Store}
		told := map[string]bool{}
		for _, i := range pending {
			ended.Invitations = append(ended.Invitations, i.Key)
			if !told[i.Invitee] {
				ended.To = append(ended.To, i.Invitee)
			}
			told[i.Invitee] = true
		}
		a.events = append(a.events, ended)
	}
	a.channel = r
	a.events = append(a.events, core.Closed{By: a.by, Channel: r.ID, Why: core.ClosedByMember, Attach: o.Attach,
		Store: o.Store, To: r.others(a.by.Account)})
	var left []*room
	for _, x := range a.channels {
		if x != r {
			left = append(left, x)
		}
	}
	a.channels = left
}
