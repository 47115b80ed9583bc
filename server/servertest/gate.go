package servertest

import (
	"context"
	"sync/atomic"

	"beckon/server/journal"
)

// A Gate is a journal whose appends can be held up, as by a slow disk.
type Gate struct {
	journal.Journal
	Held    atomic.Bool   // appends that begin now wait
	Waiting atomic.Int32  // how many do
	Pass    chan struct{} // lets one of them go on
}

// NewGate returns an open gate.
func NewGate(j journal.Journal) *Gate { return &Gate{Journal: j, Pass: make(chan struct{})} }

// Open lets one append through that waits, and those to come.
func (g *Gate) Open() {
	g.Held.Store(false)
	g.Pass <- struct{}{}
}

// Append implements journal.Journal.
func (g *Gate) Append(ctx context.Context, data []byte, after uint64) (uint64, error) {
	if g.Held.Load() {
		g.Waiting.Add(1)
		defer g.Waiting.Add(-1)
		select {
		case <-g.Pass:
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
	return g.Journal.Append(ctx, data, after)
}
