package session

import (
	"fmt"
	"slices"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

// simPage is a page in a [world]: it drives a session as the browser would, acts
// like a user, and writes down what it is told.
type simPage struct {
	*Session
	actor
	world  *world
	links  map[Link]*simLink
	past   []*simPage // former lives
	closed bool       // the page is gone, and drives nothing any more

	frozen  bool
	queue   []func() // what happened meanwhile
	waking  int      // the latest wake-up that was asked for
	offline Millis   // no link opens before

	calls   int            // commands that Do took
	done    map[uint64]int // answers, by command
	chains  []*chain
	invited map[toldInvitation]bool
	ringing map[toldInvitation]int64 // as an application would have it, with deadlines
	unsure  []toldInvitation         // answered by a command that failed: perhaps over
	orders  map[uint64]wire.Order
}

// toldInvitation tells an invitation from all others, across journals.
type toldInvitation struct {
	channel  string
	key      wire.Key
	position uint64
}

// chain is what a life was told from one fresh start to the next.
type chain struct {
	welcome *wire.Welcome
	fresh   []uint64 // invitations that the fresh start told
	live    []uint64 // notices
	latest  uint64   // position of the latest notice or good answer
}

// input runs an input of the session now, or when the page thaws.
func (p *simPage) input(run func()) {
	switch {
	case p.closed:
	case p.frozen:
		p.queue = append(p.queue, run)
	default:
		run()
		p.drain()
	}
}

func (p *simPage) freeze(d Millis) {
	p.frozen = true
	p.world.after(d, p.thaw)
}

func (p *simPage) thaw() {
	p.frozen = false
	queue := p.queue
	p.queue = nil
	for _, run := range queue {
		p.input(run)
	}
}

func (p *simPage) drain() {
	w := p.world
	for o := p.Next(); o != nil; o = p.Next() {
		if x, ok := o.(Send); ok {
			w.tracef("%s: sends over %d %s", p.name(), x.Link, x.Text)
		} else {
			w.tracef("%s: %T %+v", p.name(), o, o)
		}
		switch o := o.(type) {
		case Dial:
			p.dials(o.Link)
		case Send:
			p.links[o.Link].send(o.Text)
		case Hangup:
			p.links[o.Link].hangUp()
		case Connected:
			if !o.Fresh {
				w.sum["resumes"]++
			}
		case Fresh:
			p.starts(o)
		case Told:
			p.told(o.Notice)
		case Replied:
			p.answered(o)
		}
	}
	p.waking++
	mine := p.waking
	if at, ok := p.Wake(); ok {
		w.after(max(at-w.now, 0), func() {
			if mine == p.waking {
				p.input(p.tick)
			}
		})
	}
}

func (p *simPage) tick() {
	p.Tick(p.world.now)
	if at, ok := p.Wake(); ok {
		require.Greater(p.world.t, at, p.world.now, "a Tick has to get on")
	}
}

func (p *simPage) dials(id Link) {
	w := p.world
	l := &simLink{page: p, id: id}
	p.links[id] = l
	switch {
	case w.now < p.offline, w.faulty && w.chance(6):
		l.gone = true
		w.after(w.upTo(2_000), func() { p.input(func() { p.Closed(w.now, id, 1006, "") }) })
	case w.faulty && w.chance(12): // it hangs
	default:
		l.opens()
	}
}

// acts does something that a user might do.
func (p *simPage) acts() {
	if p.frozen || p.closed {
		return
	}
	o := p.idea()
	n, err := p.Do(p.world.now, o)
	if err == nil {
		p.calls++
		p.orders[n] = o
	} else {
		require.Equal(p.world.t, &Failure{Kind: FailNotConnected}, err)
	}
	p.drain()
}

func (p *simPage) idea() wire.Order {
	r := p.world.random
	other := accounts[r.IntN(len(accounts))]
	request := fmt.Sprint("q", r.IntN(3))
	channel := fmt.Sprint("room-", 1+r.IntN(p.world.relay.counter+2))
	if mine := p.View().Channels(); len(mine) > 0 && r.IntN(2) == 0 {
		channel = mine[r.IntN(len(mine))].ID
	}
	if asked := p.View().Invitations(p.RelayNow(p.world.now)); len(asked) > 0 && r.IntN(2) == 0 {
		i := asked[r.IntN(len(asked))]
		switch r.IntN(3) {
		case 0:
			return &wire.Accept{Channel: i.Channel.ID, RequestID: i.RequestID, Inviter: i.Inviter}
		case 1:
			return &wire.Reject{Channel: i.Channel.ID, RequestID: i.RequestID, Inviter: i.Inviter}
		}
		return &wire.JoinAndAccept{Channel: i.Channel.ID, RequestID: i.RequestID, Inviter: i.Inviter}
	}
	switch r.IntN(8) {
	case 0, 1:
		return &wire.CallEx{Type: 1, RequestID: request, Invitee: other, Store: r.IntN(2) == 0}
	case 2:
		return &wire.Invite{Channel: channel, RequestID: request, Invitee: other, Store: r.IntN(2) == 0}
	case 3, 4:
		return &wire.Join{Channel: channel}
	case 5:
		return &wire.Leave{Channel: channel}
	case 6:
		if r.IntN(2) == 0 {
			return &wire.Cancel{Channel: channel, RequestID: request, Invitee: other}
		}
		return &wire.Create{Type: 1}
	}
	return &wire.Close{Channel: channel}
}

// starts notes a fresh start, and what rings no more.
func (p *simPage) starts(f Fresh) {
	w := p.world
	c := &chain{welcome: p.links[p.link.id].far.welcome}
	for _, i := range f.GoneInvitations {
		id := toldInvitation{i.Channel.ID, keyOf(&i), i.Position}
		require.True(w.t, p.invited[id], "only what was told can be gone")
		delete(p.ringing, id)
	}
	for _, gone := range f.GoneChannels {
		require.False(w.t, slices.ContainsFunc(c.welcome.Channels, func(x wire.Channel) bool { return x.ID == gone.ID }))
	}
	w.sum["fresh starts"]++
	w.sum["gone invitations"] += len(f.GoneInvitations)
	w.sum["gone channels"] += len(f.GoneChannels)
	p.chains = append(p.chains, c)
}

func (p *simPage) told(n *wire.Notice) {
	w, c := p.world, p.chains[len(p.chains)-1]
	at := n.Position
	w.sum["told"]++
	if at > c.welcome.Position || len(c.live) > 0 {
		require.Greater(w.t, at, c.latest, "told behind something later")
		c.live = append(c.live, at)
	} else {
		require.Greater(w.t, at, c.latest, "fresh invitations come in order, too")
		c.fresh = append(c.fresh, at)
		w.sum["fresh invitations"]++
	}
	c.latest = at
	switch e := n.Event.(type) {
	case *wire.Invited:
		k := wire.Key{Inviter: e.Inviter, RequestID: e.RequestID, Invitee: p.device.account}
		id := toldInvitation{e.Channel.ID, k, at}
		if first := p.chains[0].welcome.Journal == c.welcome.Journal; first {
			require.False(w.t, p.invited[id], "told twice in one life")
		}
		p.invited[id] = true
		p.ringing[id] = e.Deadline
	case *wire.Ended:
		for _, k := range e.Invitations {
			p.silence(func(x toldInvitation) bool { return x.channel == e.Channel.ID && x.key == k })
		}
	case *wire.Closed:
		p.silence(func(x toldInvitation) bool { return x.channel == e.Channel.ID })
	}
}

func (p *simPage) silence(that func(toldInvitation) bool) {
	for x := range p.ringing {
		if that(x) {
			delete(p.ringing, x)
		}
	}
}

// answered notes the end of a command.
func (p *simPage) answered(r Replied) {
	p.done[r.N]++
	switch {
	case r.OK != nil:
		p.world.sum["ok"]++
	case r.Refusal != nil:
		p.world.sum["refusal"]++
	default:
		p.world.sum[string(r.Failure.Kind)]++
	}
	if r.OK != nil {
		c := p.chains[len(p.chains)-1]
		carried := p.world.models[c.welcome.Journal].carried[callID{p.actor, r.N}]
		require.Len(p.world.t, carried, 1, "an OK for what was not carried out once")
		if at := carried[0]; at > c.welcome.Position {
			require.Greater(p.world.t, at, c.latest, "answered behind something later")
			c.latest = at
		}
	}
	var channel string
	var k wire.Key
	switch o := p.orders[r.N].(type) {
	case *wire.Accept:
		channel, k = o.Channel, wire.Key{Inviter: o.Inviter, RequestID: o.RequestID, Invitee: p.device.account}
	case *wire.JoinAndAccept:
		channel, k = o.Channel, wire.Key{Inviter: o.Inviter, RequestID: o.RequestID, Invitee: p.device.account}
	case *wire.Reject:
		channel, k = o.Channel, wire.Key{Inviter: o.Inviter, RequestID: o.RequestID, Invitee: p.device.account}
	case *wire.Close:
		if r.OK != nil {
			p.silence(func(x toldInvitation) bool { return x.channel == o.Channel })
		} else if r.Failure != nil {
			p.unsure = append(p.unsure, toldInvitation{channel: o.Channel})
		}
		return
	default:
		return
	}
	switch {
	case r.OK != nil:
		p.silence(func(x toldInvitation) bool { return x.channel == channel && x.key == k })
	case r.Failure != nil:
		p.unsure = append(p.unsure, toldInvitation{channel: channel, key: k})
	}
}
