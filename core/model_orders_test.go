package core_test

import "beckon/core"

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
	infos   []core.ChannelInfo // of the events: their channel, as it was just before
	refused *core.Refusal
	reach   core.Reach
	failed  *core.Refusal // the join of an accept
	channel *room         // that the answer shows
	members bool          // and whether it shows them
	list    bool          // and whether it shows the list
	pending []string      // as the answer names them
	inside  []string
	atOnce  bool
	request string // the requestId, should one be made
}

// do carries a command out, or returns the refusal and changes nothing. What the
// machine made of randomness, the model takes from made.
func (m *model) do(by core.Actor, n uint64, o core.Order, now core.Time, online func(string) bool, made made) ([]core.Event, *core.Refusal) {
	switch o.(type) {
	case core.LinkDown, core.LinkUp, core.LinksDown:
		return m.linked(by, o, now), nil
	}
	a := &attempt{model: m.copy(), by: by, now: now, online: online, id: made.id, uid: made.uid, request: made.request}
	if a.refused = shape(by, o); a.refused == nil {
		a.order(o)
	}
	if a.refused != nil {
		return nil, a.refused
	}
	events, infos := a.answer(n)
	a.record(events, infos, made.record, now)
	*m = *a.model
	return events, nil
}

// linked says what a change of links does.
func (m *model) linked(by core.Actor, o core.Order, now core.Time) []core.Event {
	mine := func(s core.Member) bool { return s.Account == by.Account && s.Device == by.Device }
	var e core.Event
	var is bool
	switch o.(type) {
	case core.LinkDown:
		e, is = core.LinkLost{By: by}, m.links(mine, now)
	case core.LinkUp:
		e, is = core.LinkBack{By: by}, m.links(mine, 0)
	case core.LinksDown:
		e, is = core.LinksLost{}, m.links(func(core.Member) bool { return true }, now)
	}
	if !is {
		return nil
	}
	m.age(now)
	return []core.Event{e}
}

// happen is one step of an attempt that went well.
func (a *attempt) happen(e core.Event, info core.ChannelInfo) {
	a.events = append(a.events, e)
	a.infos = append(a.infos, info)
}

// answer ends an attempt that went well. The answer of a closing stands before it.
func (a *attempt) answer(n uint64) ([]core.Event, []core.ChannelInfo) {
	outcome := core.Outcome{Reach: a.reach, Refused: a.failed, Pending: a.pending, Inside: a.inside}
	if a.channel != nil {
		outcome.Channel, outcome.Count = a.channel.ChannelInfo, len(a.channel.members)
		if !a.knows(a.channel, a.by.Account, a.now) {
			outcome.Channel.Password = ""
		}
	}
	if a.members {
		outcome.Members = append([]core.Member{}, a.channel.members...)
	}
	if a.list {
		outcome.List = a.channel.entries(true)
	}
	a.remember(reply{a.by, n, a.now, outcome})
	a.happen(core.Answered{By: a.by, N: n, Channel: outcome.Channel.ID, Reach: a.reach, Refused: a.failed, Members: a.members,
		List: a.list, Pending: a.pending, Inside: a.inside},
		core.ChannelInfo{})
	if last := len(a.events) - 1; last > 0 {
		if _, is := a.events[last-1].(core.Closed); is {
			a.events[last-1], a.events[last] = a.events[last], a.events[last-1]
			a.infos[last-1], a.infos[last] = a.infos[last], a.infos[last-1]
		}
	}
	return a.events, a.infos
}

// made is what the machine chose by randomness, and the record that it is in.
type made struct {
	id      string
	uid     uint64
	request string
	record  uint64
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
		a.atOnce = true
		a.join(o.Channel, o.UID, o.JoinAttach, o.Store)
		a.settle(o.Channel, o.Inviter, o.RequestID, core.Accepted, o.Attach, o.Store)
		if a.atOnce = false; a.refused == nil {
			a.forget(a.channel, a.now)
		}
	case core.Call:
		a.call(o)
	case core.CreateAndJoin:
		a.createAndJoin(o)
	case core.Delay:
		a.delay(o)
	case core.Control:
		a.control(o)
	case core.Message:
		a.reached(o.To, core.Push{})
		a.happen(core.Messaged{By: a.by, Attach: o.Attach, To: []string{o.To}}, core.ChannelInfo{})
	case core.MarkRead:
		a.markRead(o)
	default:
		a.roomOrder(o)
	}
}

func (a *attempt) roomOrder(o core.Order) {
	switch o := o.(type) {
	case core.CreateRoom:
		a.createRoom(o)
	case core.Enter:
		a.enter(o)
	case core.InviteAll:
		a.inviteAll(o)
	case core.Withdraw:
		a.withdraw(o)
	case core.Settle:
		a.settleAll(o)
	case core.Kick:
		a.kick(o)
	case core.SetRole:
		a.setRole(o)
	case core.SetCard:
		a.setCard(o)
	case core.SetTitle:
		a.setRoom(o.Channel, func(r *room) {
			if r.Title = o.Title; r.Title == "" {
				r.Title = r.ID
			}
		})
	case core.SetPassword:
		a.setRoom(o.Channel, func(r *room) { r.Password = o.Password })
	case core.SetProfile:
		a.setProfile(o.Profile)
	}
}

// forget forgets, but not between two steps that are decided at once.
func (a *attempt) forget(r *room, now core.Time) {
	if !a.atOnce {
		a.model.forget(r, now)
	}
}

func (a *attempt) refuse(r *core.Refusal) { a.refused = r }
