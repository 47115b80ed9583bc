package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"text/tabwriter"
	"time"
)

// Report is a table, and what has to be known to read it.
type Report struct {
	When     string  `json:"when"`
	Cores    int     `json:"cores"`
	System   string  `json:"system"`
	Go       string  `json:"go"`
	SyncTime float64 `json:"syncTime"` // µs: a small append and fdatasync where the journals are
	Others   float64 `json:"others"`   // cores that other programs kept busy, median of all runs
	Rounds   int     `json:"rounds"`
	Seconds  float64 `json:"seconds"` // that each load counted
	Rows     []Row   `json:"rows"`
	Curves   []Curve `json:"curves"`
}

// noise is the share of a machine from which others spoil what is measured.
const noise = .1

func newReport(s settings, sync time.Duration, others []float64, rows []Row) *Report {
	return &Report{
		When:     time.Now().UTC().Format(time.RFC3339),
		Cores:    runtime.NumCPU(),
		System:   runtime.GOOS + "/" + runtime.GOARCH,
		Go:       runtime.Version(),
		SyncTime: float64(sync.Nanoseconds()) / 1e3,
		Others:   median(others),
		Rounds:   s.rounds,
		Seconds:  s.measure.Seconds(),
		Rows:     rows,
	}
}

func (r *Report) print(w io.Writer) error {
	fmt.Fprintf(w, "%d cores, %s, %s; a sync to the disk takes %s µs; other programs kept %.1f cores busy.\n",
		r.Cores, r.System, r.Go, figure(r.SyncTime), r.Others)
	fmt.Fprintf(w, "Medians of %d rounds of %g s. h: a bare hub that passes the same frames; file: the hub with a synced plain file.\n",
		r.Rounds, r.Seconds)
	fmt.Fprintf(w, "The ratio is the median of the rounds' ratios.\n")
	if r.Others > noise*float64(r.Cores) {
		fmt.Fprintf(w, "Others were too busy for figures to rely on: measure again when this machine is quiet.\n")
	}
	fmt.Fprintln(w)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, strings.Join([]string{"what", "unit", "value", "floor", "", "ratio", "target", "met"}, "\t"))
	var missing []string
	for _, row := range r.Rows {
		switch {
		case row.Skipped != "":
			missing = append(missing, fmt.Sprintf("not measured: %s: %s\n", row.Name, row.Skipped))
			continue
		case row.Of == "":
			fmt.Fprintln(t, strings.Join([]string{row.Name, row.Unit, figure(row.Value), "–", "", "–",
				or(row.Target, "–"), or(row.Met, "–")}, "\t"))
			continue
		}
		fmt.Fprintln(t, strings.Join([]string{row.Name, row.Unit, figure(row.Value), figure(row.Floor), row.Of,
			fmt.Sprintf("%.2f", row.Ratio), or(row.Target, "–"), or(row.Met, "–")}, "\t"))
	}
	err := t.Flush()
	for _, line := range missing {
		io.WriteString(w, line)
	}
	return err
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// save writes the report as JSON, and beside it the curves as an SVG.
func (r *Report) save(path string) error {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	drawing := strings.TrimSuffix(path, filepath.Ext(path)) + ".svg"
	return errors.Join(os.WriteFile(path, append(text, '\n'), 0o644), os.WriteFile(drawing, []byte(chart(r.Curves)), 0o644))
}
