package client_test

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/server/auth"
	"beckon/server/engine"
	"beckon/server/journal"
	"beckon/server/journal/memory"
	"beckon/server/relay"
)

// A process is one run of the relay: a real engine behind a real handler, over
// the journal that the runs before have left.
type process struct {
	eng   *engine.Engine
	relay *relay.Relay
	http  *http.Server
	door  *door
	disk  *slowDisk

	stop    context.CancelFunc
	running sync.WaitGroup

	mu     sync.Mutex
	cables []*cable
}

func startProcess(t *testing.T, store *memory.Store, config core.Config) *process {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	p := &process{door: newDoor(), disk: &slowDisk{Journal: store.Open()}}
	ctx, stop := context.WithCancel(context.Background())
	p.stop = stop
	var err error
	p.eng, err = engine.Open(ctx, engine.Config{Journal: p.disk, App: config, Log: log})
	require.NoError(t, err, "a relay starts on the journal that the last one left")
	p.relay = relay.New(relay.Config{Apps: func(string) *engine.Engine { return p.eng }, Auth: auth.Dev, Log: log})
	p.http = &http.Server{Handler: p.relay, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug)}
	p.running.Go(func() {
		if err := p.eng.Run(ctx); err != nil {
			t.Errorf("the engine gave up: %v", err)
		}
	})
	p.running.Go(func() { p.relay.Watch(ctx) })
	p.running.Go(func() { p.http.Serve(p.door) })
	return p
}

// plug brings a cable in.
func (p *process) plug(c *cable) error {
	p.mu.Lock()
	p.cables = append(p.cables, c)
	p.mu.Unlock()
	select {
	case p.door.cables <- c.relay():
		return nil
	case <-p.door.shut:
		return http.ErrServerClosed
	}
}

// kill ends the process where it stands: between reading a command and storing
// it, between storing and answering, in the middle of a frame.
func (p *process) kill() {
	p.stop()
	p.mu.Lock()
	for _, c := range p.cables {
		c.cut()
	}
	p.mu.Unlock()
	p.http.Close()
	p.running.Wait()
}

// drain ends it in order: pages are told to come back.
func (p *process) drain() {
	p.relay.Drain(context.Background())
	p.http.Close()
	p.stop()
	p.running.Wait()
}

// slowDisk takes its time before and after a record is stored, and can lose
// power at either.
type slowDisk struct {
	journal.Journal
	mu            sync.Mutex
	before, after time.Duration
}

func (d *slowDisk) slow(before, after time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.before, d.after = before, after
}

func (d *slowDisk) Append(ctx context.Context, data []byte, last uint64) (uint64, error) {
	d.mu.Lock()
	before, after := d.before, d.after
	d.mu.Unlock()
	if !passes(ctx, before) {
		return 0, ctx.Err()
	}
	seq, err := d.Journal.Append(ctx, data, last)
	if err == nil && !passes(ctx, after) {
		return 0, journal.ErrAmbiguous
	}
	return seq, err
}

// passes waits, and says whether ctx lasted.
func passes(ctx context.Context, d time.Duration) bool {
	if d == 0 {
		return true
	}
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}
