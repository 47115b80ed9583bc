package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"beckon/server/auth"
	"beckon/server/ban"
	"beckon/server/config"
	"beckon/server/engine"
	"beckon/server/guard"
	"beckon/server/journal"
	"beckon/server/journal/memory"
	"beckon/server/journal/nats"
)

// devApp is the one app of dev mode.
const devApp = "dev"

// snapshotAge is how old a snapshot gets: what is erased from the state is gone
// from the journal two snapshots later.
const snapshotAge = 24 * time.Hour

// tenants are the apps that are served. They stay the same while the relay runs;
// their keys may change.
type tenants struct {
	dev      bool
	byApp    map[string]*engine.Engine
	journals map[string]journal.Journal
	byName   map[string]string // the app, by what pages call it
}

func openTenants(ctx context.Context, c *config.Config, s *store, bans *ban.List, log *slog.Logger) (*tenants, error) {
	t := &tenants{dev: c.Dev(), byApp: map[string]*engine.Engine{}, journals: map[string]journal.Journal{}, byName: map[string]string{}}
	apps := c.Apps
	if t.dev {
		apps = []config.App{{Name: devApp}}
	}
	for _, a := range apps {
		j, err := s.open(ctx, a.Name)
		if err != nil {
			return nil, err
		}
		eng, err := engine.Open(ctx, engine.Config{Journal: j, App: c.Machine(), SnapshotAge: snapshotAge, KeepRecords: c.Purge == "never", Log: log.With("app", a.Name),
			Barred: func(account, device string) bool {
				_, out := bans.Find(a.Name, account, device, time.Now())
				return out
			}})
		if err != nil {
			return nil, fmt.Errorf("app %s: %w", a.Name, err)
		}
		t.byApp[a.Name], t.journals[a.Name] = eng, j
		for _, name := range a.Names() {
			t.byName[name] = a.Name
		}
	}
	return t, nil
}

// engine finds an app's by what a page calls it; in dev mode, any name is the one
// app's.
func (t *tenants) engine(name string) *engine.Engine {
	if t.dev {
		return t.byApp[devApp]
	}
	return t.byApp[t.byName[name]]
}

// appList names the apps of a configuration.
func appList(c *config.Config) []string {
	if c.Dev() {
		return []string{devApp}
	}
	var list []string
	for _, a := range c.Apps {
		list = append(list, a.Name)
	}
	return list
}

func (t *tenants) names() []string { return slices.Sorted(maps.Keys(t.byApp)) }

func (t *tenants) engines() []*engine.Engine { return slices.Collect(maps.Values(t.byApp)) }

// known is what the guard knows of the apps, with these keys; nil in dev mode.
func (t *tenants) known(keys map[string]auth.Keys) func(string) (guard.App, bool) {
	if t.dev {
		return nil
	}
	return func(name string) (guard.App, bool) {
		app, ok := t.byName[name]
		return guard.App{Name: app, Keys: keys[app]}, ok
	}
}

// banned is what the guard knows of whom operators keep out.
func (t *tenants) banned(bans *ban.List) func(app, account, device string, now time.Time) (time.Time, bool) {
	return func(app, account, device string, now time.Time) (time.Time, bool) {
		if t.dev {
			app = devApp
		}
		return bans.Find(app, account, device, now)
	}
}

// store is where the apps' journals are.
type store struct {
	dir  string
	nats *nats.Server // nil: they are in memory
	log  *slog.Logger
	open func(ctx context.Context, app string) (journal.Journal, error)
}

func openStore(c *config.Config, log *slog.Logger) (*store, error) {
	s := &store{dir: c.Data, log: log}
	if c.Journal == "memory" {
		s.open = func(context.Context, string) (journal.Journal, error) { return memory.New().Open(), nil }
		return s, nil
	}
	server, err := nats.Start(nats.Options{Dir: c.Data, Sync: nats.Sync(c.Sync),
		Logf: func(format string, args ...any) { log.Warn(fmt.Sprintf(format, args...)) }})
	if err != nil {
		return nil, fmt.Errorf("cannot keep the journal in %s: %w", c.Data, err)
	}
	s.nats = server
	s.open = func(ctx context.Context, app string) (journal.Journal, error) {
		j, err := server.Open(ctx, app)
		if err != nil {
			return nil, fmt.Errorf("cannot open the journal of %s in %s: %w", app, c.Data, err)
		}
		return j, nil
	}
	return s, nil
}

func (s *store) close() {
	if s.nats == nil {
		return
	}
	if err := s.nats.Close(); err != nil && !errors.Is(err, journal.ErrClosed) {
		s.log.Error("the journal did not close well", "error", err)
	}
}
