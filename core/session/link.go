package session

import "beckon/core/wire"

// linkState is where the session is with its link.
type linkState struct {
	phase  phase
	id     Link   // the present one, or the last
	until  Millis // when a waiting, dialing or greeting phase ends by itself
	barred Millis // the relay does not want to be asked before
	since  Millis // when the link came online
	resume bool   // the hello offered to resume
}

type phase int

const (
	// off waits for Connect.
	off phase = iota
	// waiting has lost a link; it dials at until, or on Check.
	waiting
	// dialing waits for Opened; at until it gives the link up.
	dialing
	// greeting has sent a hello; at until it gives the link up.
	greeting
	// online takes commands; the heart says when the link is lost.
	online
)

// lasting is how long a link must have been online for the next retry to count
// as the first.
const lasting Millis = 10_000

func (s *Session) dial() {
	s.link.phase = dialing
	s.link.id++
	s.link.until = s.now + s.cfg.Dial
	s.out.add(Dial{s.link.id})
}

// Opened says that a link is open.
func (s *Session) Opened(now Millis, link Link) {
	s.advance(now)
	if link != s.link.id || s.link.phase != dialing {
		return
	}
	s.link.phase = greeting
	s.link.until = s.now + s.cfg.Dial
	hello := wire.Append(nil, s.hello())
	if len(hello) > wire.MaxFrame {
		s.hangUp(wire.CloseNormal)
		s.end(Disconnected{Why: Broken, Reason: "the login is too large for a frame"})
		return
	}
	s.out.add(Send{s.link.id, hello})
}

// Closed says that a link is no more, or did not come about. The code is that of
// the close frame, or 1006 if there was none.
func (s *Session) Closed(now Millis, link Link, code int, reason string) {
	s.advance(now)
	if link != s.link.id || s.link.phase < dialing {
		return
	}
	c := wire.CloseCode(code)
	if int(c) != code {
		c = closeAbnormal
	}
	if c.Return() == wire.ReturnNever {
		s.end(Disconnected{Why: finally(c), Code: c, Reason: reason})
		return
	}
	s.comeBack(c, reason, 0)
}

const closeAbnormal wire.CloseCode = 1006 // RFC 6455, section 7.1.5

// finally names the reason of a close code that means never.
func finally(c wire.CloseCode) Why {
	switch c {
	case wire.CloseReplaced:
		return Replaced
	case wire.CloseKicked:
		return Kicked
	case wire.CloseBanned:
		return Banned
	case wire.CloseRefused:
		return Refused
	}
	return Broken
}

// giveUp ends a link that is no good, and tries another one later.
func (s *Session) giveUp(code wire.CloseCode) {
	s.hangUp(code)
	s.comeBack(code, "", 0)
}

// hangUp closes the link, if there is one.
func (s *Session) hangUp(code wire.CloseCode) {
	if s.link.phase >= dialing {
		s.out.add(Hangup{s.link.id, code})
	}
}

// comeBack arranges the next try, behind the given wait.
func (s *Session) comeBack(code wire.CloseCode, reason string, wait Millis) {
	if s.link.phase == online && s.now-s.link.since >= lasting {
		s.back.reset()
	}
	if s.cfg.MaxRetries > 0 && s.back.attempts >= s.cfg.MaxRetries {
		s.end(Disconnected{Why: GaveUp, Code: code, Reason: reason})
		return
	}
	s.link.barred = s.now + wait
	atOnce := s.back.attempts == 0 && wait == 0 && code.Return() == wire.ReturnNow
	delay := s.back.next() + wait
	if atOnce {
		delay = 0
	}
	s.out.add(Reconnecting{Attempt: s.back.attempts, Delay: delay, Code: code, Reason: reason})
	if atOnce {
		s.dial()
		return
	}
	s.link.phase = waiting
	s.link.until = s.now + delay
}

// end turns the session off. The link is closed by now.
func (s *Session) end(d Disconnected) {
	s.link.phase = off
	for _, n := range s.calls.expire(never) {
		s.out.add(Replied{N: n, Failure: &Failure{Kind: FailDisconnected}})
	}
	s.out.add(d)
}
