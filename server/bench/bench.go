package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"beckon/server/bench/load"
	"beckon/server/bench/machine"
)

// bench is what experiments work with: programs, and a folder.
type bench struct {
	settings settings
	dir      string
	others   []float64 // of every run
}

// open builds the programs.
func open(ctx context.Context, s settings) (*bench, error) {
	if err := os.MkdirAll(s.data, 0o755); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(s.data, "bench")
	if err != nil {
		return nil, err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, err
	}
	b := &bench{settings: s, dir: dir}
	for name, pkg := range programs {
		if err := b.build(ctx, name, pkg); err != nil {
			b.close()
			return nil, err
		}
	}
	return b, nil
}

func (b *bench) close() { os.RemoveAll(b.dir) }

// program is the path of a built program.
func (b *bench) program(name string) string { return filepath.Join(b.dir, name) }

func (b *bench) build(ctx context.Context, name, pkg string, flags ...string) error {
	args := append(append([]string{"build", "-o", b.program(name)}, flags...), pkg)
	if out, err := exec.CommandContext(ctx, "go", args...).CombinedOutput(); err != nil {
		return fmt.Errorf("go build %s: %w\n%s", pkg, err, out)
	}
	return nil
}

// everything runs the experiments round by round.
func (b *bench) everything(ctx context.Context, list []experiment, begin func(round int)) (*Report, error) {
	sync, err := machine.SyncTime(b.dir, 200)
	if err != nil {
		return nil, err
	}
	for round := range b.settings.rounds {
		begin(round + 1)
		for _, e := range list {
			if err := e.round(ctx, b); err != nil {
				return nil, fmt.Errorf("round %d: %w", round+1, err)
			}
		}
	}
	var rows []Row
	for _, e := range list {
		rows = append(rows, e.rows()...)
	}
	report := newReport(b.settings, sync, b.others, rows)
	report.Curves = curves(list, synced, file, hub)
	return report, nil
}

// calls starts a subject with an empty folder, lets a load make calls through
// it, and stops it.
func (b *bench) calls(ctx context.Context, s subject, c load.Config) (*load.Result, error) {
	dir, err := os.MkdirTemp(b.dir, "run")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	server, err := start(ctx, b.program(s.program), s.args(dir), nil)
	if err != nil {
		return nil, err
	}
	c.Addr, c.PID = server.addr, server.cmd.Process.Pid
	c.Measure, c.Warm = b.settings.measure, b.settings.measure/4
	r, err := b.load(ctx, loading{Config: c})
	if err = errors.Join(err, server.stop()); err != nil {
		return nil, fmt.Errorf("%s, %d pairs: %w", s.name, c.Pairs, err)
	}
	b.others = append(b.others, r.Others)
	return r, nil
}
