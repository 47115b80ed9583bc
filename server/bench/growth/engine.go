package growth

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"beckon/core"
	"beckon/core/wire"
	"beckon/server/engine"
)

// running is an engine at work.
type running struct {
	*engine.Engine
	journal *made
	opened  time.Duration // that rebuilding the state took
	stop    context.CancelFunc
	ended   chan error
}

// noSnapshots is more than any journal here holds.
const noSnapshots = 1 << 50

// open rebuilds an engine from a past. Run it next.
func open(ctx context.Context, p past, config core.Config, dir string) (*running, error) {
	j, err := makeJournal(p, dir)
	if err != nil {
		return nil, err
	}
	began := time.Now()
	e, err := engine.Open(ctx, engine.Config{Journal: j, App: config, SnapshotEvery: noSnapshots, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		j.Close()
		return nil, err
	}
	return &running{Engine: e, journal: j, opened: time.Since(began), ended: make(chan error, 1)}, nil
}

func (r *running) run(ctx context.Context) {
	ctx, r.stop = context.WithCancel(ctx)
	go func() { r.ended <- r.Run(ctx) }()
}

func (r *running) close() error {
	if r.stop != nil {
		r.stop()
		if err := <-r.ended; err != nil {
			return err
		}
	}
	return r.journal.Close()
}

// A page is a device that is linked, without a socket.
type page struct {
	engine *engine.Engine
	device engine.Device
	n      uint64
	heard  chan []byte // of what it is sent, replies and the welcome
}

func (p *page) Queue(text []byte) {
	if kind := string(text[:min(len(text), 16)]); strings.HasPrefix(kind, `{"type":"reply"`) || strings.HasPrefix(kind, `{"type":"welcome`) ||
		strings.HasPrefix(kind, `{"type":"refused`) {
		p.heard <- slices.Clone(text) // it is good until Queue returns
	}
}
func (p *page) Answer(text []byte)   { p.Queue(text) }
func (p *page) Flush()               {}
func (p *page) Close(wire.CloseCode) {}

// login links a device, and returns its welcome.
func login(e *engine.Engine, account string) (*page, []byte, error) {
	p := &page{engine: e, device: engine.Device{Account: account, Device: "0123456789abcdef", Life: "fedcba9876543210"}, heard: make(chan []byte, 1)}
	h := &wire.Hello{Version: wire.Version, Account: account, Device: p.device.Device, Life: p.device.Life}
	if err := e.Connect(h, p, "x"); err != nil {
		return nil, nil, err
	}
	return p, <-p.heard, nil
}

// send asks for something; its reply goes to p.heard.
func (p *page) send(order wire.Order) error {
	p.n++
	return p.engine.Submit(p.device, p, wire.NewCommand(p.n, order), 300)
}

// reply waits for the reply to the last command, which has to be a good one.
func (p *page) reply() ([]byte, error) {
	text := <-p.heard
	if !strings.Contains(string(text), `"ok":`) {
		return nil, fmt.Errorf("growth: %s got %s", p.device.Account, text)
	}
	return text, nil
}

func (p *page) ask(order wire.Order) ([]byte, error) {
	if err := p.send(order); err != nil {
		return nil, err
	}
	return p.reply()
}

// channelIn is the id of the channel that a frame is about.
func channelIn(text []byte) string {
	_, rest, _ := strings.Cut(string(text), `"channel":{"id":"`)
	id, _, _ := strings.Cut(rest, `"`)
	return id
}
