// Package sim runs the whole system but for its sockets and its disk in one
// deterministic simulation: real sessions, a real engine, and between and below
// them a network and a journal that are as bad as a seed wants them. Everything
// that happens follows from the seed, on fake time, so that a failure replays
// exactly:
//
//	go test ./server/sim -run TestWorlds -seed 4711 -v
//
// # How it is deterministic
//
// A world has one driver, which owns all that happens but the engine's loop. It
// takes one event at a time and then waits until the engine is at rest. No two
// timers are due at the same nanosecond, so that nothing races; the system's
// randomness is the seed's.
//
// # What is checked
//
// When a world has settled, an auditor reads its journal (package servertest): no
// command was carried out twice, no invitation ended twice, what was acknowledged
// is there, and each life of each device was told each of its notices once and in
// order. What its devices were answered about each invitation, and about each room
// in which all did something at once, is linearizable. In some worlds the relay
// purges what its snapshots cover; an archive keeps it for the auditor.
// The engine's state is the journal's, and so is what every page shows.
//
// That these checks find what they are for is tested by planting bugs.
package sim
