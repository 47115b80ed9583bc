// Package memory keeps journals in the memory of the process: for tests, and for relays that may forget
// everything when they stop (-journal=memory).
package memory

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"iter"
	"sync"

	"beckon/server/journal"
)

// Store is what outlives a Journal, as a disk would: open it again to see how the program restarts.
type Store struct {
	mu  sync.Mutex
	log *history
}

// history is the records from one wipe to the next.
type history struct {
	id string

	mu       sync.Mutex
	records  [][]byte // records[0] has sequence 1; elements never change, but for those purged
	purged   uint64   // sequence of the last record that was
	snapshot *snapshot
	saving   bool
	wiped    bool
}

type snapshot struct {
	at   uint64
	data []byte
}

// New returns a store without records.
func New() *Store { return &Store{log: newHistory()} }

func newHistory() *history {
	var id [16]byte
	rand.Read(id[:]) // never fails, see crypto/rand
	return &history{id: hex.EncodeToString(id[:])}
}

// Open returns a journal over the store. Journals that are open at the same time see the same records.
func (s *Store) Open() *Journal {
	s.mu.Lock()
	defer s.mu.Unlock()
	return &Journal{log: s.log, done: make(chan struct{})}
}

// Wipe forgets everything, as if the disk had been replaced. Journals open over the store return ErrClosed from then
// on; the next one opened has another ID.
func (s *Store) Wipe() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log.mu.Lock()
	s.log.wiped = true
	s.log.mu.Unlock()
	s.log = newHistory()
}

// Journal is a journal.Journal over a Store. Its records are stored at once, so no Append of it is ambiguous.
type Journal struct {
	log  *history
	once sync.Once
	done chan struct{}
}

var _ journal.Journal = (*Journal)(nil)

// ID implements journal.Journal.
func (j *Journal) ID() string { return j.log.id }

// Close implements journal.Journal. The store keeps the records.
func (j *Journal) Close() error {
	j.once.Do(func() {
		j.log.mu.Lock() // waits for what is under way
		defer j.log.mu.Unlock()
		close(j.done)
	})
	return nil
}

// usable says why nothing can be done now. The history is locked.
func (j *Journal) usable(ctx context.Context) error {
	select {
	case <-j.done:
		return journal.ErrClosed
	default:
	}
	if j.log.wiped {
		return fmt.Errorf("%w: its store was wiped", journal.ErrClosed)
	}
	return ctx.Err()
}

// Last implements journal.Journal.
func (j *Journal) Last(ctx context.Context) (uint64, error) {
	j.log.mu.Lock()
	defer j.log.mu.Unlock()
	if err := j.usable(ctx); err != nil {
		return 0, err
	}
	return uint64(len(j.log.records)), nil
}

// Append implements journal.Journal.
func (j *Journal) Append(ctx context.Context, record []byte, after uint64) (uint64, error) {
	j.log.mu.Lock()
	defer j.log.mu.Unlock()
	if err := j.usable(ctx); err != nil {
		return 0, err
	}
	if len(record) > journal.MaxRecord {
		return 0, fmt.Errorf("%w: %d bytes", journal.ErrTooLarge, len(record))
	}
	if last := uint64(len(j.log.records)); after != last {
		return 0, fmt.Errorf("%w: appending after %d, last is %d", journal.ErrConflict, after, last)
	}
	j.log.records = append(j.log.records, bytes.Clone(record))
	return after + 1, nil
}

// Read implements journal.Journal.
func (j *Journal) Read(ctx context.Context, from uint64) iter.Seq2[journal.Record, error] {
	return func(yield func(journal.Record, error) bool) {
		last, err := j.Last(ctx)
		for i := max(from, 1); err == nil && i <= last; i++ {
			var data []byte
			if data, err = j.record(ctx, i); err == nil && !yield(journal.Record{Seq: i, Data: data}, nil) {
				return
			}
		}
		if err != nil {
			yield(journal.Record{}, err)
		}
	}
}

func (j *Journal) record(ctx context.Context, seq uint64) ([]byte, error) {
	j.log.mu.Lock()
	defer j.log.mu.Unlock()
	if err := j.usable(ctx); err != nil {
		return nil, err
	}
	if seq <= j.log.purged {
		return nil, fmt.Errorf("%w: number %d was purged", journal.ErrCorrupt, seq)
	}
	return j.log.records[seq-1], nil
}
