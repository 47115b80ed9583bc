//go:build unix

package main

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRestartIsMeasured(t *testing.T) {
	e := restarting().(*restart)
	e.calls = 600
	require.NoError(t, e.round(t.Context(), short))
	require.NoError(t, e.round(t.Context(), short))
	rows := e.rows()
	require.Equal(t, "restart with 600 calls in the journal, 16 commands a record", rows[0].Name)
	require.Equal(t, []string{"≤ 1.5 s", "≤ 4 s"}, []string{rows[0].Target, rows[1].Target})
	for _, r := range rows {
		require.Len(t, r.Values, 2, "the same journal each time")
		require.Positive(t, r.Value)
	}
}

func TestFootprintsAreMeasured(t *testing.T) {
	if runtime.GOOS != "linux" || testing.Short() {
		t.Skip("counts processor time, of a hundred thousand channels")
	}
	e := footprints()
	require.NoError(t, e.round(t.Context(), short))
	require.NoError(t, e.round(t.Context(), short), "once is enough")
	require.Len(t, e.rows(), 3)
	for _, r := range e.rows() {
		require.Positive(t, r.Value, r.Name)
	}
}

func TestSizesAreWhatTheBuildSays(t *testing.T) {
	path := filepath.Join(t.TempDir(), "build-info.json")
	require.NoError(t, os.WriteFile(path, []byte(`{"files":{"a":{"brotli":600500},"b":{"brotli":1500}}}`), 0o644))
	list := []sized{{"module", []string{"a"}, atMost(620, 560)}, {"both", []string{"a", "b"}, atMost(601, 601)}, {"none", []string{"c"}, noTarget}}
	rows := sizesIn(path, list)
	require.Equal(t, []float64{600.5, 602, 0}, []float64{rows[0].Value, rows[1].Value, rows[2].Value})
	require.Equal(t, []string{"yes", "no", ""}, []string{rows[0].Met, rows[1].Met, rows[2].Met})
	require.Contains(t, rows[2].Skipped, "does not say: run make build")
	require.Contains(t, sizesIn(path+"x", list)[0].Skipped, "run make build")
}

func TestPagesAreSkippedWhereTheyCannotBeOpened(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	t.Setenv("CHROMIUM", "")
	for _, e := range []experiment{browser(), lighthouse()} {
		require.NoError(t, e.round(t.Context(), short))
		require.Len(t, e.rows(), 3)
		for _, r := range e.rows() {
			require.Equal(t, "there is no node", r.Skipped, r.Name)
		}
	}
}
