package client_test

import (
	"cmp"
	"slices"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/wire"
	"beckon/server/servertest"
)

// starts replays the journal up to each fresh start, to see what it had to tell.
func (v *verdict) starts() {
	type start struct {
		*story
		*chapter
	}
	var all []start
	for _, s := range v.stories {
		for _, c := range s.chapters {
			all = append(all, start{s, c})
		}
	}
	slices.SortStableFunc(all, func(a, b start) int { return cmp.Compare(a.welcome.Position, b.welcome.Position) })
	app, next := core.New(v.config), 0
	for _, s := range all {
		for next < len(v.Events) && v.Events[next].Position <= core.Position(s.welcome.Position) {
			app.Apply(v.Events[next].Stamp, v.Events[next].Event)
			next++
		}
		v.start(app, s.life, s.chapter)
	}
}

func (v *verdict) start(app *core.App, l *life, c *chapter) {
	now := core.Time(c.welcome.Now)
	asked := app.Asked(l.actor.Account)
	for _, i := range asked {
		switch {
		case over(i, now):
		case !i.Always && (!i.Rang && !i.Stored || app.Unread(i)): // is not told later, or by the inbox
			c.silent = append(c.silent, i.Made)
		default:
			c.rings = append(c.rings, i.Made)
		}
	}
	for _, g := range c.gone.GoneChannels {
		require.False(v.t, slices.ContainsFunc(app.Joined(l.actor.Account), func(x *core.Channel) bool { return x.ID == g.ID }),
			"%v is told that %s is gone, and is in it", l, g.ID)
	}
	for _, g := range c.gone.GoneInvitations {
		require.False(v.t, slices.ContainsFunc(asked, func(i *core.Invitation) bool {
			return i.Made == core.Position(g.Position) && !over(i, now)
		}), "%v is told that invitation %d is gone, and it is pending", l, g.Position)
		v.tally.counts["told that an invitation is gone"]++
	}
}

func over(i *core.Invitation, now core.Time) bool { return i.Deadline != 0 && now >= i.Deadline }

// told: each notice once in a life, in rising order, and all that there were.
func (v *verdict) told(s *story) {
	l := s.life
	before := map[core.Position]bool{}
	for k, c := range s.chapters {
		heard := []core.Position{}
		for _, n := range c.told {
			heard = append(heard, core.Position(n.Position))
			v.fact(l, n)
		}
		rings := slices.DeleteFunc(slices.Clone(c.rings), func(p core.Position) bool { return before[p] })
		v.tally.counts["late ring"] += len(rings)
		all := append(append([]core.Position{}, rings...), v.Told(l.actor, core.Position(c.welcome.Position))...)
		require.LessOrEqual(v.t, len(heard), len(all), "%v is told more than there is: %v, not %v", l, heard, all)
		require.Equal(v.t, all[:len(heard)], heard, "what %v was told after fresh start %d", l, k+1)
		for _, p := range heard {
			require.False(v.t, before[p], "%v was told notice %d twice", l, p)
			before[p] = true
		}
		for _, p := range c.silent {
			before[p] = true
		}
		until := len(l.hears())
		if k+1 < len(s.chapters) {
			until = s.chapters[k+1].from
		}
		for _, quiet := range l.calms {
			if quiet.heard <= c.from || quiet.heard > until {
				continue
			}
			due, _ := slices.BinarySearch(all[len(rings):], quiet.released+1)
			had, _ := slices.BinarySearch(c.places, quiet.heard)
			require.GreaterOrEqual(v.t, had, due+len(rings), "%v, well connected, was told %v up to output %d; there was %v up to %d",
				l, heard, quiet.heard, all, quiet.released)
		}
		v.tally.counts["notice told"] += len(heard)
	}
}

// fact checks that a notice tells the event at its position.
func (v *verdict) fact(l *life, n *wire.Notice) {
	i, found := slices.BinarySearchFunc(v.Events, core.Position(n.Position), func(e servertest.Event, p core.Position) int {
		return cmp.Compare(e.Position, p)
	})
	require.True(v.t, found, "%v was told %s at %d, and there is nothing", l, n.Name, n.Position)
	require.Equal(v.t, nameOf(v.Events[i].Event), n.Name)
	require.EqualValues(v.t, v.Events[i].Now, n.Time)
}
