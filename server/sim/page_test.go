package sim

import (
	"fmt"
	"slices"
	"time"

	"beckon/core"
	"beckon/core/session"
	"beckon/core/wire"
	"beckon/server/servertest"
)

// page is one life of a device: a session, and an application that believes it.
type page struct {
	w       *world
	actor   core.Actor
	s       *session.Session
	born    time.Time
	links   map[session.Link]*link
	present *link                  // that the session heard last
	delay   time.Duration          // on new links, at most
	offline time.Duration          // until then no link opens
	frozen  bool                   // it gets no time
	wake    time.Time              // of the latest timer
	missed  []func(session.Millis) // inputs while frozen

	tries     map[uint64]*try
	positions map[uint64]uint64 // of the relay's answers
	heard     servertest.Heard
	rang      map[rung]bool // invitations told in this life
	rings     []wire.Invitation
	tried     map[servertest.Contested]int
	kept      session.Output // by what was planted
	own       []string       // channels that its commands were about
}

// rung names an invitation that was told.
type rung struct {
	channel, inviter, id string
	position             uint64
}

// try is a command on its way to its answer.
type try struct {
	order wire.Order
	what  servertest.Contested
	room  *servertest.RoomTry // what it is in a gathering; its Try is the one below
	servertest.Try
}

var accounts = []string{"alice", "bob", "carol", "dave"}

// load starts a new life of a device.
func (w *world) load(account, device string) *page {
	w.lives++
	p := &page{w: w, actor: core.Actor{Account: account, Device: device, Life: fmt.Sprint("life-", w.lives)}, born: time.Now(),
		links: map[session.Link]*link{}, delay: 1 + w.upTo(40*time.Millisecond), tries: map[uint64]*try{},
		positions: map[uint64]uint64{}, rang: map[rung]bool{}, tried: map[servertest.Contested]int{}}
	p.heard = servertest.Heard{Actor: p.actor, Answers: map[uint64][]servertest.Answer{}}
	p.s = session.New(session.Config{App: "app", Account: account, Token: "t", Device: device, Life: p.actor.Life, Random: w.random.Uint64})
	w.pages = append(w.pages, p)
	p.input(p.s.Connect)
	return p
}

// leave ends a life, as when its page is closed or its machine dies.
func (p *page) leave() {
	w := p.w
	w.pages = slices.DeleteFunc(w.pages, func(x *page) bool { return x == p })
	w.past = append(w.past, p)
	for _, l := range p.links {
		l.pageOver = true
	}
	if l := p.present; l != nil && w.chance(2) { // the relay hears of it
		l.hangUp()
	}
	p.frozen, p.missed = true, nil
}

func (p *page) name() string { return p.actor.Account + "/" + p.actor.Device + "/" + p.actor.Life }

func (p *page) now() session.Millis { return session.Millis(time.Since(p.born).Milliseconds()) }

// input gives the session one input and does what it wants done.
func (p *page) input(f func(session.Millis)) {
	if p.frozen {
		p.missed = append(p.missed, f)
		return
	}
	f(p.now())
	p.drain()
}

func (p *page) drain() {
	for o := p.s.Next(); o != nil; o = p.s.Next() {
		switch o := o.(type) {
		case session.Dial:
			p.w.dial(p, o.Link)
		case session.Send:
			p.links[o.Link].send(slices.Clone(o.Text))
		case session.Hangup:
			p.links[o.Link].hangUp()
		default:
			p.tells(o)
		}
	}
	at, ok := p.s.Wake()
	if !ok || p.frozen {
		return
	}
	wake := p.w.moment(time.Duration(at-p.now()) * time.Millisecond)
	p.wake = wake
	p.w.at(wake, func() {
		if p.wake == wake {
			p.input(p.s.Tick)
		}
	})
}

// freeze keeps all from the page for a while, as browsers do with those in the
// background.
func (p *page) freeze(d time.Duration) {
	p.frozen = true
	p.w.after(d, p.thaw)
}

func (p *page) thaw() {
	if !p.frozen || !slices.Contains(p.w.pages, p) {
		return
	}
	p.frozen = false
	missed := p.missed
	p.missed = nil
	for _, f := range missed {
		p.input(f)
	}
	p.input(p.s.Tick)
}

// tells the application, or what was planted before it.
func (p *page) tells(o session.Output) {
	if p.w.plant.hears == nil {
		p.hears(o)
		return
	}
	for _, o := range p.w.plant.hears(p, o) {
		p.hears(o)
	}
}

// hears is the application.
func (p *page) hears(o session.Output) {
	switch o := o.(type) {
	case session.Fresh:
		p.w.count("fresh start")
		p.heard.Stretches = append(p.heard.Stretches, servertest.Stretch{After: core.Position(p.present.welcome.Position)})
	case session.Connected:
		if !o.Fresh {
			p.w.count("resume")
		}
	case session.Told:
		p.told(o.Notice)
	case session.Replied:
		p.answered(o)
	case session.Disconnected:
		p.w.count("off: " + string(o.Why))
	}
}

func (p *page) told(n *wire.Notice) {
	p.w.count("told " + n.Name)
	at := core.Position(n.Position)
	s := &p.heard.Stretches[len(p.heard.Stretches)-1]
	late := at <= s.After // pending before the fresh start, and told for the first time
	if !late || len(s.Told) > 0 {
		s.Told = append(s.Told, at)
	}
	e, ok := n.Event.(*wire.Invited)
	if !ok || !slices.Contains(e.Invitees, p.actor.Account) { // others ring, and it is told for the room's list
		return
	}
	if late {
		p.w.count("late ring")
	}
	id := rung{e.Channel.ID, e.Inviter, e.RequestID, n.Position}
	if p.rang[id] {
		p.w.finding(servertest.ToldTwice, "%v rings twice at %s", id, p.name())
	}
	p.rang[id] = true
	p.rings = append(p.rings, wire.Invitation{Channel: e.Channel, Inviter: e.Inviter, RequestID: e.RequestID})
}

// does asks for a command, if there is a link.
func (p *page) does(o wire.Order) {
	if p.frozen || gathered(o) {
		return
	}
	what, verb := p.contested(o)
	if verb != "" && verb != servertest.Inviting {
		if p.tried[what]++; p.tried[what] > 2 { // whether many tries have one order takes too long to tell
			return
		}
	}
	t := &try{order: o, what: what}
	t.Verb = verb
	p.asks(t)
}

// asks is false if there is no link.
func (p *page) asks(t *try) bool {
	n, err := p.s.Do(p.now(), t.order)
	if err != nil {
		p.w.count("command without a link")
		return false
	}
	p.w.count("operations")
	p.heard.Answers[n] = nil
	t.Who, t.Call, t.Return = p.name(), p.w.now(), servertest.Forever
	p.tries[n] = t
	p.drain()
	return true
}

// answered notes the end of a command.
func (p *page) answered(r session.Replied) {
	t := p.tries[r.N]
	answer := servertest.Answer{OK: r.OK != nil, Refused: r.Refusal != nil, Read: reads(t.order), Position: core.Position(p.positions[r.N])}
	p.heard.Answers[r.N] = append(p.heard.Answers[r.N], answer)
	switch {
	case r.Failure != nil:
		p.w.count("answer: " + string(r.Failure.Kind))
		return // its end stays unknown
	case r.Refusal != nil:
		p.w.count("answer: refused")
		t.Result = servertest.Refusing(r.Refusal.Code, r.Refusal.Detail)
	default:
		p.w.count("answer: ok " + t.order.CommandName())
		t.Result = servertest.Done
		if t.room != nil {
			t.Result = servertest.Ringing(r.OK.Pending, r.OK.Inside)
		}
		if c := r.OK.Channel; c != nil {
			p.own = append(p.own, c.ID)
			if t.what.Channel == "" {
				t.what.Channel = c.ID
			}
		}
	}
	t.Return = p.w.now()
}

// record hands the page's tries over to the history. What was not answered, and
// is not in the journal either, has made no difference.
func (p *page) record(a *servertest.Audit) {
	for n := uint64(1); n <= uint64(len(p.tries)); n++ {
		t := p.tries[n]
		outcome, done := a.Answers[servertest.Asked{Actor: p.actor, N: n}]
		if t.what.Channel == "" && done {
			t.what.Channel = outcome.Channel.ID
		}
		if t.room != nil {
			if done || t.Result != servertest.Unknown {
				p.recordRoom(t)
			}
			continue
		}
		known := t.Verb != "" && t.what.Channel != "" && t.what.Channel != nowhere && t.what.Channel != room
		if _, all := t.order.(*wire.Settle); all {
			known = known && done // a refusal has made no difference
			t.Result = servertest.Unknown
		}
		if known && (done || t.Result != servertest.Unknown) {
			p.w.history.Add(t.what, t.Try)
		}
	}
}

// nowhere is a channel that never was.
const nowhere = "nowhere"

// reads says whether an order changes nothing.
func reads(o wire.Order) bool {
	switch o.(type) {
	case *wire.Find, *wire.Channels, *wire.Inbox, *wire.Invitations:
		return true
	}
	return false
}

// contested is what an order would do to which invitation.
func (p *page) contested(o wire.Order) (servertest.Contested, servertest.Verb) {
	me := p.actor.Account
	of := func(channel, inviter, id, invitee string, v servertest.Verb) (servertest.Contested, servertest.Verb) {
		return servertest.Contested{Channel: channel, Key: core.Key{Inviter: inviter, RequestID: id, Invitee: invitee}}, v
	}
	switch o := o.(type) {
	case *wire.CallEx:
		return of("", me, o.RequestID, o.Invitee, servertest.Inviting)
	case *wire.Call:
		return of("", me, o.RequestID, o.Invitee, servertest.Inviting)
	case *wire.Invite:
		return of(o.Channel, me, o.RequestID, o.Invitee, servertest.Inviting)
	case *wire.Cancel:
		return of(o.Channel, me, o.RequestID, o.Invitee, servertest.Canceling)
	case *wire.Accept:
		return of(o.Channel, o.Inviter, o.RequestID, me, servertest.Accepting)
	case *wire.JoinAndAccept:
		return of(o.Channel, o.Inviter, o.RequestID, me, servertest.Accepting)
	case *wire.Reject:
		return of(o.Channel, o.Inviter, o.RequestID, me, servertest.Rejecting)
	case *wire.Close:
		return servertest.Contested{Channel: o.Channel}, servertest.Closing
	case *wire.Settle:
		verb := servertest.Rejecting
		if o.Accept {
			verb = servertest.Accepting
		}
		return servertest.Contested{Channel: o.Channel, Key: core.Key{Invitee: me}}, verb
	}
	return servertest.Contested{}, ""
}
