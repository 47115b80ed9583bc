package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"beckon/server/bench/machine"
)

// judge holds honest users' calls beside an attack against those beside a burner.
type judge struct {
	Pairs    int
	Every    time.Duration // between two calls of a pair
	Windows  int
	Window   time.Duration
	Longer   time.Duration // for which attacks that the relay ends late go on, once
	Scale    float64       // of the attacks
	MaxRatio float64       // of the 99th percentiles; 0: not judged
	MaxRSS   int64         // bytes
	launch   func(ctx context.Context, as, what string, o *orders) (worker, error)
	print    io.Writer

	relay  *relay
	honest *honest
	orders orders
	spare  time.Duration // that the phases to come take, and the end
}

const (
	quiet    = "carl" // is online, and hears what comes
	accounts = 100    // of the attacker's, in each app
	warmUp   = 2 * time.Second
	settle   = 200 * time.Millisecond // behind an attack, so that the next window is not its
)

func (j *judge) run(ctx context.Context, program, dir string, list []phase) (*Report, error) {
	var err error
	if j.relay, err = startRelay(ctx, program, dir); err != nil {
		return nil, err
	}
	defer j.relay.kill()
	watching, stop := context.WithCancel(ctx)
	defer stop()
	go j.relay.watch(watching)
	if err := j.recruit(); err != nil {
		return nil, err
	}
	if j.honest, err = openHonest(ctx, j.relay, j.Pairs, j.Every); err != nil {
		return nil, err
	}
	if err := j.honest.listen(ctx, j.relay, quiet); err != nil {
		return nil, err
	}
	calling, hush := context.WithCancel(ctx)
	defer hush()
	go j.honest.call(calling)
	if err := rest(ctx, min(warmUp, 4*j.Window)); err != nil {
		return nil, err
	}
	report := &Report{MaxRatio: j.MaxRatio, MaxRSS: j.MaxRSS, Pairs: j.Pairs, Every: j.Every.Seconds(), IdleRSS: j.relay.peak.Swap(0)}
	for i, p := range list {
		j.spare = time.Duration(len(list)-i)*j.usual()*4/3 + startTime // a busy machine is late
		row, err := j.phase(ctx, p)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.Name, err)
		}
		report.Rows = append(report.Rows, *row)
		fmt.Fprintln(j.print, row)
	}
	hush()
	if err := j.honest.finish(ctx); err != nil {
		return nil, err
	}
	if err := j.relay.stop(); err != nil {
		return nil, err
	}
	report.Missed, report.Strange = j.honest.missed.Load(), j.honest.strange.Load()
	report.Acknowledged, report.Lost, err = audit(ctx, j.relay.data, j.honest)
	return report, err
}

// usual is how long a phase takes, at most, that is believed at once.
func (j *judge) usual() time.Duration {
	return time.Duration(j.Windows)*2*(j.Window+2*settle) + j.Longer
}

// recruit gives the attacker its accounts.
func (j *judge) recruit() error {
	j.orders = orders{Addr: j.relay.addr, Scale: j.Scale, Quiet: quiet}
	for i := 2; i <= 9; i++ {
		j.orders.From = append(j.orders.From, fmt.Sprint("127.0.0.", i))
	}
	for i := range accounts {
		for app, list := range map[string]*[]credential{honestApp: &j.orders.Accounts, ownApp: &j.orders.Own} {
			account := fmt.Sprint("mallory", i)
			token, err := j.relay.token(app, account)
			if err != nil {
				return err
			}
			*list = append(*list, credential{app, account, token})
		}
	}
	for i := range j.Pairs {
		j.orders.Victims = append(j.orders.Victims, fmt.Sprint("bob", i))
	}
	return nil
}

// phase attacks and burns in turn, window by window, and compares.
func (j *judge) phase(ctx context.Context, p phase) (*Row, error) {
	row := &Row{Name: p.Name, Does: p.Does, Did: map[string]int{}, Refused: map[string]int{}}
	for n := 0; n < j.Windows || j.again(ctx, row, n); n++ {
		before, err := j.relay.scrape(ctx)
		if err != nil {
			return nil, err
		}
		longer := time.Duration(0)
		if n == j.Windows-1 && p.slow() {
			longer = j.Longer
		}
		logged := j.relay.log.size.Load()
		j.relay.peak.Store(0)
		did, err := j.beside(ctx, &row.Attack, longer, "force", p.Name, &j.orders)
		if err != nil {
			return nil, err
		}
		row.PeakRSS = max(row.PeakRSS, j.relay.peak.Load())
		row.LoggedBytes += j.relay.log.size.Load() - logged
		add(row.Did, did)
		after, err := j.relay.scrape(ctx)
		if err != nil {
			return nil, err
		}
		add(row.Refused, grown(before, after))
		if j.MaxRatio > 0 {
			processors := strconv.FormatFloat(row.Attack.Worker[n], 'f', 3, 64)
			if _, err = j.beside(ctx, &row.Burner, 0, "burn", processors, nil); err != nil {
				return nil, err
			}
			row.Ratio = least(row.Attack.P99) / least(row.Burner.P99)
		}
	}
	row.judge(p, j)
	return row, nil
}

// again says whether a ratio that is too high has been seen in too few windows to
// be believed. On a machine that others use, some windows are always bad, and at
// times most of them.
func (j *judge) again(ctx context.Context, row *Row, n int) bool {
	last, _ := ctx.Deadline()
	return j.MaxRatio > 0 && row.Ratio > j.MaxRatio && n < most*j.Windows && time.Until(last) > j.spare
}

// most is how many times the usual windows there are before a ratio is believed.
const most = 3

func add(to, more map[string]int) {
	for name, n := range more {
		to[name] += n
	}
}

// beside measures honest users' calls beside a worker, for a window. The worker
// may go on for longer.
func (j *judge) beside(ctx context.Context, m *Measured, longer time.Duration, as, what string, o *orders) (did map[string]int, err error) {
	w, err := j.launch(ctx, as, what, o)
	if err != nil {
		return nil, err
	}
	running := true
	defer func() {
		if running {
			w.stop()
		}
	}()
	others, err := machine.Busy()
	if err != nil {
		return nil, err
	}
	worker, relay, began, err := j.used(w)
	if err != nil {
		return nil, err
	}
	j.honest.take()
	if err := rest(ctx, j.Window); err != nil {
		return nil, err
	}
	workerTo, relayTo, ended, err := j.used(w)
	if err := errors.Join(err, j.relay.dead(), j.honest.err()); err != nil {
		return nil, err
	}
	waits := j.honest.take()
	if len(waits) == 0 && j.MaxRatio > 0 {
		return nil, errors.New("no honest call went through in a whole window")
	}
	busy, err := machine.Busy()
	if err != nil {
		return nil, err
	}
	took := ended.Sub(began).Seconds()
	m.add(waits, (workerTo-worker).Seconds()/took, (relayTo-relay).Seconds()/took, (busy-others).Seconds()/took)
	if err := rest(ctx, longer); err != nil {
		return nil, err
	}
	running = false
	if did, err = w.stop(); err != nil {
		return nil, err
	}
	return did, rest(ctx, settle)
}

func (j *judge) used(w worker) (worker, relay time.Duration, at time.Time, err error) {
	if worker, err = w.cpu(); err != nil {
		return 0, 0, at, err
	}
	relay, err = machine.CPU(j.relay.cmd.Process.Pid)
	return worker, relay, time.Now(), err
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1e3 }

// rest waits, unless it is all over.
func rest(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return errors.New("it takes too long, or was interrupted")
	case <-time.After(d):
		return nil
	}
}

// grown are the relay's counters of refusals and ends that have grown.
func grown(before, after map[string]float64) map[string]int {
	list := map[string]int{}
	for name, n := range after {
		for _, kind := range []string{"beckon_connections_closed_total", "beckon_connections_refused", "beckon_logins_refused", "beckon_commands_held_back", "beckon_refusals", "beckon_limits_reached"} {
			if strings.HasPrefix(name, kind) && n > before[name] {
				list[name] = int(n - before[name])
			}
		}
	}
	return list
}

func sorted(m map[string]int) []string { return slices.Sorted(maps.Keys(m)) }
