package page

import (
	"syscall/js"

	"beckon/core/session"
)

// The page's clock and timers, by its own functions: package time would bring
// package syscall along, and the two are 50 KB of what a page downloads. A stopped
// timer is gone, too, while Go leaves the page's timeout behind its own as it is,
// and a Node process waits for that before it ends.

type clock struct{ performance js.Value }

func newClock() clock { return clock{js.Global().Get("performance")} }

func (c clock) now() session.Millis { return session.Millis(c.performance.Call("now").Float()) }

type alarm struct {
	ring js.Func
	id   js.Value // the timeout, or undefined
	dead bool
}

func newAlarm(ring func()) *alarm {
	return &alarm{ring: js.FuncOf(func(js.Value, []js.Value) any {
		go ring() // it may block
		return nil
	})}
}

const longest = 1 << 30 // milliseconds; a page takes some more for none

// set calls the page's function as one of its own: as a method of the module's
// private scope a browser would refuse it.
func (a *alarm) set(wait session.Millis) {
	a.stop()
	if !a.dead {
		a.id = js.Global().Get("setTimeout").Invoke(a.ring, int(min(wait, longest)))
	}
}

func (a *alarm) stop() {
	if !a.id.IsUndefined() {
		js.Global().Get("clearTimeout").Invoke(a.id)
		a.id = js.Undefined()
	}
}

func (a *alarm) release() {
	if a.stop(); !a.dead {
		a.dead = true
		a.ring.Release()
	}
}
