package engine

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core"
)

// told makes a notice at record seq, told to some accounts.
func told(seq uint64, at core.Time, bytes int, to ...string) *notice {
	return &notice{position: core.At(seq, 0), at: at, to: to, frame: make([]byte, bytes)}
}

var bob = Device{Account: "bob", Device: "phone"}

func records(t *testing.T, list []*notice, ok bool) []uint64 {
	t.Helper()
	require.True(t, ok)
	var seqs []uint64
	for _, n := range list {
		seqs = append(seqs, n.position.Record())
	}
	return seqs
}

func TestFeedTellsWhatCameAfterAPosition(t *testing.T) {
	f := newFeed(0)
	f.add(told(1, 1000, 10, "bob"))
	f.add(told(2, 1001, 10, "alice"))
	f.add(told(3, 1002, 10, "alice", "bob"))
	missed, ok := f.since(core.At(1, 0), bob)
	require.Equal(t, []uint64{3}, records(t, missed, ok))
	missed, ok = f.since(0, bob)
	require.Equal(t, []uint64{1, 3}, records(t, missed, ok))
	missed, ok = f.since(core.At(3, 0), bob)
	require.Empty(t, records(t, missed, ok))
}

func TestFeedDoesNotTellTheDeviceThatActed(t *testing.T) {
	f := newFeed(0)
	n := told(1, 1000, 10, "bob")
	n.by = core.Actor{Account: "bob", Device: "phone"}
	f.add(n)
	missed, ok := f.since(0, bob)
	require.Empty(t, records(t, missed, ok))
	missed, ok = f.since(0, Device{Account: "bob", Device: "tablet"})
	require.Equal(t, []uint64{1}, records(t, missed, ok))
}

func TestFeedForgetsWhatIsTwoMinutesOld(t *testing.T) {
	f := newFeed(0)
	f.add(told(1, 1000, 10, "bob"))
	f.add(told(2, 2000, 10, "bob"))
	f.add(told(3, 1000+feedTime, 10, "alice"))
	_, ok := f.since(0, bob)
	require.False(t, ok, "the floor rises to what was forgotten")
	missed, ok := f.since(core.At(1, 0), bob)
	require.Equal(t, []uint64{2}, records(t, missed, ok), "and is itself a place to resume from")
}

func TestFeedIsBoundedInBytes(t *testing.T) {
	const size = 1 << 20
	f := newFeed(0)
	for i := range uint64(100) {
		f.add(told(i+1, 1000, size, "bob", fmt.Sprint("a", i)))
		require.LessOrEqual(t, f.bytes, feedBytes)
	}
	require.Less(t, f.count, 64)
	require.Greater(t, f.count, 60, "it is not emptied without need")
	require.Len(t, f.latest, f.count+1, "no account is kept for what is forgotten")
	_, ok := f.since(core.At(30, 0), bob)
	require.False(t, ok)
	missed, ok := f.since(f.floor, Device{Account: "a99"})
	require.Equal(t, []uint64{100}, records(t, missed, ok))
}

func TestFeedTellsNoMoreThanALinkCanTake(t *testing.T) {
	f := newFeed(0)
	for i := range uint64(4) {
		f.add(told(i+1, 1000, maxReplay/2, "bob"))
	}
	missed, ok := f.since(core.At(2, 0), bob)
	require.Equal(t, []uint64{3, 4}, records(t, missed, ok))
	_, ok = f.since(core.At(1, 0), bob)
	require.False(t, ok)
}

func TestFeedThatForgotEverythingCountsNoBytes(t *testing.T) {
	f := newFeed(0)
	for i := range uint64(10) {
		f.add(told(i+1, 1000, 10, "bob"))
	}
	f.drop(1000 + feedTime)
	require.Zero(t, f.bytes)
	require.Zero(t, f.count)
	require.Empty(t, f.blocks)
	require.Empty(t, f.latest)
	require.Equal(t, core.At(10, 0), f.floor)
}
