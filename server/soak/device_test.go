//go:build linux

package soak

import (
	"context"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"

	"beckon/core"
	"beckon/core/session"
	"beckon/core/wire"
	"beckon/server/client"
	"beckon/server/servertest"
)

// device is one life of a device, and all that its application hears.
type device struct {
	s       *station
	actor   core.Actor
	c       *client.Client
	stop    context.CancelFunc
	reading sync.WaitGroup
	after   servertest.Asked // the life began after this command; of no account: after nothing

	mu    sync.Mutex
	asked uint64 // commands so far
	heard servertest.Heard
	fresh int // fresh starts
	conns []net.Conn
	gone  bool

	slowUntil atomic.Int64 // nanoseconds since 1970
}

// login brings a new life of a device online.
func (s *station) login(account, name string, after servertest.Asked) *device {
	d := &device{s: s, after: after,
		actor: core.Actor{Account: account, Device: name, Life: strconv.FormatUint(rand.Uint64(), 36)}}
	d.heard = servertest.Heard{Actor: d.actor, Answers: map[uint64][]servertest.Answer{}}
	d.c = client.New(client.Config{URL: "ws://" + s.address() + "/ws", Dial: d.dial, Session: session.Config{
		App: "dev", Account: account, Token: "any", Device: name, Life: d.actor.Life, MinDelay: 20, MaxDelay: 200, Timeout: 45_000}})
	ctx, stop := context.WithCancel(context.Background())
	d.stop = stop
	d.reading.Go(func() { d.read(ctx) })
	s.keep(d)
	d.c.Connect()
	return d
}

// logout ends the life, and waits until nothing more is heard.
func (d *device) logout() {
	if d.over() {
		return
	}
	d.mu.Lock()
	d.gone = true
	d.mu.Unlock()
	d.c.Close()
	d.stop()
	d.reading.Wait()
}

func (d *device) dial(ctx context.Context, url string) (*websocket.Conn, error) {
	transport := &http.Transport{DialContext: func(ctx context.Context, kind, addr string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, kind, addr)
		if err == nil {
			d.mu.Lock()
			conn = &slowConn{Conn: conn, until: &d.slowUntil}
			d.conns = []net.Conn{conn}
			d.mu.Unlock()
		}
		return conn, err
	}}
	defer transport.CloseIdleConnections()
	ws, _, err := websocket.Dial(ctx, url, &websocket.DialOptions{HTTPClient: &http.Client{Transport: transport}})
	return ws, err
}

// cut breaks the device's socket.
func (d *device) cut() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, c := range d.conns {
		c.Close()
	}
}

// slow makes the device's links slow for a while.
func (d *device) slow(long time.Duration) { d.slowUntil.Store(time.Now().Add(long).UnixNano()) }

// slowConn takes up to half a second for what passes while it is slow.
type slowConn struct {
	net.Conn
	until *atomic.Int64
}

func (c *slowConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.dawdle()
	return n, err
}

func (c *slowConn) Write(b []byte) (int, error) {
	c.dawdle()
	return c.Conn.Write(b)
}

func (c *slowConn) dawdle() {
	if time.Now().UnixNano() < c.until.Load() {
		time.Sleep(rand.N(500 * time.Millisecond))
	}
}

func (d *device) read(ctx context.Context) {
	for {
		o, err := d.c.Next(ctx)
		if err != nil {
			return
		}
		d.mu.Lock()
		switch o := o.(type) {
		case session.Fresh:
			d.fresh++
			d.heard.Stretches = append(d.heard.Stretches, servertest.Stretch{})
		case session.Told:
			s := &d.heard.Stretches[len(d.heard.Stretches)-1]
			s.Told = append(s.Told, core.Position(o.Notice.Position))
		}
		d.mu.Unlock()
	}
}

// does asks for a command until it was taken, waits for its answer, and notes
// what it tried.
func (d *device) does(order wire.Order, what servertest.Contested, verb servertest.Verb) (session.Replied, uint64) {
	answer, n, called := d.ask(order)
	r := <-answer
	_, read := order.(*wire.Channels)
	d.mu.Lock()
	d.heard.Answers[n] = append(d.heard.Answers[n], servertest.Answer{OK: r.OK != nil, Refused: r.Refusal != nil, Read: read,
		Position: core.Position(r.Position)})
	d.mu.Unlock()
	try := servertest.Try{Who: d.actor.Device, Verb: verb, Call: called, Return: time.Since(began)}
	switch {
	case r.OK != nil:
		try.Result = servertest.Done
		if what.Channel == "" && r.OK.Channel != nil {
			what.Channel = r.OK.Channel.ID
		}
	case r.Refusal != nil:
		try.Result = servertest.Refusing(r.Refusal.Code, r.Refusal.Detail)
	default:
		d.s.count("commands without an answer", 1)
		try.Return = servertest.Forever
	}
	if verb != "" && what.Channel != "" {
		d.s.history.Add(what, try)
	}
	return r, n
}

// began is what the times of tries count from.
var began = time.Now()

func (d *device) ask(order wire.Order) (<-chan session.Replied, uint64, time.Duration) {
	for {
		d.mu.Lock()
		called := time.Since(began)
		answer, err := d.c.Ask(order)
		if err == nil {
			d.asked++ // as the session counts
			n := d.asked
			d.heard.Answers[n] = nil
			d.mu.Unlock()
			d.s.did()
			return answer, n, called
		}
		d.mu.Unlock()
		time.Sleep(2 * time.Millisecond) // there is no link at the moment
	}
}

// settles is whether the device is online in the end, and has heard all there
// was. A life that was ended before, or whose device has another, is not.
func (d *device) settles() bool {
	if d.over() {
		return false
	}
	d.online()
	return true
}

func (d *device) over() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.gone
}

// online waits until the device is online: it gets an answer.
func (d *device) online() { d.does(&wire.Channels{}, servertest.Contested{}, "") }
