package client_test

import (
	"net"
	"sync"
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
