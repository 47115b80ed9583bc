package client_test

import (
	"io"
	"net"
	"os"
	"sync"
	"syscall"
	"time"
)

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

func (p *pipe) hold(held bool)    { p.change(func() { p.held = held }) }
func (p *pipe) snapAfter(n int)   { p.change(func() { p.left = n }) }
func (p *pipe) stopReading()      { p.change(func() { p.noReader = syscall.ECONNRESET }) }
func (p *pipe) stopWriting()      { p.change(func() { p.noWriter = syscall.EPIPE; p.ended = true }) }
func (p *pipe) broke() (yes bool) { p.change(func() { yes = p.snapped }); return }
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
