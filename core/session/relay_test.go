package session

import (
	"math/rand/v2"
	"slices"

	"beckon/core/wire"
)

// relay speaks the protocol for a model: one link a device, a
// feed to resume from, answers to what was in flight.
type relay struct {
	*model
	random  *rand.Rand
	links   []*relayLink
	feed    int64  // how far back the feed reaches
	floor   uint64 // what is at or before it is no longer in the feed
	told    int    // how much of the model's log has been delivered
	faulty  bool
	overlap bool // resumes replay more than was asked for
	brought int  // answers that welcomes brought
}

// relayLink is the relay's end of a link.
type relayLink struct {
	actor
	heard   Millis
	welcome *wire.Welcome
	send    func(wire.Frame)
	close   func(wire.CloseCode)
}

const relaySilence = 30_000

func (r *relay) online(account string) bool {
	return slices.ContainsFunc(r.links, func(l *relayLink) bool { return l.account == account })
}

// received takes a frame from an open link.
func (r *relay) received(l *relayLink, now Millis, f wire.Frame) {
	l.heard = now
	switch f := f.(type) {
	case *wire.Hello:
		r.hello(l, f)
	case *wire.Command:
		if l.welcome == nil {
			return
		}
		reply := r.handle(l.actor, f, r.online)
		l.send(&reply)
		r.deliver()
	case *wire.Heartbeat:
		l.send(&wire.Heartbeat{Now: r.now, Position: r.last})
	}
}

// deliver sends what has been told since to every linked device that hears it.
func (r *relay) deliver() {
	for ; r.told < len(r.log); r.told++ {
		n := r.log[r.told]
		for _, l := range r.links {
			if r.tells(n, l.actor) {
				l.send(n.Notice)
				if r.faulty && r.random.IntN(20) == 0 {
					l.send(n.Notice)
				}
			}
		}
	}
}

func (r *relay) hello(l *relayLink, h *wire.Hello) {
	if r.faulty && r.random.IntN(10) == 0 {
		l.send(&wire.Refused{Refusal: wire.Refusal{Code: "busy", After: r.random.Int64N(1_000)}})
		l.close(wire.CloseBusy)
		return
	}
	l.actor = actor{device{h.Account, h.Device}, h.Life}
	for _, old := range slices.Clone(r.links) {
		if old.device != l.device {
			continue
		}
		code := wire.CloseSilent
		if old.life != l.life {
			code = wire.CloseReplaced
		}
		r.remove(old)
		old.close(code)
	}
	replay := r.welcome(l, h)
	r.links = append(r.links, l)
	r.linked(l.device, true)
	l.send(l.welcome)
	for _, n := range replay {
		l.send(n.Notice)
	}
}

func (r *relay) welcome(l *relayLink, h *wire.Hello) (replay []*modelNotice) {
	w := &wire.Welcome{Version: 1, Journal: r.journal, Position: r.last, Now: r.now, Silence: relaySilence}
	l.welcome = w
	p := h.Resume
	if r.faulty && r.random.IntN(4) == 0 { // the feed has run over
		r.floor = r.last
	}
	w.Resumed = p != nil && p.Journal == r.journal && p.Position >= r.floor
	if w.Resumed || p != nil && r.random.IntN(2) == 0 { // a fresh start need not bring answers
		for _, n := range p.InFlight {
			if a := r.answer(callID{l.actor, n}); a != nil {
				w.Answers = append(w.Answers, *a)
			}
		}
		r.brought += len(w.Answers)
	}
	if w.Resumed {
		from := p.Position
		if r.overlap {
			from -= min(from, uint64(r.random.IntN(3))<<16)
		}
		for _, n := range r.log {
			if n.Position > from && r.tells(n, l.actor) {
				replay = append(replay, n)
			}
		}
		w.Replay = uint64(len(replay))
		return replay
	}
	for _, c := range r.channels {
		if c.has(l.account) {
			w.Channels = append(w.Channels, *c.shown())
		}
		for _, i := range c.invitations {
			if i.Invitee == l.account && !i.silent {
				w.Invitations = append(w.Invitations, i.Invitation)
			}
		}
	}
	return nil
}

// remove forgets a link that is gone.
func (r *relay) remove(l *relayLink) {
	if i := slices.Index(r.links, l); i >= 0 {
		r.links = slices.Delete(r.links, i, i+1)
		r.linked(l.device, false)
	}
}

// tick lets time pass at the relay.
func (r *relay) tick(now Millis, ahead int64) {
	r.due(relayEpoch + int64(now) + ahead)
	r.deliver()
	for _, n := range r.log {
		if n.Time+r.feed <= r.now {
			r.floor = max(r.floor, n.Position)
		}
	}
	for _, l := range slices.Clone(r.links) {
		if now-l.heard >= relaySilence {
			r.remove(l)
			l.close(wire.CloseSilent)
		}
	}
}

// restarts closes all links.
func (r *relay) restarts() {
	for _, l := range slices.Clone(r.links) {
		r.remove(l)
		l.close(wire.CloseRestarting)
	}
}

// becomes another journal: all links are closed.
func (r *relay) becomes(m *model) {
	m.now = r.now
	r.restarts()
	for _, c := range m.channels {
		for _, x := range c.Members {
			if _, lost := c.lost[x.Account]; !lost {
				c.lost[x.Account] = m.now
			}
		}
	}
	r.model, r.told, r.floor = m, len(m.log), m.last
}
