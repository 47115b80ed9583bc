package sim

import (
	"container/heap"
	"context"
	"fmt"
	"hash/fnv"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing/synctest"
	"time"

	"beckon/core"
	"beckon/core/session"
	"beckon/server/engine"
	"beckon/server/journal"
	"beckon/server/journal/memory"
	"beckon/server/servertest"
)

// world is a relay, its journal, and pages on a network. It lives in a synctest
// bubble, and belongs to the goroutine that drives it, but for what mu guards.
type world struct {
	seed   uint64
	random *rand.Rand // of the driver
	began  time.Time
	app    core.Config
	plant  plant

	store   *memory.Store
	engine  *engine.Engine // nil while the relay is down
	disk    *disk          // the running engine's
	stop    func() error   // ends the engine where it stands
	purging bool           // the relay makes snapshots often, and purges what is before them
	trouble atomic.Int64   // of a hundred appends, so many go wrong
	settles bool           // nobody begins anything any more
	wall    atomic.Int64   // by how much the wall clock has been set
	skew    core.Time      // how far strangers' clocks made the machine's time jump ahead
	drift   core.Time      // the machine's time less the real one, when the relay went down
	clock   sync.Mutex     // guards the three below
	moved   bool           // the wall clock was set, ever
	uneven  bool           // the machine's time has jumped for other reasons than strangers
	pace    pace           // of the machine's time since the relay is up

	pages      []*page // the present lives
	past       []*page // former ones
	links      []*link // of the relay's that runs
	names      int     // links so far
	lives      int
	gatherings int
	history    servertest.History
	rooms      servertest.RoomHistory
	found      []servertest.Finding
	trace      trace

	mu      sync.Mutex
	archive archive
	queue   events
	ticks   int64
	kick    chan struct{} // has a value when queue has changed
	counts  map[string]int
}

// plant is a bug to be found: each field may replace a part by one that has it.
type plant struct {
	journal func(journal.Journal) journal.Journal
	app     func(*core.Config)
	purging bool
	link    func(engine.Link) engine.Link
	hears   func(*page, session.Output) []session.Output // what a page's application is told
}

// invitationTime is how long it rings: short, so that deadlines meet answers.
const invitationTime = 15 * time.Second

func newWorld(seed uint64, p plant) *world {
	w := &world{
		seed:   seed,
		random: rand.New(rand.NewPCG(seed, 1)),
		began:  time.Now(),
		app: core.Config{InvitationTime: core.Time(invitationTime.Milliseconds()), Grace: 20_000,
			EndedTime: 3_600_000}, // so that clocks that jump do not make what is over unknown
		plant:  p,
		store:  memory.New(),
		kick:   make(chan struct{}, 1),
		counts: map[string]int{},
		trace:  trace{hash: fnv.New64a()},
	}
	w.history.Rings = invitationTime
	if p.app != nil {
		p.app(&w.app)
	}
	return w
}

// start opens an engine on what the store holds; later, if it cannot be read now.
func (w *world) start() {
	w.disk = newDisk(w)
	var j journal.Journal = w.disk
	if w.plant.journal != nil {
		j = w.plant.journal(j)
	}
	eng, err := engine.Open(context.Background(), engine.Config{Journal: j, App: w.app, Log: slog.New(slog.DiscardHandler), Patience: 24 * time.Hour,
		SnapshotEvery: w.snapshotEvery(), KeepRecords: !w.purging, WallSet: func() time.Duration { return time.Duration(w.wall.Load()) }})
	if err != nil {
		w.count("relay cannot read its journal")
		w.after(w.upTo(time.Second), w.start)
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- eng.Run(ctx) }()
	w.engine, w.stop = eng, func() error { cancel(); return <-ended }
	w.clockStarts()
	synctest.Wait()
}

func (w *world) snapshotEvery() int64 {
	if w.purging {
		return 1000
	}
	return 4000
}

// crash ends the relay where it stands, amid an append if it comes to that.
func (w *world) crash(silently bool) {
	if w.engine == nil {
		return
	}
	if w.disk.busy.Load() {
		w.count("crash amid an append")
	}
	w.drift = w.ahead()
	if err := w.stop(); err != nil {
		w.finding(servertest.Diverged, "the engine gave up: %v", err)
	}
	w.disk.Close()
	w.engine = nil
	for _, l := range w.links {
		l.relayOver = true
		if silently { // as by power loss: nobody is told
			l.lostUp = true
			l.lostDown = w.chance(2) || l.lostDown
		} else {
			l.breaksForPage(w.upTo(100 * time.Millisecond))
		}
	}
	w.links = nil
}

func (w *world) finding(kind servertest.Kind, format string, args ...any) {
	w.found = append(w.found, servertest.Finding{Kind: kind, What: fmt.Sprintf(format, args...)})
}

func (w *world) count(what string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.counts[what]++
}

func (w *world) now() time.Duration    { return time.Since(w.began) }
func (w *world) chance(oneIn int) bool { return w.random.IntN(oneIn) == 0 }
func (w *world) upTo(d time.Duration) time.Duration {
	return time.Duration(w.random.Int64N(int64(d) + 1))
}

// events are what will happen, soonest first.
type events []event

type event struct {
	at  time.Time
	run func()
}

func (e events) Len() int           { return len(e) }
func (e events) Less(i, j int) bool { return e[i].at.Before(e[j].at) }
func (e events) Swap(i, j int)      { e[i], e[j] = e[j], e[i] }
func (e *events) Push(x any)        { *e = append(*e, x.(event)) }
func (e *events) Pop() any {
	last := len(*e) - 1
	x := (*e)[last]
	*e = (*e)[:last]
	return x
}

// moment is about d from now: at a nanosecond of a millisecond that is nothing
// else's. The engine's timers go off whole milliseconds after such a moment.
func (w *world) moment(d time.Duration) time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ticks++
	at := time.Now().Add(d).Truncate(time.Millisecond).Add(time.Duration(1 + w.ticks*7919%999_983))
	for !at.After(time.Now()) {
		at = at.Add(time.Millisecond)
	}
	return at
}

// after lets something happen later.
func (w *world) after(d time.Duration, run func()) { w.at(w.moment(d), run) }

func (w *world) at(at time.Time, run func()) {
	w.mu.Lock()
	heap.Push(&w.queue, event{at, run})
	w.mu.Unlock()
	select {
	case w.kick <- struct{}{}:
	default:
	}
}

// later has somebody do something later, unless the world settles by then: a
// deadline may have come to be far away, with a clock that was set.
func (w *world) later(d time.Duration, act func()) {
	w.after(d, func() {
		if !w.settles {
			act()
		}
	})
}

// every lets something happen again and again.
func (w *world) every(d time.Duration, run func()) {
	w.after(d, func() {
		run()
		w.every(d, run)
	})
}

// pass lets time pass, and in it happen what is due.
func (w *world) pass(d time.Duration) {
	end := w.moment(d)
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		synctest.Wait() // the engine is at rest
		e, ok := w.due()
		if ok {
			w.trace.note(w, "event")
			e.run()
			continue
		}
		next := end
		if at, any := w.next(); any && at.Before(end) {
			next = at
		}
		if !time.Now().Before(end) {
			return
		}
		timer.Reset(time.Until(next))
		select {
		case <-timer.C:
		case <-w.kick:
		}
	}
}

func (w *world) due() (event, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	select {
	case <-w.kick: // it is being looked into
	default:
	}
	if len(w.queue) == 0 || w.queue[0].at.After(time.Now()) {
		return event{}, false
	}
	return heap.Pop(&w.queue).(event), true
}

func (w *world) next() (time.Time, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.queue) == 0 {
		return time.Time{}, false
	}
	return w.queue[0].at, true
}
