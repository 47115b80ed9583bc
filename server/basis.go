package main

import (
	"context"
	"log/slog"
	"net"
	"time"

	"beckon/server/auth"
	"beckon/server/ban"
	"beckon/server/config"
	"beckon/server/guard"
	"beckon/server/ice"
	"beckon/server/relay"
)

// basis is what a relay needs before it can serve anybody. Whoever has one calls
// close in the end, also if opening it failed.
type basis struct {
	config *config.Config
	log    *slog.Logger
	lan    *lanMode // nil: not asked for

	keys      map[string]auth.Keys // by app
	turn      []ice.Server
	certs     *certificates
	listeners []net.Listener
	store     *store
	bans      *ban.List
	apps      *tenants
}

// open reads keys, and takes the address and the data folder: what is most likely
// to be wrong comes first.
func (b *basis) open(ctx context.Context) (err error) {
	c := b.config
	if b.keys, err = c.Keys(); err != nil {
		return err
	}
	if b.turn, err = c.Helpers(); err != nil {
		return err
	}
	if b.certs, err = openCertificates(c); err != nil {
		return err
	}
	if b.listeners, err = b.lan.listen(c); err != nil {
		return err
	}
	b.certs = b.lan.certificates(b.certs)
	if b.store, err = openStore(c, b.log); err != nil {
		return err
	}
	if b.bans, err = openBans(c); err != nil {
		return err
	}
	b.apps, err = openTenants(ctx, c, b.store, b.bans, b.log)
	return err
}

func (b *basis) close() {
	if b.store != nil {
		b.store.close()
	}
	for _, l := range b.listeners {
		l.Close()
	}
}

// assemble puts together what serves, and what takes changed settings into it.
func (b *basis) assemble(input config.Input) (*service, *reloader, error) {
	c, log := b.config, b.log
	door := guard.New(guard.Config{Apps: b.apps.known(b.keys), Banned: b.apps.banned(b.bans), Limits: limits(c.Limits), Trusted: c.Trusted(), Log: log})
	rel := relay.New(relay.Config{Apps: b.apps.engine, Guard: door, Origins: origins(c), Log: log})
	help := newHelpers(b.turn, c.Dev(), origins(c), door)
	help.lan = b.lan != nil
	ready := &readiness{engines: b.apps.byApp, store: b.store, log: log}
	s := &service{log: log, engines: b.apps.engines(), relay: rel, ready: ready, drain: time.Duration(c.Drain),
		http: webServer(b.lan.handler(handler(rel, ready, help)), door, b.certs, log)}
	if err := s.addInner(c, b.apps, b.bans, door, input.Remotes); err != nil {
		return nil, nil, err
	}
	return s, &reloader{input: input, first: c, tenants: b.apps, guard: door, help: help, certs: b.certs, log: log}, nil
}
