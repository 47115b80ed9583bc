package sim

import (
	"slices"
	"sync"
	"testing/synctest"
	"time"

	"beckon/core/session"
	"beckon/core/wire"
	"beckon/server/engine"
	"beckon/server/servertest"
)

// link is a socket between a page and the relay, with both of its ends. Frames
// keep their order; each direction may lose them from some moment on.
type link struct {
	w    *world
	page *page
	id   session.Link
	name string
	face engine.Link // what the engine takes it for

	delay    time.Duration // on the way, at most
	up, down time.Time     // when the latest frame of a direction arrives
	lostUp   bool          // the relay hears nothing more
	lostDown bool          // the page hears nothing more
	pageOver bool          // the page has been told, or has hung up

	// The relay's end:
	relayOver bool // it reads no more
	device    engine.Device
	said      bool // a hello came
	heard     time.Time
	welcome   *wire.Welcome // as the page read it

	mu     sync.Mutex
	queued [][]byte
	closed bool
}

// dial makes a link, which opens if all goes well.
func (w *world) dial(p *page, id session.Link) {
	l := &link{w: w, page: p, id: id, delay: p.delay}
	l.face = l
	if w.plant.link != nil {
		l.face = w.plant.link(l)
	}
	p.links[id] = l
	w.after(w.upTo(4*l.delay), func() {
		switch {
		case l.pageOver:
		case w.engine == nil || w.now() < p.offline:
			l.pageOver = true
			p.input(func(now session.Millis) { p.s.Closed(now, id, 1006, "") })
		default:
			w.names++
			l.heard = time.Now()
			w.links = append(w.links, l)
			p.input(func(now session.Millis) { p.s.Opened(now, id) })
		}
	})
}

// send carries a page's frame to the relay.
func (l *link) send(text []byte) {
	l.arrive(&l.up, func() {
		if !l.lostUp && !l.relayOver {
			l.relayReads(text)
		}
	})
}

// arrive lets something happen behind what is on its way in that direction.
func (l *link) arrive(latest *time.Time, run func()) {
	at := l.w.moment(l.w.linkDelay(l))
	for !at.After(*latest) {
		at = at.Add(time.Millisecond)
	}
	*latest = at
	l.w.at(at, run)
}

// linkDelay may be asked for by the engine's goroutine, so it goes by the number
// of what is on its way.
func (w *world) linkDelay(l *link) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	return l.delay * time.Duration(w.ticks*31%97) / 97
}

func (l *link) relayReads(text []byte) {
	w := l.w
	l.heard = time.Now()
	frame, err := wire.Decode(wire.ToRelay, text)
	w.trace.note(w, "relay reads %s %s", l.page.name(), text)
	if err != nil {
		w.finding(servertest.Diverged, "a page sent what is no frame: %v: %s", err, text)
		return
	}
	switch f := frame.(type) {
	case *wire.Hello:
		l.device, l.said = engine.Device{Account: f.Account, Device: f.Device, Life: f.Life}, true
		err = w.engine.Connect(f, l.face, l.name)
	case *wire.Command:
		err = w.engine.Submit(l.device, l.face, f, len(text))
	case *wire.Heartbeat:
		beat := &wire.Heartbeat{Now: int64(w.engine.Now()), Position: uint64(w.engine.Released())}
		l.face.Queue(wire.Append(nil, beat))
		l.face.Flush()
	}
	if err != nil {
		w.finding(servertest.Diverged, "the engine takes no more: %v", err)
	}
	synctest.Wait()
}

// Queue implements engine.Link.
func (l *link) Queue(frame []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.closed {
		l.queued = append(l.queued, slices.Clone(frame))
	}
}

// Answer implements engine.Link.
func (l *link) Answer(frame []byte) { l.Queue(frame) }

// Flush implements engine.Link.
func (l *link) Flush() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, text := range l.queued {
		l.arrive(&l.down, func() {
			if !l.lostDown && !l.pageOver {
				l.pageReads(text)
			}
		})
	}
	l.queued = nil
}

// Close implements engine.Link.
func (l *link) Close(code wire.CloseCode) {
	l.Flush()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return
	}
	l.closed = true
	l.arrive(&l.down, func() {
		if !l.lostDown {
			l.tellPage(int(code))
		}
	})
	l.w.at(l.w.moment(l.delay+100*time.Millisecond), l.relayEnds)
}

func (l *link) pageReads(text []byte) {
	p := l.page
	l.w.trace.note(l.w, "page reads %s %s", p.name(), text)
	switch f, _ := wire.Decode(wire.ToPage, text); f := f.(type) {
	case *wire.Welcome:
		l.welcome = f
		for _, a := range f.Answers {
			p.positions[a.N] = a.Position
		}
	case *wire.Reply:
		p.positions[f.N] = f.Position
	}
	p.present = l
	p.input(func(now session.Millis) { p.s.Received(now, l.id, text) })
}

func (l *link) tellPage(code int) {
	if !l.pageOver {
		l.pageOver = true
		l.page.input(func(now session.Millis) { l.page.s.Closed(now, l.id, code, "") })
	}
}

// relayEnds is the relay's reader finding that the link is no more.
func (l *link) relayEnds() {
	if l.relayOver {
		return
	}
	l.relayOver = true
	l.w.links = slices.DeleteFunc(l.w.links, func(x *link) bool { return x == l })
	if l.said && l.w.engine != nil {
		l.w.engine.Disconnect(l.w.context(), l.device, l.face)
		synctest.Wait()
	}
}

// hangUp is the page closing the link.
func (l *link) hangUp() {
	l.pageOver = true
	l.arrive(&l.up, func() {
		if !l.lostUp {
			l.relayEnds()
		}
	})
}

// breaks loses what is on its way, and both ends hear of it sooner or later.
func (l *link) breaks() {
	l.lostUp, l.lostDown = true, true
	l.breaksForPage(l.w.upTo(3 * time.Second))
	l.w.after(l.w.upTo(3*time.Second), l.relayEnds)
}

func (l *link) breaksForPage(after time.Duration) {
	l.w.after(after, func() {
		l.lostDown = true
		l.tellPage(1006)
	})
}

// watch is the relay cutting off links that have fallen silent.
func (w *world) watch() {
	w.checkPace()
	for _, l := range slices.Clone(w.links) {
		if time.Since(l.heard) >= 30*time.Second {
			w.count("link fell silent")
			l.Close(wire.CloseSilent)
		}
	}
}
