package main

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"time"

	"beckon/core"
	"beckon/core/wire"
	"beckon/server/ban"
	"beckon/server/config"
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

// whom reads what a request is about; an empty account: it has been answered.
func whom(w http.ResponseWriter, req *http.Request) (account, device string) {
	account, device = req.FormValue("account"), req.FormValue("device")
	bad := core.CheckAccount(account)
	switch {
	case bad != nil:
		http.Error(w, "whom? "+bad.Error(), http.StatusBadRequest)
		return "", ""
	case len(device) > 128 || len(req.FormValue("reason")) > maxReason:
		http.Error(w, fmt.Sprintf("too long: a device takes at most 128 bytes, a reason %d", maxReason), http.StatusBadRequest)
		return "", ""
	}
	return account, device
}

func (a *admin) kick(w http.ResponseWriter, req *http.Request) {
	name, e := a.find(w, req)
	if e == nil {
		return
	}
	account, device := whom(w, req)
	if account == "" {
		return
	}
	links, err := e.Expel(req.Context(), account, device, wire.CloseKicked)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	a.log.Warn("audit: kicked", "app", name, "account", account, "device", device, "by", req.FormValue("by"), "links", links)
	a.answer(w, out{Links: links})
}

func (a *admin) ban(w http.ResponseWriter, req *http.Request) {
	name, e := a.find(w, req)
	if e == nil {
		return
	}
	account, device := whom(w, req)
	if account == "" {
		return
	}
	b := ban.Ban{App: name, Account: account, Device: device, Since: time.Now().UTC().Truncate(time.Second),
		By: req.FormValue("by"), Reason: req.FormValue("reason")}
	if text := req.FormValue("for"); text != "" {
		long, err := time.ParseDuration(text)
		if err != nil || long < time.Second {
			http.Error(w, fmt.Sprintf("for how long? %q is no time span of 1s or more", text), http.StatusBadRequest)
			return
		}
		b.Until = b.Since.Add(long)
	}
	done, err := a.keepOut(req.Context(), b)
	if err != nil {
		a.log.Error("a ban failed", "app", name, "account", account, "device", device, "error", err)
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	a.log.Warn("audit: banned", "app", name, "account", account, "device", device, "until", b.Until, "by", b.By, "reason", b.Reason,
		"links", done.Links, "channels", done.Channels, "invitations", done.Invitations)
	a.answer(w, done)
}

// keepOut first keeps somebody out, so that they cannot come back, and then sees to
// what they have left behind: of an account, its seats and what it has ringing.
func (a *admin) keepOut(ctx context.Context, b ban.Ban) (done out, err error) {
	done.Until = b.Until
	if err = a.bans.Add(b); err != nil {
		return done, err
	}
	e := a.tenants.byApp[b.App]
	if done.Links, err = e.Expel(ctx, b.Account, b.Device, wire.CloseBanned); err == nil && b.Device == "" {
		done.Channels, done.Invitations, err = e.Quiet(ctx, b.Account)
	}
	return done, err
}

func (a *admin) unban(w http.ResponseWriter, req *http.Request) {
	name, e := a.find(w, req)
	if e == nil {
		return
	}
	account, device := whom(w, req)
	if account == "" {
		return
	}
	lifted, err := a.bans.Remove(name, account, device, time.Now())
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	a.log.Warn("audit: ban lifted", "app", name, "account", account, "device", device, "by", req.FormValue("by"), "lifted", lifted)
	a.answer(w, out{Lifted: lifted})
}

func (a *admin) listBans(w http.ResponseWriter, req *http.Request) {
	name, e := a.find(w, req)
	if e == nil {
		return
	}
	a.answer(w, a.bans.Of(name, time.Now()))
}
