package journaltest

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/server/journal"
)

var appending = map[string]func(*testing.T, Store){
	"AppendReturnsAfterPlusOne":                 appendReturnsAfterPlusOne,
	"AppendAfterWrongSequenceIsAConflict":       appendAfterWrongSequenceIsAConflict,
	"OfTwoWritersExactlyOneWinsEachSequence":    ofTwoWritersExactlyOneWinsEachSequence,
	"OneJournalMayBeUsedFromManyGoroutines":     oneJournalMayBeUsedFromManyGoroutines,
	"LargestRecordFits":                         largestRecordFits,
	"OneByteMoreIsTooLarge":                     oneByteMoreIsTooLarge,
	"CallerMayReuseTheRecordsMemory":            callerMayReuseTheRecordsMemory,
	"AppendUnderACancelledContextStoresNothing": appendUnderACancelledContextStoresNothing,
}

func appendReturnsAfterPlusOne(t *testing.T, s Store) {
	j := s.Open(t)
	for after := range uint64(100) {
		seq, err := j.Append(t.Context(), record(after+1), after)
		require.NoError(t, err)
		require.Equal(t, after+1, seq)
	}
	wantRecords(t, j, 0, 100, "all that was appended, in order")
}

func appendAfterWrongSequenceIsAConflict(t *testing.T, s Store) {
	j := s.Open(t)
	_, err := j.Append(t.Context(), []byte("x"), 1)
	require.ErrorIs(t, err, journal.ErrConflict, "the first record goes after 0")

	fill(t, j, 1, 3)
	for _, after := range []uint64{0, 1, 2, 4, 1 << 60} {
		_, err := j.Append(t.Context(), []byte("x"), after)
		require.ErrorIs(t, err, journal.ErrConflict, "the last record is 3, not %d", after)
		require.NotErrorIs(t, err, journal.ErrAmbiguous)
	}
	wantRecords(t, j, 0, 3, "a conflict stores nothing")
	fill(t, j, 4, 4)
}

func ofTwoWritersExactlyOneWinsEachSequence(t *testing.T, s Store) {
	race(t, s.Open(t), s.Open(t))
}

func oneJournalMayBeUsedFromManyGoroutines(t *testing.T, s Store) {
	j := s.Open(t)
	race(t, j, j, j, j)
}

// race lets writers append at once, each after the last record it knows of, and checks that the journal holds exactly
// what they were told they had stored.
func race(t *testing.T, writers ...journal.Journal) {
	const each = 100
	won := make([]map[uint64]string, len(writers))
	var wg sync.WaitGroup
	for w, j := range writers {
		won[w] = map[uint64]string{}
		wg.Go(func() {
			after := uint64(0)
			for n := 0; n < each; after++ { // after a conflict too: somebody has that sequence
				data := string(rune('a'+w)) + string(noise(byte(n), 20))
				seq, err := j.Append(t.Context(), []byte(data), after)
				switch {
				case err == nil:
					won[w][seq] = data
					n++
				case !errors.Is(err, journal.ErrConflict):
					t.Errorf("append after %d: %v", after, err)
					return
				}
			}
		})
	}
	wg.Wait()

	next := uint64(1)
	for r, err := range writers[0].Read(t.Context(), 0) {
		require.NoError(t, err)
		require.Equal(t, next, r.Seq)
		next++
		winners := 0
		for _, mine := range won {
			if data, ok := mine[r.Seq]; ok {
				winners++
				require.Equal(t, data, string(r.Data), "record %d is its winner's", r.Seq)
			}
		}
		require.Equal(t, 1, winners, "winners of sequence %d", r.Seq)
	}
	require.EqualValues(t, 1+each*len(writers), next, "every win is a record")
}

func largestRecordFits(t *testing.T, s Store) {
	j := s.Open(t)
	data := noise(1, journal.MaxRecord)
	for after := range uint64(3) {
		_, err := j.Append(t.Context(), data, after)
		require.NoError(t, err)
	}
	n := 0
	for r, err := range j.Read(t.Context(), 0) {
		require.NoError(t, err)
		require.True(t, string(data) == string(r.Data), "record %d comes back as it was", r.Seq)
		n++
	}
	require.Equal(t, 3, n)
}

func oneByteMoreIsTooLarge(t *testing.T, s Store) {
	j := s.Open(t)
	_, err := j.Append(t.Context(), make([]byte, journal.MaxRecord+1), 0)
	require.ErrorIs(t, err, journal.ErrTooLarge)
	wantLast(t, j, 0, "nothing was stored")
	fill(t, j, 1, 1)
}

func callerMayReuseTheRecordsMemory(t *testing.T, s Store) {
	j := s.Open(t)
	buf := make([]byte, 1000)
	for seq := uint64(1); seq <= 20; seq++ {
		n := copy(buf, record(seq))
		_, err := j.Append(t.Context(), buf[:n], seq-1)
		require.NoError(t, err)
		clear(buf)
	}
	wantRecords(t, j, 0, 20, "what was in the buffer when Append was called")
}

func appendUnderACancelledContextStoresNothing(t *testing.T, s Store) {
	j := s.Open(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := j.Append(ctx, []byte("x"), 0)
	require.ErrorIs(t, err, context.Canceled)
	require.NotErrorIs(t, err, journal.ErrAmbiguous)
	wantLast(t, j, 0, "nothing was stored")
	fill(t, j, 1, 1)
}
