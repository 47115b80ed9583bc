package sim

import (
	"context"
	"slices"
	"time"

	"beckon/core"
	"beckon/server/servertest"
)

func (w *world) context() context.Context { return context.Background() }

// run is a world's whole story. What it finds, and what happened, is in the world.
func (w *world) run() {
	devices := [][2]string{{"alice", "phone"}, {"alice", "tab"}, {"bob", "phone"}, {"bob", "tab"}, {"bob", "tv"}, {"carol", "phone"}, {"dave", "tab"}}
	length := 75 * time.Second
	if w.plant.purging || w.chance(16) { // long enough for snapshots, which are two minutes behind
		length = 200 * time.Second
		w.count("long world")
		if w.purging = w.plant.purging || w.chance(2); w.purging {
			length = 300 * time.Second
			w.count("world that purges")
		}
	}
	w.start()
	for _, d := range devices {
		w.load(d[0], d[1])
	}
	w.every(5*time.Second, w.watch)
	w.pass(time.Second)
	pace := 50*time.Millisecond + w.upTo(500*time.Millisecond)
	peace := time.Second + w.upTo(10*time.Second)
	w.trouble.Store([]int64{0, 5, 20, 60}[w.random.IntN(4)])
	for trouble := w.now() + peace; w.now() < length; {
		w.pass(w.upTo(2 * pace))
		w.pages[w.random.IntN(len(w.pages))].acts()
		if w.chance(6) {
			w.contest()
		}
		if w.chance(50) {
			w.gather()
		}
		if w.now() > trouble {
			trouble = w.now() + w.upTo(2*peace)
			w.mischief()
		}
	}
	w.settle(length + 165*time.Second) // longer than any page is offline
	w.check()
}

// settle lets all mischief end, and everything on its way arrive.
func (w *world) settle(least time.Duration) {
	w.trouble.Store(0)
	w.settles = true
	w.pass(5 * time.Second) // for appends and starts under way
	for range 60 {
		for _, p := range slices.Clone(w.pages) {
			p.thaw()
			p.offline = 0
			p.input(p.s.Connect) // a former life may have come between
		}
		w.pass(10 * time.Second)
		if w.engine != nil && w.now() > least && w.quiet() {
			w.pass(30 * time.Second)
			return
		}
	}
	w.finding(servertest.NotAnswered, "it does not come to rest")
}

func (w *world) quiet() bool {
	return !slices.ContainsFunc(w.pages, func(p *page) bool { return !p.s.Online() })
}

// check compares everything with the journal.
func (w *world) check() {
	a, found := servertest.Examine(w.app, w.records())
	w.found = append(w.found, found...)
	for _, p := range slices.Concat(w.past, w.pages) {
		p.heard.Settled = slices.Contains(w.pages, p)
		w.found = append(w.found, a.Check(&p.heard)...)
		p.record(a)
	}
	w.recordLosses(a)
	w.look(servertest.State(a.App))
	for _, p := range w.pages {
		p.compare(a.App)
	}
	w.counts["records"] += len(a.Records)
	w.counts["events"] += len(a.Events)
}

// look compares what the engine has with what the journal says.
func (w *world) look(want string) {
	if w.engine == nil {
		return
	}
	ctx, cancel := context.WithTimeout(w.context(), time.Minute)
	defer cancel()
	var state string
	switch err := w.engine.Look(ctx, func(app *core.App) { state = servertest.State(app) }); {
	case err != nil:
		w.finding(servertest.Diverged, "the engine cannot go on")
	case state != want:
		w.finding(servertest.Diverged, "the engine shows\n%s\nwhere the journal says\n%s", state, want)
	}
}

// checkHistory looks into what became of invitations. Not in the bubble: it takes
// real time.
func (w *world) checkHistory() {
	w.history.Rings = w.steady(w.history.Rings)
	found, invitations, contested := w.history.Check()
	w.found = append(w.found, found...)
	found, rooms := w.rooms.Check()
	w.found = append(w.found, found...)
	w.counts["rooms whose answers have one order"] += rooms
	w.counts["invitations"] += invitations
	w.counts["invitations that several tried to end"] += contested
}

// compare holds the page's view against the machine's state.
func (p *page) compare(app *core.App) {
	var here, there []string
	for _, c := range p.s.View().Channels() {
		for _, m := range c.Members {
			here = append(here, c.ID+" "+m.Account+" "+m.Device)
		}
		if c.Partial { // the others are not known
			return
		}
	}
	for _, c := range app.Joined(p.actor.Account) {
		for _, m := range c.Members() {
			there = append(there, c.ID+" "+m.Account+" "+m.Device)
		}
	}
	slices.Sort(here)
	slices.Sort(there)
	if !slices.Equal(here, there) {
		p.w.finding(servertest.Diverged, "%s shows the members %q, the journal %q", p.name(), here, there)
	}
	for _, i := range p.pending() {
		if !slices.ContainsFunc(app.Asked(p.actor.Account), func(x *core.Invitation) bool { return uint64(x.Made) == i.Position }) {
			p.w.finding(servertest.Diverged, "%s rings on: %s by %s", p.name(), i.RequestID, i.Inviter)
		}
	}
}

// end stops what runs.
func (w *world) end() {
	if w.engine != nil {
		w.crash(false)
	}
}
