// Package load makes calls through a relay, as many as it can or at a pace, and
// measures them. A call is callEx, joinAndAccept, close: 3 commands, 3 replies
// and 4 notices. Every frame is checked: a run has no result unless each of its
// calls went exactly as it should.
package load

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// Config is what a run does.
type Config struct {
	Addr    string        // host:port of what is measured; its socket is at /ws
	PID     int           // its process; 0: its processor time is not measured
	Pairs   int           // of devices that call each other at the same time
	Pace    time.Duration // from one call of a pair to its next; 0: at once
	Warm    time.Duration // calls before it counts
	Measure time.Duration // how long it counts; longer, until a call has ended

	// Patience is how long a call may take before a frame of it counts as
	// missing. Default: 10 s.
	Patience time.Duration

	// Begin and End, if not nil, are called when it begins to count and when it
	// has ended to, while the pairs call on.
	Begin func() error `json:"-"`
	End   func() error `json:"-"`
}

// run is a run under way.
type run struct {
	Config
	pairs     []*pair
	devices   sync.WaitGroup
	measuring atomic.Bool
	stopping  atomic.Bool // no further calls
	leaving   atomic.Bool // the links are being closed
	failed    chan error
}

// Run logs pairs in, lets them call, and returns what it measured. The error
// says what went wrong with the first call that did not go as it should.
func Run(ctx context.Context, c Config) (*Result, error) {
	if c.Patience == 0 {
		c.Patience = 10 * time.Second
	}
	r := &run{Config: c, failed: make(chan error, 1)}
	defer r.cut()
	for i := range c.Pairs {
		if err := r.add(ctx, i); err != nil {
			return nil, err
		}
	}
	for _, p := range r.pairs {
		r.serve(p, p.caller)
		r.serve(p, p.callee)
		if err := p.start(); err != nil {
			return nil, err
		}
	}
	if err := r.wait(ctx, c.Warm); err != nil {
		return nil, err
	}
	result, err := r.measure(ctx)
	if err != nil {
		return nil, err
	}
	return result, r.finish(ctx)
}

func (r *run) add(ctx context.Context, i int) error {
	caller, err := login(ctx, r.Addr, fmt.Sprintf("u%da", i), callerScript)
	if err != nil {
		return err
	}
	callee, err := login(ctx, r.Addr, fmt.Sprintf("u%db", i), calleeScript)
	if err != nil {
		caller.conn.Close()
		return err
	}
	r.pairs = append(r.pairs, &pair{run: r, over: make(chan struct{}), caller: caller, callee: callee})
	return nil
}

func (r *run) serve(p *pair, d *device) {
	r.devices.Go(func() {
		if err := p.serve(d); err != nil {
			r.fail(err)
		}
	})
}

// fail keeps the first error; what follows from it does not matter.
func (r *run) fail(err error) {
	select {
	case r.failed <- err:
	default:
	}
}

// wait lets the pairs call for a while.
func (r *run) wait(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case err := <-r.failed:
		return err
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// finish lets every pair end its call, and hears its links out to their end: what
// comes behind the last call is one frame too many.
func (r *run) finish(ctx context.Context) error {
	r.stopping.Store(true)
	if err := r.over(ctx); err != nil {
		return err
	}
	r.leaving.Store(true)
	for _, p := range r.pairs {
		if err := errors.Join(p.caller.goodbye(), p.callee.goodbye()); err != nil {
			return err
		}
	}
	r.devices.Wait() // reads have a deadline now
	select {
	case err := <-r.failed:
		return err
	default:
		return nil
	}
}

// over waits until every pair has made its last call.
func (r *run) over(ctx context.Context) error {
	late := time.NewTimer(r.Patience)
	defer late.Stop()
	for _, p := range r.pairs {
		select {
		case <-p.over:
		case err := <-r.failed:
			return err
		case <-late.C:
			return p.stuck()
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return nil
}

// cut closes the links of a run and waits for its goroutines.
func (r *run) cut() {
	r.stopping.Store(true)
	for _, p := range r.pairs {
		p.caller.conn.Close()
		p.callee.conn.Close()
	}
	r.devices.Wait()
}
