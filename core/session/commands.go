package session

import (
	"unicode/utf8"

	"beckon/core/wire"
)

// window is how far the numbers of unanswered commands may spread: relays
// remember so many answers of a device. The commands behind it wait.
const window = 64

// Do sends a command and returns its number; a [Replied] with that number
// follows. The error is a [*Failure]: the command was not sent, and no Replied
// follows. The session keeps order; do not change it.
func (s *Session) Do(now Millis, order wire.Order) (n uint64, err error) {
	s.advance(now)
	if s.link.phase != online {
		return 0, &Failure{Kind: FailNotConnected}
	}
	longest := wire.NewCommand(1<<64-1, order)
	longest.Ack = 1<<64 - 1
	text := wire.Append(nil, longest)
	switch {
	case len(text) > wire.MaxFrame:
		return 0, &Failure{Kind: FailTooLarge, Size: len(text), Limit: wire.MaxFrame}
	case !utf8.Valid(text):
		return 0, &Failure{Kind: FailNotText}
	}
	s.calls.last++
	s.calls.list = append(s.calls.list, &call{n: s.calls.last, order: order, due: s.now + s.cfg.Timeout})
	s.pump()
	return s.calls.last, nil
}

// pump sends what has not been sent over the present link. Commands that failed
// are not among that: they were sent, or are not on the list.
func (s *Session) pump() {
	for _, c := range s.calls.list {
		if c.n-s.calls.list[0].n >= window {
			return
		}
		if c.link == s.link.id {
			continue
		}
		if c.link == 0 {
			c.sent, c.relay = s.now, s.clock.at(s.now)
		}
		c.link = s.link.id
		f := wire.NewCommand(c.n, c.order)
		f.Ack = s.acks.next(s.now, s.place.told)
		s.send(f)
	}
}

// replied takes the answer to a command on a live link.
func (s *Session) replied(r *wire.Reply) bool {
	if !sound(r) {
		return false
	}
	s.tellAnswers(r.Position)
	s.answer(r)
	s.pump()
	return true
}

// answer settles a command. Answers to what is settled or unknown are dropped.
func (s *Session) answer(r *wire.Reply) {
	c := s.calls.settle(r.N)
	if c == nil {
		return
	}
	if r.OK != nil && r.Position >= s.place.seen {
		s.place.seen = r.Position
		s.view.answered(c.order, r, s.clock.at(s.now))
	}
	if !c.over {
		s.out.add(Replied{N: r.N, Position: r.Position, OK: r.OK, Refusal: r.Error})
	}
}

// sound says whether a reply is one: it has an outcome or a refusal.
func sound(r *wire.Reply) bool { return (r.OK == nil) != (r.Error == nil) }
