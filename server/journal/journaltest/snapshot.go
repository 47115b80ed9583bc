package journaltest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/server/journal"
)

var snapshots = map[string]func(*testing.T, Store){
	"WithoutSnapshotThereIsNone":              withoutSnapshotThereIsNone,
	"SnapshotComesBackByteForByte":            snapshotComesBackByteForByte,
	"NewestSnapshotWins":                      newestSnapshotWins,
	"SnapshotSurvivesARestart":                snapshotSurvivesARestart,
	"TornSaveLeavesTheSnapshotBefore":         tornSaveLeavesTheSnapshotBefore,
	"CancelledSaveLeavesTheSnapshotBefore":    cancelledSaveLeavesTheSnapshotBefore,
	"SnapshotBeyondTheEndIsRefused":           snapshotBeyondTheEndIsRefused,
	"SnapshotStaysReadableWhileANewerIsSaved": snapshotStaysReadableWhileANewerIsSaved,
	"SnapshotsLeaveTheRecordsAlone":           snapshotsLeaveTheRecordsAlone,
	"PurgeKeepsWhatSnapshotsNeed":             purgeKeepsWhatSnapshotsNeed,
	"PurgeWithoutSnapshotDoesNothing":         purgeWithoutSnapshotDoesNothing,
	"OfTwoSavesAtOnceNoneIsMixed":             ofTwoSavesAtOnceNoneIsMixed,
}

const megabyte = 1 << 20

func save(t *testing.T, j journal.Journal, at uint64, state []byte) {
	t.Helper()
	require.NoError(t, j.SaveSnapshot(t.Context(), at, bytes.NewReader(state)))
}

func wantSnapshot(t *testing.T, j journal.Journal, at uint64, state []byte, why string) {
	t.Helper()
	got, r, err := j.LoadSnapshot(t.Context())
	require.NoError(t, err, why)
	defer r.Close()
	require.Equal(t, at, got, why)
	data, err := io.ReadAll(r)
	require.NoError(t, err, why)
	require.True(t, bytes.Equal(state, data), "%s: %d bytes, want %d", why, len(data), len(state))
}

func withoutSnapshotThereIsNone(t *testing.T, s Store) {
	j := s.Open(t)
	fill(t, j, 1, 3)
	_, _, err := j.LoadSnapshot(t.Context())
	require.ErrorIs(t, err, journal.ErrNoSnapshot)
}

func snapshotComesBackByteForByte(t *testing.T, s Store) {
	j := s.Open(t)
	fill(t, j, 1, 3)
	for seed, size := range []int{0, 1, journal.MaxRecord - 1, journal.MaxRecord, journal.MaxRecord + 1, 2 * journal.MaxRecord, 5*megabyte + 17} {
		state := noise(byte(seed), size)
		save(t, j, 3, state)
		wantSnapshot(t, j, 3, state, "what was saved")
	}
}

func newestSnapshotWins(t *testing.T, s Store) {
	j := s.Open(t)
	save(t, j, 0, []byte("the state before the first record"))
	wantSnapshot(t, j, 0, []byte("the state before the first record"), "zero is a position too")
	for at := uint64(1); at <= 5; at++ {
		fill(t, j, at, at)
		save(t, j, at, noise(byte(at), megabyte))
		wantSnapshot(t, j, at, noise(byte(at), megabyte), "the one saved last")
	}
}

func snapshotSurvivesARestart(t *testing.T, s Store) {
	j := s.Open(t)
	fill(t, j, 1, 4)
	save(t, j, 2, noise(1, megabyte))
	save(t, j, 4, noise(2, 2*megabyte))
	s.Restart(t)
	j = s.Open(t)
	wantSnapshot(t, j, 4, noise(2, 2*megabyte), "the newest")
	fill(t, j, 5, 6)
	save(t, j, 6, noise(3, 2*megabyte))
	wantSnapshot(t, j, 6, noise(3, 2*megabyte), "and the next")
}

func tornSaveLeavesTheSnapshotBefore(t *testing.T, s Store) {
	j := s.Open(t)
	fill(t, j, 1, 4)
	state := noise(1, 2*megabyte)
	save(t, j, 2, state)
	for _, torn := range []error{errors.New("the source broke"), io.ErrUnexpectedEOF} {
		err := j.SaveSnapshot(t.Context(), 4, &failing{data: noise(2, 3*megabyte), err: torn})
		require.ErrorIs(t, err, torn)
		wantSnapshot(t, j, 2, state, "the one before")
	}
	s.Restart(t)
	j = s.Open(t)
	wantSnapshot(t, j, 2, state, "the one before, after a restart too")
	save(t, j, 4, noise(3, megabyte))
	wantSnapshot(t, j, 4, noise(3, megabyte), "and the next save is not disturbed")
}

// cancelling yields bytes for ever, and cancels after some.
type cancelling struct {
	left   int
	cancel func()
}

func (c *cancelling) Read(p []byte) (int, error) {
	if c.left -= len(p); c.left < 0 {
		c.cancel()
		return 0, io.EOF
	}
	return len(p), nil
}

func cancelledSaveLeavesTheSnapshotBefore(t *testing.T, s Store) {
	j := s.Open(t)
	fill(t, j, 1, 4)
	save(t, j, 2, []byte("before"))
	ctx, cancel := context.WithCancel(t.Context())
	require.ErrorIs(t, j.SaveSnapshot(ctx, 4, &cancelling{left: 3 * megabyte, cancel: cancel}), context.Canceled)
	wantSnapshot(t, j, 2, []byte("before"), "the one before")
	_, _, err := j.LoadSnapshot(ctx)
	require.ErrorIs(t, err, context.Canceled)
}

func snapshotBeyondTheEndIsRefused(t *testing.T, s Store) {
	j := s.Open(t)
	fill(t, j, 1, 4)
	save(t, j, 4, []byte("before"))
	require.Error(t, j.SaveSnapshot(t.Context(), 5, bytes.NewReader([]byte("later"))))
	wantSnapshot(t, j, 4, []byte("before"), "the one before")
}

func snapshotStaysReadableWhileANewerIsSaved(t *testing.T, s Store) {
	j := s.Open(t)
	fill(t, j, 1, 4)
	for at := uint64(1); at <= 3; at++ {
		save(t, j, at, noise(byte(at), 3*megabyte))
	}
	at, r, err := j.LoadSnapshot(t.Context())
	require.NoError(t, err)
	defer r.Close()
	require.EqualValues(t, 3, at)
	data := make([]byte, 1000)
	_, err = io.ReadFull(r, data)
	require.NoError(t, err)

	save(t, j, 4, noise(4, 3*megabyte))
	rest, err := io.ReadAll(r)
	require.NoError(t, err)
	require.True(t, bytes.Equal(noise(3, 3*megabyte), append(data, rest...)))
	wantSnapshot(t, j, 4, noise(4, 3*megabyte), "the newer one")
}

func snapshotsLeaveTheRecordsAlone(t *testing.T, s Store) {
	j := s.Open(t)
	for at := uint64(10); at <= 50; at += 10 {
		fill(t, j, at-9, at)
		save(t, j, at, noise(byte(at), megabyte))
	}
	wantRecords(t, j, 0, 50, "all of them, numbered as if there were no snapshots")
}

func ofTwoSavesAtOnceNoneIsMixed(t *testing.T, s Store) {
	one, other := s.Open(t), s.Open(t)
	fill(t, one, 1, 2)
	save(t, one, 1, []byte("before"))
	states := [][]byte{noise(1, 3*megabyte), noise(2, 3*megabyte)}
	errs := make(chan error, 2)
	for i, j := range []journal.Journal{one, other} {
		go func() { errs <- j.SaveSnapshot(t.Context(), 2, bytes.NewReader(states[i])) }()
	}
	failures := 0
	for range 2 {
		if err := <-errs; err != nil {
			require.ErrorIs(t, err, journal.ErrConflict)
			failures++
		}
	}
	at, r, err := one.LoadSnapshot(t.Context())
	require.NoError(t, err)
	defer r.Close()
	data, err := io.ReadAll(r)
	require.NoError(t, err)
	if failures == 2 {
		require.EqualValues(t, 1, at)
		require.Equal(t, "before", string(data))
		return
	}
	require.EqualValues(t, 2, at)
	require.True(t, bytes.Equal(states[0], data) || bytes.Equal(states[1], data), "one of the two, whole")
}

func purgeKeepsWhatSnapshotsNeed(t *testing.T, s Store) {
	j := s.Open(t)
	for at := uint64(10); at <= 40; at += 10 {
		fill(t, j, at-9, at)
		save(t, j, at, noise(byte(at), megabyte))
		require.NoError(t, j.Purge(t.Context()))
		wantSnapshot(t, j, at, noise(byte(at), megabyte), "it is still taken at its record")
		wantRecords(t, j, at, at, "which is there")
	}
	for _, err := range j.Read(t.Context(), 1) {
		require.ErrorIs(t, err, journal.ErrCorrupt, "the first ones are gone, and reading them says so")
	}
	fill(t, j, 41, 45)
	wantRecords(t, j, 40, 45, "sequences go on")
	s.Restart(t)
	j = s.Open(t)
	wantSnapshot(t, j, 40, noise(40, megabyte), "after a restart too")
	wantRecords(t, j, 41, 45, "what follows it")
	fill(t, j, 46, 50)
	wantRecords(t, j, 41, 50, "and more of it")
}

func purgeWithoutSnapshotDoesNothing(t *testing.T, s Store) {
	j := s.Open(t)
	require.NoError(t, j.Purge(t.Context()))
	fill(t, j, 1, 20)
	require.NoError(t, j.Purge(t.Context()))
	wantRecords(t, j, 1, 20, "all of them")
	save(t, j, 0, []byte("the state before the first record"))
	require.NoError(t, j.Purge(t.Context()))
	wantRecords(t, j, 1, 20, "and a snapshot of nothing needs all of them")
}
