package journaltest

import (
	"context"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/server/journal"
)

var reading = map[string]func(*testing.T, Store){
	"NewJournalIsEmpty":                  newJournalIsEmpty,
	"ReadBeginsWhereAskedTo":             readBeginsWhereAskedTo,
	"ReadStopsAtTheEndItFound":           readStopsAtTheEndItFound,
	"ReadMayBeLeftAndBegunAgain":         readMayBeLeftAndBegunAgain,
	"ReadSeesAPrefixWhileAnotherAppends": readSeesAPrefixWhileAnotherAppends,
	"RecordsStayAsTheyWereRead":          recordsStayAsTheyWereRead,
	"ReadEndsWithItsContext":             readEndsWithItsContext,
}

func newJournalIsEmpty(t *testing.T, s Store) {
	j := s.Open(t)
	wantLast(t, j, 0, "there is no record")
	wantRecords(t, j, 0, 0, "there is no record")
	wantRecords(t, j, 7, 0, "there is no record")
}

func readBeginsWhereAskedTo(t *testing.T, s Store) {
	j := s.Open(t)
	fill(t, j, 1, 40)
	for _, from := range []uint64{0, 1, 2, 17, 39, 40} {
		wantRecords(t, j, from, 40, "from where it was asked to, to the end")
	}
	for _, from := range []uint64{41, 42, 1 << 60} {
		wantRecords(t, j, from, 0, "behind the end there is nothing, and that is no error")
	}
}

func readStopsAtTheEndItFound(t *testing.T, s Store) {
	j := s.Open(t)
	fill(t, j, 1, 10)
	end := uint64(10)
	read := j.Read(t.Context(), 0)
	for r, err := range read {
		require.NoError(t, err)
		require.LessOrEqual(t, r.Seq, uint64(10), "it does not follow")
		end++
		fill(t, j, end, end)
	}
	require.EqualValues(t, 20, end, "ten records were read")
	n := uint64(0)
	for _, err := range read {
		require.NoError(t, err)
		n++
	}
	require.Equal(t, end, n, "ranging again finds the new end")
}

func readMayBeLeftAndBegunAgain(t *testing.T, s Store) {
	j := s.Open(t)
	fill(t, j, 1, 30)
	for _, stop := range []uint64{1, 15, 30} {
		var last uint64
		for r, err := range j.Read(t.Context(), 0) {
			require.NoError(t, err)
			if last = r.Seq; last == stop {
				break
			}
		}
		require.Equal(t, stop, last)
	}
	wantRecords(t, j, 0, 30, "everything, after all")
}

func readSeesAPrefixWhileAnotherAppends(t *testing.T, s Store) {
	const total = 300
	writer, reader := s.Open(t), s.Open(t)
	done := make(chan error, 1)
	go func() {
		var err error
		for seq := uint64(1); seq <= total && err == nil; seq++ {
			_, err = writer.Append(t.Context(), record(seq), seq-1)
		}
		done <- err
	}()
	for last := uint64(0); last < total; {
		next := uint64(1)
		for r, err := range reader.Read(t.Context(), 0) {
			require.NoError(t, err)
			require.Equal(t, next, r.Seq, "no gap, no repetition")
			require.Equal(t, string(record(next)), string(r.Data))
			next++
		}
		require.GreaterOrEqual(t, next-1, last, "what was there once stays there")
		last = next - 1
		runtime.Gosched() // under js nothing preempts this loop
	}
	require.NoError(t, <-done)
}

func recordsStayAsTheyWereRead(t *testing.T, s Store) {
	j := s.Open(t)
	fill(t, j, 1, 50)
	var kept []journal.Record
	for r, err := range j.Read(t.Context(), 0) {
		require.NoError(t, err)
		kept = append(kept, r)
	}
	fill(t, j, 51, 100)
	wantRecords(t, j, 0, 100, "reading again must not write over what was read before")
	for _, r := range kept {
		require.Equal(t, string(record(r.Seq)), string(r.Data))
	}
}

func readEndsWithItsContext(t *testing.T, s Store) {
	j := s.Open(t)
	fill(t, j, 1, 100)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	var last error
	for _, last = range j.Read(ctx, 0) {
		if n++; n == 10 {
			cancel()
		}
	}
	require.ErrorIs(t, last, context.Canceled, "the error is the last pair")
	require.Equal(t, 11, n, "nothing comes between the tenth record and the error")

	n, err := readError(ctx, j)
	require.ErrorIs(t, err, context.Canceled)
	require.Zero(t, n)
	wantRecords(t, j, 0, 100, "the journal is as good as before")
}
