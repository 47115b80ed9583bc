package guard

import (
	"context"
	"net/netip"
	"time"

	"beckon/core"
	"beckon/core/wire"
	"beckon/server/auth"
)

// retry is when to ask again for a place that somebody else has now.
const retry = 5 * time.Second

// visitor is a socket. Only Enter, Command and Leave of one at a time.
type visitor struct {
	guard *Guard
	from  netip.Prefix
	who   account
	in    bool
}

// Enter lets an account in until its token ends, or says why not.
func (v *visitor) Enter(_ context.Context, h *wire.Hello) (time.Time, *wire.Refusal) {
	now := v.guard.now()
	if wait := v.guard.login(v.from, now); wait > 0 {
		return time.Time{}, busy("logins of this address", wait)
	}
	who := account{name: h.Account} // in dev mode, all apps are one
	var until time.Time
	if apps := v.guard.tenants(); apps != nil {
		app, ok := apps(h.App)
		if !ok {
			return time.Time{}, &wire.Refusal{Code: string(core.WrongApp), Detail: h.App}
		}
		who.app = app.Name
		var err error
		if until, err = app.Keys.Check(now, h.Account, h.Token); err != nil {
			v.guard.log.Info("guard: token refused", "app", app.Name, "account", h.Account, "from", v.from.Addr(), "reason", err)
			r := auth.Refusal(err)
			return time.Time{}, &wire.Refusal{Code: string(r.Code), Field: r.Field, Detail: r.Detail}
		}
	}
	if what := v.guard.seat(who, v.from, now); what != "" {
		return time.Time{}, busy(what, retry)
	}
	v.who, v.in = who, true
	return until, nil
}

// Command counts one of the account's, and says how long to wait with it; 0: not
// at all.
func (v *visitor) Command() time.Duration {
	g := v.guard
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.limits.Commands.PerSecond == 0 {
		return 0
	}
	return g.accounts.take(v.who, g.limits.Commands, g.now())
}

// Leave gives the places back.
func (v *visitor) Leave() {
	g := v.guard
	g.mu.Lock()
	defer g.mu.Unlock()
	g.total--
	g.addresses.leave(v.from, g.now())
	if v.in {
		g.accounts.leave(v.who, g.now())
	}
}

func busy(what string, wait time.Duration) *wire.Refusal {
	return &wire.Refusal{Code: string(core.Busy), Detail: "too many " + what, After: max(1, wait.Milliseconds())}
}
