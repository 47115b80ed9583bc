package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

// Where the figures are, and the page that shows them.
const (
	benchFile  = "server/bench/bench.json"
	growthFile = "server/bench/growth.json"
	docsFile   = "web/docs/engine.md"
)

// publish brings the figures in the documentation up to date with the reports.
func publish(docs, bench, growth string) error {
	var b Report
	var g Growth
	for path, report := range map[string]any{bench: &b, growth: &g} {
		text, err := os.ReadFile(path)
		if err == nil {
			err = json.Unmarshal(text, report)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	text, err := os.ReadFile(docs)
	if err != nil {
		return err
	}
	shown, err := b.shownIn(string(text), "bench")
	if err == nil {
		shown, err = g.shownIn(shown, "growth")
	}
	if err != nil {
		return fmt.Errorf("%s: %w", docs, err)
	}
	return os.WriteFile(docs, []byte(shown), 0o644)
}

// shownIn puts the report's table between the marks of that name.
func (r *Report) shownIn(text, name string) (string, error) {
	begin, end := "<!-- "+name+": made by make bench -->\n", "<!-- end of "+name+" -->"
	before, rest, found := strings.Cut(text, begin)
	_, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		return "", fmt.Errorf("there is no place for the figures of %s", name)
	}
	return before + begin + r.markdown() + end + after, nil
}

// markdown is the table for the documentation.
func (r *Report) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\nMeasured on %s with %d cores (%s, %s), where a sync takes %s µs; medians of %d %s", r.When[:min(10, len(r.When))],
		r.Cores, r.System, r.Go, figure(r.SyncTime), r.Rounds, plural(r.Rounds, "round"))
	if r.Others > noise*float64(r.Cores) {
		fmt.Fprintf(&b, ", while other programs kept %.1f of the cores busy", r.Others)
	}
	b.WriteString(".\n\n| what | here | floor | ratio | target | met |\n|---|---|---|---|---|---|\n")
	for _, row := range r.Rows {
		switch {
		case row.Skipped != "":
			fmt.Fprintf(&b, "| %s | not measured: %s | | | | |\n", row.Name, row.Skipped)
		case row.Of == "":
			fmt.Fprintf(&b, "| %s | %s | | | %s | %s |\n", row.Name, amount(row.Value, row.Unit), row.Target, row.Met)
		default:
			fmt.Fprintf(&b, "| %s | %s | %s %s | %.2f | %s | %s |\n", row.Name, amount(row.Value, row.Unit), row.Of,
				amount(row.Floor, row.Unit), row.Ratio, row.Target, row.Met)
		}
	}
	b.WriteString("\n")
	return b.String()
}

// amount is a figure with its unit.
func amount(x float64, unit string) string {
	text := figure(x)
	if unit == "" || unit == "points" { // they are counted
		text = fmt.Sprintf("%.0f", x)
	}
	if unit == "1/s" {
		return count(int(x)) + "/s"
	}
	return strings.TrimSpace(text + " " + unit)
}

func plural(n int, what string) string {
	if n == 1 {
		return what
	}
	return what + "s"
}
