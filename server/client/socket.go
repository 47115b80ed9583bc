package client

import (
	"context"
	"errors"
	"time"

	"github.com/coder/websocket"

	"beckon/core/session"
)

const (
	dialTime  = 15 * time.Second // the session gives up earlier
	writeTime = 10 * time.Second
	readLimit = 16 << 20 // a welcome may be large
	outbox    = 256      // frames that may wait to be written
)

func (c *Client) dial(link session.Link) {
	ctx, cancel := context.WithTimeout(c.ctx, dialTime)
	s := &socket{cancel: cancel, out: make(chan []byte, outbox)}
	c.sockets[link] = s
	c.running.Go(func() {
		defer cancel()
		ws, err := c.config.Dial(ctx, c.config.URL)
		if err != nil {
			c.closed(link, int(websocket.StatusAbnormalClosure), err.Error())
			return
		}
		ws.SetReadLimit(readLimit)
		c.mu.Lock()
		s.ws = ws
		c.mu.Unlock()
		c.running.Go(func() { s.write(ws) })
		c.input(func(now session.Millis) { c.session.Opened(now, link) })
		c.read(link, ws)
	})
}

// send queues a frame. A relay that does not read is as good as gone.
func (s *socket) send(text []byte) {
	select {
	case s.out <- text:
	default:
		s.cancel()
		if s.ws != nil {
			go s.ws.CloseNow()
		}
	}
}

// write sends what is queued, and closes when the session hangs up.
func (s *socket) write(ws *websocket.Conn) {
	for text := range s.out {
		ctx, cancel := context.WithTimeout(context.Background(), writeTime)
		err := ws.Write(ctx, websocket.MessageText, text)
		if cancel(); err != nil {
			ws.CloseNow()
			for range s.out { // until the session hears of it and hangs up
			}
			return
		}
	}
	ws.Close(websocket.StatusCode(s.code), "")
}

func (c *Client) read(link session.Link, ws *websocket.Conn) {
	for {
		_, text, err := ws.Read(c.ctx)
		if err != nil {
			code, reason := int(websocket.StatusAbnormalClosure), err.Error()
			var closed websocket.CloseError
			if errors.As(err, &closed) {
				code, reason = int(closed.Code), closed.Reason
			}
			c.closed(link, code, reason)
			return
		}
		c.input(func(now session.Millis) { c.session.Received(now, link, text) })
	}
}

// closed tells the session that a link is gone, and lets its writer go.
func (c *Client) closed(link session.Link, code int, reason string) {
	c.input(func(now session.Millis) { c.session.Closed(now, link, code, reason) })
	c.mu.Lock()
	defer c.mu.Unlock()
	if s := c.sockets[link]; s != nil {
		delete(c.sockets, link)
		close(s.out)
	}
}
