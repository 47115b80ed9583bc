package main

import (
	"context"
	"encoding/json"
	"io"
	"time"

	"beckon/server/bench/load"
)

// loadCommand makes this program a load generator; the argument behind it is a
// loading as JSON.
const loadCommand = "load"

// loading is what a load generator is to do.
type loading struct {
	load.Config
	Hook string // the folder in which the server's hook listens; absent: it has none
	Rest bool   // look at its memory instead of making calls; needs a hook
}

// runTime bounds what a load takes besides warming up and measuring.
const runTime = time.Minute

// load makes calls in a process of its own.
func (b *bench) load(ctx context.Context, l loading) (*load.Result, error) {
	r := &load.Result{}
	return r, b.generator(ctx, l, r)
}

// generator runs a load generator, and reads what it found into result.
func (b *bench) generator(ctx context.Context, l loading, result any) error {
	ctx, cancel := context.WithTimeout(ctx, l.Warm+l.Measure+runTime)
	defer cancel()
	return b.child(ctx, loadCommand, l, result)
}

// generate is what the load generator's process does.
func generate(ctx context.Context, arg string, out io.Writer) error {
	var l loading
	if err := json.Unmarshal([]byte(arg), &l); err != nil {
		return err
	}
	if l.Hook != "" {
		l.Begin = func() error { return tell(l.Hook, "begin") }
		l.End = func() error { return tell(l.Hook, "end") }
	}
	var r any
	var err error
	if l.Rest {
		r, err = load.Rest(ctx, l.Config, func() error { return tell(l.Hook, "collect") })
	} else {
		r, err = load.Run(ctx, l.Config)
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(r)
}
