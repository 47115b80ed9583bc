package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"

	"beckon/server/bench/growth"
	"beckon/server/bench/load"
	"beckon/server/bench/machine"
)

// child has this program do something in a process of its own, which is told
// what as JSON, and tells what it found as JSON.
func (b *bench) child(ctx context.Context, command string, what, result any) error {
	arg, err := json.Marshal(what)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, self, command, string(arg))
	cmd.SysProcAttr = machine.Child()
	var log tail
	cmd.Stderr = &log
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("%s %s failed (%w): %s", command, arg, err, bytes.TrimSpace([]byte(log.String())))
	}
	if result == nil {
		return nil
	}
	return json.Unmarshal(out, result)
}

// growCommand has a process do a [task].
const growCommand = "grow"

// A task is one measurement, by its name in [tasks].
type task struct {
	Task    string
	Addr    string // of a relay
	PID     int    // its process
	Dir     string // for files that the bench removes
	N, M    int    // see [tasks]
	Restart bool
}

// tasks are what [growCommand] can do.
var tasks = map[string]func(ctx context.Context, t task) (any, error){
	"calls":     func(ctx context.Context, t task) (any, error) { return growth.Calls(ctx, t.N, t.M, 3*t.M/2, t.Dir) },
	"inboxes":   func(ctx context.Context, t task) (any, error) { return growth.Inboxes(ctx, t.N, t.M, t.Dir) },
	"deadlines": func(ctx context.Context, t task) (any, error) { return growth.Deadlines(ctx, t.N, t.Restart, t.Dir) },
	"footprint": func(_ context.Context, t task) (any, error) { return growth.Measure(t.N) },
	"json":      func(ctx context.Context, t task) (any, error) { return growth.JSON(ctx, t.N) },
	"write":     func(ctx context.Context, t task) (any, error) { return nil, growth.WriteCalls(ctx, t.Dir, t.N, t.M) },
	"reopen":    func(ctx context.Context, t task) (any, error) { return growth.Reopen(ctx, t.Dir) },
	"flood":     func(ctx context.Context, t task) (any, error) { return load.Flood(ctx, t.Addr, t.PID, t.N) },
	"devices":   func(ctx context.Context, t task) (any, error) { return load.Devices(ctx, t.Addr, t.PID, t.N, t.M) },
	"members":   func(ctx context.Context, t task) (any, error) { return load.Members(ctx, t.Addr, t.PID, t.N, t.M) },
}

// do has a task done in a process of its own.
func (b *bench) do(ctx context.Context, t task, result any) error {
	return b.child(ctx, growCommand, t, result)
}

func isChild(args []string) bool {
	return len(args) == 2 && (args[0] == loadCommand || args[0] == growCommand)
}

// beChild is what such a process does.
func beChild(ctx context.Context, command, arg string, out io.Writer) error {
	if command == loadCommand {
		return generate(ctx, arg, out)
	}
	var t task
	if err := json.Unmarshal([]byte(arg), &t); err != nil {
		return err
	}
	do := tasks[t.Task]
	if do == nil {
		return fmt.Errorf("%q is no task", t.Task)
	}
	found, err := do(ctx, t)
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(found)
}
