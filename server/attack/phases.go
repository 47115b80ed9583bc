package main

import (
	"strings"
)

// A phase is one kind of attack. The numbers in the methods are per second where
// they are called often, and connections where they are held.
type phase struct {
	Name string
	Does string
	// attack starts it; it goes on until the force's context ends.
	attack func(*force)
	// refused are the relay's counters of which each has to grow; with slowly, they need ten seconds.
	refused []string
	slowly  []string
	// cut says that the attacker is cut off where the relay counts nothing.
	cut bool
}

// slow says that it takes the relay ten seconds to end it.
func (p phase) slow() bool { return len(p.slowly) > 0 || p.cut }

func closed(code string) string      { return `beckon_connections_closed_total{code="` + code + `"}` }
func loginRefused(why string) string { return `beckon_logins_refused_total{reason="` + why + `"}` }

func limitReached(key string) string { return `beckon_limits_reached_total{limit="` + key + `"}` }

const (
	turnedAway = "beckon_connections_refused_total"
	heldBack   = "beckon_commands_held_back_total"
)

var phases = []phase{
	{Name: "slow-headers", Does: "800 requests of which a line comes each second, and no end", attack: slowHeaders, cut: true},
	{Name: "slow-hello", Does: "800 sockets whose hello comes a byte each second", attack: slowHello, slowly: []string{closed("4100")}},
	{Name: "no-reading", Does: "32 links of 16 accounts that ask for 80 KB, 40 times a second each, and do not read", attack: noReading},
	{Name: "connections", Does: "1,000 connections a second that come and go, and one address that holds on to 2,200", attack: flood,
		slowly: []string{turnedAway}},
	{Name: "garbage", Does: "400 connections a second, with what is not HTTP, not WebSocket, not UTF-8 or no frame", attack: garbage,
		refused: []string{closed("1002"), closed("1003"), closed("1007"), closed("4004")}},
	{Name: "tokens", Does: "800 logins a second with tokens that are wrong, expired, another app's, or 8 KB long", attack: stuffing,
		refused: []string{loginRefused("unauthorized"), loginRefused("busy")}},
	{Name: "pings", Does: "20,000 pings and heartbeats a second over 20 links", attack: pings},
	{Name: "one-rings-many", Does: "one account that rings all honest users in turn, 500 times a second", attack: oneRingsMany,
		refused: []string{heldBack}},
	{Name: "many-ring-one", Does: "100 accounts that ring one honest user, 1,000 times a second together", attack: manyRingOne,
		refused: []string{limitReached("invitations_per_minute_per_callee")}},
	{Name: "giants", Does: "200 frames of 256 KiB a second that are right, 50 of 1 MiB, 50 compression bombs, 100,000 fragments", attack: giants,
		refused: []string{closed("1009"), closed("1002")}},
}

func phasesNamed(name string) []phase {
	if name == "" {
		return phases
	}
	var list []phase
	for _, p := range phases {
		if strings.Contains(p.Name, name) {
			list = append(list, p)
		}
	}
	return list
}
