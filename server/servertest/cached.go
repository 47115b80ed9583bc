package servertest

import (
	"bytes"
	"context"
	"iter"

	"beckon/server/journal"
)

// A Cached is a journal with a bug: it acknowledges a record that it has only in
// memory, until the next one comes, like a disk whose cache does not survive.
// Checks that find nothing wrong with it are none.
type Cached struct {
	journal.Journal
	data  []byte // the record in memory
	after uint64
	holds bool
}

// Append implements journal.Journal, badly.
func (c *Cached) Append(ctx context.Context, data []byte, after uint64) (uint64, error) {
	if c.holds && after == c.after+1 {
		if _, err := c.Journal.Append(ctx, c.data, c.after); err != nil {
			return 0, err
		}
	} else if last, err := c.Last(ctx); err != nil || after != last {
		return 0, journal.ErrConflict
	}
	c.data, c.after, c.holds = bytes.Clone(data), after, true
	return after + 1, nil
}

// Read implements journal.Journal.
func (c *Cached) Read(ctx context.Context, from uint64) iter.Seq2[journal.Record, error] {
	return func(yield func(journal.Record, error) bool) {
		for r, err := range c.Journal.Read(ctx, from) {
			if !yield(r, err) {
				return
			}
		}
		if c.holds && from <= c.after+1 {
			yield(journal.Record{Seq: c.after + 1, Data: c.data}, nil)
		}
	}
}
