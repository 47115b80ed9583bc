package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"beckon/server/bench/load"
)

//go:embed profile/hook.go.txt
var hook []byte

// profile shows where the relay's time goes while 128 pairs call. The relay that
// it runs has a hook laid over it, so that the product needs none.
func (b *bench) profile(ctx context.Context, dir string, out io.Writer) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	if err := errors.Join(os.MkdirAll(dir, 0o755), b.buildHooked(ctx)); err != nil {
		return err
	}
	server, err := start(ctx, b.program("profiled"), synced.args(b.dir), []string{"BENCH_PROFILE=" + dir})
	if err != nil {
		return err
	}
	r, err := b.load(ctx, loading{Profile: dir, Config: load.Config{Addr: server.addr, PID: server.cmd.Process.Pid,
		Pairs: 128, Warm: b.settings.measure / 4, Measure: b.settings.measure}})
	if err := errors.Join(err, server.stop()); err != nil {
		return err
	}
	return b.summarize(ctx, dir, r, out)
}

func (b *bench) buildHooked(ctx context.Context) error {
	where, err := exec.CommandContext(ctx, "go", "list", "-f", "{{.Dir}}", programs["relay"]).Output()
	if err != nil {
		return fmt.Errorf("go list %s: %w", programs["relay"], err)
	}
	source, overlay := filepath.Join(b.dir, "hook.go"), filepath.Join(b.dir, "overlay.json")
	replace := map[string]map[string]string{"Replace": {
		filepath.Join(strings.TrimSpace(string(where)), "bench_profile_hook.go"): source,
	}}
	text, err := json.Marshal(replace)
	if err != nil {
		return err
	}
	if err := errors.Join(os.WriteFile(source, hook, 0o644), os.WriteFile(overlay, text, 0o644)); err != nil {
		return err
	}
	return b.build(ctx, "profiled", programs["relay"], "-overlay", overlay)
}

// tell asks the hook for something, and waits until it is done.
func tell(dir, what string) error {
	name := filepath.Join(dir, what)
	if err := os.WriteFile(name, nil, 0o644); err != nil {
		return err
	}
	for range 1000 {
		if _, err := os.Stat(name); errors.Is(err, os.ErrNotExist) {
			return nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	return fmt.Errorf("the profile hook did not %s", what)
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
