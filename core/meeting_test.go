package core_test

import (
	"fmt"
	"slices"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"beckon/core"
)

// A meeting is a channel with its users' pages, and what is on the way to them.
type meeting struct {
	*world
	users   []string
	channel string
	pages   map[core.Actor]*page
	late    map[core.Actor][]news // of those without a link
	n       uint64
	made    int // invitations
}

type news struct {
	core.Stamp
	event core.Event
}

// plain is everybody's device that speaks the other dialect. It shows no list, and
// so is not told what it did itself.
const plain = "plain"

func newMeeting(t *rapid.T) *meeting {
	m := &meeting{world: newWorld(t, core.Config{RoomMembers: 15, Members: 15, Listed: 12, Pending: 30, EndedKept: 5}),
		pages: map[core.Actor]*page{}, late: map[core.Actor][]news{}}
	m.hasty = true
	for k := range 20 {
		m.users = append(m.users, fmt.Sprint("u", k))
		for _, device := range []string{"web", "tv", plain} {
			by := core.Actor{Account: m.users[k], Device: device, Life: "1"}
			if device != plain {
				m.pages[by] = &page{by: by}
			}
			m.link(by, true)
		}
	}
	owner := core.Actor{Account: "u0", Device: "web", Life: "1"}
	if rapid.Bool().Draw(t, "room") {
		m.ask(owner, core.CreateRoom{Channel: "lounge"})
	} else {
		m.ask(owner, core.Create{Type: core.Video})
	}
	m.channel = m.app.Channels()[0].ID
	for _, k := range []int{0, 1, 2, 3, 4} {
		by := core.Actor{Account: m.users[k], Device: "web", Life: "1"}
		m.ask(by, core.Enter{Channel: m.channel})
	}
	m.ask(owner, core.SetRole{Channel: m.channel, Account: "u1", Role: core.RoleAdministrator})
	m.ask(owner, core.SetRole{Channel: m.channel, Account: "u2", Role: core.RoleAdministrator})
	return m
}

// ask has a linked device send a command. The answer to entering says what is so.
func (m *meeting) ask(by core.Actor, o core.Order) {
	if !m.linked(by) {
		return
	}
	m.n++
	events, refusal := m.handle(core.Command{By: by, N: m.n, Do: o})
	if refusal != nil {
		return
	}
	m.tell(events, len(m.journal))
	answer, is := m.app.Answer(by, m.n)
	require.True(m.t, is)
	switch o.(type) {
	case core.Enter:
		m.pages[by].begin(m.channel, answer.Members, answer.List)
	case core.Leave:
		if p := m.pages[by]; p != nil {
			p.out()
		}
	}
}

// tell brings a record's events to the pages, or has them wait for their link.
func (m *meeting) tell(events []core.Event, seq int) {
	for k, e := range events {
		if i, is := e.(core.Invited); is {
			m.made += len(i.Invitees)
		}
		x := news{core.Stamp{Position: core.At(uint64(seq), k), Now: m.now}, e}
		for by := range m.pages {
			if channel, is := tells(e, by); is && channel == m.channel {
				m.bring(by, x)
			}
		}
	}
}

func (m *meeting) bring(by core.Actor, x news) {
	switch p := m.pages[by]; {
	case !m.linked(by):
		m.late[by] = append(m.late[by], x)
	case p.channel != "":
		p.told(x.Stamp, x.event)
	}
}

// agree compares the list of every page that is in, and has a link.
func (m *meeting) agree() {
	c := m.app.Channel(m.channel)
	require.NotNil(m.t, c, "somebody is always in it")
	want := c.List(m.now)
	for by, p := range m.pages {
		if member, in := c.Member(by.Account); m.linked(by) {
			if isIn := in && member.Device == by.Device; isIn != (p.channel != "") {
				require.Fail(m.t, "a page is mistaken", "%v does not know whether it is in: %t", by, isIn)
			}
			if got := p.list(); p.channel != "" && !slices.Equal(want, got) {
				require.Equal(m.t, want, got, "the list of %v", by)
			}
		}
	}
}

// pass lets time pass, and deals with the deadlines as they come.
func (m *meeting) pass(d core.Time) {
	until := m.now + d
	for next := m.app.Deadline(); next != 0 && next <= until; next = m.app.Deadline() {
		m.now = max(m.now, next)
		for events := m.app.Due(m.now); len(events) > 0; events = m.app.Due(m.now) {
			m.record(events)
			m.tell(events, len(m.journal))
		}
	}
	m.now = until
}

// relink takes a device's link, or gives it one again: then it resumes, or starts
// afresh with what a welcome shows.
func (m *meeting) relink(t *rapid.T, by core.Actor) {
	if m.linked(by) {
		m.link(by, false)
		return
	}
	m.link(by, true)
	waiting := m.late[by]
	delete(m.late, by)
	if rapid.Bool().Draw(t, "resumes") {
		for _, x := range waiting {
			m.bring(by, x)
		}
		return
	}
	m.pages[by].out()
	c := m.app.Channel(m.channel)
	if member, in := c.Member(by.Account); in && member.Device == by.Device {
		m.pages[by].begin(m.channel, c.Members(), c.Standing(m.now))
	}
}
