package main

import "path/filepath"

// subject is something that a load can make calls through.
type subject struct {
	name    string // in the table
	program string // one of programs
	args    func(dir string) []string
}

// programs are built from these packages.
var programs = map[string]string{
	"relay": "beckon/server",
	"hub":   "beckon/server/bench/floor/hub",
}

func relay(name string, args ...string) subject {
	return subject{name: name, program: "relay", args: func(dir string) []string {
		return append([]string{"-addr", "127.0.0.1:0", "-data", filepath.Join(dir, "journal")}, args...)
	}}
}

// What the product offers, and what it is compared with.
var (
	synced   = relay("synced")
	unsynced = relay("unsynced", "-sync", "interval")
	inMemory = relay("memory", "-journal", "memory")

	hub  = subject{name: "h", program: "hub", args: func(string) []string { return nil }}
	file = subject{name: "file", program: "hub", args: func(dir string) []string {
		return []string{"-log", filepath.Join(dir, "log")}
	}}
)
