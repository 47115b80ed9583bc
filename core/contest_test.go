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
	c := &contest{t: t, machine: newWorld(t, config), twin: newWorld(t, config), model: &model{config: config, profiles: map[string]core.Profile{}},
		n: map[core.Actor]uint64{}, open: map[string]bool{}}
	c.twin.hasty = true
	return c
}

// step does one thing, commands more often than others.
func (c *contest) step(t *rapid.T) {
	switch one(t, "step", "command", "command", "command", "room", "room", "room", "answer", "answer", "again", "link", "time", "restart") {
	case "command":
		c.send(c.command(t))
	case "room":
		c.send(c.roomCommand(t))
	case "answer":
		c.send(c.answer(t))
	case "again":
		c.again(t)
	case "link":
		c.link(anyActor(t), !seldom(t, "down", 3))
	case "time":
		c.pass(c.time(t))
	case "restart":
		if seldom(t, "restart", 4) {
			c.restart()
		}
	}
}

// begin makes a channel and a room with somebody in them, so that there is
// something to do.
func (c *contest) begin() {
	ada := core.Actor{Account: "ada", Device: "web", Life: "1"}
	c.link(ada, true)
	c.send(c.next(ada, core.Create{Type: core.Video, Name: "room"}))
	c.send(c.next(ada, core.Join{Channel: c.channel[0]}))
	c.send(c.next(ada, core.CreateRoom{Channel: "lounge"}))
	c.send(c.next(ada, core.Enter{Channel: "lounge"}))
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
	require.Equal(c.t, neutralised(expected), neutralised(got), "events of %+v", command)
	c.follow(got)
}

// chosen is what randomness became, made sure to be unused.
func (c *contest) chosen(events []core.Event) made {
	chose := made{record: uint64(len(c.machine.journal))}
	for _, e := range events {
		switch e := e.(type) {
		case core.Created:
			chose.id = e.Channel.ID
			if e.Channel.Policy == core.CallPolicy {
				require.Regexp(c.t, "^[0-9a-f]{32}$", chose.id)
				require.NotContains(c.t, c.channel, chose.id)
			}
			if !slices.Contains(c.channel, chose.id) { // a room's may be used again
				c.channel = append(c.channel, chose.id)
			}
		case core.Invited:
			chose.request = e.RequestID
			if e.Always {
				c.freshRequest(e)
			}
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

// freshRequest sees to it that a requestId is a number, and another one.
func (c *contest) freshRequest(e core.Invited) {
	require.Regexp(c.t, "^[1-9][0-9]{0,15}$", e.RequestID)
	for _, i := range c.model.room(e.Channel).rings {
		require.NotEqual(c.t, i.RequestID, e.RequestID)
	}
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
				require.False(c.t, strings.HasPrefix(name, e.Channel+"{"), "%s outlives its channel", name)
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
	next := uint64(len(c.machine.journal)) + 1
	got := c.machine.due()
	require.Equal(c.t, c.model.due(c.machine.now, next), got)
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
