package guard

import (
	"maps"
	"time"
)

// counts knows, for each of K, how many sockets it has and how much it has done
// lately. The zero value is ready.
type counts[K comparable] struct {
	of    map[K]*count
	sweep int // how many there are when idle ones are looked for next
}

type count struct {
	sockets int
	// rested is when nothing that was done counts any more. Everything that is
	// done moves it by its share of a second (the generic cell rate algorithm).
	rested time.Time
}

func (cs *counts[K]) sockets(key K) int {
	if c := cs.of[key]; c != nil {
		return c.sockets
	}
	return 0
}

// enter adds a socket. Until it leaves, the count stays where it is.
func (cs *counts[K]) enter(key K, now time.Time) *count {
	c := cs.get(key, now)
	c.sockets++
	return c
}

func (cs *counts[K]) leave(key K, now time.Time) {
	c := cs.of[key]
	c.sockets--
	if c.idle(now) {
		delete(cs.of, key)
	}
}

// take counts one more deed, unless there were too many: then it says how long to
// wait.
func (cs *counts[K]) take(key K, r Rate, now time.Time) time.Duration {
	c := cs.get(key, now)
	if wait := c.wait(r, now); wait > 0 {
		return wait
	}
	c.take(r, now)
	return 0
}

// get finds or makes a count. Who comes back at once must not find a clean sheet,
// so sheets are kept until they are clean; there are never more than twice as many
// as are in use.
func (cs *counts[K]) get(key K, now time.Time) *count {
	if c := cs.of[key]; c != nil {
		return c
	}
	if len(cs.of) >= cs.sweep {
		maps.DeleteFunc(cs.of, func(_ K, c *count) bool { return c.idle(now) })
		cs.sweep = max(1024, 2*len(cs.of))
	}
	if cs.of == nil {
		cs.of = map[K]*count{}
	}
	c := &count{}
	cs.of[key] = c
	return c
}

// wait is how long it takes until one more deed is not too many; 0: it is none.
func (c *count) wait(r Rate, now time.Time) time.Duration {
	if !r.bound() {
		return 0
	}
	share := r.share()
	return max(0, c.from(now).Add(share).Sub(now)-share*time.Duration(r.Burst))
}

// take counts a deed.
func (c *count) take(r Rate, now time.Time) {
	if r.bound() {
		c.rested = c.from(now).Add(r.share())
	}
}

// from is when the next deed begins to count.
func (c *count) from(now time.Time) time.Time {
	if c.rested.Before(now) {
		return now
	}
	return c.rested
}

func (c *count) idle(now time.Time) bool { return c.sockets == 0 && !c.rested.After(now) }
