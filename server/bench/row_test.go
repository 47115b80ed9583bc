package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRowGoesByTheRoundsOwnFloors(t *testing.T) {
	r := row("x", "µs", []float64{10, 40, 300}, "h", []float64{5, 10, 100}, noTarget)
	require.Equal(t, 40.0, r.Value)
	require.Equal(t, 10.0, r.Floor)
	require.Equal(t, 3.0, r.Ratio, "of 2, 4 and 3")
	require.Equal(t, 30.0, r.Over, "of 5, 30 and 200")
	require.Equal(t, "", r.Met)
}

func TestFloorThatIsNotKnownMakesNoRatio(t *testing.T) {
	require.Zero(t, row("CPU", "µs", []float64{0}, "h", []float64{0}, noTarget).Ratio)
}

func TestTargets(t *testing.T) {
	for _, c := range []struct {
		value  float64 // beside a floor of 100
		target target
		text   string
		met    string
	}{
		{24, ratioAtLeast(.25, .35), "ratio ≥ 0.25", "no"},
		{25, ratioAtLeast(.25, .35), "ratio ≥ 0.25", "yes"},
		{35, ratioAtLeast(.25, .35), "ratio ≥ 0.25", "stretch"},
		{166, ratioAtMost(1.65, 1.35), "ratio ≤ 1.65", "no"},
		{165, ratioAtMost(1.65, 1.35), "ratio ≤ 1.65", "yes"},
		{135, ratioAtMost(1.65, 1.35), "ratio ≤ 1.65", "stretch"},
		{131, overFloor(30, 15), "≤ h + 30 µs", "no"},
		{130, overFloor(30, 15), "≤ h + 30 µs", "yes"},
		{115, overFloor(30, 15), "≤ h + 30 µs", "stretch"},
		{500, noTarget, "", ""},
	} {
		r := row("x", "µs", []float64{c.value}, "h", []float64{100}, c.target)
		require.Equal(t, c.text, r.Target, "%v", c)
		require.Equal(t, c.met, r.Met, "%v", c)
	}
}

func TestMedian(t *testing.T) {
	require.Equal(t, 2.0, median([]float64{3, 1, 2}))
	require.Equal(t, 2.5, median([]float64{4, 3, 1, 2}))
}

func TestFiguresHaveThreeDigitsThatCount(t *testing.T) {
	for x, want := range map[float64]string{0: "0.00", .123: "0.12", 1.234: "1.23", 12.34: "12.3", 123.4: "123", 12345.6: "12346", -12.34: "-12.3"} {
		require.Equal(t, want, figure(x))
	}
}
