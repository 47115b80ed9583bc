package engine

import (
	"context"
	"fmt"
	"slices"
	"time"

	"beckon/core/record"
	"beckon/core/wire"
)

// A batch is what the loop decides between two appends, at one time: the tasks
// done, the record of their events, and what is sent when that is stored. While
// it is being stored, the commands of the next one gather. Nothing leaves the
// relay that a crash could take back. That goes for refusals and reads too, which
// may rest on an event of the same record.
type batch struct {
	record record.Builder
	out    []output
	done   []task
	undo   []func() // takes back what the links went through
}

// An output is what waits for the record to be stored: one of the three.
type output struct {
	link   Link
	frame  []byte         // to be sent on link
	answer bool           // the frame answers a command
	close  wire.CloseCode // to close link with
	then   func()         // to be called
}

// begin empties the batch. Its time is e.now.
func (e *Engine) begin() {
	clear(e.out)
	clear(e.done)
	clear(e.undo)
	e.out, e.done, e.undo = e.out[:0], e.done[:0], e.undo[:0]
	e.sheet.begin()
	e.record.Start(e.now)
}

// push has the journal store the batch, sends what rests on it, and begins the
// next one.
func (e *Engine) push(ctx context.Context) error {
	size := 0
	if e.record.Len() > 0 {
		size = e.record.Size()
		if err := e.store(ctx, e.record.Bytes(), e.last); err != nil {
			return err
		}
		e.last++
		e.trouble = time.Time{}
	}
	e.snapshot(ctx, size)
	e.release()
	e.begin()
	return nil
}

// again follows on a record that somebody else wrote in the place of ours: what
// was not stored is undone, the state rebuilt from the journal, and the tasks
// returned, to be carried out again.
func (e *Engine) again(ctx context.Context, rest []task, why error) ([]task, error) {
	if e.trouble.IsZero() {
		e.trouble = time.Now()
	}
	if time.Since(e.trouble) > e.config.Patience {
		return nil, fmt.Errorf("engine: gave up, others keep writing to the journal: %w", why)
	}
	group := slices.Concat(e.done, rest)
	e.log.Error("engine: rebuilding", "error", why, "waiting", len(group))
	for _, undo := range slices.Backward(e.undo) {
		undo()
	}
	return group, e.insist(ctx, func() error { return e.rebuild(ctx, e.now) })
}

// release queues everything first, so that frames for one device that are ready
// together go out in one write.
func (e *Engine) release() {
	e.count()
	for _, o := range e.out {
		switch {
		case o.answer:
			o.link.Answer(o.frame)
		case o.frame != nil:
			o.link.Queue(o.frame)
		}
	}
	e.released.Store(uint64(e.end()))
	// Backward, since the scheduler begins with what was woken last: notices come
	// before the reply, and a ring is what somebody waits for most.
	for _, o := range slices.Backward(e.out) {
		if o.frame != nil {
			o.link.Flush()
		}
	}
	for _, o := range e.out {
		switch {
		case o.frame != nil: // flushed
		case o.then != nil:
			o.then()
		default:
			o.link.Close(o.close)
		}
	}
}
