package main

import "beckon/server/bench/load"

// unloaded is how long a ring takes when nobody else calls: one pair, whose next
// call begins when the last one is over.
func unloaded() experiment {
	return &calls{
		load:     load.Config{Pairs: 1},
		subjects: []subject{synced, hub, unsynced, file, inMemory},
		table: func(c *calls) []Row {
			compare := func(what string, s, floor subject, figure func(*load.Result) float64, t target) Row {
				return row("INVITE at the peer, unloaded, "+what, "µs", c.of(s, figure), floor.name, c.of(floor, figure), t)
			}
			return []Row{
				compare("p50, synced", synced, file, inviteP50, overFloor(150, 80)),
				compare("p50, synced", synced, hub, inviteP50, noTarget),
				compare("p99, synced", synced, hub, inviteP99, noTarget),
				compare("p50, -sync=interval", unsynced, hub, inviteP50, overFloor(200, 100)),
				compare("p99, -sync=interval", unsynced, hub, inviteP99, noTarget),
				compare("p50, -journal=memory", inMemory, hub, inviteP50, overFloor(30, 15)),
				compare("p99, -journal=memory", inMemory, hub, inviteP99, noTarget),
			}
		},
	}
}
