package client_test

import (
	"io"
	"net"
	"os"
	"sync"
	"syscall"
	"time"
)

// A cable joins a page and the relay in memory. It does what networks do: it
// holds up what is on its way, and breaks, for one end or for both, at any byte.
type cable struct {
	up, down *pipe // to the relay, and to the page
	tap      *tap  // sees what the page has written and read
}

func newCable(t *tap) *cable {
	c := &cable{tap: t}
	c.up, c.down = newPipe(c.cut), newPipe(c.cut)
	return c
}

func (c *cable) page() net.Conn {
	return &end{in: c.down, out: c.up, read: c.tap.down, wrote: c.tap.up}
}
func (c *cable) relay() net.Conn { return &end{in: c.up, out: c.down} }

// cut breaks the cable for both ends. What was on its way is lost.
func (c *cable) cut() {
	c.losePage()
	c.loseRelay()
}

// losePage breaks it for the page; the relay hears nothing more, not even that.
func (c *cable) losePage() {
	c.up.hold(true)
	c.down.stopReading()
	c.up.stopWriting()
}

// loseRelay breaks it for the relay; the page hears nothing more.
func (c *cable) loseRelay() {
	c.down.hold(true)
	c.up.stopReading()
	c.down.stopWriting()
}

// whole says whether everything gets through it, as far as anybody can tell.
func (c *cable) whole() bool { return c.up.flows() && c.down.flows() }

// A pipe is one direction of a cable. It takes what it is given at once.
type pipe struct {
	snap func() // what happens when its last byte has passed

	mu       sync.Mutex
	moved    *sync.Cond
	bytes    []byte
	ended    bool // the writer has closed
	held     bool // the reader hears nothing
	left     int  // bytes that pass before it snaps; negative: as many as come
	snapped  bool
	noReader error
	noWriter error
	deadline time.Time // of reading
	alarm    *time.Timer
}

func newPipe(snap func()) *pipe {
	p := &pipe{snap: snap, left: -1}
	p.moved = sync.NewCond(&p.mu)
	return p
}

// change does something to the pipe, and lets a reader see.
func (p *pipe) change(f func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f()
	p.moved.Broadcast()
}

func (p *pipe) hold(held bool)  { p.change(func() { p.held = held }) }
func (p *pipe) snapAfter(n int) { p.change(func() { p.left = n }) }
func (p *pipe) stopReading()    { p.change(func() { p.noReader = syscall.ECONNRESET }) }
func (p *pipe) stopWriting()    { p.change(func() { p.noWriter = syscall.EPIPE; p.ended = true }) }
func (p *pipe) flows() (yes bool) {
	p.change(func() { yes = !p.held && !p.ended && p.noReader == nil })
	return
}

func (p *pipe) Read(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for {
		switch {
		case p.noReader != nil:
			return 0, p.noReader
		case !p.deadline.IsZero() && !time.Now().Before(p.deadline):
			return 0, os.ErrDeadlineExceeded
		case !p.held && len(p.bytes) > 0:
			n := copy(b, p.bytes)
			p.bytes = p.bytes[n:]
			return n, nil
		case !p.held && p.ended:
			return 0, io.EOF
		}
		p.moved.Wait()
	}
}

func (p *pipe) Write(b []byte) (n int, err error) {
	broke := false
	p.change(func() {
		if err = p.noWriter; err != nil {
			return
		}
		n = len(b)
		if broke = p.left >= 0 && p.left <= n; broke {
			n, p.snapped = p.left, true
		} else if p.left >= 0 {
			p.left -= n
		}
		p.bytes = append(p.bytes, b[:n]...)
	})
	if broke {
		p.snap()
		return n, syscall.EPIPE
	}
	return n, err
}

// An end is what one side has of a cable.
type end struct {
	in, out     *pipe
	read, wrote func([]byte) // nil: nobody looks
}

func (e *end) Read(b []byte) (int, error) {
	n, err := e.in.Read(b)
	if e.read != nil {
		e.read(b[:n])
	}
	return n, err
}

func (e *end) Write(b []byte) (int, error) {
	if e.wrote != nil {
		e.wrote(b) // first: somebody else may write as soon as there is an answer
	}
	return e.out.Write(b)
}

func (e *end) Close() error {
	e.in.change(func() { e.in.noReader = net.ErrClosed })
	e.out.change(func() { e.out.noWriter, e.out.ended = net.ErrClosed, true })
	return nil
}

func (e *end) SetReadDeadline(at time.Time) error {
	e.in.change(func() {
		if e.in.alarm != nil {
			e.in.alarm.Stop()
		}
		if e.in.deadline = at; !at.IsZero() {
			e.in.alarm = time.AfterFunc(time.Until(at), e.in.moved.Broadcast)
		}
	})
	return nil
}

func (e *end) SetDeadline(at time.Time) error   { return e.SetReadDeadline(at) }
func (e *end) SetWriteDeadline(time.Time) error { return nil } // writing never waits
func (e *end) LocalAddr() net.Addr              { return memoryAddr{} }
func (e *end) RemoteAddr() net.Addr             { return memoryAddr{} }

type memoryAddr struct{}

func (memoryAddr) Network() string { return "memory" }
func (memoryAddr) String() string  { return "127.0.0.1:1" }

// A door is where cables come in: a relay's listener.
type door struct {
	cables chan net.Conn
	shut   chan struct{}
	once   sync.Once
}

func newDoor() *door { return &door{cables: make(chan net.Conn, 64), shut: make(chan struct{})} }

func (d *door) Accept() (net.Conn, error) {
	select {
	case c := <-d.cables:
		return c, nil
	case <-d.shut:
		return nil, net.ErrClosed
	}
}

func (d *door) Close() error   { d.once.Do(func() { close(d.shut) }); return nil }
func (d *door) Addr() net.Addr { return memoryAddr{} }
