package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"beckon/server/bench/load"
)

// profile shows where the relay's time goes while 128 pairs call.
func (b *bench) profile(ctx context.Context, dir string, out io.Writer) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	if err := errors.Join(os.MkdirAll(dir, 0o755), b.buildHooked(ctx, "relay")); err != nil {
		return err
	}
	server, err := start(ctx, b.program(hooked("relay")), synced.args(b.dir), hookIn(dir))
	if err != nil {
		return err
	}
	r, err := b.load(ctx, loading{Hook: dir, Config: load.Config{Addr: server.addr, PID: server.cmd.Process.Pid,
		Pairs: 128, Warm: b.settings.measure / 4, Measure: b.settings.measure}})
	if err := errors.Join(err, server.stop()); err != nil {
		return err
	}
	return b.summarize(ctx, dir, r, out)
}

func (b *bench) summarize(ctx context.Context, dir string, r *load.Result, out io.Writer) error {
	text, err := os.ReadFile(filepath.Join(dir, "memory.json"))
	if err != nil {
		return err
	}
	var memory struct{ Allocations, Bytes, Collections float64 }
	if err := json.Unmarshal(text, &memory); err != nil {
		return err
	}
	n := float64(r.Calls)
	fmt.Fprintf(out, "%.0f calls/s, %.0f µs of the relay's time each, %.1f allocations and %.0f bytes each, %.0f collections in all\n",
		r.CallsPerSecond, r.CPUPerCall, memory.Allocations/n, memory.Bytes/n, memory.Collections)
	for _, show := range [][]string{
		{"-top", "-nodecount=15", "cpu.pprof"},
		{"-top", "-nodecount=15", "-cum", "-focus=beckon", "cpu.pprof"},
		{"-top", "-nodecount=15", "-sample_index=alloc_objects", "-base", "allocs-before.pprof", "allocs-after.pprof"},
	} {
		cmd := exec.CommandContext(ctx, "go", append([]string{"tool", "pprof"}, show...)...)
		cmd.Dir = dir
		text, err := cmd.CombinedOutput()
		if err != nil {
			return fmt.Errorf("go tool pprof: %w: %s", err, text)
		}
		fmt.Fprintf(out, "\n%s", text)
	}
	return nil
}
