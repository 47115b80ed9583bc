package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net"
	"sync"
	"time"

	"beckon/core/wire"
	"beckon/server/rfc6455/peer"
)

// orders are what an attacker knows.
type orders struct {
	Addr     string
	From     []string     // the addresses that it comes from
	Accounts []credential // in the honest users' app
	Own      []credential // in its own
	Victims  []string     // honest users who are called by others, too
	Quiet    string       // one who is called by nobody else
	Scale    float64      // of all rates and numbers
}

type credential struct{ App, Account, Token string }

// force is an attacker at work.
type force struct {
	orders
	ctx     context.Context
	running sync.WaitGroup
	mu      sync.Mutex
	counts  map[string]int // what it has done, and what came of it
	turn    int
}

// beForce attacks until its input, which begins with its orders, ends; then it
// says what it has done.
func beForce(ctx context.Context, in io.Reader, out io.Writer, phase string) error {
	var o orders
	from := json.NewDecoder(in)
	if err := from.Decode(&o); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() { io.Copy(io.Discard, from.Buffered()); io.Copy(io.Discard, in); stop() }()
	counts, err := attack(ctx, o, phase)
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(counts)
}

func attack(ctx context.Context, o orders, phase string) (map[string]int, error) {
	host, _, err := net.SplitHostPort(o.Addr)
	if ip := net.ParseIP(host); err != nil || !ip.IsLoopback() {
		return nil, fmt.Errorf("%s is not this machine itself, and nothing else is attacked", o.Addr)
	}
	for _, p := range phases {
		if p.Name == phase {
			f := &force{orders: o, ctx: ctx, counts: map[string]int{}}
			p.attack(f)
			f.running.Wait()
			return maps.Clone(f.counts), nil
		}
	}
	return nil, fmt.Errorf("there is no phase %q", phase)
}

func (f *force) count(what string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.counts[what]++
}

// options are those of a peer that comes from the next address.
func (f *force) options() peer.Options {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.turn++
	return peer.Options{From: f.From[f.turn%len(f.From)], Path: "/ws", Patience: patience}
}

// patience is how long an attacker waits for anything.
const patience = time.Minute

const tick = 10 * time.Millisecond

// often does something so many times a second, by so many workers. What cannot be
// done in time is left out.
func (f *force) often(rate float64, workers int, do func(n int)) {
	due := make(chan int, workers+64)
	for range workers {
		f.running.Go(func() {
			for n := range due {
				do(n)
			}
		})
	}
	f.running.Go(func() {
		defer close(due)
		ticks := time.NewTicker(tick)
		defer ticks.Stop()
		began, n := time.Now(), 0
		for {
			select {
			case <-f.ctx.Done():
				return
			case <-ticks.C:
			}
			for wanted := int(time.Since(began).Seconds() * rate * f.Scale); n < wanted; n++ {
				select {
				case due <- n:
				case <-f.ctx.Done():
					return
				default:
					f.count("left out")
				}
			}
		}
	})
}

// hold keeps so many connections: each is opened, then something is done to it
// again and again until that fails, then it is opened anew after a second.
func (f *force) hold(number int, every time.Duration, open func() (net.Conn, error), do func(net.Conn) error) {
	number = max(1, int(float64(number)*f.Scale))
	for i := range number {
		f.running.Go(func() {
			f.rest(time.Duration(i) * 2 * time.Second / time.Duration(number)) // not all at once
			for f.ctx.Err() == nil {
				f.keep(every, open, do)
				f.rest(time.Second)
			}
		})
	}
}

func (f *force) keep(every time.Duration, open func() (net.Conn, error), do func(net.Conn) error) {
	conn, err := open()
	if err != nil {
		f.failed(err)
		return
	}
	f.count("opened")
	defer conn.Close()
	defer context.AfterFunc(f.ctx, func() { conn.Close() })()
	for f.ctx.Err() == nil {
		if err := do(conn); err != nil {
			f.count("cut off")
			return
		}
		f.rest(every)
	}
}

func (f *force) rest(d time.Duration) {
	select {
	case <-f.ctx.Done():
	case <-time.After(d):
	}
}

// failed counts a connection that did not come about.
func (f *force) failed(err error) {
	var declined *peer.Declined
	switch {
	case f.ctx.Err() != nil:
	case errors.As(err, &declined):
		f.count(fmt.Sprint("answered ", declined.Response.StatusCode))
	default:
		f.count("not opened")
	}
}

// member logs in with one of the attacker's accounts, and hears nothing of what
// the relay says: it is read, and thrown away.
func (f *force) member(c credential) (*peer.Peer, error) {
	p, err := login(f.ctx, f.Addr, f.options(), c.App, c.Account, c.Token, fmt.Sprintf("%016x", rand.Uint64()))
	if err != nil {
		f.failed(err)
		return nil, err
	}
	f.count("logged in")
	p.Conn.SetDeadline(time.Time{})
	context.AfterFunc(f.ctx, func() { p.Conn.Close() })
	return p, nil
}

func command(n uint64, o wire.Order) []byte { return textFrame(wire.NewCommand(n, o)) }
