// Package metrics publishes what the relay and its engines count, for Prometheus
// to read. It asks them when it is asked, and costs nothing in between.
//
// web/docs/operate.md lists all metrics; a test compares.
package metrics

import (
	"context"
	"maps"
	"net/http"
	"runtime"
	"slices"
	"time"

	"beckon/core"
	"beckon/server/auth"
	"beckon/server/engine"
	"beckon/server/guard"
	"beckon/server/relay"
)

// Config says what is measured.
type Config struct {
	Release, Commit string
	Relay           *relay.Relay
	Engines         map[string]*engine.Engine // by the app's name
	// Limits says whom the guard has held back.
	Limits func() guard.Stats
	// Bans counts those of an app.
	Bans func(app string) int
	// KeySets are at URLs.
	KeySets func() []*auth.Remote
	// Ready says whether the relay is.
	Ready func(context.Context) error
}

// patience is how long an app may take to say how large it is. Without an answer
// it lacks these metrics, and beckon_ready says why somebody should look.
const patience = time.Second

// Handler answers in Prometheus' text format.
func Handler(c Config) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		p := newPage()
		p.runtime()
		p.set(buildInfo, 1, c.Release, c.Commit, runtime.Version())
		ready := uint64(1)
		if c.Ready(req.Context()) != nil {
			ready = 0
		}
		p.count(readyNow, ready)
		p.relay(c.Relay.Stats())
		p.limits(c.Limits())
		for _, set := range c.KeySets() {
			p.keySet(set.Name(), set.Stats())
		}
		for _, name := range slices.Sorted(maps.Keys(c.Engines)) {
			p.set(bans, float64(c.Bans(name)), name)
			p.app(name, c.Engines[name].Stats())
			p.sizes(req.Context(), name, c.Engines[name])
		}
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		p.WriteTo(w)
	})
}

func (p *page) relay(s relay.Stats) {
	p.count(connections, uint64(s.Links))
	p.set(waitingBytes, float64(s.Waiting))
	for _, code := range slices.Sorted(maps.Keys(s.Closed)) {
		p.count(connectionsClosed, s.Closed[code], closeName(code))
	}
	for _, reason := range slices.Sorted(maps.Keys(s.Refused)) {
		p.count(loginsRefused, s.Refused[reason], string(reason))
	}
	p.count(connectionsRefused, s.TurnedAway)
	p.count(commandsHeldBack, s.HeldBack)
}

func (p *page) limits(s guard.Stats) {
	p.set(httpConnections, float64(s.HTTP))
	for _, limit := range slices.Sorted(maps.Keys(s.Reached)) {
		p.count(limitsReached, s.Reached[limit], string(limit))
	}
}

func (p *page) keySet(name string, s auth.RemoteStats) {
	p.set(keySetKeys, float64(s.Keys), name)
	p.count(keySetFetches, s.Fetched, name, "done")
	p.count(keySetFetches, s.Failures, name, "failed")
	if !s.Got.IsZero() {
		p.set(keySetTime, float64(s.Got.UnixMilli())/1000, name)
	}
}

func (p *page) app(app string, s engine.Stats) {
	for _, name := range slices.Sorted(maps.Keys(s.Commands)) {
		o := s.Commands[name]
		p.count(commands, o.Done, app, name, "done")
		p.count(commands, o.Refused, app, name, "refused")
		p.count(commands, o.Shown, app, name, "shown")
	}
	for _, reason := range slices.Sorted(maps.Keys(s.Refused)) {
		p.count(refusals, s.Refused[reason], app, string(reason))
	}
	p.histogram(journalAppend, s.Append, app)
	p.histogram(groupSize, s.Group, app)
	p.histogram(noticeLag, s.Lag, app)
	p.count(journalFailures, s.Failures, app)
	p.count(journalWritten, s.Written, app)
	p.count(journalLast, s.Last, app)
	p.count(framesQueued, s.Frames, app)
	p.set(queueBytes, float64(s.Queued), app)
	p.set(queueCommands, float64(s.Waiting), app)
	p.set(snapshotBehind, float64(s.Snapshot.Pending), app)
	p.count(snapshots, s.Snapshot.Saved, app, "saved")
	p.count(snapshots, s.Snapshot.Failed, app, "failed")
	if at := s.Snapshot.At; !at.IsZero() {
		p.set(snapshotTime, float64(at.UnixMilli())/1000, app)
	}
	if n := s.Snapshot.Bytes; n > 0 {
		p.set(snapshotBytes, float64(n), app)
	}
}

func (p *page) sizes(ctx context.Context, app string, e *engine.Engine) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	type sizes struct {
		core.Size
		dropped, aged uint64
	}
	// What the loop says when it is too late goes nowhere.
	said := make(chan sizes, 1)
	if e.Look(ctx, func(app *core.App) { said <- sizes{app.Size(), app.Dropped(), app.Aged()} }) != nil {
		return
	}
	s := <-said
	p.set(channels, float64(s.Channels), app)
	p.set(accounts, float64(s.Accounts), app)
	p.set(pending, float64(s.Pending), app)
	p.set(inbox, float64(s.Inbox), app)
	p.count(inboxLost, s.dropped, app, "full")
	p.count(inboxLost, s.aged, app, "old")
}
