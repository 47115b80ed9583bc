package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"beckon/server/bench/load"
)

// resting is what memory a server keeps for each link, which is what most links
// cost most of the time.
type resting struct {
	pairs    int
	rest     time.Duration // after the call
	subjects []subject
	results  map[string][]*load.Memory // by the subject's name, one of each round
}

// cacheTime is how long the journal's cache keeps what it was given last. It is
// one for everybody, and not to be counted as the links'.
const cacheTime = 12 * time.Second

func memory() experiment {
	return &resting{pairs: 2000, rest: cacheTime, subjects: []subject{synced, hub}}
}

func (e *resting) round(ctx context.Context, b *bench) error {
	if e.results == nil {
		e.results = map[string][]*load.Memory{}
		for _, s := range e.subjects {
			if err := b.buildHooked(ctx, s.program); err != nil {
				return err
			}
		}
	}
	for _, s := range e.subjects {
		m, err := b.rest(ctx, s, e.pairs, e.rest)
		if err != nil {
			return err
		}
		e.results[s.name] = append(e.results[s.name], m)
	}
	return nil
}

func (e *resting) rows() []Row {
	compare := func(what string, figure func(*load.Memory) float64, t target) Row {
		of := func(s subject) []float64 {
			list := make([]float64, len(e.results[s.name]))
			for i, m := range e.results[s.name] {
				list[i] = figure(m) / 1000
			}
			return list
		}
		return row("resident memory per link, "+what, "kB", of(synced), hub.name, of(hub), t)
	}
	return []Row{
		compare("at rest", func(m *load.Memory) float64 { return m.Idle }, atMost(10, 8.5)),
		compare("at rest after a call", func(m *load.Memory) float64 { return m.Called }, atMost(13.5, 11)),
	}
}

// rest starts a subject with an empty folder, and looks at its memory.
func (b *bench) rest(ctx context.Context, s subject, pairs int, after time.Duration) (*load.Memory, error) {
	dir, err := os.MkdirTemp(b.dir, "run")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	server, err := start(ctx, b.program(hooked(s.program)), s.args(dir), hookIn(dir))
	if err != nil {
		return nil, err
	}
	m := &load.Memory{}
	err = b.generator(ctx, loading{Hook: dir, Rest: true,
		Config: load.Config{Addr: server.addr, PID: server.cmd.Process.Pid, Pairs: pairs, Measure: after}}, m)
	if err = errors.Join(err, server.stop()); err != nil {
		return nil, fmt.Errorf("%s, %d pairs at rest: %w", s.name, pairs, err)
	}
	return m, nil
}
