package core

import "slices"

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
		return []Event{a.expiry(o.channel)}
	case *seat:
		left := a.giveUpSeat(o, now)
		left.Why = LeftLost
		return []Event{left}
	case *Channel:
		return a.channelDue(o, now)
	}
	panic("core: a deadline of an unknown kind")
}

// channelDue ends a channel that nobody needs, and renews one that somebody does.
func (a *App) channelDue(c *Channel, now Time) []Event {
	expires := now + a.time(c)
	if len(c.seats) == 0 {
		last := c.needed(now)
		pending := c.pendingAt(now)
		switch {
		case last != 0:
			expires = min(expires, last)
		case len(pending) < int(c.pending): // what is overdue ends before its channel does
			expires = now
		case len(pending) > 0: // one event at a time, and then the channel
			return a.end(Ended{Channel: c.ID, Outcome: Cancelled}, c, few(pending), now)[:1]
		default:
			return []Event{Closed{Channel: c.ID, Why: ClosedExpired}}
		}
	}
	return []Event{Renewed{Channel: c.ID, Expires: expires}}
}

// mostDue is how many bytes of names ends that nobody asked for hold, about: so
// much fits a record in any case, beside a thousand members.
const mostDue = 96 << 10

// few is as much of a list as one event may hold.
func few(list []*Invitation) []*Invitation {
	size := 0
	for k, i := range list {
		if size += len(i.Inviter) + len(i.RequestID) + len(i.Invitee) + 16; size > mostDue && k > 0 {
			return list[:k]
		}
	}
	return list
}

// expiry ends the invitation whose time is up next, and with it those that the
// same inviter made by the same requestId for the same deadline.
func (a *App) expiry(c *Channel) Ended {
	list := a.timers.together()
	a.looked += len(list)
	slices.SortFunc(list, (*Invitation).byMaking)
	list = few(list)
	ended := Ended{Channel: c.ID, Outcome: Expired, Invitations: keys(list), To: concerned(Expired, list)}
	ended.Members = c.rest(ended.To)
	return ended
}
