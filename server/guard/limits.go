package guard

import "time"

// Limits bound what strangers may cost. 0: no bound.
type Limits struct {
	Connections           int // of everybody
	ConnectionsPerApp     int
	ConnectionsPerAddress int
	ConnectionsPerAccount int
	HTTPPerAddress        int // connections that have not become sockets

	Logins             Rate // of an address
	Commands           Rate // of an account
	CommandsPerAddress Rate
	CommandsPerApp     Rate
	Invitations        Rate // of an account to another
	InvitationsTo      Rate // to an account, of anybody
}

// ofCommands says whether any of them is about commands.
func (l *Limits) ofCommands() bool {
	return l.Commands.bound() || l.CommandsPerAddress.bound() || l.CommandsPerApp.bound() || l.Invitations.bound() || l.InvitationsTo.bound()
}

// A Limit names one of them, as the settings do.
type Limit string

// The limits by which somebody may be held back.
const (
	connections           Limit = "connections"
	connectionsPerApp     Limit = "connections_per_app"
	connectionsPerAddress Limit = "connections_per_address"
	connectionsPerAccount Limit = "connections_per_account"
	httpPerAddress        Limit = "http_per_address"
	logins                Limit = "logins_per_second"
	commands              Limit = "commands_per_second"
	commandsPerAddress    Limit = "commands_per_second_per_address"
	commandsPerApp        Limit = "commands_per_second_per_app"
	invitations           Limit = "invitations_per_minute"
	invitationsTo         Limit = "invitations_per_minute_per_callee"
)

// said is what those who reach a limit are told.
var said = map[Limit]string{
	connections:           "too many connections",
	connectionsPerApp:     "too many connections of this app",
	connectionsPerAddress: "too many connections of this address",
	connectionsPerAccount: "too many connections of this account",
	httpPerAddress:        "too many connections",
	logins:                "too many logins of this address",
	commands:              "too many commands",
	commandsPerAddress:    "too many commands of this address",
	commandsPerApp:        "too many commands of this app",
	invitations:           "too many invitations to this account",
	invitationsTo:         "too many invitations to this account, of whomever",
}

// A Rate is how often something may happen: so often for long, and Burst at once.
// The zero Rate: as often as one likes.
type Rate struct {
	PerSecond int
	PerMinute int // instead of PerSecond
	Burst     int
}

func (r Rate) bound() bool { return r.PerSecond > 0 || r.PerMinute > 0 }

// share is how long one deed counts.
func (r Rate) share() time.Duration {
	if r.PerSecond > 0 {
		return time.Second / time.Duration(r.PerSecond)
	}
	return time.Minute / time.Duration(r.PerMinute)
}
