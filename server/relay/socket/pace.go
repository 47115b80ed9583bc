package socket

import (
	"sync"
	"time"
)

// pace holds back who sends more than any peer needs of what costs an answer and
// is not counted elsewhere (the generic cell rate algorithm).
type pace struct {
	mu     sync.Mutex // the library reads while it closes
	rested time.Time  // when nothing that was sent counts any more
}

// Beats are how many pings, pongs and what [Conn.Pace] counts a peer may send a
// second for long, and at once.
const Beats = 50

// wait counts one more, and sleeps if it came too soon.
func (p *pace) wait() {
	time.Sleep(p.take(time.Now()))
}

// take returns how long it takes until one more is not too many.
func (p *pace) take(now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.rested.Before(now) {
		p.rested = now
	}
	p.rested = p.rested.Add(time.Second / Beats)
	return p.rested.Sub(now) - time.Second
}
