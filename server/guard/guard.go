// Package guard stands at the relay's door: it knows whose token is good, whom an
// operator keeps out, how many sockets an address and an account may have, and how
// much they may ask for. Whoever asks for too much is told when to come back, and
// costs nobody else anything.
package guard

import (
	"log/slog"
	"maps"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"beckon/server/auth"
	"beckon/server/engine"
	"beckon/server/relay"
)

// An App is what the guard knows of a tenant.
type App struct {
	Name string // of the tenant, however pages name it
	Keys auth.Keys
}

// Guard implements [relay.Guard].
type Guard struct {
	trusted []netip.Prefix
	banned  func(app, account, device string, now time.Time) (until time.Time, banned bool)
	log     *slog.Logger
	now     func() time.Time
	told    engine.Quota // of tokens that are refused

	mu        sync.Mutex
	apps      func(name string) (App, bool)
	limits    Limits
	total     int
	addresses counts[netip.Prefix]
	accounts  counts[account]
	tenants   counts[string]
	http      counts[netip.Prefix]
	waiting   int                  // connections in http
	attempts  counts[netip.Prefix] // logins: apart, so that they do not count as commands
	pairs     counts[pair]
	callees   counts[account]
	reached   map[Limit]uint64
}

type account struct{ app, name string }

// pair is who invites whom.
type pair struct{ app, from, to string }

// Config says for whom a guard works.
type Config struct {
	// Apps finds an app by the name that a hello gives. Nil: any token is good
	// for any app (dev mode).
	Apps func(name string) (App, bool)
	// Banned says whether an operator keeps a device of an account out, and until
	// when; the zero time: for good. In dev mode, the app is "". Nil: nobody is.
	Banned func(app, account, device string, now time.Time) (until time.Time, banned bool)
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
	g := &Guard{trusted: c.Trusted, banned: c.Banned, log: c.Log, now: c.Now, apps: c.Apps, limits: c.Limits, reached: map[Limit]uint64{}}
	if g.log == nil {
		g.log = slog.Default()
	}
	if g.now == nil {
		g.now = time.Now
	}
	for limit := range said {
		g.reached[limit] = 0
	}
	return g
}

// Set changes keys and limits while the relay runs. Who is in stays in.
func (g *Guard) Set(apps func(name string) (App, bool), limits Limits) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.apps, g.limits = apps, limits
}

// Stats are what a guard has done since it was made.
type Stats struct {
	Reached map[Limit]uint64 // how often somebody was held back, by the limit
	HTTP    int              // connections that are no sockets, from addresses that are no proxies
}

// Stats may be asked for from any goroutine.
func (g *Guard) Stats() Stats {
	g.mu.Lock()
	defer g.mu.Unlock()
	return Stats{maps.Clone(g.reached), g.waiting}
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
		g.reached[connectionsPerAddress]++
		return nil, false
	}
	g.total++
	return &visitor{guard: g, from: from, place: g.addresses.enter(from, g.now())}, true
}

func (g *Guard) known() func(string) (App, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.apps
}

// login counts an attempt.
func (g *Guard) login(from netip.Prefix, now time.Time) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.limits.Logins.bound() {
		return 0
	}
	wait := g.attempts.take(from, g.limits.Logins, now)
	if wait > 0 {
		g.reached[logins]++
	}
	return wait
}

// seat gives an account a place, or says which limit does not let it.
func (g *Guard) seat(v *visitor, who account, now time.Time) Limit {
	g.mu.Lock()
	defer g.mu.Unlock()
	over := func(n, most int) bool { return most > 0 && n > most }
	limit := Limit("")
	switch {
	case over(g.total, g.limits.Connections):
		limit = connections
	case over(g.tenants.sockets(who.app)+1, g.limits.ConnectionsPerApp):
		limit = connectionsPerApp
	case over(v.place.sockets, g.limits.ConnectionsPerAddress):
		limit = connectionsPerAddress
	case over(g.accounts.sockets(who)+1, g.limits.ConnectionsPerAccount):
		limit = connectionsPerAccount
	}
	if limit != "" {
		g.reached[limit]++
		return limit
	}
	v.who, v.seat, v.tenant = who, g.accounts.enter(who, now), g.tenants.enter(who.app, now)
	return ""
}
