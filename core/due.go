package core

// Deadline says when [App.Due] next has something to say; 0: never, as things are.
func (a *App) Deadline() Time {
	if len(a.timers) == 0 {
		return 0
	}
	return a.timers[0].at
}

// Due decides what happens because nobody acted: the oldest deadline that has
// passed at now, or nothing. Apply what it returns and ask again until it returns
// nothing; then commands of that now may be handled.
func (a *App) Due(now Time) []Event {
	if len(a.timers) == 0 || a.timers[0].at > now {
		return nil
	}
	switch o := a.timers[0].owner.(type) {
	case *Invitation:
		return []Event{Ended{Channel: o.channel.ID, Outcome: Expired, Invitations: []Key{o.Key}}}
	case *seat:
		left := a.giveUpSeat(o, now)
		left.Why = LeftLost
		return []Event{left}
	case *Channel:
		return a.channelDue(o, now)
	}
	panic("core: a timer without an owner")
}

// channelDue ends a channel that nobody needs, and renews one that somebody does.
func (a *App) channelDue(c *Channel, now Time) []Event {
	if len(c.seats) == 0 && c.pending == 0 { // what is overdue ends before its channel does
		return []Event{Closed{Channel: c.ID, Why: ClosedExpired}}
	}
	expires := now + a.config.ChannelTime
	if len(c.seats) == 0 { // only invitations are pending: no longer than they need
		last := now
		for _, i := range c.invitations {
			if i.State == Pending && i.Deadline == 0 {
				last = expires
			} else if i.State == Pending {
				last = max(last, i.Deadline)
			}
		}
		expires = min(expires, last)
	}
	return []Event{Renewed{Channel: c.ID, Expires: expires}}
}
