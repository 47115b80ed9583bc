package main

import (
	"time"

	"beckon/server/bench/load"
)

// paced is unloaded with rests between the calls, in which processors fall
// asleep and caches cool. Waking up costs more than the relay does, so what
// differs between relay and floor is how often something has to be woken.
func paced() experiment {
	return &calls{
		load:     load.Config{Pairs: 1, Pace: 5 * time.Millisecond},
		subjects: []subject{synced, hub},
		table: func(c *calls) []Row {
			compare := func(what string, figure func(*load.Result) float64) Row {
				return row("INVITE at the peer, a call every 5 ms, "+what, "µs", c.of(synced, figure), hub.name, c.of(hub, figure), noTarget)
			}
			return []Row{compare("p50, synced", inviteP50), compare("p99, synced", inviteP99)}
		},
	}
}
