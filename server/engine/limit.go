package engine

import (
	"context"
	"time"
)

// A limit gives appends their time: each has appendTime, or up to a tenth less. So
// one context serves many of them, of which each would otherwise cost a timer and
// a place among the children of another.
type limit struct {
	of      context.Context
	until   time.Time
	limited context.Context
	cancel  context.CancelFunc
}

// context returns one that ends with ctx, and when an append that begins now has
// had its time.
func (l *limit) context(ctx context.Context, now time.Time) context.Context {
	if l.of == ctx && l.until.Sub(now) >= appendTime*9/10 && l.limited.Err() == nil {
		return l.limited
	}
	l.end()
	l.of, l.until = ctx, now.Add(appendTime)
	l.limited, l.cancel = context.WithDeadline(ctx, l.until)
	return l.limited
}

// end lets go of the context.
func (l *limit) end() {
	if l.cancel != nil {
		l.cancel()
	}
	*l = limit{}
}
