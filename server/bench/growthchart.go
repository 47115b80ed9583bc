package main

import (
	"fmt"
	"math"
	"strings"

	"beckon/server/bench/growth"
)

// growthChart draws what a call costs as an SVG: live channels to the right, in
// powers of ten, processor time upwards, and the 1.5 times as much that it may be.
func growthChart(costs []growth.Cost) string {
	c := &canvas{}
	first, last := costs[0], costs[len(costs)-1]
	least, upto := math.Log10(float64(first.Channels)), math.Log10(float64(last.Channels))
	most := 2 * first.CPU
	for _, cost := range costs {
		most = max(most, cost.CPU)
	}
	step := niceStep(max(most, 1) / 6)
	most = math.Ceil(max(most, 1)/step) * step
	x := func(channels int) float64 {
		return left + (right-left)*(math.Log10(float64(channels))-least)/max(1, upto-least)
	}
	y := func(micros float64) float64 { return bottom - (bottom-top)*micros/most }

	c.text((left+right)/2, 24, "middle", "A call's processor time in the engine over the channels that are live")
	for micros := 0.0; micros <= most; micros += step {
		c.add(`<path d="M%d %.1fL%d %.1f" stroke="#ddd"/>`, left, y(micros), right, y(micros))
		c.text(left-8, y(micros)+4, "end", fmt.Sprintf("%g µs", micros))
	}
	var path strings.Builder
	for k, cost := range costs {
		fmt.Fprintf(&path, "%s%.1f %.1f", []string{"M", "L"}[min(k, 1)], x(cost.Channels), y(cost.CPU))
		c.text(x(cost.Channels), bottom+18, "middle", count(cost.Channels))
		c.add(`<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>`, x(cost.Channels), y(cost.CPU), colours[0])
	}
	c.add(`<path d="%s" fill="none" stroke="%s" stroke-width="1.5"/>`, path.String(), colours[0])
	limit := y(1.5 * first.CPU)
	c.add(`<path d="M%d %.1fL%d %.1f" stroke="%s" stroke-dasharray="6 4"/>`, left, limit, right, limit, colours[1])
	c.text(right, limit-6, "end", "1.5 times the first")
	c.text((left+right)/2, bottom+38, "middle", "live channels")
	return svg(c)
}
