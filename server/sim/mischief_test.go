package sim

import (
	"time"

	"beckon/core/session"
)

// mischief does what networks, pages and relays do to each other.
func (w *world) mischief() {
	p := w.pages[w.random.IntN(len(w.pages))]
	l := p.present
	if w.purging && w.chance(4) {
		w.killRelay()
		return
	}
	switch w.random.IntN(18) {
	case 0, 1, 2:
		if l != nil {
			w.count("link cut")
			l.breaks()
		}
	case 3:
		if l != nil {
			w.count("link dead, nobody told")
			l.lostUp, l.lostDown = true, true
		}
	case 4:
		if l != nil {
			w.count("link dead in one direction")
			if w.chance(2) {
				l.lostUp = true
			} else {
				l.lostDown = true
			}
		}
	case 5:
		if l != nil {
			w.count("link slow")
			l.delay = w.upTo(6 * time.Second)
			w.after(w.upTo(20*time.Second), func() { l.delay = 10 * time.Millisecond })
		}
	case 6:
		w.count("page frozen")
		p.freeze(w.upTo(90 * time.Second))
	case 7:
		p.input(p.s.Check)
	case 8:
		w.count("page logged out")
		p.input(p.s.Disconnect)
		w.after(w.upTo(10*time.Second), func() { p.input(p.s.Connect) })
	case 9:
		if w.chance(2) {
			w.count("page reloaded")
			p.leave()
			w.load(p.actor.Account, p.actor.Device)
		}
	case 10:
		w.count("page offline for long")
		p.offline = w.now() + w.upTo(150*time.Second)
		if l != nil {
			l.breaks()
		}
	case 11:
		if p.s.Online() && l != nil && l.id > 1 { // an echo of the past
			id := l.id - 1
			p.input(func(now session.Millis) { p.s.Closed(now, id, 4001, ""); p.s.Opened(now, id) })
		}
	case 12, 13:
		w.killRelay()
	case 14:
		w.trouble.Store([]int64{0, 5, 20, 60}[w.random.IntN(4)])
	case 15:
		p.retries()
	case 16, 17:
		w.setClock()
	}
}

// killRelay ends the relay, and starts it again, at once or after a while.
func (w *world) killRelay() {
	if w.engine == nil {
		return
	}
	w.count("crash")
	w.crash(w.chance(3))
	down := w.upTo(3 * time.Second)
	switch w.random.IntN(12) {
	case 0:
		down = w.upTo(40 * time.Second) // invitations expire meanwhile
	case 1:
		down = 2*time.Minute + w.upTo(time.Minute) // more than can be resumed
		w.count("relay down for long")
	case 2:
		w.count("clock set back while the relay is down") // or it was ahead before
		newDisk(w).lastWord()
	}
	w.after(down, w.start)
}
