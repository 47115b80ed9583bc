package core_test

import (
	"cmp"
	"slices"

	"beckon/core"
)

// A deadline is something that happens because nobody acted.
type deadline struct {
	at   core.Time
	id   []string // breaks ties
	what func(now core.Time) core.Event
}

// deadlines lists all there are, the next one first.
func (m *model) deadlines() []deadline {
	var list []deadline
	for _, r := range m.channels {
		list = append(list, deadline{r.Expires, []string{r.ID, "3"}, func(now core.Time) core.Event { return m.timeUp(r, now) }})
		for _, i := range r.pending() {
			list = append(list, deadline{i.deadline, []string{r.ID, "1", i.Inviter, i.RequestID, i.Invitee},
				func(now core.Time) core.Event {
					m.finish(r, i, core.Expired, now)
					m.forget(r, now)
					return core.Ended{Channel: r.ID, Outcome: core.Expired, Invitations: []core.Key{i.Key}}
				}})
		}
		for _, s := range r.members {
			if s.Lost != 0 && m.config.Grace > 0 {
				list = append(list, deadline{s.Lost + m.config.Grace, []string{r.ID, "2", s.Account},
					func(now core.Time) core.Event {
						left := m.standUp(r, s.Account, now)
						left.Why = core.LeftLost
						return left
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

func (m *model) due(now core.Time) []core.Event {
	var events []core.Event
	for list := m.deadlines(); len(list) > 0 && list[0].at <= now; list = m.deadlines() {
		events = append(events, list[0].what(now))
	}
	return events
}

// timeUp ends a channel, or lets it live on as long as it is needed.
func (m *model) timeUp(r *room, now core.Time) core.Event {
	until := now
	for _, i := range r.pending() {
		until = max(until, i.deadline)
	}
	switch {
	case len(r.members) > 0:
		r.Expires = now + m.config.ChannelTime
	case len(r.pending()) > 0:
		r.Expires = min(until, now+m.config.ChannelTime)
	default:
		m.channels = slices.DeleteFunc(m.channels, func(x *room) bool { return x == r })
		return core.Closed{Channel: r.ID, Why: core.ClosedExpired}
	}
	return core.Renewed{Channel: r.ID, Expires: r.Expires}
}

func (m *model) standUp(r *room, account string, now core.Time) core.Left {
	left := core.Left{Channel: r.ID, Account: account, To: append(r.others(account), account)}
	r.members = slices.DeleteFunc(r.members, func(s core.Member) bool { return s.Account == account })
	if len(r.members) == 0 {
		r.Expires = now + m.config.ChannelTime
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
