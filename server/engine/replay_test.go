package engine

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/record"
	"beckon/server/journal/memory"
	"beckon/server/servertest"
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
			for p, err := range e.replay(t.Context(), from, 0) {
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
	for _, err := range e.replay(t.Context(), 1, 0) {
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
	for _, err := range e.replay(ctx, 1, 0) {
		cancel()
		last = err
	}
	require.ErrorIs(t, last, context.Canceled)
}

// A goroutine that stayed would fail the test: a bubble waits for all.
func TestReplayLeavesNothingBehindWhenItIsStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := written(t, 20*batchRecords)
		for p, err := range e.replay(t.Context(), 1, 0) {
			require.NoError(t, err)
			if p.seq == 3 {
				break
			}
		}
	})
}

func answeredAt(now core.Time) record.Record {
	by := core.Actor{Account: "ada", Device: "tab", Life: "1"}
	return record.Record{Now: now, Events: []core.Event{core.LinkBack{By: by}, core.Answered{By: by, N: uint64(now)}, core.LinksLost{}}}
}

func TestReplayLeavesOutWhatWasForgotten(t *testing.T) {
	e := written(t, 0)
	const n = 100
	for k := range n {
		_, err := e.config.Journal.Append(t.Context(), record.Append(nil, answeredAt(core.Time(k+1))), uint64(k))
		require.NoError(t, err)
	}
	for p, err := range e.replay(t.Context(), 1, 60) {
		require.NoError(t, err)
		want := answeredAt(p.Now)
		if p.Now <= 60 {
			want.Events[1] = core.Answered{}
		}
		require.Equal(t, want, p.Record)
	}
}

func TestTheLastAnswerIsLookedForAtTheEnd(t *testing.T) {
	for _, c := range []struct {
		name  string
		after int    // records without answers behind the one of 1000
		from  uint64 // what is replayed
		want  core.Time
	}{
		{"the last record", 0, 1, 1000},
		{"the first that is looked at", latestRecords - 1, 1, 1000},
		{"too far from the end", latestRecords, 1, 0},
		{"nothing but the end is replayed", 0, 101 - latestRecords + 1, 0},
	} {
		e := written(t, 100-c.after)
		for k := range c.after + 1 {
			r := answeredAt(1000)
			if k > 0 {
				r = record.Record{Now: 1001, Events: []core.Event{core.LinksLost{}}}
			}
			_, err := e.config.Journal.Append(t.Context(), record.Append(nil, r), uint64(100-c.after+k))
			require.NoError(t, err)
		}
		at, err := e.lastAnswer(t.Context(), c.from)
		require.NoError(t, err)
		require.Equal(t, c.want, at, c.name)
	}
}

func snapshotOf(t *testing.T, app *core.App) (text string) {
	require.NoError(t, record.WriteSnapshot(app, func(line []byte) error { text += string(line); return nil }))
	return text
}

// Whoever asks again after a restart is answered as before it.
func TestARebuildRemembersWhatTheRelayDid(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		w.config.App.Channels = 1000
		w.restart()
		alice := w.link("alice/tab")
		for n := range 100 {
			alice.take() // how the calls before ended
			alice.ask(callEx("bob", fmt.Sprint("r", n)))
			time.Sleep(10 * time.Second)
			synctest.Wait()
		}
		w.crash()
		config := w.config
		config.Journal = w.store.Open()
		e, err := Open(t.Context(), config)
		require.NoError(t, err)
		all := servertest.Replay(t, config.App, config.Journal.Read(t.Context(), 1)).App
		require.Equal(t, snapshotOf(t, all), snapshotOf(t, e.app))
		for n := range 100 {
			_, remembered := e.app.Answer(core.Actor(alice.Device), uint64(n+1))
			require.Equal(t, n >= 94, remembered, "call %d", n)
		}
	})
}
