package main

import (
	"context"

	"beckon/server/bench/load"
)

// An experiment measures what is in one row of the table, or in several that
// come of the same runs.
type experiment interface {
	// round measures everything once: the relay and its floors one after the
	// other, so that what else happens on the machine happens to all of them.
	round(ctx context.Context, b *bench) error
	// rows is what all rounds so far come to.
	rows() []Row
}

// experiments lists them in the order of the table. Each has a file.
func experiments() []experiment {
	return []experiment{
		unloaded(), paced(),
		loaded(4), loaded(16), loaded(48), loaded(128), loaded(512),
		memory(),
		restarting(), footprints(), sizes(), browser(), lighthouse(),
	}
}

// once is an experiment that one round is enough for, since it counts, or takes
// several rounds by itself.
type once struct {
	measure func(ctx context.Context, b *bench) ([]Row, error)
	found   []Row
}

func (o *once) round(ctx context.Context, b *bench) (err error) {
	if o.found == nil {
		o.found, err = o.measure(ctx, b)
	}
	return err
}

func (o *once) rows() []Row { return o.found }

// calls is an experiment on the calls that one load makes through several subjects.
type calls struct {
	load     load.Config // but for what differs from run to run
	subjects []subject
	results  map[string][]*load.Result // by the subject's name, one of each round
	table    func(c *calls) []Row
}

func (c *calls) round(ctx context.Context, b *bench) error {
	if c.results == nil {
		c.results = map[string][]*load.Result{}
	}
	for _, s := range c.subjects {
		r, err := b.calls(ctx, s, c.load)
		if err != nil {
			return err
		}
		c.results[s.name] = append(c.results[s.name], r)
	}
	return nil
}

func (c *calls) rows() []Row { return c.table(c) }

// of lists one figure of a subject, round by round.
func (c *calls) of(s subject, figure func(*load.Result) float64) []float64 {
	list := make([]float64, len(c.results[s.name]))
	for i, r := range c.results[s.name] {
		list[i] = figure(r)
	}
	return list
}

func callsPerSecond(r *load.Result) float64 { return r.CallsPerSecond }
func inviteP50(r *load.Result) float64      { return r.InviteP50 }
func inviteP99(r *load.Result) float64      { return r.InviteP99 }
func cpuPerCall(r *load.Result) float64     { return r.CPUPerCall }
