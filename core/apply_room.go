package core

func (a *App) unlisted(at Stamp, e Unlisted) {
	c := a.channels[e.Channel]
	if c == nil {
		return
	}
	for _, k := range e.Invitations {
		if i := a.find(c, k); i != nil && i.Listed {
			c.unlist(i)
		}
	}
	a.forgetEnded(c, at.Now)
}

func (a *App) memberChanged(e MemberChanged) {
	c := a.channels[e.Channel]
	if c == nil {
		return
	}
	s := c.seat(e.Account)
	if s == nil {
		return
	}
	if e.Role == RoleOwner && c.Owner != e.Account {
		if before := c.seat(c.Owner); before != nil {
			before.Role = RoleMember
		}
		c.Owner = e.Account
	}
	s.Role, s.Card = e.Role, e.Card
}

func (a *App) profileChanged(e ProfileChanged) {
	acc := a.account(e.By.Account)
	acc.ownShelf().profile = nil
	if e.Profile != (Profile{}) {
		acc.shelf.profile = &e.Profile
	}
	a.shelve(acc)
	a.tidy(e.By.Account)
}
