package core_test

import (
	"fmt"
	"slices"

	"github.com/stretchr/testify/require"

	"beckon/core"
)

// agree compares what can be seen from outside.
func (c *contest) agree() {
	app, m := c.machine.app, c.model
	require.Empty(c.t, core.Check(app))
	require.Equal(c.t, m.next(), app.Deadline())
	require.True(c.t, slices.EqualFunc(c.machine.journal, c.twin.journal, slices.Equal), "the twin wrote something else")
	require.Len(c.t, app.Channels(), len(m.channels))
	require.Equal(c.t, m.dropped, app.Dropped())
	require.Equal(c.t, m.aged, app.Aged())
	for _, r := range m.channels {
		c.agreeOn(r)
	}
	for _, account := range everybody {
		var joined, asked []string
		for _, ch := range app.Joined(account) {
			joined = append(joined, ch.ID)
		}
		for _, i := range app.Asked(account) {
			asked = append(asked, i.Channel().ID+fmt.Sprint(i.Key))
		}
		c.agreeOnInbox(account)
		require.Equal(c.t, m.profiles[account], app.Profile(account))
		require.ElementsMatch(c.t, m.joined(account), joined)
		require.Equal(c.t, m.asked(account), asked)
	}
}

// agreeOnInbox reads an inbox as a whole, and page by page.
func (c *contest) agreeOnInbox(account string) {
	app, now := c.machine.app, c.machine.now
	want := c.model.stored(account, now)
	got, more := app.Inbox(account, 0, now, len(want))
	require.Equal(c.t, want, got, "inbox of %s", account)
	require.False(c.t, more)
	var paged []core.Stored
	for after := core.Position(0); ; after = paged[len(paged)-1].Position {
		page, more := app.Inbox(account, after, now, 2)
		if paged = append(paged, page...); !more {
			break
		}
	}
	require.Equal(c.t, got, paged)
}

func (c *contest) agreeOn(r *room) {
	ch := c.machine.app.Channel(r.ID)
	require.NotNil(c.t, ch)
	require.Same(c.t, ch, c.machine.app.Named(r.Name, c.machine.now))
	require.Equal(c.t, r.ChannelInfo, ch.ChannelInfo)
	require.Equal(c.t, append([]core.Member{}, r.members...), ch.Members())
	require.Equal(c.t, r.entries(false), ch.List(c.machine.now))
	require.Equal(c.t, r.entries(true), ch.Standing(c.machine.now))
	fresh := func(s core.State, over core.Time) bool { // what is too old goes at some time
		return s == core.Pending || over+c.model.config.EndedTime > c.machine.now
	}
	type seen struct {
		core.Key
		core.State
		At, Deadline, Over core.Time
		Rang, Stored       bool
		Always             bool
		Device, Attach     string
		Push               core.Push
	}
	var want, got []seen
	for _, i := range r.rings {
		if fresh(i.state, i.over) {
			s := seen{i.Key, i.state, i.at, i.deadline, i.over, !i.away, i.stored, i.always, i.device, i.attach, i.push}
			if i.state != core.Pending { // nobody needs it any more
				s.Attach, s.Push = "", core.Push{}
			}
			want = append(want, s)
		}
	}
	for _, i := range ch.Invitations() {
		if fresh(i.State, i.Over) {
			s := seen{i.Key, i.State, i.At, i.Deadline, i.Over, i.Rang, i.Stored, i.Always, i.Device, i.Attach, core.Push{}}
			if i.Push != nil {
				s.Push = *i.Push
			}
			got = append(got, s)
		}
	}
	require.Equal(c.t, want, got)
}

// neutral leaves of a refusal what the model speaks of, too.
func neutral(r *core.Refusal) *core.Refusal {
	if r == nil {
		return nil
	}
	n := &core.Refusal{Code: r.Code, Field: r.Field, Limit: r.Limit}
	if r.Code == core.BadField {
		n.Limit = 0
	}
	if r.Code == core.InvitationOver {
		n.Detail = r.Detail
	}
	return n
}

// neutralised leaves of events what the model speaks of, too. In which order an
// account came into its channels it does not know.
func neutralised(events []core.Event) []core.Event {
	var list []core.Event
	for _, e := range events {
		switch x := e.(type) {
		case core.Answered:
			x.Refused = neutral(x.Refused)
			e = x
		case core.ProfileChanged:
			x.To = slices.Sorted(slices.Values(x.To))
			e = x
		}
		list = append(list, e)
	}
	return list
}

// joined lists the channels that an account is in.
func (m *model) joined(account string) []string {
	var list []string
	for _, r := range m.channels {
		if r.member(account) != nil {
			list = append(list, r.ID)
		}
	}
	return list
}

// asked lists the invitations that an account has yet to answer, oldest first.
func (m *model) asked(account string) []string {
	var mine []*ring
	room := map[*ring]string{}
	for _, r := range m.channels {
		for _, i := range r.pending() {
			if i.Invitee == account {
				mine = append(mine, i)
				room[i] = r.ID
			}
		}
	}
	slices.SortFunc(mine, func(a, b *ring) int { return a.serial - b.serial })
	var list []string
	for _, i := range mine {
		list = append(list, room[i]+fmt.Sprint(i.Key))
	}
	return list
}
