package client_test

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/tui"
	"beckon/core/wire"
)

// lists: the lists of invitations that a device's latest life can keep by what it
// was shown and told are those of the machine.
func (v *verdict) lists(l *life) {
	kept := v.keptBy(l)
	for _, c := range v.App.Joined(l.actor.Account) {
		k := kept[c.ID]
		if k == nil {
			continue
		}
		v.tally.counts["list of invitations kept"]++
		var want, got []string
		for _, i := range c.List(v.App.Now()) {
			want = append(want, fmt.Sprintf("%d %v %v", i.Made, i.Key, i.State))
			v.tally.counts["list entry kept"]++
		}
		for _, i := range k.list.Shown() {
			state := cmp.Or(i.State, core.Pending.String())
			got = append(got, fmt.Sprintf("%d %v %v", i.Position, core.Key{Inviter: i.Inviter, RequestID: i.RequestID, Invitee: i.Invitee}, state))
		}
		require.Equal(v.t, want, got, "the list of %s that %v keeps", c.ID, l)
	}
}

// A keeper keeps a channel's list.
type keeper struct {
	list    tui.List
	members map[string]bool
}

func (k *keeper) inside(account string) bool { return k.members[account] }

type keepers map[string]*keeper

// shown begins with what a welcome or the answer to enter shows.
func (ks keepers) shown(c *wire.Channel) {
	k := &keeper{members: map[string]bool{}}
	for _, m := range c.Members {
		k.members[m.Account] = true
	}
	k.list.Reset(c.Invitations)
	ks[c.ID] = k
}

// keptBy goes through all that the life was shown and told since its last fresh
// start, in the order of positions. A list is given up when the life does what it
// is not told itself, as the vendor of calls has it; entering shows it anew.
func (v *verdict) keptBy(l *life) keepers {
	chapters := v.stories[slices.Index(v.lives, l)].chapters
	last := chapters[len(chapters)-1]
	ks := keepers{}
	for i := range last.welcome.Channels {
		ks.shown(&last.welcome.Channels[i])
	}
	type step struct {
		position uint64
		do       func()
	}
	var steps []step
	for _, e := range v.Events {
		if channel, ok := untold(e.Event, l.actor); ok {
			steps = append(steps, step{uint64(e.Position), func() { delete(ks, channel) }})
		}
	}
	for _, n := range last.told {
		steps = append(steps, step{n.Position, func() { ks.told(n, l.actor.Account) }})
	}
	for _, a := range l.asked {
		if _, enters := a.order.(*wire.Enter); enters && len(a.ended) > 0 && a.ended[0].OK != nil {
			steps = append(steps, step{a.ended[0].Position, func() { ks.shown(a.ended[0].OK.Channel) }})
		}
	}
	slices.SortStableFunc(steps, func(a, b step) int { return cmp.Compare(a.position, b.position) })
	for _, s := range steps {
		if s.position > last.welcome.Position {
			s.do()
		}
	}
	return ks
}

// untold says in which channel a device did something that it was not told.
func untold(e core.Event, by core.Actor) (channel string, ok bool) {
	switch e := e.(type) {
	case core.Joined:
		return e.Channel, e.By == by
	case core.Left:
		return e.Channel, e.By == by && e.Account == by.Account
	case core.Closed:
		return e.Channel, e.By == by
	case core.Invited:
		return e.Channel, e.By == by && !e.Echo
	case core.Ended:
		return e.Channel, e.By == by && !e.Echo
	}
	return "", false
}

func (ks keepers) told(n *wire.Notice, account string) {
	switch e := n.Event.(type) {
	case *wire.Joined:
		if k := ks[e.Channel.ID]; k != nil {
			k.members[e.Member.Account] = true
			k.list.Joined(e.Member.Account)
		}
	case *wire.Left:
		if k := ks[e.Channel.ID]; k != nil {
			delete(k.members, e.Account)
		}
		if e.Account == account {
			delete(ks, e.Channel.ID)
		}
	case *wire.Closed:
		delete(ks, e.Channel.ID)
	case *wire.Invited:
		if k := ks[e.Channel.ID]; k != nil {
			k.list.Invited(n, e)
		}
	case *wire.Ended:
		if k := ks[e.Channel.ID]; k != nil {
			k.list.Ended(e, k.inside)
		}
	case *wire.Unlisted:
		if k := ks[e.Channel.ID]; k != nil {
			k.list.Unlisted(e)
		}
	}
}
