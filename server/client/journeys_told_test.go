package client_test

import (
	"slices"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/session"
	"beckon/core/wire"
	"beckon/server/servertest"
)

// A story is what a life was told, from one fresh start to the next.
type story struct {
	life     *life
	chapters []*chapter
}

type chapter struct {
	welcome *wire.Welcome
	gone    session.Fresh
	from    int            // place of its first output in life.heard
	told    []*wire.Notice // in the order of telling
	places  []int          // of each in life.heard

	rings []core.Position // invitations that the welcome was to tell, by the journal
	quiet []core.Position // and those that it was to show only
}

// divide takes a life's outputs apart. A link that comes back soon carries on.
func (v *verdict) divide(l *life) *story {
	s := &story{life: l}
	taps := l.taps()
	var now *chapter
	var lost time.Time
	for i, h := range l.hears() {
		switch o := h.Output.(type) {
		case session.Connected:
			k := slices.IndexFunc(taps, func(t *tap) bool {
				return t.welcome != nil && t.welcome.Connection == o.Connection && t.welcomed.Equal(h.at) && t.welcome.Resumed == !o.Fresh
			})
			require.GreaterOrEqual(v.t, k, 0, "%v is connected by a welcome", l)
			if o.Fresh {
				if now != nil {
					v.tally.counts["fresh start within a life"]++
					require.Greater(v.t, h.at.Sub(lost), 10*time.Second, "%v is soon back, and starts afresh", l)
				}
				now = &chapter{welcome: taps[k].welcome, from: i}
				s.chapters = append(s.chapters, now)
			} else {
				require.NotNil(v.t, now, "%v resumes what it began", l)
				v.tally.counts["resume"]++
				if taps[k].welcome.Replay > 0 {
					v.tally.counts["resume with something missed"]++
				}
				if len(taps[k].welcome.Answers) > 0 {
					v.tally.counts["resume with an answer missed"]++
				}
			}
			taps = taps[k+1:]
		case session.Fresh:
			now.gone = o
		case session.Told:
			now.told = append(now.told, o.Notice)
			now.places = append(now.places, i)
		case session.Reconnecting, session.Disconnected:
			if i == 0 || !isOff(l.hears()[i-1].Output) {
				lost = h.at
			}
			v.reason(l, o)
		}
	}
	return s
}

// reason checks why a life has no link.
func (v *verdict) reason(l *life, o session.Output) {
	switch o := o.(type) {
	case session.Reconnecting:
		require.Contains(v.t, []wire.CloseCode{1006, wire.CloseSilent, wire.CloseRestarting}, o.Code, "%v: %s", l, o.Reason)
	case session.Disconnected:
		require.Contains(v.t, []session.Why{session.Asked, session.Replaced}, o.Why, "%v: %s", l, o.Reason)
	}
}

func isOff(o session.Output) bool {
	switch o.(type) {
	case session.Reconnecting, session.Disconnected:
		return true
	}
	return false
}

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
	slices.SortStableFunc(all, func(a, b start) int { return int(int64(a.welcome.Position) - int64(b.welcome.Position)) })
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
		case now >= i.Deadline:
		case !i.Rang && !i.Stored, app.Unread(i): // is not told later, or by the inbox
			c.quiet = append(c.quiet, i.Made)
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
			return i.Made == core.Position(g.Position) && now < i.Deadline
		}), "%v is told that invitation %d is gone, and it is pending", l, g.Position)
		v.tally.counts["told that an invitation is gone"]++
	}
}

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
		require.Equal(v.t, all[:len(heard)], heard, "what %v was told after fresh start %d", l.actor, k+1)
		for _, p := range heard {
			require.False(v.t, before[p], "%v was told notice %d twice", l.actor, p)
			before[p] = true
		}
		for _, p := range c.quiet {
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
				l.actor, heard, quiet.heard, all, quiet.released)
		}
		v.tally.counts["notice told"] += len(heard)
	}
}

// fact checks that a notice tells the event at its position.
func (v *verdict) fact(l *life, n *wire.Notice) {
	i, found := slices.BinarySearchFunc(v.Events, core.Position(n.Position), func(e servertest.Event, p core.Position) int {
		return int(int64(e.Position) - int64(p))
	})
	require.True(v.t, found, "%v was told %s at %d, and there is nothing", l.actor, n.Name, n.Position)
	require.Equal(v.t, nameOf(v.Events[i].Event), n.Name)
	require.EqualValues(v.t, v.Events[i].Now, n.Time)
}
