package core_test

import (
	"cmp"
	"slices"

	"beckon/core"
)

// A deadline is something that happens because nobody acted.
type deadline struct {
	at   core.Time
	room *room
	id   []string // breaks ties
	what func(now core.Time) []core.Event
}

// deadlines lists all there are, the next one first.
func (m *model) deadlines() []deadline {
	var list []deadline
	for _, r := range m.channels {
		list = append(list, deadline{r.Expires, r, []string{r.ID, "3"}, func(now core.Time) []core.Event { return m.timeUp(r, now) }})
		for _, i := range r.pending() {
			if i.deadline != 0 {
				list = append(list, deadline{i.deadline, r, []string{r.ID, "1", i.Inviter, i.RequestID, i.Invitee},
					func(now core.Time) []core.Event { return []core.Event{m.expire(r, i, now)} }})
			}
		}
		for _, s := range r.members {
			if s.Lost != 0 && m.config.Grace > 0 {
				list = append(list, deadline{s.Lost + m.config.Grace, r, []string{r.ID, "2", s.Account},
					func(now core.Time) []core.Event {
						left := m.standUp(r, s.Account, now)
						left.Why = core.LeftLost
						return []core.Event{left}
					}})
			}
		}
	}
	slices.SortFunc(list, func(a, b deadline) int { return cmp.Or(cmp.Compare(a.at, b.at), slices.Compare(a.id, b.id)) })
	return list
}

// next is the first deadline, or 0.
func (m *model) next() core.Time {
	if list := m.deadlines(); len(list) > 0 {
		return list[0].at
	}
	return 0
}

// due deals with all deadlines that have passed; each is a record, from seq on.
func (m *model) due(now core.Time, seq uint64) []core.Event {
	var all []core.Event
	for list := m.deadlines(); len(list) > 0 && list[0].at <= now; list = m.deadlines() {
		info := list[0].room.ChannelInfo
		events := list[0].what(now)
		m.record(events, slices.Repeat([]core.ChannelInfo{info}, len(events)), seq, now)
		all = append(all, events...)
		seq++
	}
	return all
}

// expire ends an invitation, and those of the same inviter, requestId and
// deadline with it.
func (m *model) expire(r *room, i *ring, now core.Time) core.Event {
	e := core.Ended{Channel: r.ID, Outcome: core.Expired, To: []string{i.Inviter}}
	for _, x := range r.pending() {
		if x.Inviter == i.Inviter && x.RequestID == i.RequestID && x.deadline == i.deadline {
			m.finish(r, x, core.Expired, now)
			e.Invitations = append(e.Invitations, x.Key)
			e.To = append(e.To, x.Invitee)
		}
	}
	m.forget(r, now)
	e.Members = r.rest(e.To)
	return e
}

// timeUp ends a channel, or lets it live on as long as it is needed.
func (m *model) timeUp(r *room, now core.Time) []core.Event {
	var until core.Time // nobody is in it, but somebody is being rung
	overdue := false
	for _, i := range r.pending() {
		switch {
		case i.deadline != 0 && i.deadline <= now:
			overdue = true
		case r.Policy == core.CallPolicy:
			until = max(until, i.deadline)
		}
	}
	switch {
	case len(r.members) > 0:
		r.Expires = now + m.time(r)
	case until > 0:
		r.Expires = min(until, now+m.time(r))
	case overdue:
		r.Expires = now
	default:
		return m.bury(r, now)
	}
	return []core.Event{core.Renewed{Channel: r.ID, Expires: r.Expires}}
}

// bury ends what rings in a channel that nobody needs, and then the channel.
func (m *model) bury(r *room, now core.Time) []core.Event {
	a := &attempt{model: m, now: now}
	first := r.pending()
	if unread := slices.DeleteFunc(r.pending(), func(i *ring) bool { return !m.unread(i, now) }); len(unread) > 0 {
		first = unread
	}
	if len(first) > 0 {
		a.endAll(r, first, core.Ended{Channel: r.ID, Outcome: core.Cancelled})
		return a.events
	}
	m.channels = slices.DeleteFunc(m.channels, func(x *room) bool { return x == r })
	return []core.Event{core.Closed{Channel: r.ID, Why: core.ClosedExpired}}
}

func (m *model) standUp(r *room, account string, now core.Time) core.Left {
	left := core.Left{Channel: r.ID, Account: account, To: append(r.others(account), account)}
	r.members = slices.DeleteFunc(r.members, func(s core.Member) bool { return s.Account == account })
	if len(r.members) == 0 {
		r.Expires = now + m.time(r)
		left.Expires = r.Expires
	}
	return left
}

// links says what becomes of the links of a device, or of all devices.
func (m *model) links(is func(core.Member) bool, lost core.Time) bool {
	changed := false
	for _, r := range m.channels {
		for k := range r.members {
			if s := &r.members[k]; is(*s) && (s.Lost == 0) != (lost == 0) {
				s.Lost, changed = lost, true
			}
		}
	}
	return changed
}
