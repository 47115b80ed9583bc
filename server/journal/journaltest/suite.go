// Package journaltest holds what every journal must pass.
package journaltest

import (
	"context"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/server/journal"
)

// Store is where journals keep what they are given: a disk, a cluster, a piece of memory.
type Store interface {
	// Open opens the store's one journal. It may be open several times at once, as two relays would have it.
	Open(t *testing.T) journal.Journal
	// Restart closes what is open and starts anew, as after a reboot. Everything acknowledged is kept.
	Restart(t *testing.T)
	// Wipe closes what is open and loses everything, as when the disk is replaced.
	Wipe(t *testing.T)
}

// Test runs the suite. fresh makes a store without records; it cleans up after itself.
func Test(t *testing.T, fresh func(t *testing.T) Store) {
	for _, part := range []map[string]func(*testing.T, Store){appending, reading, restarting, snapshots, closing} {
		for _, name := range slices.Sorted(maps.Keys(part)) {
			t.Run(name, func(t *testing.T) { part[name](t, fresh(t)) })
		}
	}
}

// record is what the suite stores as number seq: lengths differ, and some are empty.
func record(seq uint64) []byte {
	if seq%7 == 3 {
		return nil
	}
	return fmt.Appendf(nil, "record %d %0*d\x00\r\n\xff", seq, seq%50, seq)
}

// fill appends the records from from to to.
func fill(t *testing.T, j journal.Journal, from, to uint64) {
	t.Helper()
	for seq := from; seq <= to; seq++ {
		got, err := j.Append(t.Context(), record(seq), seq-1)
		require.NoError(t, err)
		require.Equal(t, seq, got)
	}
}

// wantRecords says that reading from from yields the records up to to.
func wantRecords(t *testing.T, j journal.Journal, from, to uint64, why string) {
	t.Helper()
	next := max(from, 1)
	for r, err := range j.Read(t.Context(), from) {
		require.NoError(t, err, why)
		require.Equal(t, next, r.Seq, why)
		require.Equal(t, string(record(next)), string(r.Data), why)
		next++
	}
	require.Equal(t, max(to+1, from, 1), next, why)
}

func wantLast(t *testing.T, j journal.Journal, want uint64, why string) {
	t.Helper()
	last, err := j.Last(t.Context())
	require.NoError(t, err, why)
	require.Equal(t, want, last, why)
}

// readError ranges over Read from the start and returns how many records came and the error at the end.
func readError(ctx context.Context, j journal.Journal) (n int, err error) {
	for _, err = range j.Read(ctx, 0) {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// noise is n bytes that do not repeat, the same for the same seed.
func noise(seed byte, n int) []byte {
	b := make([]byte, n)
	rand.NewChaCha8([32]byte{seed}).Read(b)
	return b
}

// failing yields data, then err.
type failing struct {
	data []byte
	err  error
}

func (f *failing) Read(p []byte) (int, error) {
	if len(f.data) == 0 {
		return 0, f.err
	}
	n := copy(p, f.data)
	f.data = f.data[n:]
	return n, nil
}

var _ io.Reader = (*failing)(nil)
