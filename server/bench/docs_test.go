package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestDocumentationShowsTheFigures: go run ./server/bench -docs brings them up to date.
func TestDocumentationShowsTheFigures(t *testing.T) {
	const root = "../.."
	text, err := os.ReadFile(filepath.Join(root, docsFile))
	require.NoError(t, err)
	there := filepath.Join(t.TempDir(), "engine.md")
	require.NoError(t, os.WriteFile(there, text, 0o644))
	require.NoError(t, publish(there, filepath.Join(root, benchFile), filepath.Join(root, growthFile)))
	shown, err := os.ReadFile(there)
	require.NoError(t, err)
	require.Equal(t, string(shown), string(text), "run go run ./server/bench -docs")
}

func TestTableForTheDocumentation(t *testing.T) {
	r := &Report{When: "2026-11-22T04:12:31Z", Cores: 2, System: "linux/amd64", Go: "go1.26", SyncTime: 148, Rounds: 1, Others: .5, Rows: []Row{
		row("calls/s", "1/s", []float64{7766.9}, "h", []float64{16000}, ratioAtLeast(.62, .75)),
		alone("state", "B", []float64{612}, atMost(700, 500)),
		alone("refused", "", []float64{0}, atMost(0, 0)),
		skipped("ready", "ms", "there is no node"),
	}}
	text, err := r.shownIn("a\n<!-- bench: made by make bench -->\nold\n<!-- end of bench -->\nb\n", "bench")
	require.NoError(t, err)
	require.Equal(t, `a
<!-- bench: made by make bench -->

Measured on 2026-11-22 with 2 cores (linux/amd64, go1.26), where a sync takes 148 µs; medians of 1 round, while other programs kept 0.5 of the cores busy.

| what | here | floor | ratio | target | met |
|---|---|---|---|---|---|
| calls/s | 7,766/s | h 16,000/s | 0.49 | ratio ≥ 0.62 | no |
| state | 612 B | | | ≤ 700 B | yes |
| refused | 0 | | | ≤ 0 | stretch |
| ready | not measured: there is no node | | | | |

<!-- end of bench -->
b
`, text)
	_, err = r.shownIn("no marks", "bench")
	require.ErrorContains(t, err, "no place for the figures of bench")
}
