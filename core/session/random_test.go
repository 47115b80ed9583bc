package session

import (
	"flag"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

var (
	runs = flag.Int("runs", 200, "random worlds to run")
	seed = flag.Uint64("seed", 0, "run this random world alone")
)

// Whatever the network does: every notice is told once and in order, every
// command is answered once and carried out at most once, and when things have
// come to rest the view is what the relay has.
func TestRandomWorlds(t *testing.T) {
	first, last := uint64(1), uint64(*runs)
	if testing.Short() {
		last = min(last, 50)
	}
	if *seed != 0 {
		first, last = *seed, *seed
	}
	sum := map[string]int{}
	for s := first; s <= last; s++ {
		if !t.Run(fmt.Sprint("seed=", s), func(t *testing.T) { runWorld(t, s, sum) }) {
			return
		}
	}
	t.Log(sum)
	if last-first >= 199 { // enough to show everything
		for _, what := range []string{"told", "ok", "refusal", "timeout", "disconnected", "resumes", "fresh starts",
			"fresh invitations", "gone invitations", "gone channels", "retries", "clock jumps", "answers on welcome", "partial channels"} {
			require.NotZero(t, sum[what], "the worlds never show: %s", what)
		}
	}
}

func runWorld(t *testing.T, seed uint64, sum map[string]int) {
	w := newWorld(t, seed)
	w.sum = sum
	pace := 20 + w.upTo(2_000)
	trouble := 1 + w.upTo(20_000)
	for range 3 {
		w.faulty, w.relay.faulty, w.relay.overlap = true, true, true
		for end := w.now + 45_000; w.now < end; {
			w.runUntil(w.now + w.upTo(pace))
			w.pages[w.random.IntN(len(w.pages))].acts()
			if w.chance(1 + int(trouble/pace)) {
				w.mischief()
			}
		}
		w.settle()
		for _, p := range w.pages {
			p.agrees()
		}
	}
	for _, p := range w.pages {
		p.heardAll()
		for _, old := range p.past {
			old.heardAll()
		}
	}
	sum["answers on welcome"] += w.relay.brought
	for _, m := range w.models {
		sum["retries"] += m.retries
		for id, at := range m.carried {
			require.Len(t, at, 1, "carried out twice: %v", id)
		}
	}
}

// agrees compares the view with the relay's state.
func (p *simPage) agrees() {
	t, m := p.world.t, p.world.relay.model
	var here, there []string
	for _, c := range p.View().Channels() {
		here = append(here, c.ID)
		real := m.channel(c.ID)
		require.NotNil(t, real, "%s of %v is no more", c.ID, p.device)
		require.Equal(t, real.Creator, c.Creator)
		if c.Partial {
			p.world.sum["partial channels"]++
			for _, x := range c.Members {
				require.Contains(t, real.Members, x)
			}
			require.NotNil(t, c.Member(p.device.account))
		} else {
			require.Equal(t, real.Members, c.Members, "%s of %v", c.ID, p.device)
		}
	}
	for _, c := range m.channels {
		if c.has(p.device.account) {
			there = append(there, c.ID)
		}
	}
	require.ElementsMatch(t, there, here, "channels of %v %s", p.device, p.life)
	p.agreesOnInvitations()
}

func (p *simPage) agreesOnInvitations() {
	t, c := p.world.t, p.chains[len(p.chains)-1]
	now := p.RelayNow(p.world.now)
	heard := append(slices.Clone(c.live), positions(c.welcome.Invitations)...)
	var pendingForMe, pendingByMe []toldInvitation
	for _, ch := range p.world.relay.channels {
		for _, i := range ch.invitations {
			id := toldInvitation{ch.ID, keyOf(&i.Invitation), i.Position}
			if i.Invitee == p.device.account && i.Deadline > now && slices.Contains(heard, i.Position) {
				pendingForMe = append(pendingForMe, id)
			}
			made := i.Inviter == p.device.account && i.Device == p.device.device && i.Position > c.welcome.Position
			if made && p.calledIn(i.Position) {
				id.position = 0
				pendingByMe = append(pendingByMe, id)
			}
		}
	}
	var seen, made []toldInvitation
	for _, i := range p.View().Invitations(now) {
		seen = append(seen, toldInvitation{i.Channel.ID, keyOf(&i), i.Position})
	}
	for _, i := range p.View().Made() {
		made = append(made, toldInvitation{i.Channel.ID, keyOf(&i), 0})
	}
	require.ElementsMatch(t, pendingForMe, seen, "invitations of %v %s", p.device, p.life)
	require.Subset(t, made, pendingByMe, "invitations by %v %s", p.device, p.life)

	// An application that goes by what it was told comes to the same.
	for id, deadline := range p.ringing {
		doubt := slices.ContainsFunc(p.unsure, func(x toldInvitation) bool {
			return x.channel == id.channel && (x.key == id.key || x.key == wire.Key{})
		})
		if deadline > now && !doubt {
			require.Contains(t, seen, id, "it rings on at %v %s", p.device, p.life)
		}
	}
	for _, id := range seen {
		require.Contains(t, slices.Collect(maps.Keys(p.ringing)), id, "it does not ring at %v %s", p.device, p.life)
	}
}

func positions(list []wire.Invitation) (at []uint64) {
	for _, i := range list {
		at = append(at, i.Position)
	}
	return at
}

// calledIn says whether a command of this life stands in the record of a position.
func (p *simPage) calledIn(position uint64) bool {
	for id, at := range p.world.relay.carried {
		if id.actor == p.actor && at[0]>>16 == position>>16 {
			return true
		}
	}
	return false
}

// heardAll compares what was told with what there was to tell.
func (p *simPage) heardAll() {
	t := p.world.t
	for i, c := range p.chains {
		until := c.latest
		if present := i == len(p.chains)-1 && slices.Contains(p.world.pages, p); present {
			until = 1<<64 - 1
		}
		var want []uint64
		for _, n := range p.world.models[c.welcome.Journal].log {
			if n.Position > c.welcome.Position && n.Position <= until && p.world.relay.tells(n, p.actor) {
				want = append(want, n.Position)
			}
		}
		require.Equal(t, want, c.live, "%v %s after fresh start %d", p.device, p.life, i)
	}
	for n := range p.orders {
		if p.closed {
			require.LessOrEqual(t, p.done[n], 1, "command %d", n)
		} else {
			require.Equal(t, 1, p.done[n], "answers to command %d of %v %s", n, p.device, p.life)
		}
	}
	require.LessOrEqual(t, len(p.done), len(p.orders), "answers to nothing")
}
