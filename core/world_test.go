package core_test

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/record"
)

// A world is the machine's surroundings in tests: what the engine is for it in
// earnest. It has a clock, links, and a journal that records survive in.
type world struct {
	t       require.TestingT
	hasty   bool // leave out what is slow to check
	config  core.Config
	app     *core.App
	journal [][]byte
	now     core.Time
	links   map[string]map[string]bool // linked devices, by account
	random  uint64                     // the next random uid
}

// dawn is when worlds begin.
const dawn core.Time = 1_700_000_000_000

func newWorld(t require.TestingT, config core.Config) *world {
	return &world{
		t:      t,
		config: config,
		app:    core.New(config),
		now:    dawn,
		links:  map[string]map[string]bool{},
		random: 1001,
	}
}

func (w *world) online(account string) bool { return len(w.links[account]) > 0 }

func (w *world) linked(by core.Actor) bool { return w.links[by.Account][by.Device] }

// env is what a command finds. Its randomness counts up, so that ids can be told
// apart by people: the uid is 1001, 1002, ...
func (w *world) env() core.Env {
	env := core.Env{Now: w.now, Online: w.online}
	binary.BigEndian.PutUint64(env.Random[:8], 0xbec0<<48|w.random)
	binary.BigEndian.PutUint64(env.Random[8:], w.random)
	return env
}

// handle decides a command, and records what it does. Deciding changes nothing.
func (w *world) handle(c core.Command) ([]core.Event, *core.Refusal) {
	var before string
	if !w.hasty {
		before = core.Dump(w.app)
	}
	events, err := w.app.Handle(w.env(), c)
	if !w.hasty {
		require.Equal(w.t, before, core.Dump(w.app), "Handle changed the machine: %+v", c)
	}
	if err != nil {
		return nil, err.(*core.Refusal)
	}
	if len(events) > 0 {
		w.random++
	}
	w.record(events)
	return events, nil
}

// link gives a device a link, or takes it.
func (w *world) link(by core.Actor, up bool) ([]core.Event, *core.Refusal) {
	if !up {
		delete(w.links[by.Account], by.Device)
		return w.handle(core.Command{By: by, Do: core.LinkDown{}})
	}
	if w.links[by.Account] == nil {
		w.links[by.Account] = map[string]bool{}
	}
	w.links[by.Account][by.Device] = true
	return w.handle(core.Command{By: by, Do: core.LinkUp{}})
}

// due runs Due to its end.
func (w *world) due() []core.Event {
	var all []core.Event
	for events := w.app.Due(w.now); len(events) > 0; events = w.app.Due(w.now) {
		w.record(events)
		all = append(all, events...)
	}
	return all
}

// record journals the events of one group, and applies them.
func (w *world) record(events []core.Event) {
	if len(events) == 0 {
		return
	}
	w.journal = append(w.journal, record.Append(nil, record.Record{Now: w.now, Events: events}))
	for k, e := range events {
		w.app.Apply(core.Stamp{Position: core.At(uint64(len(w.journal)), k), Now: w.now}, e)
	}
}

// replay makes a new machine of the journal.
func (w *world) replay() (*core.App, error) {
	app := core.New(w.config)
	for k, data := range w.journal {
		r, err := record.Decode(data)
		if err != nil {
			return nil, fmt.Errorf("record %d: %w", k+1, err)
		}
		for i, e := range r.Events {
			app.Apply(core.Stamp{Position: core.At(uint64(k+1), i), Now: r.Now}, e)
		}
	}
	return app, nil
}

// restart goes on with a machine made of the journal. No device is linked then.
// The error says how the new machine differs from the old one.
func (w *world) restart() error {
	app, err := w.replay()
	if err != nil {
		return err
	}
	if was, is := core.Dump(w.app), core.Dump(app); was != is {
		return fmt.Errorf("the machine was\n%s\nreplayed it is\n%s", was, is)
	}
	w.app = app
	clear(w.links)
	return nil
}

// fork makes a world like this one, some time later.
func (w *world) fork(after core.Time) *world {
	f := *w
	f.now += after
	f.journal = slices.Clone(w.journal)
	var err error
	f.app, err = w.replay()
	require.NoError(w.t, err)
	return &f
}
