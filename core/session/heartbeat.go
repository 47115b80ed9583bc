package session

import "beckon/core/wire"

// heart knows whether a link lives. Any frame is a sign of life; when none comes
// for a while the session asks for one, and what stays unanswered is lost. So a
// link is never taken for lost only because the page slept.
type heart struct {
	quiet   Millis // Config.Heartbeat
	silence Millis // Config.Silence
	answer  Millis // Config.Answer
	every   Millis // send something at least so often, for the relay's sake

	heard Millis // when the last frame came
	sent  Millis // when the last frame was sent

	asked bool   // and nothing came since
	until Millis // when asked: lost then
}

// newHeart is for a link that comes online. The relay takes it for lost after
// relaySilence milliseconds without hearing from us; 0: it does not say.
func newHeart(cfg *Config, now Millis, relaySilence int64) heart {
	every := cfg.Heartbeat
	if relaySilence > 0 {
		every = min(every, max(Millis(relaySilence/3), 1_000))
	}
	return heart{quiet: cfg.Heartbeat, silence: cfg.Silence, answer: cfg.Answer, every: every, heard: now, sent: now}
}

func (h *heart) hear(now Millis) { h.heard, h.asked = now, false }

// ask notes that a heartbeat goes out, which the relay has to answer.
func (h *heart) ask(now Millis) {
	if !h.asked {
		h.asked = true
		h.until = max(h.heard+h.silence, now+h.answer)
	}
}

// check makes the question urgent, and says whether to ask it anew.
func (h *heart) check(now Millis) bool {
	until := now + h.answer
	if h.asked && now < h.until && h.until <= until {
		return false
	}
	h.asked, h.until = true, until
	return true
}

func (h *heart) lost(now Millis) bool { return h.asked && now >= h.until }

// due says when the next heartbeat is.
func (h *heart) due() Millis {
	if h.asked {
		return h.sent + h.every
	}
	return min(h.sent+h.every, h.heard+h.quiet)
}

// next says when to look again.
func (h *heart) next() Millis {
	if h.asked {
		return min(h.until, h.due())
	}
	return h.due()
}

// listen finds out about a silent link.
func (s *Session) listen() {
	switch {
	case s.heart.lost(s.now):
		s.giveUp(wire.CloseSilent)
	case s.now >= s.heart.due():
		s.beat()
	}
}

func (s *Session) beat() {
	s.heart.ask(s.now)
	s.send(&wire.Heartbeat{Ack: s.acks.next(s.now, s.place.told)})
}

func (s *Session) send(f wire.Frame) {
	s.heart.sent = s.now
	s.out.add(Send{s.link.id, wire.Append(nil, f)})
}

// acks says when to tell the relay how far the application has been told.
type acks struct {
	sent uint64
	at   Millis
}

// next returns the position to put into a frame that is sent now, or 0: at most
// one a second, and none twice.
func (a *acks) next(now Millis, told uint64) uint64 {
	if told == a.sent || now-a.at < 1_000 {
		return 0
	}
	a.sent, a.at = told, now
	return told
}
