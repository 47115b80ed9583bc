package journaltest

import (
	"context"
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/server/journal"
)

var restarting = map[string]func(*testing.T, Store){
	"IDIsThirtyTwoHexDigitsAndTheStoresOwn": idIsThirtyTwoHexDigitsAndTheStoresOwn,
	"RestartKeepsIDAndRecords":              restartKeepsIDAndRecords,
	"WipeChangesTheIDAndEmptiesTheJournal":  wipeChangesTheIDAndEmptiesTheJournal,
}

var closing = map[string]func(*testing.T, Store){
	"ClosedJournalSaysSo":             closedJournalSaysSo,
	"CloseEndsAReadUnderWay":          closeEndsAReadUnderWay,
	"ClosingOneLeavesTheOtherJournal": closingOneLeavesTheOtherJournal,
}

func idIsThirtyTwoHexDigitsAndTheStoresOwn(t *testing.T, s Store) {
	j := s.Open(t)
	raw, err := hex.DecodeString(j.ID())
	require.NoError(t, err)
	require.Len(t, raw, 16)
	require.Equal(t, j.ID(), s.Open(t).ID(), "whoever opens it")
	fill(t, j, 1, 5)
	require.Equal(t, hex.EncodeToString(raw), j.ID(), "whatever happens to it")
}

func restartKeepsIDAndRecords(t *testing.T, s Store) {
	j := s.Open(t)
	id := j.ID()
	for last := uint64(0); last < 60; last += 20 {
		wantLast(t, j, last, "the last record survives")
		fill(t, j, last+1, last+20)
		s.Restart(t)
		j = s.Open(t)
		require.Equal(t, id, j.ID())
		wantRecords(t, j, 0, last+20, "the records survive")
	}
}

func wipeChangesTheIDAndEmptiesTheJournal(t *testing.T, s Store) {
	j := s.Open(t)
	id := j.ID()
	fill(t, j, 1, 5)
	save(t, j, 5, []byte("state"))
	s.Wipe(t)
	j = s.Open(t)
	require.NotEqual(t, id, j.ID())
	wantRecords(t, j, 0, 0, "the records are gone")
	fill(t, j, 1, 5)
	_, _, err := j.LoadSnapshot(t.Context())
	require.ErrorIs(t, err, journal.ErrNoSnapshot, "and the snapshots")
}

func closedJournalSaysSo(t *testing.T, s Store) {
	j := s.Open(t)
	id := j.ID()
	fill(t, j, 1, 5)
	save(t, j, 5, []byte("state"))
	require.NoError(t, j.Close())
	require.NoError(t, j.Close(), "closing twice is fine")

	_, err := j.Append(t.Context(), []byte("x"), 5)
	require.ErrorIs(t, err, journal.ErrClosed)
	require.NotErrorIs(t, err, journal.ErrAmbiguous)
	_, err = j.Last(t.Context())
	require.ErrorIs(t, err, journal.ErrClosed)
	n, err := readError(t.Context(), j)
	require.ErrorIs(t, err, journal.ErrClosed)
	require.Zero(t, n)
	require.ErrorIs(t, j.SaveSnapshot(t.Context(), 5, &failing{}), journal.ErrClosed)
	_, _, err = j.LoadSnapshot(t.Context())
	require.ErrorIs(t, err, journal.ErrClosed)
	require.Equal(t, id, j.ID(), "the ID is still known")

	wantRecords(t, s.Open(t), 0, 5, "the store has it all, and nothing more")
}

func closeEndsAReadUnderWay(t *testing.T, s Store) {
	j := s.Open(t)
	fill(t, j, 1, 100)
	n := 0
	var last error
	for _, last = range j.Read(context.Background(), 0) {
		if n++; n == 10 {
			require.NoError(t, j.Close())
		}
	}
	require.ErrorIs(t, last, journal.ErrClosed)
	require.Equal(t, 11, n, "nothing comes between the tenth record and the error")
}

func closingOneLeavesTheOtherJournal(t *testing.T, s Store) {
	one, other := s.Open(t), s.Open(t)
	fill(t, one, 1, 5)
	require.NoError(t, one.Close())
	fill(t, other, 6, 10)
	wantRecords(t, other, 0, 10, "the other goes on")
}
