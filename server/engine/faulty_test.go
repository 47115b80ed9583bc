package engine

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"sync/atomic"
	"time"

	"beckon/core"
	"beckon/core/record"
	"beckon/server/journal"
)

// A fault is a way in which an append fails.
type fault int

const (
	sound     fault = iota
	refusing        // an error, and nothing stored
	forgetful       // unknown, and nothing stored
	secretive       // unknown, but stored
	slow            // unknown, and stored a moment later
	sluggish        // unknown, and stored when the record has been tried again
	stuck           // no answer at all, and nothing stored
	mute            // no answer at all, but stored
	confused        // a conflict with nobody
	contested       // a conflict: somebody else wrote
	faults
)

var faultNames = [...]string{"sound", "refusing", "forgetful", "secretive", "slow", "sluggish", "stuck", "mute",
	"confused", "contested"}

func (f fault) String() string { return faultNames[f] }

var errBroken = errors.New("the disk is on fire")

// faulty is a journal that fails as it is told.
type faulty struct {
	journal.Journal
	next       func() fault // how the next append goes
	unreadable func() bool  // whether the next reading fails; nil: none
	stranger   func(seq uint64) []core.Event
	calm       atomic.Bool // nothing fails for now
	seen       [faults]int
}

func (j *faulty) Append(ctx context.Context, data []byte, after uint64) (uint64, error) {
	if j.calm.Load() {
		return j.Journal.Append(ctx, data, after)
	}
	f := j.next()
	j.seen[f]++
	unknown := fmt.Errorf("%w: %s", journal.ErrAmbiguous, f)
	switch f {
	case refusing:
		return 0, errBroken
	case forgetful:
		return 0, unknown
	case secretive:
		j.store(data, after)
		return 0, unknown
	case slow:
		j.later(retryTime/2, data, after)
		return 0, unknown
	case sluggish:
		j.later(2*retryTime, data, after)
		return 0, unknown
	case stuck, mute:
		if f == mute {
			j.store(data, after)
		}
		<-ctx.Done()
		return 0, fmt.Errorf("%w: %w", unknown, ctx.Err())
	case confused:
		return 0, journal.ErrConflict
	case contested:
		now := core.Time(time.Now().UnixMilli())
		j.store(record.Append(nil, record.Record{Now: now, Events: j.stranger(after + 1)}), after)
	}
	return j.Journal.Append(ctx, data, after)
}

func (j *faulty) store(data []byte, after uint64) {
	j.Journal.Append(context.Background(), data, after) // may find its place taken
}

func (j *faulty) later(d time.Duration, data []byte, after uint64) {
	data = bytes.Clone(data)
	time.AfterFunc(d, func() { j.store(data, after) })
}

func (j *faulty) Read(ctx context.Context, from uint64) iter.Seq2[journal.Record, error] {
	if j.calm.Load() || j.unreadable == nil || !j.unreadable() {
		return j.Journal.Read(ctx, from)
	}
	return func(yield func(journal.Record, error) bool) {
		for r, err := range j.Journal.Read(ctx, from) {
			if r.Seq%2 == 0 { // amid, if it is long
				break
			}
			if !yield(r, err) {
				return
			}
		}
		yield(journal.Record{}, errBroken)
	}
}

// ringing is what a stranger does to an account in a record of theirs.
func strangerRings(account string, seq uint64) []core.Event {
	now := core.Time(time.Now().UnixMilli())
	by := core.Actor{Account: "stranger", Device: "d", Life: "l"}
	id := fmt.Sprintf("%032d", seq)
	return []core.Event{
		core.Created{By: by, Channel: core.ChannelInfo{ID: id, Name: id, Type: core.Audio, Policy: core.CallPolicy,
			Creator: by.Account, Created: now, Expires: now + 3_600_000}},
		core.Invited{By: by, Channel: id, RequestID: "r1", Invitees: []core.Invitee{{Account: account, Rang: true}},
			Deadline: now + 60_000, To: []string{account}},
	}
}

// emptyRecord says only what time it is.
func emptyRecord(now core.Time) []byte {
	return record.Append(nil, record.Record{Now: now, Events: []core.Event{core.Renewed{}}})
}
