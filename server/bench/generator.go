package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"

	"beckon/server/bench/load"
	"beckon/server/bench/machine"
)

// loadCommand makes this program a load generator; the argument behind it is a
// loading as JSON.
const loadCommand = "load"

// loading is what a load generator is to do.
type loading struct {
	load.Config
	Profile string // the folder of the server's profile hook; absent: it has none
}

// runTime bounds what a load takes besides warming up and measuring.
const runTime = time.Minute

// load makes calls in a process of its own.
func (b *bench) load(ctx context.Context, l loading) (*load.Result, error) {
	arg, err := json.Marshal(l)
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, l.Warm+l.Measure+runTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, self, loadCommand, string(arg))
	cmd.SysProcAttr = machine.Child()
	var log tail
	cmd.Stderr = &log
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("the load failed (%w): %s", err, bytes.TrimSpace([]byte(log.String())))
	}
	r := &load.Result{}
	return r, json.Unmarshal(out, r)
}

// generate is what the load generator's process does.
func generate(ctx context.Context, arg string, out io.Writer) error {
	var l loading
	if err := json.Unmarshal([]byte(arg), &l); err != nil {
		return err
	}
	if l.Profile != "" {
		l.Begin = func() error { return tell(l.Profile, "begin") }
		l.End = func() error { return tell(l.Profile, "end") }
	}
	r, err := load.Run(ctx, l.Config)
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(r)
}
