package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

//go:embed profile/hook.go.txt
var hook []byte

// hooked names a program with the hook in it.
func hooked(program string) string { return program + "-hooked" }

// hookIn is the environment that has a hook listen in a folder.
func hookIn(dir string) []string { return []string{"BENCH_PROFILE=" + dir} }

// buildHooked builds a program with the hook laid over it, so that the product
// needs none.
func (b *bench) buildHooked(ctx context.Context, program string) error {
	pkg := programs[program]
	where, err := exec.CommandContext(ctx, "go", "list", "-f", "{{.Dir}}", pkg).Output()
	if err != nil {
		return fmt.Errorf("go list %s: %w", pkg, err)
	}
	source, overlay := filepath.Join(b.dir, "hook.go"), filepath.Join(b.dir, program+"-overlay.json")
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
	return b.build(ctx, hooked(program), pkg, "-overlay", overlay)
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
