package core_test

import "beckon/core"

func (a *attempt) invite(o core.Invite) {
	if a.refused != nil {
		return
	}
	r := a.room(o.Channel)
	switch {
	case r == nil:
		a.refuse(no(core.NoChannel))
		return
	case !r.belongs(a.by.Account):
		a.refuse(no(core.NotMember))
		return
	case r.member(o.Invitee) != nil:
		a.refuse(no(core.AlreadyMember))
		return
	}
	a.channel, a.members = r, true
	key := core.Key{Inviter: a.by.Account, RequestID: o.RequestID, Invitee: o.Invitee}
	old := r.ring(key)
	if old != nil && old.state == core.Pending {
		a.reach = old.reach()
		return
	}
	if !a.ringable(r, []string{o.Invitee}) {
		return
	}
	a.add(r, &ring{Key: key, push: o.Push, stored: o.Store, attach: o.Attach, deadline: a.now + a.config.InvitationTime})
	a.reached(o.Invitee, o.Push)
	a.happen(core.Invited{By: a.by, Channel: r.ID, RequestID: o.RequestID,
		Invitees: []core.Invitee{{Account: o.Invitee, Rang: a.online(o.Invitee)}}, Deadline: a.now + a.config.InvitationTime,
		Attach: o.Attach, Store: o.Store, Push: o.Push, To: []string{o.Invitee}, Members: r.others("")}, r.ChannelInfo)
}

func (i *ring) reach() core.Reach {
	switch {
	case i.away && i.push.Need:
		return core.NoPush
	case i.away:
		return core.Offline
	}
	return core.Reached
}

func (a *attempt) reached(account string, p core.Push) {
	a.reach = (&ring{away: !a.online(account), push: p}).reach()
}

// settle is the invitee's answer.
func (a *attempt) settle(channel, inviter, requestID string, state core.State, attach string, store bool) {
	a.end(channel, core.Key{Inviter: inviter, RequestID: requestID, Invitee: a.by.Account}, state, attach, store,
		[]string{inviter, a.by.Account})
}

func (a *attempt) end(channel string, k core.Key, state core.State, attach string, store bool, to []string) {
	if a.refused != nil {
		return
	}
	r := a.room(channel)
	if r == nil {
		a.refuse(no(core.NoChannel))
		return
	}
	a.forget(r, a.now)
	i := r.ring(k)
	switch {
	case i == nil, i.state != core.Pending && i.over+a.config.EndedTime <= a.now: // it may be in the list yet
		a.refuse(no(core.NoInvitation))
	case i.state == core.Accepted:
		a.refuse(no(core.InvitationAccepted))
	case i.state == core.Rejected:
		a.refuse(no(core.InvitationRejected))
	case i.state != core.Pending:
		a.refuse(&core.Refusal{Code: core.InvitationOver, Detail: i.state.String()})
	default:
		a.finish(r, i, state, a.now)
		a.forget(r, a.now)
		a.channel, a.members = r, true
		store = store || state == core.Cancelled && a.unread(i, a.now)
		a.happen(core.Ended{By: a.by, Channel: r.ID, Outcome: state, Attach: attach, Store: store,
			Invitations: []core.Key{k}, To: to, Members: r.rest(to)}, r.ChannelInfo)
	}
}

func (a *attempt) accept(o core.Accept) {
	a.settle(o.Channel, o.Inviter, o.RequestID, core.Accepted, o.Attach, o.Store)
	a.reached(o.Inviter, core.Push{})
	if a.refused != nil || !o.AutoJoin || a.reach != core.Reached {
		return
	}
	a.join(o.Channel, o.UID, o.JoinAttach, o.Store)
	a.failed, a.refused = a.refused, nil // the acceptance stands
}

func (a *attempt) call(o core.Call) {
	key := core.Key{Inviter: a.by.Account, RequestID: o.RequestID, Invitee: o.Invitee}
	var first *ring // the oldest of those that this call would repeat
	for _, r := range a.channels {
		for _, i := range r.pending() {
			if i.Key == key && (first == nil || i.serial < first.serial) {
				first, a.channel, a.members, a.reach = i, r, true, i.reach()
			}
		}
	}
	if first != nil {
		return
	}
	r := a.find(func(r *room) bool { return o.Name != "" && r.Name == o.Name })
	if r != nil && o.Reuse == core.ReuseAny || r != nil && o.Reuse == core.ReuseOwn && r.Creator == a.by.Account &&
		r.member(a.by.Account) == nil {
		a.id = r.ID
	} else {
		a.create(o.Type, o.Name, o.Ext)
	}
	a.join(a.id, o.UID, o.Attach, o.Store)
	a.invite(core.Invite{Channel: a.id, RequestID: o.RequestID, Invitee: o.Invitee, Attach: o.Attach, Store: o.Store, Push: o.Push})
}
