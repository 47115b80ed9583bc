package session

import "beckon/core/wire"

// Received says that a text message came over a link.
func (s *Session) Received(now Millis, link Link, text []byte) {
	s.advance(now)
	if link != s.link.id || s.link.phase < greeting {
		return
	}
	s.heart.hear(s.now)
	f, err := wire.Decode(wire.ToPage, text)
	if err == wire.ErrType { // from a newer relay, or none of our business
		return
	}
	if err != nil || !s.take(f) {
		s.misled()
	}
}

// take acts on a frame. It is false for one that makes no sense here.
func (s *Session) take(f wire.Frame) bool {
	if s.link.phase == greeting {
		switch f := f.(type) {
		case *wire.Welcome:
			return s.welcomed(f)
		case *wire.Refused:
			s.refused(f)
			return true
		case *wire.Heartbeat:
			return true
		}
		return false
	}
	switch f := f.(type) {
	case *wire.Reply:
		return s.replied(f)
	case *wire.Notice:
		return s.noticed(f)
	case *wire.Heartbeat:
		s.clock.read(s.now, f.Now)
		s.upTo(f.Position)
		return true
	}
	return false
}

// upTo notes that nothing is missing up to a position. So a page that has heard
// nothing for hours resumes from where the relay is, not from its last notice.
func (s *Session) upTo(position uint64) {
	if s.place.replay == 0 {
		s.place.told = max(s.place.told, position)
		s.place.seen = max(s.place.seen, position)
	}
}

// misled ends a link over which nonsense came. The next one starts fresh, so
// that the relay does not replay what could not be read.
func (s *Session) misled() {
	s.place.journal = ""
	s.hangUp(wire.CloseBadFrame)
	s.comeBack(wire.CloseBadFrame, "the relay sent what is no frame", 0)
}

// longest is how long a relay can keep a page from asking again.
const longest Millis = 10 * 60_000

func (s *Session) refused(f *wire.Refused) {
	r := &f.Refusal
	s.hangUp(wire.CloseNormal)
	if r.Code != refusedBusy {
		s.end(Disconnected{Why: Refused, Code: wire.CloseRefused, Refusal: r, Connection: f.Connection})
		return
	}
	wait := min(max(r.After, 0), int64(longest))
	s.comeBack(wire.CloseBusy, r.Detail, Millis(wait))
}

// refusedBusy is core.Busy, without linking the machine into the module.
const refusedBusy = "busy"
