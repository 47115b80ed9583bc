//go:build !js

package nats_test

import (
	"bytes"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/server/journal/nats"
)

func rounds() int {
	if testing.Short() {
		return 3
	}
	return 25
}

// A helper appends, and prints each sequence that was acknowledged. It is killed with kill -9 at any moment.
func TestAcknowledgedRecordsSurviveKill(t *testing.T) {
	for _, sync := range []nats.Sync{nats.SyncAlways, nats.SyncInterval} {
		t.Run(string(sync), func(t *testing.T) { recordsSurviveKill(t, sync) })
	}
}

func recordsSurviveKill(t *testing.T, sync nats.Sync) {
	dir := t.TempDir()
	var id string
	total := uint64(0)
	for range rounds() {
		h := startHelper(t, "append", dir, sync)
		acknowledged := h.acknowledged(t, 1+rand.IntN(300))
		h.Process.Kill()
		acknowledged = max(acknowledged, h.acknowledged(t, 1<<30)) // what it could still print
		h.kill()

		server, err := nats.Start(nats.Options{Dir: dir, Sync: sync, Logf: t.Logf})
		require.NoError(t, err)
		j, err := server.Open(t.Context(), "app")
		require.NoError(t, err)
		if id == "" {
			id = j.ID()
		}
		require.Equal(t, id, j.ID())
		total = 0
		for r, err := range j.Read(t.Context(), 0) {
			require.NoError(t, err)
			require.Equal(t, total+1, r.Seq)
			require.True(t, bytes.Equal(record(r.Seq), r.Data), "record %d is whole", r.Seq)
			total = r.Seq
		}
		require.GreaterOrEqual(t, total, acknowledged, "no acknowledged record is missing")
		require.LessOrEqual(t, total, acknowledged+1, "at most the one in flight is there unacknowledged")
		require.NoError(t, server.Close())
	}
	t.Logf("%d rounds, %d records", rounds(), total)
}

// A helper saves snapshots, and prints where each one that was acknowledged was taken.
func TestAcknowledgedSnapshotSurvivesKill(t *testing.T) {
	dir := t.TempDir()
	saved := uint64(0)
	for range rounds() {
		h := startHelper(t, "snapshot", dir, nats.SyncAlways)
		saved = max(saved, h.acknowledged(t, 1+rand.IntN(4)))
		h.Process.Kill()
		saved = max(saved, h.acknowledged(t, 1<<30))
		h.kill()

		server, err := nats.Start(nats.Options{Dir: dir, Logf: t.Logf})
		require.NoError(t, err)
		j, err := server.Open(t.Context(), "app")
		require.NoError(t, err)
		at, r, err := j.LoadSnapshot(t.Context())
		require.NoError(t, err)
		require.GreaterOrEqual(t, at, saved, "the snapshot acknowledged last, or the one being saved")
		data, err := io.ReadAll(r)
		require.NoError(t, err)
		require.True(t, bytes.Equal(state(at), data), "it is whole")
		require.NoError(t, r.Close())
		require.NoError(t, server.Close())
	}
}

func TestFolderHeldByAnotherProcessIsRefused(t *testing.T) {
	dir := t.TempDir()
	h := startHelper(t, "hold", dir, nats.SyncAlways)
	require.Equal(t, "held", h.line(t))
	_, err := nats.Start(nats.Options{Dir: dir})
	require.ErrorIs(t, err, nats.ErrInUse)
	require.ErrorContains(t, err, dir)

	h.kill()
	server, err := nats.Start(nats.Options{Dir: dir})
	require.NoError(t, err, "the lock ends with the process")
	require.NoError(t, server.Close())
}
