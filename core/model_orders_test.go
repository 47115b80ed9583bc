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
	events, infos := a.answer(n)
	a.record(events, infos, made.record, now)
	*m = *a.model
	return events, nil
}

// happen is one step of an attempt that went well.
func (a *attempt) happen(e core.Event, info core.ChannelInfo) {
	a.events = append(a.events, e)
	a.infos = append(a.infos, info)
}

// answer ends an attempt that went well. The answer of a closing stands before it.
func (a *attempt) answer(n uint64) ([]core.Event, []core.ChannelInfo) {
	outcome := core.Outcome{Reach: a.reach, Refused: a.failed}
	if a.channel != nil {
		outcome.Channel = a.channel.ChannelInfo
	}
	if a.members {
		outcome.Members = append([]core.Member{}, a.channel.members...)
	}
	a.remember(reply{a.by, n, a.now, outcome})
	a.happen(core.Answered{By: a.by, N: n, Channel: outcome.Channel.ID, Reach: a.reach, Refused: a.failed, Members: a.members},
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
	id     string
	uid    uint64
	record uint64
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
	}
}

func (a *attempt) refuse(r *core.Refusal) { a.refused = r }
