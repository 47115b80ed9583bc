package core_test

import (
	"slices"

	"beckon/core"
)

// A mail is a stored notice in one inbox.
type mail struct {
	to string
	core.Stamp
	event core.Event
	info  core.ChannelInfo
}

// record journals what happened: it says where invitations were made, and puts
// what is to be stored into inboxes.
func (m *model) record(events []core.Event, infos []core.ChannelInfo, seq uint64, now core.Time) {
	if len(events) > 0 {
		m.age(now)
	}
	for k, e := range events {
		at := core.Stamp{Position: core.At(seq, k), Now: now}
		switch e := e.(type) {
		case core.Joined:
			m.store(e.Store, e.By, e.To, at, e, infos[k])
		case core.Left:
			m.store(e.Store, e.By, e.To, at, e, infos[k])
		case core.Closed:
			m.store(e.Store, e.By, e.To, at, e, infos[k])
		case core.Ended:
			m.store(e.Store, e.By, e.To, at, e, infos[k])
		case core.Invited:
			m.store(e.Store, e.By, e.To, at, e, infos[k])
			for _, who := range e.Invitees {
				m.room(e.Channel).ring(core.Key{Inviter: e.By.Account, RequestID: e.RequestID, Invitee: who.Account}).made = at.Position
			}
		}
	}
}

// store mails an event to those who are told, but not to the actor.
func (m *model) store(asked bool, by core.Actor, to []string, at core.Stamp, e core.Event, info core.ChannelInfo) {
	for _, account := range to {
		if !asked || account == by.Account {
			continue
		}
		m.inbox = append(m.inbox, mail{account, at, e, info})
		for len(m.mails(account)) > m.config.InboxKept {
			first := slices.IndexFunc(m.inbox, func(x mail) bool { return x.to == account })
			m.inbox = slices.Delete(m.inbox, first, first+1)
			m.dropped++
		}
	}
}

// mails lists an account's mails, oldest first.
func (m *model) mails(account string) []mail {
	var list []mail
	for _, x := range m.inbox {
		if x.to == account {
			list = append(list, x)
		}
	}
	return list
}

// age throws away what is too old, whenever something happens.
func (m *model) age(now core.Time) {
	before := len(m.inbox)
	m.inbox = slices.DeleteFunc(m.inbox, func(x mail) bool { return x.Now+m.config.InboxTime <= now })
	m.aged += uint64(before - len(m.inbox))
}

// unread says whether an invitation lies in its invitee's inbox.
func (m *model) unread(i *ring, now core.Time) bool {
	return i.at+m.config.InboxTime > now && slices.ContainsFunc(m.mails(i.Invitee), func(x mail) bool { return i.stored && x.Position == i.made })
}

// stored is what an account finds in its inbox.
func (m *model) stored(account string, now core.Time) []core.Stored {
	var list []core.Stored
	for _, x := range m.mails(account) {
		if x.Now+m.config.InboxTime <= now {
			continue
		}
		r := m.room(x.info.ID)
		over := r == nil
		if _, is := x.event.(core.Invited); is && !over {
			over = !slices.ContainsFunc(r.pending(), func(i *ring) bool { return i.Invitee == account && i.made == x.Position })
		}
		list = append(list, core.Stored{Stamp: x.Stamp, Channel: x.info, Event: x.event, Over: over})
	}
	return list
}

// markRead takes mails out of the caller's inbox.
func (a *attempt) markRead(o core.MarkRead) {
	var read []core.Position
	for _, p := range o.Positions {
		mine := func(x mail) bool { return x.to == a.by.Account && x.Position == p && x.Now+a.config.InboxTime > a.now }
		if slices.ContainsFunc(a.inbox, mine) {
			a.inbox = slices.DeleteFunc(a.inbox, mine)
			read = append(read, p)
		}
	}
	if read != nil {
		a.happen(core.MarkedRead{By: a.by, Positions: read}, core.ChannelInfo{})
	}
}
