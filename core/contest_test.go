package core_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"beckon/core"
)

// A contest is the machine, a twin that is told the same, and the model.
type contest struct {
	t       *rapid.T
	machine *world
	twin    *world
	model   *model
	sent    []core.Command
	n       map[core.Actor]uint64
	open    map[string]bool // invitations that have not ended, by channel and key
	channel []string        // ids of all there ever were
}

func newContest(t *rapid.T, config core.Config) *contest {
	c := &contest{t: t, machine: newWorld(t, config), twin: newWorld(t, config), model: &model{config: config},
		n: map[core.Actor]uint64{}, open: map[string]bool{}}
	c.twin.hasty = true
	return c
}

// begin makes a channel with somebody in it, so that there is something to do.
func (c *contest) begin() {
	ada := core.Actor{Account: "ada", Device: "web", Life: "1"}
	c.link(ada, true)
	c.send(c.next(ada, core.Create{Type: core.Video, Name: "room"}))
	c.send(c.next(ada, core.Join{Channel: c.channel[0]}))
}

// send asks everybody, and compares.
func (c *contest) send(command core.Command) {
	c.sent = append(c.sent, command)
	c.t.Logf("%+v", command)
	remembered, is := c.machine.app.Answer(command.By, command.N)
	want, wanted := c.model.remembered(command.By, command.N)
	require.Equal(c.t, wanted, is, "remembered answer to %+v", command)
	if is {
		remembered.Position, remembered.Refused = 0, neutral(remembered.Refused)
		require.Equal(c.t, want, remembered, "the answer again to %+v", command)
		return
	}
	got, refusal := c.machine.handle(command)
	c.twin.handle(command)
	expected, refused := c.model.do(command.By, command.N, command.Do, c.machine.now, c.machine.online, c.chosen(got))
	require.Equal(c.t, refused, neutral(refusal), "refusal of %+v", command)
	require.Equal(c.t, expected, neutralised(got), "events of %+v", command)
	c.follow(got)
}

// chosen is what randomness became, made sure to be unused.
func (c *contest) chosen(events []core.Event) made {
	var chose made
	for _, e := range events {
		switch e := e.(type) {
		case core.Created:
			chose.id = e.Channel.ID
			require.Regexp(c.t, "^[0-9a-f]{32}$", chose.id)
			require.NotContains(c.t, c.channel, chose.id)
			c.channel = append(c.channel, chose.id)
		case core.Joined:
			chose.uid = e.Member.UID
			require.NotZero(c.t, chose.uid)
			if r := c.model.room(e.Channel); r != nil {
				for _, m := range r.members {
					require.True(c.t, m.UID != chose.uid || m.Account == e.Member.Account, "the uid is taken")
				}
			}
		}
	}
	return chose
}

// follow sees to it that each invitation ends once.
func (c *contest) follow(events []core.Event) {
	for _, e := range events {
		switch e := e.(type) {
		case core.Invited:
			for _, i := range e.Invitees {
				name := e.Channel + fmt.Sprint(core.Key{Inviter: e.By.Account, RequestID: e.RequestID, Invitee: i.Account})
				require.False(c.t, c.open[name], "%s rings twice", name)
				c.open[name] = true
			}
		case core.Ended:
			for _, k := range e.Invitations {
				require.True(c.t, c.open[e.Channel+fmt.Sprint(k)], "%v of %s ends again", k, e.Channel)
				delete(c.open, e.Channel+fmt.Sprint(k))
			}
		case core.Closed:
			for name := range c.open {
				require.False(c.t, strings.HasPrefix(name, e.Channel), "%s outlives its channel", name)
			}
		}
	}
}

// again asks one of the latest commands again, under its id.
func (c *contest) again(t *rapid.T) {
	if len(c.sent) > 0 {
		c.send(one(t, "again", c.sent[max(0, len(c.sent)-12):]...))
	}
}

func (c *contest) link(by core.Actor, up bool) {
	order := core.Order(core.LinkDown{})
	if up {
		order = core.LinkUp{}
	}
	got, _ := c.machine.link(by, up)
	c.twin.link(by, up)
	expected, _ := c.model.do(by, 0, order, c.machine.now, nil, made{})
	require.Equal(c.t, expected, got, "link of %+v: %t", by, up)
}

func (c *contest) pass(d core.Time) {
	c.machine.now += d
	c.twin.now += d
	c.twin.due()
	got := c.machine.due()
	require.Equal(c.t, c.model.due(c.machine.now), got)
	c.follow(got)
}

func (c *contest) restart() {
	require.NoError(c.t, c.machine.restart())
	require.NoError(c.t, c.twin.restart())
	down := core.Command{Do: core.LinksDown{}}
	got, _ := c.machine.handle(down)
	c.twin.handle(down)
	expected, _ := c.model.do(down.By, 0, down.Do, c.machine.now, nil, made{})
	require.Equal(c.t, expected, got)
}

// agree compares what can be seen from outside.
func (c *contest) agree() {
	app, m := c.machine.app, c.model
	require.Empty(c.t, core.Check(app))
	require.Equal(c.t, m.next(), app.Deadline())
	require.True(c.t, slices.EqualFunc(c.machine.journal, c.twin.journal, slices.Equal), "the twin wrote something else")
	require.Len(c.t, app.Channels(), len(m.channels))
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
		require.ElementsMatch(c.t, m.joined(account), joined)
		require.Equal(c.t, m.asked(account), asked)
	}
}

func (c *contest) agreeOn(r *room) {
	ch := c.machine.app.Channel(r.ID)
	require.NotNil(c.t, ch)
	require.Equal(c.t, r.ChannelInfo, ch.ChannelInfo)
	require.Equal(c.t, append([]core.Member{}, r.members...), ch.Members())
	fresh := func(s core.State, over core.Time) bool { // what is too old goes at some time
		return s == core.Pending || over+c.model.config.EndedTime > c.machine.now
	}
	type seen struct {
		core.Key
		core.State
		At, Deadline, Over core.Time
		Rang, Stored       bool
		Device, Attach     string
		Push               core.Push
	}
	var want, got []seen
	for _, i := range r.rings {
		if fresh(i.state, i.over) {
			s := seen{i.Key, i.state, i.at, i.deadline, i.over, !i.away, i.stored, i.device, i.attach, i.push}
			if i.state != core.Pending { // nobody needs it any more
				s.Attach, s.Push = "", core.Push{}
			}
			want = append(want, s)
		}
	}
	for _, i := range ch.Invitations() {
		if fresh(i.State, i.Over) {
			s := seen{i.Key, i.State, i.At, i.Deadline, i.Over, i.Rang, i.Stored, i.Device, i.Attach, core.Push{}}
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

func neutralised(events []core.Event) []core.Event {
	var list []core.Event
	for _, e := range events {
		if a, is := e.(core.Answered); is {
			a.Refused = neutral(a.Refused)
			e = a
		}
		list = append(list, e)
	}
	return list
}
