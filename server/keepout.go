package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"time"

	"beckon/core"
	"beckon/core/wire"
	"beckon/server/ban"
	"beckon/server/config"
	"beckon/server/engine"
)

// openBans reads whom operators keep out. A relay whose state is gone with it keeps
// no list either.
func openBans(c *config.Config) (*ban.List, error) {
	if c.Journal == "memory" {
		return ban.Open("")
	}
	return ban.Open(bansFile(c.Data))
}

func bansFile(data string) string { return filepath.Join(data, "bans.json") }

// out is what kick and ban have done.
type out struct {
	Links       int       `json:"links"`       // that were open
	Channels    int       `json:"channels"`    // that the account has left
	Invitations int       `json:"invitations"` // of its own that were pending: they are cancelled
	Lifted      int       `json:"lifted"`      // bans
	Until       time.Time `json:"until,omitzero"`
}

// maxReason is how many bytes the reason of a ban may have.
const maxReason = 500

// subject is the account that a request is about, or one of its devices.
type subject struct {
	app             string
	engine          *engine.Engine
	account, device string // without a device: all
	by              string // the operator
}

// ofAccount answers a request about an account with what is done, or why not.
func (a *admin) ofAccount(do func(*http.Request, subject) (out, error)) http.HandlerFunc {
	return a.ofApp(func(w http.ResponseWriter, req *http.Request, app string, e *engine.Engine) {
		s := subject{app, e, req.FormValue("account"), req.FormValue("device"), req.FormValue("by")}
		if bad := core.CheckAccount(s.account); bad != nil {
			http.Error(w, "whom? "+bad.Error(), http.StatusBadRequest)
			return
		}
		if len(s.device) > 128 || len(req.FormValue("reason")) > maxReason {
			http.Error(w, fmt.Sprintf("too long: a device takes at most 128 bytes, a reason %d", maxReason), http.StatusBadRequest)
			return
		}
		done, err := do(req, s)
		var bad badRequest
		switch {
		case errors.As(err, &bad):
			http.Error(w, err.Error(), http.StatusBadRequest)
		case err != nil:
			http.Error(w, err.Error(), http.StatusInternalServerError)
		default:
			a.answer(w, done)
		}
	})
}

// badRequest is an error of whoever asks.
type badRequest string

func (b badRequest) Error() string { return string(b) }

func (a *admin) kick(req *http.Request, s subject) (out, error) {
	links, err := s.engine.Expel(req.Context(), s.account, s.device, wire.CloseKicked)
	if err != nil {
		return out{}, err
	}
	a.log.Warn("audit: kicked", "app", s.app, "account", s.account, "device", s.device, "by", s.by, "links", links)
	return out{Links: links}, nil
}

func (a *admin) ban(req *http.Request, s subject) (out, error) {
	b := ban.Ban{App: s.app, Account: s.account, Device: s.device, Since: time.Now().UTC().Truncate(time.Second),
		By: s.by, Reason: req.FormValue("reason")}
	if text := req.FormValue("for"); text != "" {
		long, err := time.ParseDuration(text)
		if err != nil || long < time.Second {
			return out{}, badRequest(fmt.Sprintf("for how long? %q is no time span of 1s or more", text))
		}
		b.Until = b.Since.Add(long)
	}
	done, err := a.keepOut(req.Context(), s.engine, b)
	if err != nil {
		a.log.Error("a ban failed", "app", s.app, "account", s.account, "device", s.device, "error", err)
		return out{}, err
	}
	a.log.Warn("audit: banned", "app", s.app, "account", s.account, "device", s.device, "until", b.Until, "by", b.By, "reason", b.Reason,
		"links", done.Links, "channels", done.Channels, "invitations", done.Invitations)
	return done, nil
}

// keepOut first keeps somebody out, so that they cannot come back, and then sees to
// what they have left behind: of an account, its seats and what it has ringing.
func (a *admin) keepOut(ctx context.Context, e *engine.Engine, b ban.Ban) (done out, err error) {
	done.Until = b.Until
	if err = a.bans.Add(b); err != nil {
		return done, err
	}
	if done.Links, err = e.Expel(ctx, b.Account, b.Device, wire.CloseBanned); err == nil && b.Device == "" {
		done.Channels, done.Invitations, err = e.Quiet(ctx, b.Account)
	}
	return done, err
}

func (a *admin) unban(_ *http.Request, s subject) (out, error) {
	lifted, err := a.bans.Remove(s.app, s.account, s.device, time.Now())
	if err != nil {
		return out{}, err
	}
	a.log.Warn("audit: ban lifted", "app", s.app, "account", s.account, "device", s.device, "by", s.by, "lifted", lifted)
	return out{Lifted: lifted}, nil
}

func (a *admin) listBans(w http.ResponseWriter, _ *http.Request, app string, _ *engine.Engine) {
	a.answer(w, a.bans.Of(app, time.Now()))
}
