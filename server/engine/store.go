package engine

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"
)

const (
	// appendTime is how long an append may take before it counts as lost.
	appendTime = 10 * time.Second
	// retryTime is how long to wait before the journal is tried again.
	retryTime = 250 * time.Millisecond
)

// errTaken says that another writer's record stands where ours should.
var errTaken = errors.New("engine: somebody else has written to the journal")

// store appends a record behind the one numbered after. An append that failed may
// have happened all the same, or may still; so it is always the same bytes that
// are tried again. The answers and notices that wait for them are right whichever
// try it is that succeeds, which a new handling of the commands could not say: a
// notice that was stored, but not sent, would go to nobody.
func (e *Engine) store(ctx context.Context, data []byte, after uint64) error {
	return e.insist(ctx, func() error { return e.append(ctx, data, after) })
}

// append tries once, and looks at what is there if that failed.
func (e *Engine) append(ctx context.Context, data []byte, after uint64) error {
	began := time.Now()
	_, failed := e.config.Journal.Append(e.limit.context(ctx, began), data, after)
	e.meter.append.add(time.Since(began).Microseconds())
	if failed == nil {
		return nil
	}
	for r, err := range e.config.Journal.Read(ctx, after+1) {
		switch {
		case err != nil:
			return fmt.Errorf("append after record %d: %w; then read: %w", after, failed, err)
		case bytes.Equal(r.Data, data):
			return nil
		}
		return fmt.Errorf("%w: record %d", errTaken, r.Seq)
	}
	return fmt.Errorf("append after record %d: %w", after, failed)
}

// insist tries until it works, as long as there is patience.
func (e *Engine) insist(ctx context.Context, try func() error) error {
	began := time.Now()
	for {
		err := try()
		if err == nil || errors.Is(err, errTaken) || ctx.Err() != nil {
			return err
		}
		if time.Since(began) > e.config.Patience {
			return fmt.Errorf("engine: gave up on the journal: %w", err)
		}
		e.meter.failures.Add(1)
		e.log.Error("engine: the journal failed", "error", err)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(retryTime):
		}
	}
}
