package main

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Row is a line of the table.
type Row struct {
	Name   string    `json:"name"`
	Unit   string    `json:"unit"`
	Value  float64   `json:"value"`  // median of Values
	Floor  float64   `json:"floor"`  // median of Floors
	Of     string    `json:"of"`     // the floor's name
	Over   float64   `json:"over"`   // median of the rounds' differences
	Ratio  float64   `json:"ratio"`  // median of the rounds' ratios, each to the floor of the same round
	Target string    `json:"target"` // absent: none
	Met    string    `json:"met"`    // "no", "yes", "stretch"; absent: there is no target
	Values []float64 `json:"values"` // of the rounds
	Floors []float64 `json:"floors"` // absent: there is no floor

	Skipped string `json:"skipped,omitempty"` // why it was not measured
}

// alone sums up rounds of what has no floor.
func alone(name, unit string, values []float64, t target) Row {
	r := Row{Name: name, Unit: unit, Value: median(values), Values: values}
	r.Target, r.Met = t.judge(&r)
	return r
}

// skipped is a row that was not measured.
func skipped(name, unit, why string) Row { return Row{Name: name, Unit: unit, Skipped: why} }

// row sums up rounds.
func row(name, unit string, values []float64, of string, floors []float64, t target) Row {
	over, ratios := make([]float64, len(values)), make([]float64, len(values))
	for i := range values {
		over[i] = values[i] - floors[i]
		if floors[i] != 0 { // 0: this system does not tell
			ratios[i] = values[i] / floors[i]
		}
	}
	r := Row{Name: name, Unit: unit, Value: median(values), Floor: median(floors), Of: of,
		Over: median(over), Ratio: median(ratios), Values: values, Floors: floors}
	r.Target, r.Met = t.judge(&r)
	return r
}

func median(list []float64) float64 {
	s := slices.Sorted(slices.Values(list))
	n := len(s)
	return (s[n/2] + s[(n-1)/2]) / 2
}

// target is what a row is to reach, and what it would be good to reach.
type target struct {
	kind           targetKind
	limit, stretch float64
}

type targetKind int

const (
	none targetKind = iota
	atLeastRatio
	atMostRatio
	atMostOver
	atMostValue
	atLeastValue
)

var noTarget = target{}

func ratioAtLeast(limit, stretch float64) target { return target{atLeastRatio, limit, stretch} }
func ratioAtMost(limit, stretch float64) target  { return target{atMostRatio, limit, stretch} }
func overFloor(limit, stretch float64) target    { return target{atMostOver, limit, stretch} }

func atMost(limit, stretch float64) target  { return target{atMostValue, limit, stretch} }
func atLeast(limit, stretch float64) target { return target{atLeastValue, limit, stretch} }

func (t target) judge(r *Row) (text, met string) {
	var got, sign float64 // sign: the smaller, the better
	switch t.kind {
	case none:
		return "", ""
	case atLeastRatio:
		text, got, sign = fmt.Sprintf("ratio ≥ %g", t.limit), r.Ratio, -1
	case atMostRatio:
		text, got, sign = fmt.Sprintf("ratio ≤ %g", t.limit), r.Ratio, 1
	case atMostOver:
		text, got, sign = fmt.Sprintf("≤ %s + %g %s", r.Of, t.limit, r.Unit), r.Over, 1
	case atMostValue:
		text, got, sign = fmt.Sprintf("≤ %g %s", t.limit, r.Unit), r.Value, 1
	case atLeastValue:
		text, got, sign = fmt.Sprintf("≥ %g %s", t.limit, r.Unit), r.Value, -1
	}
	text = strings.TrimSpace(text)
	switch {
	case got*sign <= t.stretch*sign:
		return text, "stretch"
	case got*sign <= t.limit*sign:
		return text, "yes"
	}
	return text, "no"
}

// figure is a number with about three digits that count.
func figure(x float64) string {
	digits := 2
	if x != 0 {
		digits = min(2, max(0, 2-int(math.Floor(math.Log10(math.Abs(x))))))
	}
	return strconv.FormatFloat(x, 'f', digits, 64)
}
