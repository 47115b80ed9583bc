package main

import (
	"log/slog"
	"reflect"
	"slices"
	"strings"

	"beckon/server/config"
	"beckon/server/guard"
)

// reloader takes changed settings into a relay that runs: keys, limits and
// certificates. The rest takes a restart, and it says so.
type reloader struct {
	input   config.Input
	first   *config.Config // what the relay was started with
	tenants *tenants
	guard   *guard.Guard
	help    *helpers
	certs   *certificates
	log     *slog.Logger
}

// files are what to look at.
func (r *reloader) files(c *config.Config) []string {
	files := slices.Clone(c.Files())
	if c.TLS.Cert != "" {
		files = append(files, c.TLS.Cert, c.TLS.Key)
	}
	return files
}

// reload reads everything anew. If anything is wrong with it, nothing changes. It
// returns what to look at from now on; nil: the same as before.
func (r *reloader) reload() []string {
	c, err := config.Load(r.input)
	if err != nil {
		r.refuse(err)
		return nil
	}
	keys, err := c.Keys()
	if err != nil {
		r.refuse(err)
		return r.files(c)
	}
	turn, err := c.Helpers()
	if err != nil {
		r.refuse(err)
		return r.files(c)
	}
	if what := r.fixed(c); what != "" {
		r.log.Warn("settings changed that take a restart: they are as before", "settings", what)
	}
	if r.certs != nil {
		if err := r.certs.load(); err != nil {
			r.refuse(err)
			return r.files(c)
		}
	}
	for _, a := range r.first.Apps {
		if _, ok := keys[a.Name]; !ok { // it was taken out of the file
			r.log.Warn("an app is not in the settings any more: nobody can log in to it", "app", a.Name)
		}
	}
	r.guard.Set(r.tenants.known(keys), limits(c.Limits))
	r.help.set(turn)
	r.input.Remotes.Warm()
	r.log.Info("settings taken: keys, limits, certificates")
	return r.files(c)
}

func (r *reloader) refuse(err error) {
	for line := range strings.Lines(err.Error()) {
		r.log.Error("settings not taken, the old ones stay", "error", strings.TrimSuffix(line, "\n"))
	}
}

// fixed lists what a running relay cannot change.
func (r *reloader) fixed(c *config.Config) string {
	var changed []string
	for _, s := range []struct {
		name     string
		old, new any
	}{
		{"addr", r.first.Addr, c.Addr}, {"data", r.first.Data, c.Data}, {"journal", r.first.Journal, c.Journal},
		{"sync", r.first.Sync, c.Sync}, {"purge", r.first.Purge, c.Purge}, {"log", r.first.Log, c.Log}, {"log_level", r.first.LogLevel, c.LogLevel},
		{"metrics", r.first.Metrics, c.Metrics}, {"drain", r.first.Drain, c.Drain}, {"origins", r.first.Origins, c.Origins},
		{"trusted_proxies", r.first.Proxies, c.Proxies}, {"invitation", r.first.Invitation, c.Invitation},
		{"grace", r.first.Grace, c.Grace},
		{"limits.pending_invitations_per_account", r.first.Limits.PendingPerAccount, c.Limits.PendingPerAccount}, {"tls", r.first.TLS, c.TLS}, {"app (its names)", appNames(r.first), appNames(c)},
	} {
		if !reflect.DeepEqual(s.old, s.new) {
			changed = append(changed, s.name)
		}
	}
	return strings.Join(changed, ", ")
}

func appNames(c *config.Config) map[string][]string {
	m := map[string][]string{}
	for _, a := range c.Apps {
		m[a.Name] = a.Names()
	}
	return m
}

// warn says what an operator should know, but may have meant.
func warn(c *config.Config, log *slog.Logger) {
	if c.Dev() {
		log.Warn("DEV MODE: any token is good for any app, since no app is configured; only this machine can connect")
	} else if open(c) {
		log.Warn("tokens cross the network in the clear: set tls.cert and tls.key, or tls.acme_hosts, or have a proxy in front speak HTTPS")
	}
}
