package session

import "beckon/core/wire"

// A Session keeps one life of a device connected to a relay.
type Session struct {
	cfg  Config
	out  outputs
	now  Millis // of the latest input
	link linkState

	back  backoff
	heart heart
	clock clock
	calls calls
	acks  acks
	place place
	view  View
}

// New returns a session that is off.
func New(cfg Config) *Session {
	cfg = cfg.withDefaults()
	return &Session{
		cfg:  cfg,
		back: backoff{min: cfg.MinDelay, max: cfg.MaxDelay, random: cfg.Random},
		view: View{account: cfg.Account, device: cfg.Device, self: wire.User{Account: cfg.Account}},
	}
}

// Next returns the next output, or nil when there is none. Drain it after every
// input.
func (s *Session) Next() Output { return s.out.take() }

// Connect makes the session connect, and stay connected until it is off again.
// Before that it does nothing.
func (s *Session) Connect(now Millis) {
	s.advance(now)
	if s.link.phase == off {
		s.back.reset()
		s.dial()
	}
}

// Disconnect turns the session off. Commands without an answer fail at once.
func (s *Session) Disconnect(now Millis) {
	s.advance(now)
	if s.link.phase == off {
		return
	}
	s.hangUp(wire.CloseNormal)
	s.end(Disconnected{Why: Asked})
}

// SetToken changes the token for the logins to come.
func (s *Session) SetToken(token string) { s.cfg.Token = token }

// Check is for when the page became visible, or the machine went online: a link
// that died unnoticed is found within [Config.Answer], and a retry that waits
// for its time is made at once, unless the relay asked for the wait.
func (s *Session) Check(now Millis) {
	s.advance(now)
	switch s.link.phase {
	case waiting:
		if s.now >= s.link.barred {
			s.dial()
		}
	case online:
		if s.heart.check(s.now) {
			s.beat()
		}
	}
}

// Tick lets time pass.
func (s *Session) Tick(now Millis) {
	s.advance(now)
	switch s.link.phase {
	case waiting:
		if s.now >= s.link.until {
			s.dial()
		}
	case dialing, greeting:
		if s.now >= s.link.until {
			s.giveUp(wire.CloseSilent)
		}
	case online:
		s.listen()
	}
}

// Wake says when to call Tick next; false: there is nothing to wait for.
func (s *Session) Wake() (at Millis, ok bool) {
	at = s.calls.due()
	switch s.link.phase {
	case waiting, dialing, greeting:
		at = min(at, s.link.until)
	case online:
		at = min(at, s.heart.next())
	}
	return at, at != never
}

// never is later than any moment.
const never Millis = 1<<63 - 1

// Online says whether commands are taken.
func (s *Session) Online() bool { return s.link.phase == online }

// RelayNow is the relay's machine time in Unix milliseconds, for countdowns;
// before the first welcome it is 0.
func (s *Session) RelayNow(now Millis) int64 { return s.clock.at(now) }

// View shows the account's channels and invitations. Read it before the next
// input. After all outputs are drained it agrees with what they told.
func (s *Session) View() *View { return &s.view }

// advance notes the time and fails the commands whose time is up. It comes first
// in every input, so that a late Tick makes no difference to them.
func (s *Session) advance(now Millis) {
	s.now = max(s.now, now)
	kind := FailDisconnected
	if s.link.phase == online {
		kind = FailTimeout
	}
	for _, n := range s.calls.expire(s.now) {
		s.out.add(Replied{N: n, Failure: &Failure{Kind: kind}})
	}
}
