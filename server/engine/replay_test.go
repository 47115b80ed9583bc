package engine

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/record"
	"beckon/server/journal/memory"
)

// written is an engine whose journal has so many records, each at its number.
func written(t *testing.T, n int) *Engine {
	j := memory.New().Open()
	for k := range n {
		data := record.Append(nil, record.Record{Now: core.Time(k + 1), Events: []core.Event{core.LinksLost{}}})
		_, err := j.Append(t.Context(), data, uint64(k))
		require.NoError(t, err)
	}
	return &Engine{config: Config{Journal: j}}
}

func TestReplayKeepsTheOrderOfRecords(t *testing.T) {
	for _, n := range []int{0, 1, batchRecords - 1, batchRecords, 10*batchRecords + 7} {
		e := written(t, n)
		for _, from := range []uint64{1, 2} {
			next := from
			for p, err := range e.replay(t.Context(), from) {
				require.NoError(t, err)
				require.Equal(t, next, p.seq)
				require.Equal(t, core.Time(next), p.Now)
				require.Equal(t, []core.Event{core.LinksLost{}}, p.Events)
				require.Positive(t, p.size)
				next++
			}
			require.Equal(t, max(uint64(n)+1, from), next, "all of %d", n)
		}
	}
}

func TestReplayYieldsWhatIsBeforeARecordThatCannotBeRead(t *testing.T) {
	const n = 3*batchRecords + 5
	e := written(t, n)
	for k, data := range []string{`{"format":1,"now":1,"events":[{"event":"flown"}]}`, `{"format":1}`} {
		_, err := e.config.Journal.Append(t.Context(), []byte(data), n+uint64(k))
		require.NoError(t, err)
	}
	var good int
	var failures []error
	for _, err := range e.replay(t.Context(), 1) {
		if err != nil {
			failures = append(failures, err)
			continue
		}
		require.Empty(t, failures, "nothing comes behind an error")
		good++
	}
	require.Equal(t, n, good)
	require.Len(t, failures, 1)
	require.EqualError(t, failures[0], `record 390: record: an event "flown" is not known to this version`)
}

func TestReplayEndsWithItsContext(t *testing.T) {
	e := written(t, 20*batchRecords)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var last error
	for _, err := range e.replay(ctx, 1) {
		cancel()
		last = err
	}
	require.ErrorIs(t, last, context.Canceled)
}

// A goroutine that stayed would fail the test: a bubble waits for all.
func TestReplayLeavesNothingBehindWhenItIsStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := written(t, 20*batchRecords)
		for p, err := range e.replay(t.Context(), 1) {
			require.NoError(t, err)
			if p.seq == 3 {
				break
			}
		}
	})
}
