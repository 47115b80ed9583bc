package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"beckon/core/wire"
	"beckon/server/rfc6455/peer"
)

// honest are pairs of users who call each other, each pair at its fixed times.
type honest struct {
	pairs []*pair
	alone *device
	every time.Duration

	ending  atomic.Bool
	missed  atomic.Int64 // calls that were due while the one before was still going on
	strange atomic.Int64 // notices of no call of theirs
	mu      sync.Mutex
	waits   []time.Duration // from the moment when a call was due until the callee was rung
	failed  error           // the first
}

func openHonest(ctx context.Context, r *relay, pairs int, every time.Duration) (*honest, error) {
	h := &honest{every: every}
	for i := range pairs {
		p := &pair{honest: h}
		for side, name := range []string{"ada", "bob"} {
			d := &device{pair: p, account: fmt.Sprintf("%s%d", name, i), acked: map[uint64]bool{}}
			if err := d.login(ctx, r); err != nil {
				return nil, err
			}
			p.sides[side] = d
		}
		h.pairs = append(h.pairs, p)
	}
	return h, nil
}

// listen has somebody online who calls nobody and is called by no honest user: a
// pair of one.
func (h *honest) listen(ctx context.Context, r *relay, account string) error {
	h.alone = &device{pair: &pair{honest: h}, account: account, acked: map[uint64]bool{}}
	h.alone.sides = [2]*device{h.alone, h.alone}
	return h.alone.login(ctx, r)
}

// call has the pairs call until ctx ends; their moments are spread evenly.
func (h *honest) call(ctx context.Context) {
	for _, p := range h.pairs {
		for _, d := range p.sides {
			go d.read()
		}
	}
	go h.alone.read()
	go h.alone.beat(ctx)
	began := time.Now()
	step := h.every / time.Duration(len(h.pairs))
	for n := 0; ; n++ {
		due := began.Add(time.Duration(n) * step)
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Until(due)):
		}
		h.pairs[n%len(h.pairs)].start(due)
	}
}

// take returns how long callees had to be waited for since it was called last.
func (h *honest) take() []time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	waits := h.waits
	h.waits = nil
	return waits
}

func (h *honest) fail(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.failed == nil && !h.ending.Load() {
		h.failed = err
	}
}

func (h *honest) err() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.failed
}

// finish waits until the calls under way have ended, and hangs up.
func (h *honest) finish(ctx context.Context) error {
	defer func() {
		h.ending.Store(true)
		for _, p := range h.pairs {
			for _, d := range p.sides {
				d.peer.Conn.Close()
			}
		}
		h.alone.peer.Conn.Close()
	}()
	for _, p := range h.pairs {
		for p.calling() {
			select {
			case <-ctx.Done():
				return errors.New("honest calls do not end")
			case <-time.After(10 * time.Millisecond):
			}
		}
	}
	return h.err()
}

// pair is a caller, a callee, and the call between them.
type pair struct {
	*honest
	sides [2]*device

	mu    sync.Mutex
	count int
	id    string // of the call under way; empty: none
	due   time.Time
	rung  bool
}

func (p *pair) calling() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.id != ""
}

func (p *pair) start(due time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.id != "" {
		p.missed.Add(1)
		return
	}
	p.count++
	p.sides[0], p.sides[1] = p.sides[1], p.sides[0] // so nobody rings anybody more often than the relay's limits let them
	p.id, p.due, p.rung = fmt.Sprintf("r%d", p.count), due, false
	p.sides[0].ask(&wire.CallEx{Type: 1, RequestID: p.id, Invitee: p.sides[1].account, Attach: `{"from":"ada"}`})
}

// hear deals with what a device was told.
func (p *pair) hear(d *device, f wire.Frame) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch f := f.(type) {
	case *wire.Reply:
		if f.Error != nil {
			p.fail(fmt.Errorf("%s was refused a command: %s %s", d.account, f.Error.Code, f.Error.Detail))
			return
		}
		d.acked[f.N] = true
		if d == p.sides[0] && f.N == d.last && d.closes == f.N {
			p.id = "" // the close is answered: the call is over
		}
	case *wire.Notice:
		d.told = f.Position
		p.notice(d, f)
	}
}

func (p *pair) notice(d *device, n *wire.Notice) {
	caller, callee := p.sides[0], p.sides[1]
	switch e := n.Event.(type) {
	case *wire.Invited:
		if d == callee && e.Inviter == caller.account && e.RequestID == p.id && !p.rung {
			p.rung = true
			p.honest.mu.Lock()
			p.waits = append(p.waits, time.Since(p.due))
			p.honest.mu.Unlock()
			d.ask(&wire.JoinAndAccept{Channel: e.Channel.ID, RequestID: p.id, Inviter: e.Inviter})
			return
		}
		p.strange.Add(1)
	case *wire.Ended:
		if d == caller && e.Outcome == "accepted" && len(e.Invitations) > 0 && e.Invitations[0].RequestID == p.id {
			d.ask(&wire.Close{Channel: e.Channel.ID})
			d.closes = d.last
		}
	}
}

// device is one end of a pair. Its fields are its pair's to lock.
type device struct {
	*pair
	account string
	peer    *peer.Peer
	last    uint64 // the number of the last command
	closes  uint64 // of the last that closed a call
	told    uint64
	acked   map[uint64]bool // the commands that were answered
}

func (d *device) login(ctx context.Context, r *relay) error {
	token, err := r.token(honestApp, d.account)
	if err != nil {
		return err
	}
	d.peer, err = login(ctx, r.addr, peer.Options{}, honestApp, d.account, token, deviceID)
	return err
}

// login opens a socket and is let in.
func login(ctx context.Context, addr string, o peer.Options, app, account, token, device string) (*peer.Peer, error) {
	o.Path = "/ws"
	p, err := peer.Dial(ctx, addr, o)
	if err != nil {
		return nil, err
	}
	err = p.Write(textFrame(&wire.Hello{Version: wire.Version, App: app, Account: account, Token: token, Device: device, Life: deviceLife}))
	for err == nil {
		var m peer.Message
		if m, err = p.Read(); err != nil {
			break
		}
		var f wire.Frame
		if f, err = wire.Decode(wire.ToPage, m.Payload); err != nil {
			break
		}
		switch f := f.(type) {
		case *wire.Welcome:
			return p, nil
		case *wire.Refused:
			err = fmt.Errorf("%s is refused: %s %s", account, f.Refusal.Code, f.Refusal.Detail)
		}
	}
	p.Conn.Close()
	return nil, err
}

const (
	deviceID   = "0123456789abcdef"
	deviceLife = "fedcba9876543210"
)

func textFrame(f wire.Frame) []byte { return peer.Frame(peer.Fin|peer.Text, wire.Append(nil, f)) }

func (d *device) ask(o wire.Order) {
	d.last++
	c := wire.NewCommand(d.last, o)
	c.Ack = d.told
	if err := d.peer.Write(textFrame(c)); err != nil {
		d.fail(fmt.Errorf("%s cannot write: %w", d.account, err))
	}
}

func (d *device) read() {
	for {
		m, err := d.peer.Read()
		if err != nil {
			d.fail(fmt.Errorf("%s has lost its link: %w", d.account, err))
			return
		}
		switch m.Op {
		case peer.Ping:
			d.peer.Write(peer.Frame(peer.Fin|peer.Pong, m.Payload))
		case peer.Close:
			d.fail(fmt.Errorf("the relay ends the link of %s with %d", d.account, m.Code()))
			return
		case peer.Text:
			f, err := wire.Decode(wire.ToPage, m.Payload)
			if err != nil {
				d.fail(fmt.Errorf("%s hears what is no frame: %w", d.account, err))
				return
			}
			d.hear(d, f)
		}
	}
}

// beat keeps a link alive on which nothing is asked.
func (d *device) beat(ctx context.Context) {
	for rest(ctx, 5*time.Second) == nil {
		d.mu.Lock()
		d.peer.Write(textFrame(&wire.Heartbeat{Ack: d.told}))
		d.mu.Unlock()
	}
}
