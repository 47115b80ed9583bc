package load

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"runtime"
	"slices"
	"sync"
	"time"

	"beckon/core/wire"
	"beckon/server/bench/machine"
)

// Storm is what happens when very many devices want in at the same moment.
type Storm struct {
	Links   int     `json:"links"`
	First   Wave    `json:"first"`   // nobody was linked
	Again   Wave    `json:"again"`   // all links have just been cut
	PerLink float64 `json:"perLink"` // bytes of the server's memory for each link, after the first wave, not collected
}

// Wave is how they came in.
type Wave struct {
	Took    float64 `json:"took"`    // s until the last one was in
	Median  float64 `json:"median"`  // s until half of them were
	CPU     float64 `json:"cpu"`     // µs of the server's processor time for each
	Hinted  int     `json:"hinted"`  // attempts that were refused and told to come back, and did
	Refused int     `json:"refused"` // attempts that got no such answer: a socket closed, reset, or silent for 10 s
}

// Flood links so many devices at once, cuts them all off at once, and links them
// again. Whoever is refused comes back when it is told to, or after a second.
func Flood(ctx context.Context, addr string, pid, n int) (*Storm, error) {
	before, err := machine.Resident(pid)
	if err != nil {
		return nil, err
	}
	f := &flood{addr: addr, pid: pid, links: make([]net.Conn, n)}
	defer f.cut()
	s := &Storm{Links: n}
	if s.First, err = f.wave(ctx); err != nil {
		return nil, err
	}
	after, err := machine.Resident(pid)
	if err != nil {
		return nil, err
	}
	s.PerLink = float64(after-before) / float64(n)
	f.cut()
	s.Again, err = f.wave(ctx)
	return s, err
}

type flood struct {
	addr  string
	pid   int
	links []net.Conn
}

func (f *flood) cut() {
	for _, c := range f.links {
		if c != nil {
			c.Close()
		}
	}
}

// floodTime is how long everybody has to be in.
const floodTime = 2 * time.Minute

func (f *flood) wave(ctx context.Context) (Wave, error) {
	ctx, cancel := context.WithTimeout(ctx, floodTime)
	defer cancel()
	var w Wave
	var mu sync.Mutex
	var all sync.WaitGroup
	took := make([]float64, len(f.links))
	var failed error
	before, err := machine.CPU(f.pid)
	if err != nil {
		return w, err
	}
	began := time.Now()
	for k := range f.links {
		all.Go(func() {
			conn, hinted, refused, err := f.insist(ctx, k)
			took[k] = time.Since(began).Seconds()
			mu.Lock()
			defer mu.Unlock()
			f.links[k] = conn
			w.Hinted += hinted
			w.Refused += refused
			failed = errors.Join(failed, err)
		})
	}
	all.Wait()
	if failed != nil {
		return w, failed
	}
	after, err := machine.CPU(f.pid)
	slices.Sort(took)
	w.Took, w.Median = took[len(took)-1], took[len(took)/2]
	w.CPU = float64((after - before).Microseconds()) / float64(len(f.links))
	return w, err
}

// insist tries until a device is let in.
func (f *flood) insist(ctx context.Context, k int) (conn net.Conn, hinted, refused int, err error) {
	for {
		conn, err := f.try(ctx, k)
		var later *comeBack
		switch {
		case err == nil:
			return conn, hinted, refused, nil
		case ctx.Err() != nil:
			return nil, hinted, refused, fmt.Errorf("load: device %d is not in after %v: %w", k, floodTime, err)
		case errors.As(err, &later):
			hinted++
		default:
			later = &comeBack{time.Second}
			refused++
		}
		select {
		case <-time.After(later.after):
		case <-ctx.Done():
		}
	}
}

// comeBack is a refusal that says when to try again.
type comeBack struct{ after time.Duration }

func (c *comeBack) Error() string { return fmt.Sprintf("load: come back in %v", c.after) }

// try dials and says hello. It keeps no buffers: there are very many of it.
func (f *flood) try(ctx context.Context, k int) (net.Conn, error) {
	dialer := net.Dialer{Timeout: dialTime}
	if runtime.GOOS == "linux" { // from several addresses, lest the ports run out
		dialer.LocalAddr = &net.TCPAddr{IP: net.IPv4(127, 0, 0, byte(2+k%8))}
	}
	conn, err := dialer.DialContext(ctx, "tcp", f.addr)
	if err != nil {
		return nil, err
	}
	conn.SetDeadline(time.Now().Add(dialTime))
	s := &socket{conn: conn, in: bufio.NewReaderSize(conn, 1024)}
	if err := f.enter(s, k); err != nil {
		conn.Close()
		return nil, err
	}
	conn.SetDeadline(time.Time{})
	return conn, nil
}

func (f *flood) enter(s *socket, k int) error {
	if err := s.upgrade(f.addr); err != nil {
		return err
	}
	err := s.send(&wire.Hello{Version: wire.Version, App: "bench", Account: fmt.Sprintf("f%d", k), Token: "any",
		Device: "0123456789abcdef", Life: "fedcba9876543210"})
	if err != nil {
		return err
	}
	text, err := s.next()
	if err != nil {
		return closeOf(err)
	}
	switch frame, err := wire.Decode(wire.ToPage, text); frame := frame.(type) {
	case *wire.Welcome:
		return nil
	case *wire.Refused:
		return refusalOf(frame)
	default:
		return fmt.Errorf("load: neither a welcome nor a refusal, but %s (%v)", text, err)
	}
}

// refusalOf is a refusal with its hint, if it has one.
func refusalOf(f *wire.Refused) error {
	if f.Refusal.Code == "busy" || f.Refusal.After > 0 {
		return &comeBack{max(time.Second, time.Duration(f.Refusal.After)*time.Millisecond)}
	}
	return fmt.Errorf("load: refused: %s", f.Refusal.Code)
}

// closeOf is the end of a link with its hint, if its code is one that says to
// come back.
func closeOf(err error) error {
	var c *closed
	if errors.As(err, &c) {
		switch c.code {
		case wire.CloseHelloLate, wire.CloseSlow, wire.CloseRestarting, wire.CloseBusy:
			return &comeBack{time.Second}
		}
	}
	return err
}
