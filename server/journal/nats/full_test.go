//go:build linux

package nats_test

import (
	"context"
	"errors"
	"fmt"
	"os/signal"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"beckon/server/journal"
	"beckon/server/journal/nats"
)

func init() { jobs["fill"] = appendUntilFull }

// appendUntilFull forbids its process files above a megabyte, which to the store is a disk that refuses writes.
func appendUntilFull(ctx context.Context, j journal.Journal) error {
	signal.Ignore(unix.SIGXFSZ)
	if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: 1 << 20, Max: 1 << 20}); err != nil {
		return err
	}
	var seq uint64
	var err error
	for err == nil {
		fmt.Println(seq)
		seq, err = j.Append(ctx, make([]byte, 100_000), seq)
	}
	fmt.Println("ambiguous", errors.Is(err, journal.ErrAmbiguous), "errno", errors.Is(err, unix.EFBIG))
	_, err = j.Append(ctx, nil, seq)
	fmt.Println("failed", errors.Is(err, journal.ErrFailed), "ambiguous", errors.Is(err, journal.ErrAmbiguous), "errno", errors.Is(err, unix.EFBIG))
	return nil
}

func TestFullDiskFailsAppendsAtOnceAndLosesNothing(t *testing.T) {
	dir := t.TempDir()
	h := startHelper(t, "fill", dir, nats.SyncAlways)
	for seq := range uint64(11) { // ten records fit
		require.Equal(t, fmt.Sprint(seq), h.line(t))
	}
	require.Equal(t, "ambiguous true errno true", h.line(t), "the append that met the end")
	require.True(t, h.lines.Scan())
	require.Equal(t, "failed true ambiguous false errno true", h.lines.Text(), "every append after it")
	require.NoError(t, h.Wait())

	server, err := nats.Start(nats.Options{Dir: dir, Logf: t.Logf})
	require.NoError(t, err)
	defer server.Close()
	j, err := server.Open(t.Context(), "app")
	require.NoError(t, err)
	last, err := j.Last(t.Context())
	require.NoError(t, err)
	require.GreaterOrEqual(t, last, uint64(10), "what was acknowledged is there")
	seq, err := j.Append(t.Context(), []byte("room again"), last)
	require.NoError(t, err, "and once there is room, it goes on")
	require.Equal(t, last+1, seq)
}
