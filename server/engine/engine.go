// Package engine owns an app's state. One goroutine, [Engine.Run], takes the
// commands that wait (a group, which shares one time), lets the machine decide
// them, appends their events to the journal as one record, and only then sends
// answers and notices. So what anybody has heard survives a crash, one sync to
// disk serves everybody who came meanwhile, and there are no locks.
package engine

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"sync/atomic"
	"time"

	"beckon/core"
	"beckon/core/wire"
	"beckon/server/journal"
)

// Config says how an engine runs. The zero values work, but for Journal.
type Config struct {
	Journal journal.Journal
	App     core.Config
	Log     *slog.Logger // default: slog.Default()

	Silence   time.Duration // told to pages in the welcome: without a frame for so long, a link is lost (default 30 s)
	MaxQueued int64         // bytes of commands that may wait, beyond which the answer is "busy" (default 16 MiB)
	Patience  time.Duration // how long to go on trying when the journal fails (default 30 s)

	SnapshotEvery int64         // bytes of records between two snapshots, or as many as a snapshot has if those are more (default 64 MiB)
	SnapshotAge   time.Duration // how old the last one may be, if there are records behind it (default: for ever)
	KeepRecords   bool          // have the journal purge nothing

	// Barred says whether a device of an account may not be linked. It is asked as
	// the link is made, so that who is barred and expelled at once is out for sure.
	// Nil: nobody is.
	Barred func(account, device string) bool

	// WallSet is for tests in fake time: by how much the machine's wall clock has
	// been set, while the monotonic one goes on (default: by nothing).
	WallSet func() time.Duration
}

func neverSet() time.Duration { return 0 }

// Engine runs one app.
type Engine struct {
	config  Config
	log     *slog.Logger
	started time.Time

	tasks    chan task
	queued   atomic.Int64  // bytes in tasks
	released atomic.Uint64 // position up to which everything has been sent
	ahead    atomic.Int64  // milliseconds that machine time is ahead of the time since started

	// Of the loop alone:
	app    *core.App
	links  links
	feed   *feed
	clock  *clock
	last   uint64 // sequence of the journal's last record
	now    core.Time
	sheet  sheet
	online func(account string) bool // links.online, which costs an allocation each time it is written so
	random random

	batch
	limit   limit
	trouble time.Time // since when records of others take the place of ours

	snapshots snapshots
	meter     meter
	told      Quota // of refusals that are logged
}

// maxTasks is how many tasks may wait, and maxGroup how many are taken at once. A
// group smaller than eagerGroup waits as long as it grows.
const (
	maxTasks   = 8192
	maxGroup   = 4096
	eagerGroup = 512
	dueChunk   = 1000 // events of deadlines in one record
)

// fullRecord is how many bytes a record of commands has before it is stored, though
// more of the group would fit: the first are answered before the last are carried
// out, and what a group is written in stays small. A sync is a few percent of what so
// many commands cost.
const fullRecord = 128 << 10

// ErrBusy says that too much waits already: come back later.
var ErrBusy = errors.New("engine: too many commands are waiting")

// Open rebuilds an app's state from its journal. Call [Engine.Run] next.
func Open(ctx context.Context, config Config) (*Engine, error) {
	if config.Log == nil {
		config.Log = slog.Default()
	}
	if config.Silence == 0 {
		config.Silence = 30 * time.Second
	}
	if config.MaxQueued == 0 {
		config.MaxQueued = 16 << 20
	}
	if config.Patience == 0 {
		config.Patience = 30 * time.Second
	}
	if config.SnapshotEvery == 0 {
		config.SnapshotEvery = 64 << 20
	}
	if config.WallSet == nil {
		config.WallSet = neverSet
	}
	e := &Engine{config: config, log: config.Log, tasks: make(chan task, maxTasks), links: links{}}
	e.online = e.links.online
	e.meter.start()
	began := time.Now()
	if err := e.rebuild(ctx, core.Time(began.Add(config.WallSet()).UnixMilli())); err != nil {
		return nil, err
	}
	e.started = time.Now()
	e.clock = startClock(e.started, e.app.Now(), config.WallSet)
	e.ahead.Store(int64(e.clock.millis()))
	e.log.Info("engine: state rebuilt", "records", e.last, "channels", e.app.Size().Channels, "took", time.Since(began))
	return e, nil
}

// Run works until ctx ends, which is no error, or the journal fails for good.
func (e *Engine) Run(ctx context.Context) error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	defer e.snapshots.wait()
	defer e.limit.end()
	group := []task{linksDown{}}
	for {
		rest, err := e.step(ctx, group)
		switch {
		case err == nil:
			group = e.wait(ctx, timer)
		case errors.Is(err, errTaken):
			group, err = e.again(ctx, rest, err)
		}
		if ctx.Err() != nil {
			return nil // perhaps with a group half done, on which nothing more may rest
		}
		if err != nil {
			return err
		}
	}
}

// wait waits for something to do: commands, which it returns, or a deadline.
func (e *Engine) wait(ctx context.Context, timer *time.Timer) []task {
	timer.Reset(e.untilDeadline())
	select { // commands first: what is due happens before them anyway
	case t := <-e.tasks:
		return e.gather(t)
	default:
	}
	select {
	case <-ctx.Done():
	case <-timer.C:
	case t := <-e.tasks:
		return e.gather(t)
	}
	return nil
}

// untilDeadline is how long nothing happens by itself.
func (e *Engine) untilDeadline() time.Duration {
	deadline := e.app.Deadline()
	if deadline == 0 {
		return time.Hour
	}
	return max(0, time.Duration(deadline-e.clock.now(time.Now()))*time.Millisecond)
}

// gather takes what else waits.
func (e *Engine) gather(first task) []task {
	group := []task{first}
	e.queued.Add(-int64(first.size()))
	for before := 0; before < len(group) && len(group) < eagerGroup; {
		before = len(group)
		runtime.Gosched() // links that have something to read hand it in first: one sync for more of them
		group = e.take(group)
	}
	return group
}

func (e *Engine) take(group []task) []task {
	for len(group) < maxGroup {
		select {
		case t := <-e.tasks:
			group = append(group, t)
			e.queued.Add(-int64(t.size()))
		default:
			return group
		}
	}
	return group
}

// step decides a group, and has the journal store it. After an error it returns
// the tasks that it did not come to.
func (e *Engine) step(ctx context.Context, group []task) (rest []task, err error) {
	wall := time.Now()
	e.now = e.clock.now(wall)
	e.ahead.Store(int64(e.now) - wall.Sub(e.started).Milliseconds())
	e.begin()
	if err := e.due(ctx); err != nil {
		return group, err
	}
	for i, t := range group {
		if e.record.Size() >= fullRecord {
			if err := e.push(ctx); err != nil {
				return group[i:], err
			}
		}
		events := t.decide(e)
		refusal, err := e.commit(ctx, events)
		if err != nil {
			return group[i:], err
		}
		e.done = append(e.done, t)
		t.finish(e, refusal)
	}
	return nil, e.push(ctx)
}

// due lets happen what is due, to its end, before commands of the same time.
func (e *Engine) due(ctx context.Context) error {
	for {
		events := e.app.Due(e.now)
		if len(events) == 0 {
			return nil
		}
		if _, err := e.commit(ctx, events); err != nil {
			return err
		}
		if e.record.Len() >= dueChunk {
			if err := e.push(ctx); err != nil {
				return err
			}
		}
	}
}

// commit adds events to the record and applies them. What does not fit any more
// goes into the next record; what does not fit any record is refused.
func (e *Engine) commit(ctx context.Context, events []core.Event) (*core.Refusal, error) {
	if len(events) == 0 {
		return nil, nil
	}
	start := e.record.Mark()
	for !e.add(events) {
		e.record.Back(start)
		if e.record.Len() == 0 {
			return &core.Refusal{Code: core.TooLarge, Limit: journal.MaxRecord, Detail: "bytes to store"}, nil
		}
		if err := e.push(ctx); err != nil {
			return nil, err
		}
		start = e.record.Mark()
	}
	for i, event := range events {
		at := core.Stamp{Position: core.At(e.last+1, e.record.Len()-len(events)+i), Now: e.now}
		if n, ok := e.tell(e.app, at, event); ok {
			e.feed.add(&n)
			e.deliver(&n)
		}
		e.app.Apply(at, event)
	}
	return nil, nil
}

// add writes events into the record, and says whether they fit.
func (e *Engine) add(events []core.Event) bool {
	for _, event := range events {
		e.record.Add(event)
	}
	return e.record.Size() <= journal.MaxRecord && e.record.Len() <= core.MaxEvents
}

// position is that of the latest event, stored or about to be.
func (e *Engine) position() core.Position {
	if n := e.record.Len(); n > 0 {
		return core.At(e.last+1, n-1)
	}
	return e.end()
}

// end is the position behind which the next record's events stand.
func (e *Engine) end() core.Position { return core.At(e.last, core.MaxEvents-1) }

func (e *Engine) send(link Link, f wire.Frame) {
	_, answer := f.(*wire.Reply)
	e.out = append(e.out, output{link: link, frame: e.sheet.frame(f), answer: answer})
}

func (e *Engine) deliver(n *notice) {
	for i, account := range n.to {
		list := e.links[account]
		if len(list) == 0 {
			continue
		}
		frame := n.frame
		if i < n.apart {
			frame = e.part(n, account)
		}
		for _, l := range list {
			if n.tells(l.Device) {
				e.out = append(e.out, output{link: l.link, frame: frame})
			}
		}
	}
}

// rebuild forgets everything, restores the last snapshot and replays what the
// journal has behind it. Links stay: they are not of the journal. They are told
// what others wrote.
func (e *Engine) rebuild(ctx context.Context, now core.Time) error {
	e.begin()
	app, last, err := e.restore(ctx)
	if err != nil {
		return fmt.Errorf("engine: restore: %w", err)
	}
	if e.last != 0 && e.last < last {
		return fmt.Errorf("engine: others have written to the journal for so long that record %d is in a snapshot", e.last+1)
	}
	e.snapshots.grown, e.snapshots.since = 0, app.Now()
	if last > 0 {
		e.meter.snapshotAt.Store(int64(app.Now()))
	}
	answered, err := e.lastAnswer(ctx, last+1)
	if err != nil {
		return fmt.Errorf("engine: replay: %w", err)
	}
	feed := newFeed(core.At(last, core.MaxEvents-1))
	recent := now - feedTime
	for r, err := range e.replay(ctx, last+1, app.Forgotten(answered)) {
		if err != nil {
			return fmt.Errorf("engine: replay: %w", err)
		}
		if last == 0 { // there is no snapshot
			e.snapshots.since = r.Now
		}
		last = r.seq
		e.snapshots.grown += int64(r.size)
		for i, event := range r.Events {
			at := core.Stamp{Position: core.At(r.seq, i), Now: r.Now}
			if r.Now <= recent {
				feed.floor = at.Position
			} else if n, ok := e.tell(app, at, event); ok {
				feed.add(&n)
				if r.seq > e.last {
					e.deliver(&n)
				}
			}
			app.Apply(at, event)
		}
	}
	e.app, e.feed, e.last = app, feed, last
	if e.clock != nil {
		e.clock.reach(time.Now(), app.Now())
	}
	e.release()
	return nil
}

// random hands out random bytes, reading them from the system in bulk.
type random struct {
	buf  [4096]byte
	left int
}

func (r *random) take() (b [16]byte) {
	if r.left < len(b) {
		rand.Read(r.buf[:])
		r.left = len(r.buf)
	}
	copy(b[:], r.buf[len(r.buf)-r.left:])
	r.left -= len(b)
	return b
}
