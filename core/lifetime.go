package core

// expired says whether the channel's time is up. Somebody in it keeps it alive,
// and somebody who is being rung for it, except for a room or for ever.
func (c *Channel) expired(now Time) bool {
	return now >= c.Expires && len(c.seats) == 0 && c.needed(now) == 0
}

// needed says until when a channel that nobody is in lives for the sake of its
// invitations; 0: they do not keep it.
func (c *Channel) needed(now Time) Time {
	var last Time
	if c.Policy == RoomPolicy {
		return 0
	}
	for _, i := range c.invitations {
		if i.stateAt(now) == Pending {
			last = max(last, i.Deadline)
		}
	}
	return last
}

// time is how long a channel lives with nobody in it.
func (a *App) time(c *Channel) Time {
	if c.Policy == RoomPolicy {
		return a.config.RoomTime
	}
	return a.config.ChannelTime
}

// most is how many members a channel may have.
func (a *App) most(c *Channel) int {
	if c.Policy == RoomPolicy {
		return a.config.RoomMembers
	}
	return a.config.Members
}
