package main

import (
	"context"

	"beckon/server/bench/growth"
)

// footprints are what one channel, and one call, cost the machine alone.
func footprints() experiment {
	return &once{measure: func(ctx context.Context, b *bench) ([]Row, error) {
		var f growth.Footprint
		if err := b.do(ctx, task{Task: "footprint", N: 100_000}, &f); err != nil {
			return nil, err
		}
		var took []float64
		for range b.settings.rounds {
			var t float64
			if err := b.do(ctx, task{Task: "json", N: 100_000}, &t); err != nil {
				return nil, err
			}
			took = append(took, t)
		}
		return []Row{
			alone("state per live channel, two members inside", "B", []float64{f.Inside}, atMost(700, 500)),
			alone("state per live channel, one rings the other", "B", []float64{f.Ringing}, noTarget),
			alone("CPU per call without sockets and journal: decode, handle, encode", "µs", took, atMost(8, 5)),
		}, nil
	}}
}
