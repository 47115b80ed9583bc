package load

import (
	"context"
	"time"

	"beckon/server/bench/machine"
)

// Memory is what a server keeps in memory for each link, in bytes.
type Memory struct {
	Idle   float64 `json:"idle"`   // that is logged in, and at rest
	Called float64 `json:"called"` // at rest again, after a call
}

// Rest logs pairs in, lets each make one call, and returns what memory the server
// keeps of it after [Config.Measure]. Collect has to see to it that the server
// gives back what it does not need.
func Rest(ctx context.Context, c Config, collect func() error) (*Memory, error) {
	if c.Patience == 0 {
		c.Patience = 10 * time.Second
	}
	r := &run{Config: c, failed: make(chan error, 1)}
	r.stopping.Store(true) // one call each is all
	defer r.cut()
	resident := func() (float64, error) {
		if err := collect(); err != nil {
			return 0, err
		}
		n, err := machine.Resident(c.PID)
		return float64(n), err
	}
	empty, err := resident()
	if err != nil {
		return nil, err
	}
	for i := range c.Pairs {
		if err := r.add(ctx, i); err != nil {
			return nil, err
		}
	}
	idle, err := resident()
	if err != nil {
		return nil, err
	}
	for _, p := range r.pairs {
		r.serve(p, p.caller)
		r.serve(p, p.callee)
		if err := p.once(); err != nil {
			return nil, err
		}
	}
	if err := r.over(ctx); err != nil {
		return nil, err
	}
	if err := r.wait(ctx, c.Measure); err != nil {
		return nil, err
	}
	called, err := resident()
	if err != nil {
		return nil, err
	}
	links := float64(2 * c.Pairs)
	return &Memory{Idle: (idle - empty) / links, Called: (called - empty) / links}, r.finish(ctx)
}
