package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// Report is what came of it. Times are in milliseconds, sizes in bytes, and work in
// processors.
type Report struct {
	Pairs        int     `json:"pairs"`
	Every        float64 `json:"secondsBetweenCalls"`
	MaxRatio     float64 `json:"maxRatio"`
	MaxRSS       int64   `json:"maxRSS"`
	IdleRSS      int64   `json:"rssBefore"`
	Missed       int64   `json:"missed"`       // honest calls that were due while the one before went on
	Strange      int64   `json:"strange"`      // notices of the attacker's that honest users got
	Acknowledged int     `json:"acknowledged"` // honest commands
	Lost         int     `json:"lost"`         // of them, those that the journal does not have
	Rows         []Row   `json:"phases"`
}

// Row is a phase.
type Row struct {
	Name        string         `json:"name"`
	Does        string         `json:"does"`
	Attack      Measured       `json:"attack"`
	Burner      Measured       `json:"burner"`
	Ratio       float64        `json:"ratio"` // of the 99th percentiles of the best windows
	PeakRSS     int64          `json:"peakRSS"`
	LoggedBytes int64          `json:"loggedBytes"`
	Did         map[string]int `json:"did"`     // by the attacker's count
	Refused     map[string]int `json:"refused"` // by the relay's
	Broken      []string       `json:"broken"`  // the bounds that were
}

// Measured is how honest users fared beside somebody who worked, window by window.
type Measured struct {
	Calls  int       `json:"calls"`
	P50    []float64 `json:"p50"` // from the moment when a call was due until the callee was rung
	P99    []float64 `json:"p99"`
	Worker []float64 `json:"workerCPU"`
	Relay  []float64 `json:"relayCPU"`
	Busy   []float64 `json:"busyCPU"` // of the whole machine
}

func (m *Measured) add(waits []time.Duration, worker, relay, busy float64) {
	if len(waits) == 0 {
		return
	}
	slices.Sort(waits)
	m.Calls += len(waits)
	m.P50 = append(m.P50, millis(waits[len(waits)/2]))
	m.P99 = append(m.P99, millis(waits[len(waits)*99/100]))
	m.Worker = append(m.Worker, worker)
	m.Relay = append(m.Relay, relay)
	m.Busy = append(m.Busy, busy)
}

// least is 0 where nothing was measured.
func least(list []float64) float64 {
	if len(list) == 0 {
		return 0
	}
	return slices.Min(list)
}

func median(list []float64) float64 {
	if len(list) == 0 {
		return 0
	}
	list = slices.Sorted(slices.Values(list))
	return (list[(len(list)-1)/2] + list[len(list)/2]) / 2
}

func (r *Row) judge(p phase, j *judge) {
	broken := func(format string, args ...any) { r.Broken = append(r.Broken, fmt.Sprintf(format, args...)) }
	if j.MaxRatio > 0 && r.Ratio > j.MaxRatio {
		broken("honest users wait %.1f times as long as beside a burner", r.Ratio)
	}
	if r.PeakRSS > j.MaxRSS {
		broken("the relay's memory grew to %d MiB", r.PeakRSS>>20)
	}
	if r.Did[letIn] > 0 {
		broken("%d wrong tokens were taken", r.Did[letIn])
	}
	wanted := p.refused
	if j.Longer > 0 {
		wanted = append(wanted[:len(wanted):len(wanted)], p.slowly...)
	}
	for _, name := range wanted {
		if r.Refused[name] == 0 {
			broken("%s did not grow", name)
		}
	}
	if j.Longer > 0 && p.cut && r.Did["cut off"] == 0 {
		broken("nobody was cut off")
	}
}

func (r *Row) String() string {
	return fmt.Sprintf("%-15s p99 %6.1f ms beside %4.2f processors of attack, %6.1f ms beside a burner: %4.1f times; relay at most %d MiB %s",
		r.Name, least(r.Attack.P99), median(r.Attack.Worker), least(r.Burner.P99), r.Ratio, r.PeakRSS>>20, strings.Join(r.Broken, "; "))
}

func (r *Report) print(to io.Writer) {
	fmt.Fprintf(to, "\n%d pairs of honest users, each calling every %g s; p50 and p99 in ms, of the wait until the callee is rung; the ratio is that of the best windows' p99\n\n", r.Pairs, r.Every)
	t := tabwriter.NewWriter(to, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "phase\tattacker CPU\trelay CPU\tp50\tp99\tbest\tburner CPU\trelay CPU\tp50\tp99\tbest\tratio\twindows\tall CPU\tRSS MiB\tlog KiB\t")
	for _, w := range r.Rows {
		fmt.Fprintf(t, "%s\t%.2f\t%.2f\t%.1f\t%.1f\t%.1f\t%.2f\t%.2f\t%.1f\t%.1f\t%.1f\t%.2f\t%d\t%.2f\t%d\t%d\t\n", w.Name,
			median(w.Attack.Worker), median(w.Attack.Relay), median(w.Attack.P50), median(w.Attack.P99), least(w.Attack.P99),
			median(w.Burner.Worker), median(w.Burner.Relay), median(w.Burner.P50), median(w.Burner.P99), least(w.Burner.P99), w.Ratio, len(w.Attack.P99), median(w.Attack.Busy), w.PeakRSS>>20, w.LoggedBytes>>10)
	}
	t.Flush()
	fmt.Fprintln(to)
	for _, w := range r.Rows {
		fmt.Fprintf(to, "%s: %s\n  the attacker counts", w.Name, w.Does)
		for _, what := range sorted(w.Did) {
			fmt.Fprintf(to, " %s %d;", what, w.Did[what])
		}
		fmt.Fprint(to, "\n  the relay counts")
		for _, name := range sorted(w.Refused) {
			fmt.Fprintf(to, " %s %d;", strings.TrimPrefix(name, "beckon_"), w.Refused[name])
		}
		fmt.Fprintln(to)
	}
	fmt.Fprintf(to, "\nhonest commands acknowledged %d, lost %d; calls missed %d; the relay's memory before %d MiB, bound %d MiB; p99 ratio bound %g\n",
		r.Acknowledged, r.Lost, r.Missed, r.IdleRSS>>20, r.MaxRSS>>20, r.MaxRatio)
}

// verdict is an error that lists every bound that was broken.
func (r *Report) verdict() error {
	var all []string
	for _, w := range r.Rows {
		for _, b := range w.Broken {
			all = append(all, w.Name+": "+b)
		}
	}
	if r.Lost > 0 {
		all = append(all, fmt.Sprintf("%d acknowledged commands are lost", r.Lost))
	}
	if r.Acknowledged == 0 {
		all = append(all, "no honest command was acknowledged")
	}
	if len(all) > 0 {
		return fmt.Errorf("broken: %s", strings.Join(all, "; "))
	}
	return nil
}
