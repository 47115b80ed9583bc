package engine

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
)

// machine drives a clock through time, with a wall that can be set.
type machine struct {
	*clock
	began, wall time.Time
}

func newMachine(seen core.Time) *machine {
	now := time.Now()
	return &machine{clock: startClock(now, seen, neverSet), began: now, wall: now}
}

// set moves the wall clock without time passing. The clock tells the two apart
// by their monotonic reading; here the reading that it compares with moves along.
func (m *machine) set(d time.Duration) {
	m.wall = m.wall.Add(d)
	m.read = m.read.Add(d)
}

// passes returns how far machine time gets while the given time passes.
func (m *machine) passes(d, step time.Duration) time.Duration {
	before := m.now(m.wall)
	for range d / step {
		m.wall = m.wall.Add(step)
		m.now(m.wall)
	}
	return time.Duration(m.now(m.wall)-before) * time.Millisecond
}

func (m *machine) ahead() time.Duration {
	return time.Duration(int64(m.now(m.wall))-m.wall.UnixMilli()) * time.Millisecond
}

func TestMachineTimeIsTheWallsWhileNothingIsOdd(t *testing.T) {
	m := newMachine(0)
	require.Zero(t, m.ahead())
	require.Equal(t, time.Hour, m.passes(time.Hour, time.Second))
	require.Zero(t, m.ahead())
}

func TestMachineTimeNeverStartsBeforeTheLastRecord(t *testing.T) {
	seen := core.Time(time.Now().Add(time.Hour).UnixMilli())
	m := newMachine(seen)
	require.Equal(t, seen, m.now(m.wall))
	require.InDelta(t, 99, m.passes(100*time.Second, time.Second).Seconds(), 0.01, "it waits for the wall, at 1 %")
}

func TestWallSetAheadFiresNoDeadline(t *testing.T) {
	m := newMachine(0)
	m.set(24 * time.Hour)
	require.InDelta(t, 90.9, m.passes(90*time.Second, time.Second).Seconds(), 0.01, "at most 1 % faster")
}

func TestWallSetBackFreezesNoDeadline(t *testing.T) {
	m := newMachine(0)
	m.set(-24 * time.Hour)
	require.InDelta(t, 89.1, m.passes(90*time.Second, time.Second).Seconds(), 0.01, "at most 1 % slower")
}

func TestMachineTimeMeetsTheWallAgain(t *testing.T) {
	for _, off := range []time.Duration{time.Minute, -time.Minute} {
		for _, step := range []time.Duration{time.Hour, time.Second, 10 * time.Millisecond} {
			m := newMachine(0)
			m.set(off)
			m.passes(3*time.Hour, step)
			require.Zero(t, m.ahead(), "a minute takes 100 minutes, in steps of %v", step)
		}
	}
}

func TestMachineTimeNeverRunsBack(t *testing.T) {
	m := newMachine(0)
	last := m.now(m.wall)
	for i := range 1000 {
		m.set(time.Duration(i%7-3) * time.Hour)
		m.wall = m.wall.Add(time.Duration(i%5) * time.Millisecond)
		now := m.now(m.wall)
		require.GreaterOrEqual(t, now, last)
		last = now
	}
	require.Equal(t, last, m.now(m.wall.Add(-time.Second)), "nor when readings come out of order")
}

func TestEngineTellsMachineTime(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		require.EqualValues(t, time.Now().UnixMilli(), w.eng.Now())
		time.Sleep(time.Minute) // without a command
		require.EqualValues(t, time.Now().UnixMilli(), w.eng.Now())

		future := core.Time(time.Now().Add(time.Hour).UnixMilli())
		w.crash()
		_, err := w.store.Open().Append(t.Context(), emptyRecord(future), 0)
		require.NoError(t, err)
		w.start()
		synctest.Wait()
		require.Equal(t, future, w.eng.Now())
		time.Sleep(100 * time.Second)
		w.link("alice/tab")
		require.InDelta(t, int64(future)+99_000, int64(w.eng.Now()), 5, "the wall is met at 1 %")
	})
}
