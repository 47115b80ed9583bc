package client_test

import (
	"context"
	"errors"
	"net"
	"net/http"

	"github.com/coder/websocket"
)

var errUnreachable = errors.New("the relay cannot be reached")

// dial is the client's way to the relay.
func (l *life) dial(ctx context.Context, url string) (*websocket.Conn, error) {
	p := l.j.process.Load()
	l.mu.Lock()
	if l.alone || p == nil {
		l.mu.Unlock()
		return nil, errUnreachable
	}
	c := newCable(&tap{})
	l.cables = append(l.cables, c)
	if l.frail > 0 {
		c.up.snapAfter(l.frail)
		c.down.snapAfter(l.frail)
		l.frail = 0
	}
	l.mu.Unlock()
	transport := &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		return c.page(), p.plug(c)
	}}
	defer transport.CloseIdleConnections()
	ws, _, err := websocket.Dial(ctx, url, &websocket.DialOptions{HTTPClient: &http.Client{Transport: transport}})
	return ws, err
}

// cable is the latest one.
func (l *life) cable() *cable {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.cables) == 0 {
		return nil
	}
	return l.cables[len(l.cables)-1]
}

// taps are what was said over each cable, in the order in which they were laid.
func (l *life) taps() []*tap {
	var taps []*tap
	for _, c := range l.cables {
		taps = append(taps, c.tap)
	}
	return taps
}

// unreachable keeps the life from getting another cable.
func (l *life) unreachable(alone bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.alone = alone
}

// frailNext makes the next cable break when so many bytes have passed.
func (l *life) frailNext(bytes int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.frail = bytes
}

// mend lets everything through again, or cuts what nothing gets through any more.
func (l *life) mend() {
	l.frailNext(0)
	if c := l.cable(); c != nil {
		c.up.snapAfter(-1)
		c.down.snapAfter(-1)
		if !c.whole() {
			c.cut()
		}
	}
}
