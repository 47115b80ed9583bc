package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"beckon/server/bench/growth"
	"beckon/server/bench/load"
	"beckon/server/bench/machine"
)

// Growth is a report on how costs grow with what a relay holds.
type Growth struct {
	Report
	Channels []growth.Cost  `json:"channels"` // from few to many
	Few      []growth.Cost  `json:"few"`      // of as few as the first, measured again beside each of the others
	Due      []growth.Stall `json:"due"`
	Inboxes  growth.Logins  `json:"inboxes"`
	Flood    load.Storm     `json:"flood"`
	Devices  load.Crowd     `json:"devices"`
	Members  load.Crowd     `json:"members"`
	Long     *Long          `json:"long"` // nil: there is no Node
}

// Long is a relay and a page's program in Node that make calls for long.
type Long struct {
	Calls []int     `json:"calls"` // that had been made ...
	Relay []float64 `json:"relay"` // ... when the relay had so many MB in memory ...
	Page  []float64 `json:"page"`  // ... and the program with both pages in it
}

// sizesOf says how much of everything there is.
type sizesOf struct {
	channels          []int
	warm              int   // calls that fill the feed; half as many more are measured
	due               []int // deadlines, after a restart; the most of them while it runs, too
	accounts, notices int   // of full inboxes
	links             int
	crowd, times      int // devices of an account, members of a channel
	calls, every      int // of a long run
}

var full = sizesOf{channels: []int{1_000, 10_000, 100_000, 1_000_000}, warm: 20_000, due: []int{10_000, 100_000},
	accounts: 1000, notices: 1000, links: 19_000, crowd: 100, times: 200, calls: 50_000, every: 10_000}

// grow measures everything once, and saves the report.
func (b *bench) grow(ctx context.Context, n sizesOf, out, errs io.Writer) error {
	sync, err := machine.SyncTime(b.dir, 200)
	if err != nil {
		return err
	}
	g := &Growth{}
	before, err := used()
	if err != nil {
		return err
	}
	for _, part := range []struct {
		name    string
		measure func(context.Context, sizesOf) error
	}{
		{"live channels", func(ctx context.Context, n sizesOf) error { return b.growChannels(ctx, n, g) }},
		{"deadlines", func(ctx context.Context, n sizesOf) error { return b.growDeadlines(ctx, n, g) }},
		{"inboxes", func(ctx context.Context, n sizesOf) error {
			return b.do(ctx, task{Task: "inboxes", Dir: b.dir, N: n.accounts, M: n.notices}, &g.Inboxes)
		}},
		{"links", func(ctx context.Context, n sizesOf) error {
			return b.withRelay(ctx, task{Task: "flood", N: n.links}, &g.Flood)
		}},
		{"devices", func(ctx context.Context, n sizesOf) error {
			return b.withRelay(ctx, task{Task: "devices", N: n.crowd, M: n.times}, &g.Devices)
		}},
		{"members", func(ctx context.Context, n sizesOf) error {
			return b.withRelay(ctx, task{Task: "members", N: n.crowd, M: n.times}, &g.Members)
		}},
		{"a long run", func(ctx context.Context, n sizesOf) error { return b.longRun(ctx, n, g) }},
	} {
		fmt.Fprintln(errs, part.name)
		if err := part.measure(ctx, n); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	after, err := used()
	if err != nil {
		return err
	}
	g.Report = *newReport(settings{rounds: 1}, sync, []float64{after.others(before)}, g.table(n))
	if err := g.print(out); err != nil {
		return err
	}
	return g.save(b.settings.json)
}

// growChannels measures the few beside each of the others, so that what else
// happens on the machine happens to both.
func (b *bench) growChannels(ctx context.Context, n sizesOf, g *Growth) error {
	for k, channels := range n.channels {
		var few, c growth.Cost
		if k > 0 {
			if err := b.do(ctx, task{Task: "calls", Dir: b.dir, N: n.channels[0], M: n.warm}, &few); err != nil {
				return err
			}
			g.Few = append(g.Few, few)
		}
		if err := b.do(ctx, task{Task: "calls", Dir: b.dir, N: channels, M: n.warm}, &c); err != nil {
			return err
		}
		g.Channels = append(g.Channels, c)
	}
	return nil
}

// usage is processor time until a moment: everybody's, and of the bench with all
// its processes that have ended.
type usage struct {
	when     time.Time
	all, own time.Duration
}

func used() (u usage, err error) {
	if u.all, err = machine.Busy(); err != nil {
		return u, err
	}
	u.own, err = machine.Own()
	u.when = time.Now()
	return u, err
}

// others is how many cores others kept busy since before.
func (u usage) others(before usage) float64 {
	return max(0, (u.all-before.all-(u.own-before.own)).Seconds()/u.when.Sub(before.when).Seconds())
}

func (b *bench) growDeadlines(ctx context.Context, n sizesOf, g *Growth) error {
	list := []task{}
	for _, deadlines := range n.due {
		list = append(list, task{N: deadlines, Restart: true})
	}
	for _, t := range append(list, task{N: n.due[len(n.due)-1]}) {
		t.Task, t.Dir = "deadlines", b.dir
		var s growth.Stall
		if err := b.do(ctx, t, &s); err != nil {
			return err
		}
		g.Due = append(g.Due, s)
	}
	return nil
}

// withRelay has a task done beside a relay of its own.
func (b *bench) withRelay(ctx context.Context, t task, result any) error {
	dir, err := os.MkdirTemp(b.dir, "run")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	server, err := start(ctx, b.program("relay"), synced.args(dir), nil)
	if err != nil {
		return err
	}
	t.Addr, t.PID, t.Dir = server.addr, server.cmd.Process.Pid, dir
	return errors.Join(b.do(ctx, t, result), server.stop())
}

// longRun has two pages in one Node process call each other.
func (b *bench) longRun(ctx context.Context, n sizesOf, g *Growth) error {
	if _, err := exec.LookPath("node"); err != nil {
		return nil
	}
	if _, err := os.Stat(plainBuild); err != nil {
		return nil
	}
	dir, err := os.MkdirTemp(b.dir, "run")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	server, err := start(ctx, b.program("relay"), synced.args(dir), nil)
	if err != nil {
		return err
	}
	g.Long = &Long{}
	err = node(ctx, []string{"BECKON_URL=http://" + server.addr}, g.Long, "server/bench/browser/calls.mjs",
		fmt.Sprint(n.calls), fmt.Sprint(n.every), fmt.Sprint(server.cmd.Process.Pid))
	return errors.Join(err, server.stop())
}

// save writes the report as JSON, and beside it a picture of its curve.
func (g *Growth) save(path string) error {
	text, err := json.MarshalIndent(g, "", "  ")
	if err != nil {
		return err
	}
	drawing := strings.TrimSuffix(path, ".json") + ".svg"
	return errors.Join(os.WriteFile(path, append(text, '\n'), 0o644), os.WriteFile(drawing, []byte(growthChart(g.Channels)), 0o644))
}
