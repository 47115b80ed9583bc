package sim

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"beckon/core"
	"beckon/core/record"
	"beckon/server/journal"
)

// disk is the journal of one run of the engine, with what can go wrong. It is
// used by the engine's goroutine, and has luck of its own.
type disk struct {
	journal.Journal
	w    *world
	luck *rand.Rand
	busy atomic.Bool // with an append
}

var errBroken = errors.New("the disk is on fire")

// The ways in which an append goes wrong.
const (
	refused    = "append refused"
	lost       = "append lost"
	ambiguous  = "append ambiguous"
	delayed    = "append delayed"
	stuck      = "append stuck"
	confused   = "append refused as taken"
	contested  = "append taken by another writer"
	skewed     = "append taken by another writer whose clock is ahead"
	duplicated = "append duplicated"
	slow       = "append slow"

	jumped = "clock jumped so far that answers are forgotten"
)

var faults = []string{refused, lost, ambiguous, delayed, stuck, confused, contested, skewed, duplicated, slow, slow, slow}

func newDisk(w *world) *disk {
	return &disk{Journal: w.store.Open(), w: w, luck: rand.New(rand.NewPCG(w.seed, w.random.Uint64()))}
}

func (d *disk) Append(ctx context.Context, data []byte, after uint64) (uint64, error) {
	d.busy.Store(true)
	defer d.busy.Store(false)
	fault := ""
	if d.luck.Int64N(100) < d.w.trouble.Load() {
		fault = faults[d.luck.IntN(len(faults))]
		d.w.count(fault)
	}
	if !d.wait(ctx, 3*time.Millisecond) {
		return 0, fmt.Errorf("%w: %w", journal.ErrAmbiguous, ctx.Err())
	}
	switch unknown := fmt.Errorf("%w: %s", journal.ErrAmbiguous, fault); fault {
	case refused:
		return 0, errBroken
	case lost:
		return 0, unknown
	case ambiguous:
		d.store(data, after)
		return 0, unknown
	case delayed:
		d.later(d.upTo(2*time.Second), data, after)
		return 0, unknown
	case stuck:
		if d.luck.IntN(2) == 0 {
			d.store(data, after)
		}
		<-ctx.Done()
		return 0, fmt.Errorf("%w: %w", unknown, ctx.Err())
	case confused:
		return 0, journal.ErrConflict
	case contested, skewed:
		d.stranger(after, fault == skewed)
	case duplicated:
		d.later(d.upTo(time.Second), data, after)
	case slow:
		d.wait(ctx, 3*time.Second)
	}
	seq, err := d.Journal.Append(context.WithoutCancel(ctx), data, after)
	if !d.wait(ctx, 3*time.Millisecond) {
		return 0, fmt.Errorf("%w: %w", journal.ErrAmbiguous, ctx.Err())
	}
	return seq, err
}

func (d *disk) upTo(most time.Duration) time.Duration {
	return time.Duration(d.luck.Int64N(int64(most) + 1))
}

// wait is false if the caller gave up, or its process ended, meanwhile.
func (d *disk) wait(ctx context.Context, most time.Duration) bool {
	select {
	case <-time.After(time.Until(d.w.moment(d.upTo(most)))):
		return true
	case <-ctx.Done():
		return false
	}
}

// store writes past the journal, which may have been closed meanwhile.
func (d *disk) store(data []byte, after uint64) {
	d.w.store.Open().Append(context.Background(), data, after) // may find its place taken
}

func (d *disk) later(wait time.Duration, data []byte, after uint64) {
	data = bytes.Clone(data)
	time.AfterFunc(time.Until(d.w.moment(wait)), func() { d.store(data, after) })
}

// mostSkew is how far machine time may jump ahead in one world: far beyond the 60 s
// for which the relay remembers answers, and the 2 min of its feed.
const mostSkew = 10 * time.Minute

// stranger is another relay that takes itself for the writer.
func (d *disk) stranger(after uint64, ahead bool) {
	d.w.strangerCame()
	now := max(core.Time(time.Now().UnixMilli()), d.latest(after))
	if ahead {
		step := core.Time(d.upTo(d.upTo(mostSkew))/time.Millisecond) - d.w.skew // mostly short ones
		if step > 0 {
			d.w.skew += step
			if step > 45_000 {
				d.w.count(jumped)
			}
			now += step
		}
	}
	by := core.Actor{Account: "stranger", Device: "d", Life: "l"}
	id := fmt.Sprintf("%032d", after+1)
	to := accounts[d.luck.IntN(len(accounts))]
	d.store(record.Append(nil, record.Record{Now: now, Events: []core.Event{
		core.Created{By: by, Channel: core.ChannelInfo{ID: id, Name: id, Type: core.Audio, Policy: core.CallPolicy,
			Creator: by.Account, Created: now, Expires: now + 3_600_000}},
		core.Invited{By: by, Channel: id, RequestID: "r", Invitees: []core.Invitee{{Account: to, Rang: true}},
			Deadline: now + core.Time(invitationTime.Milliseconds()), To: []string{to}},
	}}), after)
}

// latest is the time of a record: whoever writes the next one goes by it, too.
func (d *disk) latest(seq uint64) core.Time {
	for r, err := range d.w.store.Open().Read(context.Background(), max(seq, 1)) {
		if err == nil && r.Seq == seq {
			if last, err := record.Decode(r.Data); err == nil {
				return last.Now
			}
		}
		break
	}
	return 0
}

// at is the luck of what the engine does beside its loop, too, and so in no
// certain order: it goes by the moment and what is asked for.
func (d *disk) at(n uint64) *rand.Rand {
	return rand.New(rand.NewPCG(d.w.seed^n, uint64(time.Now().UnixNano())))
}

// Read fails amid the journal, sometimes.
func (d *disk) Read(ctx context.Context, from uint64) iter.Seq2[journal.Record, error] {
	luck := d.at(from)
	if luck.Int64N(200) >= d.w.trouble.Load() {
		return d.Journal.Read(ctx, from)
	}
	d.w.count("read broken off")
	left := luck.IntN(20)
	return func(yield func(journal.Record, error) bool) {
		for r, err := range d.Journal.Read(ctx, from) {
			if left--; left < 0 {
				break
			}
			if !yield(r, err) {
				return
			}
		}
		yield(journal.Record{}, errBroken)
	}
}

// SaveSnapshot takes its time, and fails before, amid or after it is stored,
// sometimes.
func (d *disk) SaveSnapshot(ctx context.Context, at uint64, r io.Reader) error {
	d.w.count("snapshot")
	luck := d.at(at)
	ends := luck.IntN(3)
	if luck.Int64N(100) >= d.w.trouble.Load() {
		ends = 3
	} else {
		d.w.count("snapshot broken off")
	}
	if ends == 0 {
		return errBroken
	}
	var data bytes.Buffer
	io.CopyN(&data, r, int64(luck.IntN(2000)))
	select {
	case <-time.After(time.Duration(1 + luck.Int64N(int64(3*time.Second)))):
	case <-ctx.Done():
		d.w.count("crash amid a snapshot")
		return ctx.Err()
	}
	if ends == 1 {
		return errBroken
	}
	if _, err := io.Copy(&data, r); err != nil {
		return err
	}
	if err := d.Journal.SaveSnapshot(ctx, at, &data); err != nil || ends == 3 {
		return err
	}
	return journal.ErrAmbiguous
}

// LoadSnapshot fails at once, or amid reading, sometimes.
func (d *disk) LoadSnapshot(ctx context.Context) (uint64, io.ReadCloser, error) {
	at, r, err := d.Journal.LoadSnapshot(ctx)
	if err != nil {
		return at, r, err
	}
	d.w.count("snapshot loaded")
	luck := d.at(at)
	if luck.Int64N(200) >= d.w.trouble.Load() {
		return at, r, nil
	}
	d.w.count("snapshot cannot be read")
	if luck.IntN(2) == 0 {
		r.Close()
		return 0, nil, errBroken
	}
	cut := io.MultiReader(io.LimitReader(r, int64(luck.IntN(2000))), broken{})
	return at, struct {
		io.Reader
		io.Closer
	}{cut, r}, nil
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errBroken }

// lastWord is a record that the relay wrote while its clock was ahead.
func (d *disk) lastWord() {
	last, _ := d.Last(context.Background())
	d.stranger(last, true)
}
