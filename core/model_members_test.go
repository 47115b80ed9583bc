package core_test

import "beckon/core"

// inRoom finds the caller's seat in a room that it wants to change something in.
func (a *attempt) inRoom(channel string) (*room, *core.Member) {
	r := a.room(channel)
	switch {
	case r == nil:
		a.refuse(no(core.NoChannel))
	case r.Policy != core.RoomPolicy:
		a.refuse(no(core.Forbidden))
	case r.member(a.by.Account) == nil:
		a.refuse(no(core.NotMember))
	default:
		return r, r.member(a.by.Account)
	}
	return nil, nil
}

// reign says whether the caller may do something to another member.
func (a *attempt) reign(r *room, mine *core.Member, account string) *core.Member {
	target := r.member(account)
	switch {
	case mine.Role == core.RoleMember:
		a.refuse(no(core.NeedAdministrator))
	case target == nil:
		a.refuse(&core.Refusal{Code: core.NotMember, Field: "account"})
	case mine.Role == core.RoleAdministrator && target.Role != core.RoleMember:
		a.refuse(no(core.NeedOwner))
	}
	return target
}

func (a *attempt) kick(o core.Kick) {
	r, mine := a.inRoom(o.Channel)
	if a.refused != nil {
		return
	}
	if a.reign(r, mine, o.Account); a.refused != nil {
		return
	}
	before := r.ChannelInfo
	left := a.standUp(r, o.Account, a.now)
	left.By, left.Why = a.by, core.LeftKick
	a.channel = r
	a.happen(left, before)
}

func (a *attempt) setRole(o core.SetRole) {
	r, mine := a.inRoom(o.Channel)
	if a.refused != nil {
		return
	}
	target := r.member(o.Account)
	switch {
	case mine.Role != core.RoleOwner:
		a.refuse(no(core.NeedOwner))
		return
	case target == nil:
		a.refuse(&core.Refusal{Code: core.NotMember, Field: "account"})
		return
	}
	a.become(r, target, o.Role, target.Card)
	if o.Role == core.RoleOwner {
		mine.Role = core.RoleMember
		r.Owner = o.Account
	}
}

func (a *attempt) setCard(o core.SetCard) {
	r, mine := a.inRoom(o.Channel)
	if a.refused != nil {
		return
	}
	target := mine
	if o.Account != a.by.Account {
		target = a.reign(r, mine, o.Account)
	}
	if a.refused == nil {
		a.become(r, target, target.Role, o.Card)
	}
}

func (a *attempt) become(r *room, m *core.Member, role core.Role, card string) {
	a.channel = r
	if m.Role != role || m.Card != card {
		a.happen(core.MemberChanged{By: a.by, Channel: r.ID, Account: m.Account, Role: role, Card: card, To: r.others("")}, r.ChannelInfo)
	}
	m.Role, m.Card = role, card
}

func (a *attempt) setRoom(channel string, change func(*room)) {
	r, mine := a.inRoom(channel)
	switch {
	case a.refused != nil:
		return
	case mine.Role == core.RoleMember:
		a.refuse(no(core.NeedAdministrator))
		return
	}
	before := r.ChannelInfo
	change(r)
	a.channel = r
	if r.ChannelInfo != before {
		a.happen(core.RoomChanged{By: a.by, Channel: r.ID, Title: r.Title, Password: r.Password, To: r.others("")}, before)
	}
}

func (a *attempt) setProfile(p core.Profile) {
	if a.profiles[a.by.Account] == p {
		return
	}
	to := []string{a.by.Account}
	for _, channel := range a.model.joined(a.by.Account) {
		to = append(to, a.room(channel).others("")...)
	}
	a.profiles[a.by.Account] = p
	a.happen(core.ProfileChanged{By: a.by, Profile: p, To: once(to)}, core.ChannelInfo{})
}

// once keeps the first of each.
func once(list []string) []string {
	var kept []string
	seen := map[string]bool{}
	for _, s := range list {
		if !seen[s] {
			kept = append(kept, s)
		}
		seen[s] = true
	}
	return kept
}
