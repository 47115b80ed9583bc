package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"beckon/server/bench/machine"
)

// browser is what a page in Chromium waits for.
func browser() experiment {
	const ready, call = "module ready in Chromium, %s bridge", "one awaited call's bridge in Chromium"
	return &once{measure: func(ctx context.Context, b *bench) ([]Row, error) {
		var found struct {
			Ready map[string][]float64
			Call  []float64
		}
		env, why := chromium("web/node_modules", "run make build")
		if why == "" {
			if err := node(ctx, env, &found, "server/bench/browser/page.mjs", strconv.Itoa(b.settings.rounds)); err != nil {
				return nil, err
			}
		}
		var rows []Row
		for i, bridge := range []string{"plain", "golang-wasm"} {
			limit := []target{ratioAtMost(1.5, 1.3), noTarget}[i]
			name := fmt.Sprintf(ready, bridge)
			if took := found.Ready[bridge]; took != nil {
				rows = append(rows, row(name, "ms", took, "empty module", found.Ready["empty"], limit))
			} else {
				rows = append(rows, skipped(name, "ms", cmp.Or(why, "that bridge is not built")))
			}
		}
		if found.Call == nil {
			return append(rows, skipped(call, "µs", why)), nil
		}
		return append(rows, alone(call, "µs", found.Call, atMost(80, 50))), nil
	}}
}

// chromium says how scripts find a Chromium, or why there are no figures of it.
// modules is the folder of what they import.
func chromium(modules, remedy string) (env []string, why string) {
	if _, err := exec.LookPath("node"); err != nil {
		return nil, "there is no node"
	}
	if _, err := os.Stat(modules); err != nil {
		return nil, "there is no " + modules + ": " + remedy
	}
	for _, name := range []string{os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil && name != "" {
			return []string{"CHROMIUM=" + path, "CHROME_PATH=" + path}, ""
		}
	}
	return nil, "there is no Chromium; CHROMIUM=/path says where"
}

// node runs a script, which prints what it found as JSON.
func node(ctx context.Context, env []string, found any, args ...string) error {
	cmd := exec.CommandContext(ctx, "node", args...)
	cmd.Env = append(os.Environ(), env...)
	cmd.SysProcAttr = machine.Child()
	var log tail
	cmd.Stderr = &log
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("node %s failed (%w): %s", args[0], err, bytes.TrimSpace([]byte(log.String())))
	}
	return json.Unmarshal(out, found)
}

// lighthouse is what Lighthouse says of the demo page, as the relay serves it.
func lighthouse() experiment {
	scores := []struct {
		id, name string
		limit    target
	}{
		{"accessibility", "Lighthouse, demo page: accessibility", atLeast(95, 100)},
		{"best-practices", "Lighthouse, demo page: best practices", atLeast(95, 100)},
		{"performance", "Lighthouse, demo page: performance", noTarget},
	}
	return &once{measure: func(ctx context.Context, b *bench) (rows []Row, err error) {
		const folder = "server/bench/lighthouse"
		env, why := chromium(folder+"/node_modules", "run npm ci in "+folder)
		found := map[string]json.RawMessage{}
		if why == "" {
			dir, err := os.MkdirTemp(b.dir, "run")
			if err != nil {
				return nil, err
			}
			server, err := start(ctx, b.program("relay"), synced.args(dir), nil)
			if err != nil {
				return nil, err
			}
			err = node(ctx, env, &found, filepath.Join(folder, "run.mjs"), "http://"+server.addr+"/")
			if err = errors.Join(err, server.stop()); err != nil {
				return nil, err
			}
		}
		for _, s := range scores {
			if why != "" {
				rows = append(rows, skipped(s.name, "points", why))
				continue
			}
			var points float64
			if err := json.Unmarshal(found[s.id], &points); err != nil {
				return nil, fmt.Errorf("lighthouse does not tell %s: %w", s.id, err)
			}
			rows = append(rows, alone(s.name, "points", []float64{points}, s.limit))
		}
		return rows, nil
	}}
}
