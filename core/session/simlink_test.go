package session

import (
	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

// simLink is a link with its two directions, each of which keeps the order.
type simLink struct {
	page   *simPage
	id     Link
	far    *relayLink
	toFar  Millis // when the last frame arrives there
	toPage Millis
	dead   bool // nothing arrives any more, and nobody is told
	gone   bool // the relay's end is closed
}

// carry brings something to the other end, behind what is under way.
func (l *simLink) carry(last *Millis, f wire.Frame, run func()) {
	w := l.page.world
	*last = max(*last, w.now+5+w.upTo(195))
	_, beat := f.(*wire.Heartbeat)
	if !beat {
		w.busy++
	}
	w.after(*last-w.now, func() {
		if !beat {
			w.busy--
		}
		if !l.dead {
			run()
		}
	})
}

func (l *simLink) opens() {
	w := l.page.world
	l.far = &relayLink{heard: w.now,
		send: func(f wire.Frame) {
			if text := wire.Append(nil, f); !l.gone {
				w.tracef("relay to %s over %d: %s", l.page.name(), l.id, text)
				l.carry(&l.toPage, f, func() { l.page.input(func() { l.page.Received(w.now, l.id, text) }) })
			}
		},
		close: func(c wire.CloseCode) {
			if !l.gone {
				l.gone = true
				l.carry(&l.toPage, nil, func() { l.page.input(func() { l.page.Closed(w.now, l.id, int(c), "") }) })
			}
		}}
	l.carry(&l.toPage, nil, func() { l.page.input(func() { l.page.Opened(w.now, l.id) }) })
}

func (l *simLink) send(text []byte) {
	f, err := wire.Decode(wire.ToRelay, text)
	require.NoError(l.page.world.t, err)
	l.carry(&l.toFar, f, func() {
		if !l.gone {
			l.page.world.relay.received(l.far, l.page.world.now, f)
		}
	})
}

func (l *simLink) hangUp() {
	l.carry(&l.toFar, nil, func() {
		if l.far != nil {
			l.gone = true
			l.page.world.relay.remove(l.far)
		}
	})
}

// breaks cuts the link in the middle: the relay knows at once, the page later.
func (l *simLink) breaks(later Millis) {
	if l == nil || l.gone || l.dead {
		return
	}
	w := l.page.world
	l.dead, l.gone = true, true
	if l.far != nil {
		w.relay.remove(l.far)
	}
	w.after(later, func() { l.page.input(func() { l.page.Closed(w.now, l.id, 1006, "") }) })
}

// dies swallows everything from now on, in both directions.
func (l *simLink) dies() {
	if l != nil {
		l.dead = true
	}
}
