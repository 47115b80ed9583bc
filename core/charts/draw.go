package main

import (
	"fmt"
	"math"
	"strings"
)

const (
	pictureWidth = 720
	boxWidth     = 168
	boxHeight    = 50
)

// draw writes a picture whose colours a page may change by its classes; where
// it stands alone, it brings a light ground with it.
func draw(c *chart) (string, error) {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%[1]d" height="%[2]d" role="img" `+
		`font-family="system-ui, sans-serif" font-size="13">`+"\n", pictureWidth, c.height)
	fmt.Fprintf(&b, "<title>%s: its states</title>\n", escape(c.title))
	fmt.Fprintf(&b, `<defs><marker id="tip-%s" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">`+
		`<path class="tip" d="M0 0 10 5 0 10z" fill="#4b5563"/></marker></defs>`+"\n", c.name)
	fmt.Fprintf(&b, `<rect class="ground" width="%d" height="%d" rx="12" fill="#ffffff"/>`+"\n", pictureWidth, c.height)
	var numbers strings.Builder
	for k, a := range c.arrows {
		from, err := c.state(a.from)
		if err != nil {
			return "", err
		}
		to, err := c.state(a.to)
		if err != nil {
			return "", err
		}
		line, x, y := curve(from, to, c.back(a))
		fmt.Fprintf(&b, `<path class="arrow" d="%s" fill="none" stroke="#4b5563" stroke-width="1.5" marker-end="url(#tip-%s)"/>`+"\n", line, c.name)
		writeNumber(&numbers, x, y, k+1)
	}
	for _, s := range c.states {
		writeState(&b, s)
	}
	b.WriteString(numbers.String())
	b.WriteString("</svg>\n")
	return b.String(), nil
}

// back says whether an arrow leads the other way, too.
func (c *chart) back(a *arrow) bool {
	for _, other := range c.arrows {
		if other.from == a.to && other.to == a.from && a.from != a.to {
			return true
		}
	}
	return false
}

// curve leads from one box to another, beside the arrow that comes back. It
// tells where its number goes.
func curve(from, to state, back bool) (path string, x, y float64) {
	ax, ay, bx, by := float64(from.x), float64(from.y), float64(to.x), float64(to.y)
	if from == to { // out on the right, and in again
		right := ax + boxWidth/2
		return fmt.Sprintf("M%.0f %.0fC%.0f %.0f %.0f %.0f %.0f %.0f", right, ay-12, right+56, ay-40, right+56, ay+40, right+3, ay+12), right + 42, ay
	}
	dx, dy := bx-ax, by-ay
	length := math.Hypot(dx, dy)
	bend := 0.0
	if back {
		bend = max(0.16*length, 40)
	}
	mx, my := (ax+bx)/2+bend*dy/length, (ay+by)/2-bend*dx/length
	sx, sy := border(ax, ay, mx, my, 0)
	ex, ey := border(bx, by, mx, my, 3)
	return fmt.Sprintf("M%.0f %.0fQ%.0f %.0f %.0f %.0f", sx, sy, mx, my, ex, ey), (sx + ex + 2*mx) / 4, (sy + ey + 2*my) / 4
}

// border is where the line from the middle of a box towards a point leaves it.
func border(x, y, toX, toY, gap float64) (float64, float64) {
	dx, dy := toX-x, toY-y
	k := math.Inf(1)
	if dx != 0 {
		k = (boxWidth/2 + gap) / math.Abs(dx)
	}
	if dy != 0 {
		k = min(k, (boxHeight/2+gap)/math.Abs(dy))
	}
	return x + k*dx, y + k*dy
}

func writeState(b *strings.Builder, s state) {
	fill, stroke, dash := "#eff6ff", "#2563eb", ""
	class := "state"
	switch s.kind {
	case outside:
		fill, stroke, dash, class = "#f3f4f6", "#6b7280", ` stroke-dasharray="5 4"`, "state outside"
	case final:
		fill, stroke, class = "#ecfdf5", "#047857", "state final"
	}
	fmt.Fprintf(b, `<rect class="%s" x="%d" y="%d" width="%d" height="%d" rx="10" fill="%s" stroke="%s" stroke-width="1.5"%s/>`+"\n",
		class, s.x-boxWidth/2, s.y-boxHeight/2, boxWidth, boxHeight, fill, stroke, dash)
	y := s.y + 5
	if s.text != "" {
		y = s.y - 3
		fmt.Fprintf(b, `<text class="quiet" x="%d" y="%d" text-anchor="middle" font-size="13" fill="#4b5563">%s</text>`+"\n", s.x, s.y+15, escape(s.text))
	}
	fmt.Fprintf(b, `<text class="word" x="%d" y="%d" text-anchor="middle" font-weight="600" font-size="15" fill="#111827">%s</text>`+"\n", s.x, y, escape(s.name))
}

// writeNumber marks an arrow by its row in the table: what leads along it is too
// much to stand in a picture.
func writeNumber(b *strings.Builder, x, y float64, n int) {
	fmt.Fprintf(b, `<circle class="disc" cx="%d" cy="%d" r="12" fill="#ffffff" stroke="#4b5563"/>`+
		`<text class="word" x="%[1]d" y="%[4]d" text-anchor="middle" font-size="13" fill="#111827">%[3]d</text>`+"\n",
		int(math.Round(x)), int(math.Round(y)), n, int(math.Round(y))+5)
}

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}
