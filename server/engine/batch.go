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
// one is in flight the next is decided, and follows at once. Nothing leaves the
// relay that a crash could take back. That goes for refusals and reads too, which
// may rest on an event of the same record or the one before.
type batch struct {
	begun  bool
	began  time.Time
	record record.Builder
	out    []output
	done   []task
	undo   []func() // takes back what the links went through
	still  bool     // nothing is decided before it is stored
}

// An output is what waits for the record to be stored: one of the three.
type output struct {
	link  Link
	frame []byte         // to be sent on link
	close wire.CloseCode // to close link with
	then  func()         // to be called
}

// begin starts a batch whose time is e.now.
func (e *Engine) begin(wall time.Time) {
	e.record.Start(e.now)
	e.begun, e.began = true, wall
}

// clear empties the batch.
func (b *batch) clear() {
	clear(b.out)
	clear(b.done)
	clear(b.undo)
	*b = batch{record: b.record, out: b.out[:0], done: b.done[:0], undo: b.undo[:0]}
	b.record.Start(0)
}

// alongside is how many tasks a batch takes to be stored by a goroutine of its
// own, while the loop decides the next one. With fewer, the others are likely to
// wait for just these, and both are quicker without.
const alongside = 4

// push has the journal store the batch, and makes room for the next one. The one
// before must be stored.
func (e *Engine) push(ctx context.Context) error {
	if e.record.Len() == 0 {
		e.snapshot(ctx, 0)
		e.release(e.batch)
		e.clear()
		return nil
	}
	b := e.batch
	e.sealed, e.batch = b, e.spare
	e.last++
	data, after := b.record.Bytes(), e.last-1
	if b.still || len(b.done) < alongside {
		return e.settle(ctx, e.store(ctx, data, after))
	}
	stored := make(chan error, 1)
	e.stored = stored
	go func() { stored <- e.store(ctx, data, after) }()
	return nil
}

// settle sends what rests on the record that was on its way, if that is stored.
func (e *Engine) settle(ctx context.Context, failed error) error {
	e.stored = nil
	if failed != nil {
		return failed
	}
	b := e.sealed
	e.trouble = time.Time{}
	e.snapshot(ctx, b.record.Size())
	e.release(b)
	b.clear()
	e.sealed, e.spare = nil, b
	return nil
}

// turn ends a batch within a group. What follows goes into the next one, and has
// the same time.
func (e *Engine) turn(ctx context.Context) error {
	if e.stored != nil {
		if err := e.settle(ctx, <-e.stored); err != nil {
			return err
		}
	}
	began := e.began
	if err := e.push(ctx); err != nil {
		return err
	}
	e.begin(began)
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
	group := slices.Concat(e.sealed.done, e.done, rest)
	e.log.Error("engine: rebuilding", "error", why, "waiting", len(group))
	for _, b := range []*batch{e.batch, e.sealed} {
		for _, undo := range slices.Backward(b.undo) {
			undo()
		}
	}
	e.sealed.clear()
	e.sealed, e.spare = nil, e.sealed
	e.last--
	return group, e.insist(ctx, func() error { return e.rebuild(ctx, e.now) })
}

// abandon waits for the append in flight, when its context has ended.
func (e *Engine) abandon() {
	if e.stored != nil {
		<-e.stored
	}
}

// release queues everything first, so that frames for one device that are ready
// together go out in one write.
func (e *Engine) release(b *batch) {
	e.count(b)
	for _, o := range b.out {
		if o.frame != nil {
			o.link.Queue(o.frame)
		}
	}
	e.released.Store(uint64(e.end()))
	// Backward, since the scheduler begins with what was woken last: notices come
	// before the reply, and a ring is what somebody waits for most.
	for _, o := range slices.Backward(b.out) {
		if o.frame != nil {
			o.link.Flush()
		}
	}
	for _, o := range b.out {
		switch {
		case o.frame != nil: // flushed
		case o.then != nil:
			o.then()
		default:
			o.link.Close(o.close)
		}
	}
}
