package core

// inside finds the caller's seat in a room that it means to change.
func (a *App) inside(d *decision, channel string) (*seat, *Refusal) {
	c := a.live(channel, d.Now)
	switch {
	case c == nil:
		return nil, refuse(NoChannel, "")
	case c.Policy != RoomPolicy:
		return nil, refuse(Forbidden, "the channel is no room")
	}
	s := c.seat(d.By.Account)
	if s == nil {
		return nil, refuse(NotMember, "")
	}
	return s, nil
}

// outranks says whether a member may do something to another one: the owner may,
// and administrators may to plain members.
func (s *seat) outranks(other *seat) *Refusal {
	switch {
	case s.Role == RoleOwner, s.Role == RoleAdministrator && other.Role == RoleMember:
		return nil
	case s.Role == RoleAdministrator:
		return refuse(NeedOwner, "")
	}
	return refuse(NeedAdministrator, "")
}

// mayClose says whether an account may end the channel: any member and the
// creator, but a room's owner only, who need not be inside.
func (c *Channel) mayClose(account string) *Refusal {
	switch {
	case c.owned(account), c.Policy == CallPolicy && c.belongs(account):
		return nil
	case c.seat(account) == nil:
		return refuse(NotMember, "")
	}
	return refuse(NeedOwner, "")
}

// Knows says whether an account may enter a channel without giving its password,
// and so may see it: the owner, the members and those who are invited.
func (a *App) Knows(c *Channel, account string, now Time) bool {
	return c.owned(account) || c.seat(account) != nil || a.invites(c, account, now)
}

// mayRevoke says whether an account may end others' invitations.
func (c *Channel) mayRevoke(account string) bool {
	if c.Policy == RoomPolicy {
		s := c.seat(account)
		return s != nil && s.Role != RoleMember
	}
	return c.Creator == account
}
