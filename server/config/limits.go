package config

import "math"

// Limits bound what one address, account or app may cost the others. 0: no bound.
type Limits struct {
	Connections           int `toml:"connections"` // of everybody
	ConnectionsPerApp     int `toml:"connections_per_app"`
	ConnectionsPerAddress int `toml:"connections_per_address"`
	ConnectionsPerAccount int `toml:"connections_per_account"`
	HTTPPerAddress        int `toml:"http_per_address"` // connections that are no sockets

	LoginsPerSecond int `toml:"logins_per_second"` // of an address, for long
	LoginBurst      int `toml:"login_burst"`       // at once

	CommandsPerSecond  int `toml:"commands_per_second"` // of an account, for long
	CommandBurst       int `toml:"command_burst"`       // at once
	CommandsPerAddress int `toml:"commands_per_second_per_address"`
	CommandsPerApp     int `toml:"commands_per_second_per_app"`

	PendingPerAccount    int `toml:"pending_invitations_per_account"`   // that it has made
	InvitationsPerMinute int `toml:"invitations_per_minute"`            // of an account to another
	InvitationsPerCallee int `toml:"invitations_per_minute_per_callee"` // of anybody
}

// Address and app have so many seconds' commands at once.
const sharedBurst = 4

// CommandBurstPerAddress is how many commands an address may give at once.
func (l Limits) CommandBurstPerAddress() int { return sharedBurst * l.CommandsPerAddress }

// CommandBurstPerApp is how many commands an app's pages may give at once.
func (l Limits) CommandBurstPerApp() int { return sharedBurst * l.CommandsPerApp }

// unset is a limit that nobody has set.
const unset = math.MinInt

// A limit is one of them, by its key, with what it is for others than dev mode
// unless somebody sets it.
type limit struct {
	key   string
	value *int
	usual int
}

func (l *Limits) all() []limit {
	return []limit{
		{"connections", &l.Connections, 0},
		{"connections_per_app", &l.ConnectionsPerApp, 0},
		{"connections_per_address", &l.ConnectionsPerAddress, 1000},
		{"connections_per_account", &l.ConnectionsPerAccount, 50},
		{"http_per_address", &l.HTTPPerAddress, 500},
		{"logins_per_second", &l.LoginsPerSecond, 50},
		{"login_burst", &l.LoginBurst, max(500, l.LoginsPerSecond)},
		{"commands_per_second", &l.CommandsPerSecond, 50},
		{"command_burst", &l.CommandBurst, max(200, l.CommandsPerSecond)},
		{"commands_per_second_per_address", &l.CommandsPerAddress, 1000},
		{"commands_per_second_per_app", &l.CommandsPerApp, 0},
		{"pending_invitations_per_account", &l.PendingPerAccount, 1000},
		{"invitations_per_minute", &l.InvitationsPerMinute, 30},
		{"invitations_per_minute_per_callee", &l.InvitationsPerCallee, 300},
	}
}

func noLimits() (l Limits) {
	for _, one := range l.all() {
		*one.value = unset
	}
	return l
}

// usual fills in the limits that nobody has set. In dev mode there are none: a
// page on the same machine is no stranger.
func (l *Limits) usual(dev bool) {
	for _, one := range l.all() {
		if *one.value != unset {
			continue
		}
		if *one.value = one.usual; dev {
			*one.value = 0
		}
	}
}

func (c *Config) checkLimits(add adder) {
	l := c.Limits
	for _, one := range l.all() {
		if *one.value < 0 {
			add("limits."+one.key, "is %d, but takes 0 (no bound) or more", *one.value)
		}
		if *one.value > math.MaxInt32 {
			add("limits."+one.key, "is %d, but takes %d at the most", *one.value, math.MaxInt32)
		}
	}
	if l.LoginsPerSecond > 0 && l.LoginBurst == 0 {
		add("limits.login_burst", "is 0, which lets nobody in")
	}
	if l.CommandsPerSecond > 0 && l.CommandBurst == 0 {
		add("limits.command_burst", "is 0, which lets nobody ask for anything")
	}
}
