package engine

import (
	"time"

	"beckon/core"
)

// clock is the machine's time: it starts at the wall's time, but never before
// what the journal has seen, advances with the monotonic clock, and follows the
// wall by at most one part in a hundred. So a wall clock that is set ahead or
// back neither fires deadlines nor freezes them.
type clock struct {
	time time.Duration // since 1970, machine time
	read time.Time     // when time was right

	set func() time.Duration // see Config.WallSet
}

func startClock(wall time.Time, seen core.Time, set func() time.Duration) *clock {
	t := time.Duration(wall.UnixNano()) + set()
	return &clock{time: max(t, time.Duration(seen)*time.Millisecond), read: wall, set: set}
}

// now reads the clock, given what the process's clock says.
func (c *clock) now(wall time.Time) core.Time {
	passed := wall.Sub(c.read) // monotonic
	if passed <= 0 {
		return c.millis()
	}
	c.read = wall
	c.time += passed
	behind := time.Duration(wall.UnixNano()) + c.set() - c.time
	c.time += max(-passed/100, min(behind, passed/100))
	return c.millis()
}

func (c *clock) millis() core.Time { return core.Time(c.time / time.Millisecond) }

// reach makes the clock show at least t, the time of a record that somebody else
// has just written: machine time does not run back.
func (c *clock) reach(wall time.Time, t core.Time) {
	c.now(wall)
	c.time = max(c.time, time.Duration(t)*time.Millisecond)
}
