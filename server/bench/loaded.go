package main

import (
	"fmt"

	"beckon/server/bench/load"
)

// throughput is the target of calls/s by the number of pairs.
var throughput = map[int]target{
	16:  ratioAtLeast(.25, .35),
	128: ratioAtLeast(.62, .75),
	512: ratioAtLeast(.80, .95),
}

// loaded is what the relay does when pairs call again and again, as fast as they
// are served, with the journal synced.
func loaded(pairs int) experiment {
	return &calls{
		load:     load.Config{Pairs: pairs},
		subjects: []subject{synced, hub, file},
		table: func(c *calls) []Row {
			compare := func(what, unit string, figure func(*load.Result) float64, t target) Row {
				name := fmt.Sprintf("%s, %d pairs, synced", what, pairs)
				return row(name, unit, c.of(synced, figure), hub.name, c.of(hub, figure), t)
			}
			rows := []Row{compare("calls/s", "1/s", callsPerSecond, throughput[pairs])}
			if pairs == 128 {
				rows = append(rows,
					compare("server CPU per call", "µs", cpuPerCall, ratioAtMost(1.65, 1.35)),
					compare("INVITE at the peer, p50", "µs", inviteP50, noTarget),
					compare("INVITE at the peer, p99", "µs", inviteP99, ratioAtMost(1.6, 1.2)))
			}
			return rows
		},
	}
}
