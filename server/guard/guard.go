// Package guard stands at the relay's door: it knows whose token is good, how many
// sockets an address and an account may have, and how much they may ask for.
// Whoever asks for too much is told when to come back, and costs nobody else
// anything.
package guard

import (
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"beckon/server/auth"
	"beckon/server/relay"
)

// Limits bound what strangers may cost. 0: no bound.
type Limits struct {
	Connections           int // of everybody
	ConnectionsPerAddress int
	ConnectionsPerAccount int
	Logins                Rate // of an address
	Commands              Rate // of an account
}

// An App is what the guard knows of a tenant.
type App struct {
	Name string // of the tenant, however pages name it
	Keys auth.Keys
}

// Guard implements [relay.Guard].
type Guard struct {
	trusted []netip.Prefix
	log     *slog.Logger
	now     func() time.Time

	mu        sync.Mutex
	apps      func(name string) (App, bool)
	limits    Limits
	total     int
	addresses counts[netip.Prefix]
	accounts  counts[account]
}

type account struct{ app, name string }

// Config says for whom a guard works.
type Config struct {
	// Apps finds an app by the name that a hello gives. Nil: any token is good
	// for any app (dev mode).
	Apps   func(name string) (App, bool)
	Limits Limits
	// Trusted are proxies whose X-Forwarded-For is believed.
	Trusted []netip.Prefix
	// Log is for refused logins. Default: slog.Default().
	Log *slog.Logger
	// Now is for tests. Default: time.Now.
	Now func() time.Time
}

// New returns a guard.
func New(c Config) *Guard {
	g := &Guard{trusted: c.Trusted, log: c.Log, now: c.Now, apps: c.Apps, limits: c.Limits}
	if g.log == nil {
		g.log = slog.Default()
	}
	if g.now == nil {
		g.now = time.Now
	}
	return g
}

// Set changes keys and limits while the relay runs. Who is in stays in.
func (g *Guard) Set(apps func(name string) (App, bool), limits Limits) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.apps, g.limits = apps, limits
}

// hard is how many times the limit of sockets an address may have for as long as
// it takes to tell it that it is over. Beyond, it is not even told.
const hard = 2

// Visit counts a socket. False: its address has far too many already.
func (g *Guard) Visit(req *http.Request) (relay.Visitor, bool) {
	from := group(Address(req, g.trusted))
	g.mu.Lock()
	defer g.mu.Unlock()
	if most := g.limits.ConnectionsPerAddress; most > 0 && g.addresses.sockets(from) >= hard*most {
		return nil, false
	}
	g.total++
	g.addresses.enter(from, g.now())
	return &visitor{guard: g, from: from}, true
}

func (g *Guard) tenants() func(string) (App, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.apps
}

// login counts an attempt.
func (g *Guard) login(from netip.Prefix, now time.Time) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.limits.Logins.PerSecond == 0 {
		return 0
	}
	return g.addresses.take(from, g.limits.Logins, now)
}

// seat gives an account a place, or says whose places are all taken.
func (g *Guard) seat(who account, from netip.Prefix, now time.Time) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	over := func(n, most int) bool { return most > 0 && n > most }
	switch {
	case over(g.total, g.limits.Connections):
		return "connections"
	case over(g.addresses.sockets(from), g.limits.ConnectionsPerAddress):
		return "connections of this address"
	case over(g.accounts.sockets(who)+1, g.limits.ConnectionsPerAccount):
		return "connections of this account"
	}
	g.accounts.enter(who, now)
	return ""
}
