//go:build unix

package main

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/server/bench/growth"
)

// TestGrowthIsMeasured measures everything, of little.
func TestGrowthIsMeasured(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("processor time and memory are read on Linux only")
	}
	b := *short
	b.settings.json = filepath.Join(t.TempDir(), "growth.json")
	little := sizesOf{channels: []int{200, 2000}, warm: 128, due: []int{500, 2000}, accounts: 3, notices: 120,
		links: 100, crowd: 20, times: 3, calls: 20, every: 10}
	var out strings.Builder
	require.NoError(t, b.grow(t.Context(), little, &out, io.Discard))

	text, err := os.ReadFile(b.settings.json)
	require.NoError(t, err)
	var g Growth
	require.NoError(t, json.Unmarshal(text, &g))
	require.Len(t, g.Channels, 2)
	require.Len(t, g.Due, 3)
	require.Equal(t, 360, g.Inboxes.Notices)
	require.Equal(t, 100, g.Flood.Links)
	targets := 0
	for _, r := range g.Rows {
		require.Contains(t, out.String(), r.Name)
		if r.Target != "" {
			targets++
		}
	}
	require.GreaterOrEqual(t, targets, 6)
	svg, err := os.ReadFile(strings.Replace(b.settings.json, ".json", ".svg", 1))
	require.NoError(t, err)
	require.Contains(t, string(svg), "2,000")
}

func TestGrowthChartIsWellFormed(t *testing.T) {
	d := xml.NewDecoder(strings.NewReader(growthChart([]growth.Cost{{Channels: 1000, CPU: 50}, {Channels: 1_000_000, CPU: 60}})))
	var err error
	for err == nil {
		_, err = d.Token()
	}
	require.True(t, errors.Is(err, io.EOF), err)
}

func TestRowsWithoutFloorAndRowsThatWereSkipped(t *testing.T) {
	r := Report{Rows: []Row{
		alone("points", "points", []float64{96, 94, 97}, atLeast(95, 100)),
		skipped("module ready", "ms", "there is no node"),
	}}
	require.Equal(t, "yes", r.Rows[0].Met)
	require.Equal(t, "no", alone("x", "points", []float64{94}, atLeast(95, 100)).Met)
	var out strings.Builder
	require.NoError(t, r.print(&out))
	require.Regexp(t, `points +points +96.0 +– +– +≥ 95 points +yes`, out.String())
	require.Contains(t, out.String(), "not measured: module ready: there is no node")
}

func TestCounts(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1_234_567: "1,234,567"} {
		require.Equal(t, want, count(n))
	}
}
