package growth

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"

	"beckon/core"
	"beckon/core/wire"
	"beckon/server/bench/machine"
)

// Cost is what calls cost an engine that holds so many live channels. A call is
// callEx, joinAndAccept and close, of pairs that are not in those channels.
type Cost struct {
	Channels int
	Calls    int
	CPU      float64 // µs of this process's processor time for a call, garbage collection and all
	Wall     float64 // µs for a call, many at a time
	P99      float64 // ms that a command took from being asked to its reply
	Longest  float64 // ms, likewise
	Held     float64 // bytes on the heap for a channel, if there are enough of them to tell
	Rebuilt  float64 // s that it took to rebuild the state
	Resident float64 // MB, at the end
}

// pairs call at the same time: as many commands are decided together.
const pairs = 64

// Calls lets pairs make calls through an engine with so many live channels, in
// each of which two members are in a call. The first calls, which fill the feed,
// do not count.
func Calls(ctx context.Context, channels, warm, calls int, dir string) (*Cost, error) {
	empty := held()
	config := core.Config{Grace: -1} // the members of the live channels have no links
	r, err := open(ctx, liveChannels(channels), config, dir)
	if err != nil {
		return nil, err
	}
	defer r.close()
	c := &Cost{Channels: channels, Rebuilt: r.opened.Seconds()}
	if channels >= 10_000 {
		c.Held = (held() - empty) / float64(channels)
	}
	r.run(ctx)
	l := &lockstep{}
	for k := range pairs {
		caller, _, err := login(r.Engine, fmt.Sprintf("pair%da", k))
		if err != nil {
			return nil, err
		}
		callee, _, err := login(r.Engine, fmt.Sprintf("pair%db", k))
		if err != nil {
			return nil, err
		}
		l.callers, l.callees, l.channels = append(l.callers, caller), append(l.callees, callee), append(l.channels, "")
	}
	if err := l.calls(warm); err != nil {
		return nil, err
	}
	l.took = l.took[:0]
	runtime.GC() // so that all begin with as much garbage
	began := time.Now()
	before, err := cpu()
	if err != nil {
		return nil, err
	}
	if err := l.calls(calls); err != nil {
		return nil, err
	}
	after, err := cpu()
	if err != nil {
		return nil, err
	}
	c.Calls = len(l.took) / 3
	c.Wall = micros(time.Since(began)) / float64(c.Calls)
	c.CPU = micros(after-before) / float64(c.Calls)
	slices.Sort(l.took)
	c.P99 = micros(l.took[len(l.took)*99/100]) / 1e3
	c.Longest = micros(l.took[len(l.took)-1]) / 1e3
	resident, err := machine.Resident(pid)
	c.Resident = float64(resident) / 1e6
	return c, err
}

func micros(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e3 }

// lockstep has all pairs do the same at the same time.
type lockstep struct {
	callers, callees []*page
	channels         []string
	round            int
	took             []time.Duration // by commands
}

// calls makes at least so many.
func (l *lockstep) calls(n int) error {
	for made := 0; made < n; made += len(l.callers) {
		l.round++
		id := fmt.Sprint("r", l.round)
		err := l.ask(l.callers, func(k int) wire.Order {
			return &wire.CallEx{Type: 2, Invitee: l.callees[k].device.Account, RequestID: id, Attach: Attach}
		})
		if err != nil {
			return err
		}
		err = l.ask(l.callees, func(k int) wire.Order {
			return &wire.JoinAndAccept{Channel: l.channels[k], Inviter: l.callers[k].device.Account, RequestID: id, Attach: Attach}
		})
		if err != nil {
			return err
		}
		if err := l.ask(l.callers, func(k int) wire.Order { return &wire.Close{Channel: l.channels[k]} }); err != nil {
			return err
		}
	}
	return nil
}

func (l *lockstep) ask(by []*page, order func(k int) wire.Order) error {
	began := time.Now()
	for k, p := range by {
		if err := p.send(order(k)); err != nil {
			return err
		}
	}
	for k, p := range by {
		text, err := p.reply()
		if err != nil {
			return err
		}
		l.took = append(l.took, time.Since(began))
		l.channels[k] = channelIn(text)
	}
	return nil
}

// recordOf is how many channels one record of a past makes.
const recordOf = 200

// liveChannels is a past in which so many pairs have called each other, each in a
// channel of its own, and are in it.
func liveChannels(n int) past {
	now := core.Time(time.Now().Add(-10 * time.Minute).UnixMilli()) // before what the feed would keep
	return past{now: now, records: (n + recordOf - 1) / recordOf, events: func(record int) []core.Event {
		var events []core.Event
		for k := record * recordOf; k < min(n, (record+1)*recordOf); k++ {
			events = append(events, aCall(k, now)...)
		}
		return events
	}}
}

// aCall is what happens when one calls, and another one joins and accepts.
func aCall(k int, now core.Time) []core.Event {
	id := fmt.Sprintf("%032x", k)
	a, b, request := caller(k), callee(k), fmt.Sprintf("r-%d", k)
	by := func(account string) core.Actor { return core.Actor{Account: account, Device: fmt.Sprintf("%016x", k)} }
	member := func(account string, uid uint64) core.Member {
		return core.Member{Account: account, Device: fmt.Sprintf("%016x", k), UID: uid, Joined: now}
	}
	return []core.Event{
		core.Created{By: by(a), Channel: core.ChannelInfo{ID: id, Name: id, Type: core.Video, Policy: core.CallPolicy, Creator: a,
			Created: now, Expires: now + 2*hour}},
		core.Joined{By: by(a), Channel: id, Member: member(a, 1), To: []string{a}},
		core.Invited{By: by(a), Channel: id, RequestID: request, Invitees: []core.Invitee{{Account: b, Rang: true}},
			Deadline: now + 90_000, Attach: Attach, To: []string{b}, Members: []string{a}},
		core.Joined{By: by(b), Channel: id, Member: member(b, 2), To: []string{a, b}},
		core.Ended{By: by(b), Channel: id, Outcome: core.Accepted, Invitations: []core.Key{{Inviter: a, RequestID: request, Invitee: b}},
			To: []string{a, b}},
	}
}
