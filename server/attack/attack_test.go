//go:build linux && !race

package main

import (
	"context"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The attacks in a short form: nothing honest is lost or refused, what is refused
// is counted, memory stays bounded. How long honest users wait is for make attack
// to judge.
func TestHonestUsersAreServedAmidAttacks(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	dir := t.TempDir()
	program, err := buildRelay(ctx, dir)
	require.NoError(t, err)
	j := judge{Pairs: 20, Every: 200 * time.Millisecond, Windows: 1, Window: 300 * time.Millisecond, Scale: 0.5,
		MaxRSS: 512 << 20, launch: launchInside, print: io.Discard}
	report, err := j.run(ctx, program, dir, phases)
	require.NoError(t, err)
	for _, row := range report.Rows {
		require.NotEmpty(t, row.Did, row.Name)
		t.Log(row.Name, row.Did, row.Refused)
		row.Broken = nil // below, as far as there was time for it
	}
	require.Positive(t, report.Acknowledged)
	require.Zero(t, report.Lost)
	refused := map[string]int{}
	for _, row := range report.Rows {
		require.Less(t, row.PeakRSS, report.MaxRSS, row.Name)
		require.Zero(t, row.Did[letIn])
		add(refused, row.Refused)
	}
	for _, name := range []string{closed("1002"), closed("1003"), closed("1007"), closed("1009"), closed("4004"), loginRefused("unauthorized")} {
		require.Positive(t, refused[name], name)
	}
}

// launchInside has the worker work in this process.
func launchInside(ctx context.Context, as, what string, o *orders) (worker, error) {
	ctx, stop := context.WithCancel(ctx)
	w := &inside{end: stop, done: make(chan error, 1)}
	go func() {
		var err error
		w.did, err = attack(ctx, *o, what)
		w.done <- err
	}()
	return w, nil
}

type inside struct {
	end  context.CancelFunc
	done chan error
	did  map[string]int
}

func (w *inside) cpu() (time.Duration, error) { return 0, nil }

func (w *inside) stop() (map[string]int, error) {
	w.end()
	err := <-w.done
	return w.did, err
}

func TestOnlyThisMachineIsAttacked(t *testing.T) {
	for _, addr := range []string{"192.0.2.1:80", "example.org:80", "localhost:80", "", "127.0.0.1"} {
		_, err := attack(t.Context(), orders{Addr: addr}, phases[0].Name)
		require.ErrorContains(t, err, "nothing else is attacked")
	}
}

// A bound that is broken is told, whichever it is.
func TestVerdictTellsWhatIsBroken(t *testing.T) {
	j := &judge{MaxRatio: 3, MaxRSS: 100, Longer: time.Second}
	p := phase{refused: []string{"seen", "unseen"}, slowly: []string{"late"}, cut: true}
	row := Row{Name: "x", Ratio: 3.1, PeakRSS: 101, Did: map[string]int{letIn: 1}, Refused: map[string]int{"seen": 1}}
	row.judge(p, j)
	require.Len(t, row.Broken, 6)
	err := (&Report{Rows: []Row{row}, Acknowledged: 1, Lost: 1}).verdict()
	require.ErrorContains(t, err, "3.1 times")
	require.ErrorContains(t, err, "unseen did not grow")
	require.ErrorContains(t, err, "1 acknowledged commands are lost")

	row = Row{Ratio: 3, PeakRSS: 100, Did: map[string]int{"cut off": 1}, Refused: map[string]int{"seen": 1, "unseen": 1, "late": 1}}
	row.judge(p, j)
	require.Empty(t, row.Broken)
	require.NoError(t, (&Report{Rows: []Row{row}, Acknowledged: 1}).verdict())
}
