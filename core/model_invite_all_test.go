package core_test

import (
	"slices"

	"beckon/core"
)

// ringable checks the bounds on ringing some accounts more, and makes room for
// them in the list.
func (a *attempt) ringable(r *room, accounts []string) bool {
	switch {
	case len(r.members) >= a.most(r):
		a.refuse(&core.Refusal{Code: core.ChannelFull, Limit: a.most(r)})
		return false
	case len(r.pending())+len(accounts) > a.config.Pending:
		a.refuse(limit("pending", a.config.Pending))
		return false
	}
	if !a.mayRing(len(accounts)) {
		return false
	}
	for _, account := range accounts {
		if len(a.asked(account)) >= a.config.Asked {
			a.refuse(limit("invitee", a.config.Asked))
			return false
		}
	}
	var over []*ring // that may go
	length := len(accounts)
	for _, l := range r.entries(false) {
		if !slices.Contains(accounts, l.Invitee) {
			length++
			if l.State != core.Pending {
				over = append(over, r.ring(l.Key))
			}
		}
	}
	if length-a.config.Listed > len(over) {
		a.refuse(limit("listed", a.config.Listed))
		return false
	}
	slices.SortFunc(over, func(x, y *ring) int { return x.ended - y.ended })
	e := core.Unlisted{Channel: r.ID, To: r.others("")}
	for ; length > a.config.Listed; length-- {
		e.Invitations = append(e.Invitations, over[0].Key)
		over[0].off = true
		over = over[1:]
	}
	if e.Invitations != nil {
		a.happen(e, r.ChannelInfo)
		a.forget(r, a.now)
	}
	return true
}

// mayRing checks the bound on what one account has ringing.
func (a *attempt) mayRing(more int) bool {
	n := more
	for _, r := range a.model.channels {
		for _, i := range r.pending() {
			if i.Inviter == a.by.Account {
				n++
			}
		}
	}
	if n <= a.config.Rung {
		return true
	}
	a.refuse(&core.Refusal{Code: core.Busy, Field: "pending", Limit: a.config.Rung})
	return false
}

// rung adds an invitation, in the place of one that had the same key.
func (a *attempt) add(r *room, i *ring) {
	r.rings = slices.DeleteFunc(r.rings, func(old *ring) bool { return old.Key == i.Key })
	for _, old := range r.rings {
		if old.Invitee == i.Invitee && old.state != core.Pending {
			old.off = true
		}
	}
	a.model.rung++
	i.state, i.serial, i.at, i.device, i.away = core.Pending, a.model.rung, a.now, a.by.Device, !a.online(i.Invitee)
	r.rings = append(r.rings, i)
	a.forget(r, a.now)
}

func (a *attempt) inviteAll(o core.InviteAll) {
	r := a.room(o.Channel)
	switch {
	case r == nil:
		a.refuse(no(core.NoChannel))
		return
	case !r.belongs(a.by.Account):
		a.refuse(no(core.NotMember))
		return
	}
	a.channel = r
	var rung []string
	for _, account := range once(o.Invitees) {
		switch {
		case account == a.by.Account || r.member(account) != nil:
			a.inside = append(a.inside, account)
		case len(r.asking(account)) > 0:
			a.pending = append(a.pending, account)
		default:
			rung = append(rung, account)
		}
	}
	if rung == nil || !a.ringable(r, rung) {
		return
	}
	e := core.Invited{By: a.by, Channel: r.ID, RequestID: a.request, Attach: o.Attach, Always: true, Echo: true, To: rung,
		Members: r.others("")}
	if o.Timeout > 0 {
		e.Deadline = a.now + o.Timeout
	}
	for place, account := range rung {
		a.add(r, &ring{Key: core.Key{Inviter: a.by.Account, RequestID: a.request, Invitee: account}, place: place,
			always: true, attach: o.Attach, deadline: e.Deadline})
		e.Invitees = append(e.Invitees, core.Invitee{Account: account, Rang: a.online(account)})
	}
	a.happen(e, r.ChannelInfo)
}

func (a *attempt) settleAll(o core.Settle) {
	r := a.room(o.Channel)
	if r == nil {
		a.refuse(no(core.NoChannel))
		return
	}
	e := core.Ended{By: a.by, Channel: r.ID, Outcome: core.Accepted, Echo: true}
	if !o.Accept {
		e.Outcome, e.Reason = core.Rejected, o.Reason
	}
	asking := r.asking(a.by.Account)
	if len(asking) == 0 {
		a.refuseLate(r)
		return
	}
	a.endAll(r, asking, e)
	a.channel = r
}

// refuseLate says how the caller's last invitation ended, if it is not long ago.
func (a *attempt) refuseLate(r *room) {
	var last *ring
	for _, i := range r.rings {
		if i.Invitee == a.by.Account && i.over+a.config.EndedTime > a.now && (last == nil || i.ended > last.ended) {
			last = i
		}
	}
	code := core.InvitationOver
	switch {
	case last == nil:
		code = core.NoInvitation
	case last.state == core.Accepted:
		code = core.InvitationAccepted
	case last.state == core.Rejected:
		code = core.InvitationRejected
	}
	a.refuse(no(code))
	if code == core.InvitationOver {
		a.refused.Detail = last.state.String()
	}
}

func (a *attempt) withdraw(o core.Withdraw) {
	r := a.room(o.Channel)
	switch {
	case r == nil:
		a.refuse(no(core.NoChannel))
		return
	case !r.belongs(a.by.Account):
		a.refuse(no(core.NotMember))
		return
	}
	may := r.Policy == core.CallPolicy && r.Creator == a.by.Account ||
		r.Policy == core.RoomPolicy && r.member(a.by.Account).Role != core.RoleMember
	var own, others []*ring
	for _, i := range r.pending() {
		mine := func(x *ring) bool { return x.Inviter == a.by.Account }
		switch {
		case !slices.Contains(o.Invitees, i.Invitee):
		case mine(i):
			own = append(own, i)
		case may:
			others = append(others, i)
		case !slices.ContainsFunc(r.asking(i.Invitee), mine):
			a.refuse(no(core.NeedAdministrator))
			return
		}
	}
	if own == nil && others == nil {
		a.refuse(no(core.NoInvitation))
		return
	}
	a.channel = r
	a.endAll(r, own, core.Ended{By: a.by, Channel: r.ID, Outcome: core.Cancelled, Echo: true})
	a.endAll(r, others, core.Ended{By: a.by, Channel: r.ID, Outcome: core.Revoked, Echo: true})
}
