package main

import (
	"encoding/xml"
	"fmt"
	"math"
	"strings"
)

// The chart's size, and the frame that the curves are in.
const (
	chartWidth, chartHeight  = 720, 440
	left, right, top, bottom = 70, 700, 50, 390
)

// chart draws curves as an SVG: calls/s to the right, the time until an INVITE is
// at the peer upwards, in powers of ten. Points say how many pairs called.
func chart(curves []Curve) string {
	c := newCanvas(curves)
	c.text((left+right)/2, 24, "middle", "A ring's time over the load: p50 solid, p99 dashed; beside the points, how many pairs call")
	c.axes()
	for i, curve := range curves {
		colour := colours[i%len(colours)]
		c.line(curve.Points, colour, "", func(p Point) float64 { return p.InviteP50 })
		c.line(curve.Points, colour, ` stroke-dasharray="6 4"`, func(p Point) float64 { return p.InviteP99 })
		c.add(`<text x="%d" y="%d" fill="%s">%s</text>`, left+12, top+20+18*i, colour, escape(curve.Name))
	}
	return svg(c)
}

// svg is what has been drawn, on white.
func svg(c *canvas) string {
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
<rect width="%d" height="%d" fill="white"/>
%s</svg>
`, chartWidth, chartHeight, chartWidth, chartHeight, c.out.String())
}

var colours = []string{"#c0392b", "#2c6fbb", "#3a8a3a", "#8a5fb0"}

// canvas knows where things are.
type canvas struct {
	out         strings.Builder
	most        float64 // calls/s at the right edge
	step        float64 // between two numbers on that axis
	least, upto int     // powers of ten of µs, at the bottom and at the top
}

func newCanvas(curves []Curve) *canvas {
	calls, fast, slow := 1.0, math.Inf(1), 1.0
	for _, curve := range curves {
		for _, p := range curve.Points {
			calls = max(calls, p.CallsPerSecond)
			fast = min(fast, p.InviteP50)
			slow = max(slow, p.InviteP99)
		}
	}
	fast = max(1, min(fast, slow))
	c := &canvas{least: int(math.Floor(math.Log10(fast)))}
	c.upto = max(c.least+1, int(math.Ceil(math.Log10(slow))))
	c.step = niceStep(calls / 6)
	c.most = math.Ceil(calls/c.step) * c.step
	return c
}

// niceStep is the least of 1, 2 and 5, times a power of ten, that is not below x.
func niceStep(x float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(x)))
	for _, n := range []float64{1, 2, 5} {
		if n*power >= x {
			return n * power
		}
	}
	return 10 * power
}

func (c *canvas) x(calls float64) float64 { return left + (right-left)*calls/c.most }

func (c *canvas) y(micros float64) float64 {
	share := (math.Log10(micros) - float64(c.least)) / float64(c.upto-c.least)
	return bottom - (bottom-top)*share
}

func (c *canvas) add(format string, args ...any) { fmt.Fprintf(&c.out, format+"\n", args...) }

func (c *canvas) text(x, y float64, anchor, text string) {
	c.add(`<text x="%.1f" y="%.1f" text-anchor="%s">%s</text>`, x, y, anchor, escape(text))
}

func (c *canvas) axes() {
	const grid = `<path d="M%.1f %.1fL%.1f %.1f" stroke="#ddd"/>`
	for calls := 0.0; calls <= c.most; calls += c.step {
		c.add(grid, c.x(calls), float64(top), c.x(calls), float64(bottom))
		c.text(c.x(calls), bottom+18, "middle", fmt.Sprintf("%g", calls))
	}
	for power := c.least; power <= c.upto; power++ {
		y := c.y(math.Pow10(power))
		c.add(grid, float64(left), y, float64(right), y)
		c.text(left-8, y+4, "end", powerName(power))
	}
	c.text((left+right)/2, bottom+38, "middle", "calls/s")
}

// powerName is a power of ten of µs, as people say it.
func powerName(power int) string {
	switch {
	case power < 3:
		return fmt.Sprintf("%g µs", math.Pow10(power))
	case power < 6:
		return fmt.Sprintf("%g ms", math.Pow10(power-3))
	}
	return fmt.Sprintf("%g s", math.Pow10(power-6))
}

func (c *canvas) line(points []Point, colour, dashes string, micros func(Point) float64) {
	var path strings.Builder
	command := "M"
	for _, p := range points {
		fmt.Fprintf(&path, "%s%.1f %.1f", command, c.x(p.CallsPerSecond), c.y(max(1, micros(p))))
		command = "L"
	}
	if command == "M" {
		return
	}
	c.add(`<path d="%s" fill="none" stroke="%s" stroke-width="1.5"%s/>`, path.String(), colour, dashes)
	for _, p := range points {
		x, y := c.x(p.CallsPerSecond), c.y(max(1, micros(p)))
		c.add(`<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>`, x, y, colour)
		c.add(`<text x="%.1f" y="%.1f" fill="%s" font-size="10">%d</text>`, x+5, y-5, colour, p.Pairs)
	}
}

func escape(text string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(text))
	return b.String()
}
