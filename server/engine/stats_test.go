package engine

import (
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/wire"
)

func TestStatsCountWhatCommandsCameTo(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice := w.link("alice/tab")
		alice.ask(callEx("bob", "r1"))
		alice.ask(callEx("carl", "r2"))
		alice.refuses(&wire.Join{Channel: "nowhere"})
		alice.ask(&wire.Channels{})
		n := alice.send(callEx("dan", "r3"))
		alice.resend(n, callEx("dan", "r3")) // asks again, and gets the first answer
		synctest.Wait()
		s := w.eng.Stats()
		require.Equal(t, Outcomes{Done: 4}, s.Commands["callEx"])
		require.Equal(t, Outcomes{Refused: 1}, s.Commands["join"])
		require.Equal(t, Outcomes{Shown: 1}, s.Commands["channels"])
		require.EqualValues(t, 1, s.Refused[core.NoChannel])
		require.EqualValues(t, 3, s.Append.Count(), "a record for each of them but the one asked again")
		require.EqualValues(t, 4, s.Lag.Count())
		require.EqualValues(t, 3, s.Last)
		require.Positive(t, s.Written)
		require.Zero(t, s.Queued)
		require.Zero(t, s.Failures)
	})
}

// A stranger cannot make metrics without end.
func TestCommandsThatDoNotExistAreOneMetric(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice := w.link("alice/tab")
		for _, name := range []string{"x", "y"} {
			alice.n++
			require.NoError(t, w.eng.Submit(alice.Device, alice, &wire.Command{N: alice.n, Name: name}, 10))
		}
		synctest.Wait()
		s := w.eng.Stats()
		require.EqualValues(t, 2, s.Commands[unknownName].Refused)
		require.Len(t, s.Commands, len(wire.Commands)+1)
	})
}

func TestLagIsFromTheArrivalToTheAnswer(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		j := w.failing(refusing, refusing)
		alice := w.link("alice/tab")
		alice.send(callEx("bob", "r1"))
		time.Sleep(10 * retryTime)
		_ = j
		s := w.eng.Stats()
		require.InDelta(t, 2*retryTime.Seconds(), s.Lag.Sum, 1e-9, "two tries failed")
		require.EqualValues(t, 2, s.Failures)
	})
}

// What was undone because somebody else wrote is not counted twice.
func TestWhatIsDoneAgainCountsOnce(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		w.failing(contested)
		alice := w.link("alice/tab")
		alice.send(callEx("bob", "r1"))
		time.Sleep(time.Minute)
		require.Equal(t, Outcomes{Done: 1}, w.eng.Stats().Commands["callEx"])
	})
}

func TestHistogramsCountByBounds(t *testing.T) {
	h := histogram{bounds: []int64{10, 100}}
	for _, v := range []int64{0, 10, 11, 100, 101, 5000} {
		h.add(v)
	}
	require.Equal(t, Histogram{Bounds: []float64{1, 10}, Counts: []uint64{2, 2, 2}, Sum: 522.2}, h.read(10))
}

func TestRefusalsAreLoggedButNotWithoutEnd(t *testing.T) {
	var said strings.Builder
	inBubble(t, func(t *testing.T, w *world) {
		w.config.Log = slog.New(slog.NewTextHandler(&said, nil))
		w.restart()
		alice := w.link("alice/tab")
		for range 1000 {
			alice.send(&wire.Join{Channel: "nowhere"})
		}
		time.Sleep(2 * time.Second)
		alice.send(&wire.Join{Channel: "nowhere"})
		synctest.Wait()
	})
	require.Equal(t, linesPerSecond+1, strings.Count(said.String(), "command refused"))
	require.Contains(t, said.String(), "trace=1001 account=alice device=tab command=join code=no-such-channel")
	require.Contains(t, said.String(), "unlogged=950")
}
