//go:build !js

package page

import (
	"time"

	"beckon/core/session"
)

// clock is monotonic, as sessions want it. The page's own is in clock_js.go.
type clock struct{ began time.Time }

func newClock() clock { return clock{time.Now()} }

func (c clock) now() session.Millis { return session.Millis(time.Since(c.began).Milliseconds()) }

// alarm calls a function, on a goroutine of its own, when it is time.
type alarm struct{ timer *time.Timer }

func newAlarm(ring func()) *alarm {
	a := &alarm{time.AfterFunc(time.Hour, ring)}
	a.timer.Stop()
	return a
}

// set has it ring once, so much later and not before.
func (a *alarm) set(wait session.Millis) { a.timer.Reset(time.Duration(wait) * time.Millisecond) }

// stop has it not ring.
func (a *alarm) stop() { a.timer.Stop() }

// release has it never ring again.
func (a *alarm) release() { a.timer.Stop() }
