package core

func (a *App) kick(d *decision, o Kick) ([]Event, *Refusal) {
	by, target, refusal := a.target(d, o.Channel, o.Account)
	if refusal != nil {
		return nil, refusal
	}
	left := a.giveUpSeat(target, d.Now)
	left.By, left.Why = d.By, LeftKick
	return []Event{left, d.answered(by.channel.ID, false)}, nil
}

// target finds the member whom the caller means to remove.
func (a *App) target(d *decision, channel, account string) (by, target *seat, refusal *Refusal) {
	if account == d.By.Account {
		return nil, nil, &Refusal{Code: BadField, Field: "account", Detail: "is the caller"}
	}
	by, refusal = a.inside(d, channel)
	if refusal != nil {
		return nil, nil, refusal
	}
	target = by.channel.seat(account)
	switch {
	case by.Role == RoleMember:
		return nil, nil, refuse(NeedAdministrator, "")
	case target == nil:
		return nil, nil, noSuchMember()
	}
	return by, target, by.outranks(target)
}

func noSuchMember() *Refusal { return &Refusal{Code: NotMember, Field: "account"} }

func (a *App) setRole(d *decision, o SetRole) ([]Event, *Refusal) {
	switch {
	case o.Role > RoleOwner:
		return nil, &Refusal{Code: BadField, Field: "role", Detail: "is none"}
	case o.Account == d.By.Account:
		return nil, &Refusal{Code: BadField, Field: "account", Detail: "is the caller"}
	}
	by, refusal := a.inside(d, o.Channel)
	if refusal != nil {
		return nil, refusal
	}
	target := by.channel.seat(o.Account)
	switch {
	case by.Role != RoleOwner:
		return nil, refuse(NeedOwner, "")
	case target == nil:
		return nil, noSuchMember()
	}
	return d.changed(target, o.Role, target.Card), nil
}

func (a *App) setCard(d *decision, o SetCard) ([]Event, *Refusal) {
	var bad checks
	bad.text("card", o.Card, MaxCard)
	if bad.refusal != nil {
		return nil, bad.refusal
	}
	by, refusal := a.inside(d, o.Channel)
	if refusal != nil {
		return nil, refusal
	}
	target := by
	if o.Account != d.By.Account {
		if _, target, refusal = a.target(d, o.Channel, o.Account); refusal != nil {
			return nil, refusal
		}
	}
	return d.changed(target, target.Role, o.Card), nil
}

// changed gives a member another role or card, if it is another.
func (d *decision) changed(s *seat, role Role, card string) []Event {
	answer := d.answered(s.channel.ID, false)
	if s.Role == role && s.Card == card {
		return []Event{answer}
	}
	return []Event{MemberChanged{By: d.By, Channel: s.channel.ID, Account: s.Account, Role: role, Card: card,
		To: s.channel.accounts()}, answer}
}
