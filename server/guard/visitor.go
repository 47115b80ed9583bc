package guard

import (
	"context"
	"net/http"
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
	guard  *Guard
	from   netip.Prefix
	who    account
	place  *count // of its address
	seat   *count // of its account; nil: it is not in
	tenant *count // of its app; likewise
}

// Enter lets an account in until its token ends, or says why not.
func (v *visitor) Enter(_ context.Context, h *wire.Hello, connection string) (time.Time, *wire.Refusal) {
	who, until, refusal := v.guard.admit(h, v.from, connection)
	if refusal != nil {
		return time.Time{}, refusal
	}
	if limit := v.guard.seat(v, who, v.guard.now()); limit != "" {
		return time.Time{}, busy(limit, retry)
	}
	return until, nil
}

// Check says whether a request with an account's token would be let in, and to
// which app. It counts as a login.
func (g *Guard) Check(req *http.Request, h *wire.Hello) (app string, refusal *wire.Refusal) {
	who, _, refusal := g.admit(h, group(Address(req, g.trusted)), "")
	return who.app, refusal
}

// admit looks at a token, and at who is kept out.
func (g *Guard) admit(h *wire.Hello, from netip.Prefix, connection string) (who account, until time.Time, refusal *wire.Refusal) {
	now := g.now()
	if wait := g.login(from, now); wait > 0 {
		return who, until, busy(logins, wait)
	}
	who.name = h.Account // in dev mode, all apps are one
	if apps := g.known(); apps != nil {
		app, ok := apps(h.App)
		if !ok {
			return who, until, &wire.Refusal{Code: string(core.WrongApp), Detail: h.App}
		}
		who.app = app.Name
		var err error
		if until, err = app.Keys.Check(now, h.Account, h.Token); err != nil {
			if unlogged, ok := g.told.Take(now); ok {
				g.log.Info("guard: token refused", "connection", connection, "app", app.Name, "account", h.Account, "from", from.Addr(), "reason", err, "unlogged", unlogged)
			}
			r := auth.Refusal(err)
			return who, until, &wire.Refusal{Code: string(r.Code), Field: r.Field, Detail: r.Detail}
		}
	}
	if g.banned != nil {
		if end, out := g.banned(who.app, h.Account, h.Device, now); out {
			return who, until, kept(end, now)
		}
	}
	return who, until, nil
}

// kept is what somebody is told whom an operator keeps out.
func kept(end, now time.Time) *wire.Refusal {
	r := &wire.Refusal{Code: string(core.Banned), Detail: "for good"}
	if !end.IsZero() {
		r.Detail, r.After = "until "+end.UTC().Format(time.RFC3339), max(1, end.Sub(now).Milliseconds())
	}
	return r
}

// Command counts one of the account's, or says that it comes too soon.
func (v *visitor) Command(c *wire.Command) *wire.Refusal {
	g := v.guard
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.limits.ofCommands() {
		return nil
	}
	now := g.now()
	limit, wait := v.tooSoon(now)
	if wait == 0 {
		limit, wait = v.rings(c, now)
	}
	if wait > 0 {
		g.reached[limit]++
		return busy(limit, wait)
	}
	v.seat.take(g.limits.Commands, now)
	v.place.take(g.limits.CommandsPerAddress, now)
	v.tenant.take(g.limits.CommandsPerApp, now)
	return nil
}

func (v *visitor) tooSoon(now time.Time) (Limit, time.Duration) {
	l := &v.guard.limits
	if wait := v.seat.wait(l.Commands, now); wait > 0 {
		return commands, wait
	}
	if wait := v.place.wait(l.CommandsPerAddress, now); wait > 0 {
		return commandsPerAddress, wait
	}
	return commandsPerApp, v.tenant.wait(l.CommandsPerApp, now)
}

// rings counts the invitations that a command makes: all of them or none.
func (v *visitor) rings(c *wire.Command, now time.Time) (Limit, time.Duration) {
	l := &v.guard.limits
	if !l.Invitations.bound() && !l.InvitationsTo.bound() {
		return "", 0
	}
	one, several := invitees(c)
	if one != "" {
		several = []string{one}
	}
	if len(several) > core.MaxInvitees {
		return "", 0 // which the machine refuses
	}
	for _, to := range several {
		if c := v.guard.pairs.of[pair{v.who.app, v.who.name, to}]; c != nil {
			if wait := c.wait(l.Invitations, now); wait > 0 {
				return invitations, wait
			}
		}
		if c := v.guard.callees.of[account{v.who.app, to}]; c != nil {
			if wait := c.wait(l.InvitationsTo, now); wait > 0 {
				return invitationsTo, wait
			}
		}
	}
	for _, to := range several {
		if l.Invitations.bound() {
			v.guard.pairs.get(pair{v.who.app, v.who.name, to}, now).take(l.Invitations, now)
		}
		if l.InvitationsTo.bound() {
			v.guard.callees.get(account{v.who.app, to}, now).take(l.InvitationsTo, now)
		}
	}
	return "", 0
}

// invitees are whom a command would ring: one, or several.
func invitees(c *wire.Command) (one string, several []string) {
	switch o := c.Order.(type) {
	case *wire.Invite:
		return o.Invitee, nil
	case *wire.CallEx:
		return o.Invitee, nil
	case *wire.Call:
		return o.Invitee, nil
	case *wire.InviteAll:
		return "", o.Invitees
	}
	return "", nil
}

// Leave gives the places back.
func (v *visitor) Leave() {
	g := v.guard
	g.mu.Lock()
	defer g.mu.Unlock()
	g.total--
	g.addresses.leave(v.from, g.now())
	if v.seat != nil {
		g.accounts.leave(v.who, g.now())
		g.tenants.leave(v.who.app, g.now())
	}
}

func busy(limit Limit, wait time.Duration) *wire.Refusal {
	return &wire.Refusal{Code: string(core.Busy), Detail: said[limit], After: max(1, wait.Milliseconds())}
}
