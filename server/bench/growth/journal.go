// Package growth measures what does not show in a load of a few hundred pairs:
// what an app costs that holds very much. Engines run in this process, over
// journals that make up what they have to replay; so a million channels take
// no disk, and what is measured is the engine alone. Each measurement wants a
// process of its own, lest it collect another one's garbage.
package growth

import (
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"sync/atomic"

	"beckon/core"
	"beckon/core/record"
	"beckon/server/bench/machine"
	"beckon/server/journal"
)

// A past is what a journal tells an engine: events in records of up to so many
// as are yielded at once, all of the same time.
type past struct {
	now     core.Time
	records int
	events  func(k int) []core.Event // of record k, from 0
}

// made is a journal that has a past, and writes what is appended to a file that
// it syncs, as the relay's does. It keeps no snapshots, and nothing can be read
// back but the past.
type made struct {
	past
	file  *os.File
	last  atomic.Uint64
	bytes atomic.Int64
}

func makeJournal(p past, dir string) (*made, error) {
	f, err := os.CreateTemp(dir, "journal")
	if err != nil {
		return nil, err
	}
	j := &made{past: p, file: f}
	j.last.Store(uint64(p.records))
	return j, nil
}

func (j *made) ID() string { return "0123456789abcdef0123456789abcdef" }

func (j *made) Last(context.Context) (uint64, error) { return j.last.Load(), nil }

func (j *made) Append(_ context.Context, record []byte, after uint64) (uint64, error) {
	if after != j.last.Load() {
		return 0, journal.ErrConflict
	}
	if _, err := j.file.Write(record); err != nil {
		return 0, err
	}
	if err := machine.Sync(j.file); err != nil {
		return 0, err
	}
	j.bytes.Add(int64(len(record)))
	return j.last.Add(1), nil
}

func (j *made) Read(_ context.Context, from uint64) iter.Seq2[journal.Record, error] {
	return func(yield func(journal.Record, error) bool) {
		for seq := max(1, from); seq <= uint64(j.records); seq++ {
			data := record.Append(nil, record.Record{Now: j.now, Events: j.events(int(seq - 1))})
			if !yield(journal.Record{Seq: seq, Data: data}, nil) {
				return
			}
		}
		if j.last.Load() > uint64(j.records) {
			yield(journal.Record{}, errors.New("growth: what was appended cannot be read"))
		}
	}
}

func (j *made) SaveSnapshot(context.Context, uint64, io.Reader) error {
	return errors.New("growth: no snapshots here")
}

func (j *made) LoadSnapshot(context.Context) (uint64, io.ReadCloser, error) {
	return 0, nil, journal.ErrNoSnapshot
}

func (j *made) Purge(context.Context) error { return nil }

func (j *made) Close() error {
	return errors.Join(j.file.Close(), os.Remove(filepath.Clean(j.file.Name())))
}
