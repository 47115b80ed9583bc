package session

import (
	"cmp"
	"slices"

	"beckon/core/wire"
)

// place is where this life stands in the relay's journal.
type place struct {
	journal string // "": nothing to resume
	told    uint64 // notices up to here have been told
	seen    uint64 // the view shows what happened up to here; replies count too

	// While a resume is being replayed:
	replay  uint64       // notices still to come
	reaches uint64       // all of them told, told is here
	answers []wire.Reply // to be told among them, in order of position
}

// hello says who is there and, within a life, what it has seen. With answers
// that the relay may have forgotten there is no resume: only a fresh start then
// shows what became of the commands.
func (s *Session) hello() *wire.Hello {
	h := &wire.Hello{Version: wire.Version, App: s.cfg.App, Account: s.cfg.Account, Token: s.cfg.Token,
		Device: s.cfg.Device, Life: s.cfg.Life}
	if s.link.resume = s.place.journal != "" && !s.calls.forgettable(s.now); s.link.resume {
		h.Resume = &wire.Resume{Journal: s.place.journal, Position: s.place.told, InFlight: s.calls.unknown()}
	}
	return h
}

// welcomed goes online.
func (s *Session) welcomed(w *wire.Welcome) bool {
	if w.Resumed && (!s.link.resume || w.Journal != s.place.journal) {
		return false
	}
	for i := range w.Answers {
		if !sound(&w.Answers[i]) {
			return false
		}
	}
	for _, i := range w.Invitations {
		if i.Channel == nil {
			return false
		}
	}
	if s.forgotten(w) && w.Resumed {
		s.startOver()
		return true
	}
	s.link.phase, s.link.since = online, s.now
	s.clock.read(s.now, w.Now)
	s.heart = newHeart(&s.cfg, s.now, w.Silence)
	s.calls.welcomed(s.link.id, w.Answers)
	slices.SortStableFunc(w.Answers, func(a, b wire.Reply) int { return cmp.Compare(a.Position, b.Position) })
	s.place.answers = w.Answers
	s.out.add(Connected{Connection: w.Connection, Fresh: !w.Resumed})
	if w.Resumed {
		s.resumed(w)
	} else {
		s.fresh(w)
	}
	s.acks = acks{sent: s.place.told, at: s.now}
	s.pump()
	return true
}

// forgotten fails the commands of which the relay may not know any more whether
// it carried them out: its time has jumped ahead meanwhile.
func (s *Session) forgotten(w *wire.Welcome) bool {
	lost := s.calls.forget(w.Now, w.Answers)
	for _, c := range lost {
		if !c.over {
			s.out.add(Replied{N: c.n, Failure: &Failure{Kind: FailDisconnected}})
		}
	}
	return len(lost) > 0
}

// startOver exchanges a link that resumes for one that starts fresh: nothing else
// shows what became of forgotten commands.
func (s *Session) startOver() {
	s.place.journal = ""
	s.hangUp(wire.CloseNormal)
	s.dial()
}

func (s *Session) resumed(w *wire.Welcome) {
	s.place.replay, s.place.reaches = w.Replay, w.Position
	if s.place.replay == 0 {
		s.replayed()
	}
}

// replayed ends a resume: what is told from here on is live.
func (s *Session) replayed() {
	s.tellAnswers(1<<64 - 1)
	s.place.told = max(s.place.told, s.place.reaches)
	s.place.seen = max(s.place.seen, s.place.told)
}

// tellAnswers tells those answers of the welcome that come before a position.
func (s *Session) tellAnswers(before uint64) {
	for len(s.place.answers) > 0 && s.place.answers[0].Position < before {
		a := s.place.answers[0]
		s.place.answers = s.place.answers[1:]
		s.answer(&a)
	}
}

// noticed takes a notice, replayed or live.
func (s *Session) noticed(n *wire.Notice) bool {
	if !complete(n.Event) {
		return false
	}
	s.tellAnswers(n.Position)
	if n.Position > s.place.told {
		s.place.told = n.Position
		s.place.seen = max(s.place.seen, n.Position)
		if n.Event != nil { // else from a newer relay
			s.view.told(n, s.clock.at(s.now))
			s.out.add(Told{n})
		}
	}
	if s.place.replay > 0 {
		if s.place.replay--; s.place.replay == 0 {
			s.replayed()
		}
	}
	return true
}

// complete says whether an event has the parts without which it means nothing.
// One from a newer relay, nil, has.
func complete(e wire.Event) bool {
	switch e := e.(type) {
	case *wire.Joined:
		return e.Channel != nil && e.Member != nil
	case *wire.Left:
		return e.Channel != nil
	case *wire.Closed:
		return e.Channel != nil
	case *wire.Invited:
		return e.Channel != nil
	case *wire.Ended:
		return e.Channel != nil
	case *wire.Controlled:
		return e.Channel != nil
	case *wire.Unlisted:
		return e.Channel != nil
	case *wire.MemberChanged:
		return e.Channel != nil && e.Member != nil
	case *wire.RoomChanged:
		return e.Channel != nil
	case *wire.ProfileChanged:
		return e.User != nil
	}
	return true
}
