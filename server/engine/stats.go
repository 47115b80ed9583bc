package engine

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"beckon/core"
	"beckon/core/wire"
)

// Stats are what an engine has done since it was opened, and what waits. Whoever
// publishes them names them; package metrics does.
type Stats struct {
	Commands map[string]Outcomes  // by name; "unknown" are those that this version does not know
	Refused  map[core.Code]uint64 // commands, by the reason
	Frames   uint64               // that were queued on links: replies, welcomes and notices
	Append   Histogram            // seconds that the journal took for a record
	Failures uint64               // appends that failed, each try counted
	Group    Histogram            // commands and other tasks that one append, or none, served
	Lag      Histogram            // seconds from a command's arrival to the moment when what came of it was sent
	Written  uint64               // bytes of records
	Last     uint64               // sequence of the last record
	Queued   int64                // bytes of commands that wait
	Waiting  int                  // commands that wait, and the like
	Snapshot SnapshotStats
}

// Outcomes count how commands ended.
type Outcomes struct {
	Done    uint64 // also when the answer was remembered
	Refused uint64
	Shown   uint64 // they only asked to see something
}

// SnapshotStats tell of the last snapshot that was saved or restored.
type SnapshotStats struct {
	At      time.Time // of the state in it; zero if there is none
	Bytes   int64     // of the last one that was saved; 0 if none was since the start
	Saved   uint64
	Failed  uint64
	Pending int64 // bytes of records behind it, which a restart replays
}

// A Histogram counts values by size. Counts[i] are those up to Bounds[i] and over
// the bound before; one more is over them all.
type Histogram struct {
	Bounds []float64
	Counts []uint64
	Sum    float64
}

// Count is how many values there were.
func (h Histogram) Count() (n uint64) {
	for _, c := range h.Counts {
		n += c
	}
	return n
}

// Stats may be asked for from any goroutine.
func (e *Engine) Stats() Stats {
	m := &e.meter
	s := Stats{Commands: map[string]Outcomes{}, Refused: map[core.Code]uint64{},
		Frames: m.frames.Load(), Append: m.append.read(1e6), Failures: m.failures.Load(), Group: m.group.read(1), Lag: m.lag.read(1e6),
		Written: m.written.Load(), Last: m.last.Load(), Queued: e.queued.Load(), Waiting: len(e.tasks)}
	for name, o := range m.commands {
		s.Commands[name] = Outcomes{o.done.Load(), o.refused.Load(), o.shown.Load()}
	}
	for code, n := range m.refused {
		s.Refused[code] = n.Load()
	}
	if at := m.snapshotAt.Load(); at > 0 {
		s.Snapshot.At = time.UnixMilli(at)
	}
	s.Snapshot.Bytes, s.Snapshot.Saved = m.snapshotBytes.Load(), m.snapshots.Load()
	s.Snapshot.Failed, s.Snapshot.Pending = m.snapshotsFailed.Load(), m.grown.Load()
	return s
}

// Size is what the app holds, before [Engine.Run] is called; then see [Engine.Look].
func (e *Engine) Size() core.Size { return e.app.Size() }

// Alive waits until the loop has come round, and everything that was asked for
// before is stored. So it is an error if the loop or the journal is stuck.
func (e *Engine) Alive(ctx context.Context) error { return e.Look(ctx, func(*core.App) {}) }

// meter counts. The loop writes, and whoever publishes reads.
type meter struct {
	commands map[string]*outcomes // all names: never written to
	refused  map[core.Code]*atomic.Uint64

	frames, failures, written, last atomic.Uint64
	append, group, lag              histogram

	snapshotAt, snapshotBytes, grown atomic.Int64
	snapshots, snapshotsFailed       atomic.Uint64
}

type outcomes struct{ done, refused, shown atomic.Uint64 }

// unknownName stands for all names that no command has, lest strangers make up
// as many as they like.
const unknownName = "unknown"

var (
	secondBounds = []int64{100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000} // in µs
	groupBounds  = []int64{1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 4_096}
)

func (m *meter) start() {
	m.commands = map[string]*outcomes{unknownName: {}}
	for _, c := range wire.Commands {
		m.commands[c().CommandName()] = &outcomes{}
	}
	m.refused = map[core.Code]*atomic.Uint64{}
	for _, code := range refusals {
		m.refused[code] = &atomic.Uint64{}
	}
	m.append.bounds, m.lag.bounds, m.group.bounds = secondBounds, secondBounds, groupBounds
}

// refusals are the reasons for which a command can be refused.
var refusals = []core.Code{core.NoChannel, core.NameTaken, core.NotMember, core.AlreadyMember, core.OtherDevice,
	core.UIDTaken, core.ChannelFull, core.NoInvitation, core.InvitationAccepted, core.InvitationRejected,
	core.InvitationOver, core.BadField, core.Forbidden, core.LimitReached, core.NeedPassword, core.WrongPassword,
	core.NeedOwner, core.NeedAdministrator, core.OwnerStays, core.Busy, core.TooLarge, core.UnknownCommand}

// count counts a batch that is about to be sent.
func (e *Engine) count() {
	m := &e.meter
	m.frames.Add(uint64(len(e.out)))
	m.last.Store(e.last)
	if len(e.done) == 0 {
		return
	}
	m.group.add(int64(len(e.done)))
	now := time.Since(e.started)
	for _, t := range e.done {
		c, ok := t.(*command)
		if !ok || c.late {
			continue
		}
		counts := m.of(c.command.Name)
		switch {
		case c.ended != nil:
			counts.refused.Add(1)
			if n := m.refused[c.ended.Code]; n != nil {
				n.Add(1)
			}
			e.logRefusal(c, now)
		case c.shown != nil:
			counts.shown.Add(1)
		default:
			counts.done.Add(1)
			m.lag.add((now - c.asked).Microseconds())
		}
	}
}

func (m *meter) of(name string) *outcomes {
	if o := m.commands[name]; o != nil {
		return o
	}
	return m.commands[unknownName]
}

// busy counts a command for which there was no room.
func (m *meter) busy(name string) {
	m.of(name).refused.Add(1)
	m.refused[core.Busy].Add(1)
}

func (m *meter) grow(behind int64, stored int) {
	m.grown.Store(behind)
	m.written.Add(uint64(stored))
}

func (m *meter) saved(at core.Time, size int64) {
	m.snapshotAt.Store(int64(at))
	m.snapshotBytes.Store(size)
	m.snapshots.Add(1)
}

// histogram has no lock: a reader may find a value counted in one place, and not
// yet in the other.
type histogram struct {
	bounds []int64
	counts [16]atomic.Uint64
	sum    atomic.Int64
}

func (h *histogram) add(v int64) {
	i, _ := slices.BinarySearch(h.bounds, v)
	h.counts[i].Add(1)
	h.sum.Add(v)
}

// read gives the values in units of which one has so many.
func (h *histogram) read(unit float64) Histogram {
	r := Histogram{Sum: float64(h.sum.Load()) / unit}
	for i, b := range h.bounds {
		r.Bounds = append(r.Bounds, float64(b)/unit)
		r.Counts = append(r.Counts, h.counts[i].Load())
	}
	r.Counts = append(r.Counts, h.counts[len(h.bounds)].Load())
	return r
}
