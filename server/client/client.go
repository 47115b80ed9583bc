// Package client is a device in Go: the same session as in a page, over
// coder/websocket instead of the browser's WebSocket. Tests, the load generator
// and bots use it.
package client

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"

	"beckon/core/session"
	"beckon/core/wire"
)

// Config says where the relay is and who logs in.
type Config struct {
	URL     string      // of the relay's socket: ws://host:port/ws
	Header  http.Header // for the upgrade; may be nil
	Session session.Config
	// Dial opens a socket; nil: websocket.Dial. For tests that make it fail.
	Dial func(ctx context.Context, url string) (*websocket.Conn, error)
}

// Client is one life of a device. Its methods may be called from any goroutine.
type Client struct {
	config Config
	ctx    context.Context
	stop   context.CancelFunc
	began  time.Time

	mu      sync.Mutex
	session *session.Session
	sockets map[session.Link]*socket
	waiting map[uint64]chan session.Replied
	timer   *time.Timer
	heard   []session.Output // not yet taken by Next
	more    chan struct{}    // has a value when heard may have grown
	running sync.WaitGroup   // socket goroutines
}

type socket struct {
	cancel context.CancelFunc // ends the dial
	ws     *websocket.Conn    // once open
	out    chan []byte        // closed when the link is over
	code   wire.CloseCode     // to close with, set before out is closed
}

// New returns a client that is off.
func New(config Config) *Client {
	if config.Session.Random == nil {
		config.Session.Random = rand.Uint64
	}
	if config.Dial == nil {
		config.Dial = func(ctx context.Context, url string) (*websocket.Conn, error) {
			ws, _, err := websocket.Dial(ctx, url, &websocket.DialOptions{HTTPHeader: config.Header})
			return ws, err
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	c := &Client{
		config:  config,
		ctx:     ctx,
		stop:    stop,
		began:   time.Now(),
		session: session.New(config.Session),
		sockets: map[session.Link]*socket{},
		waiting: map[uint64]chan session.Replied{},
		more:    make(chan struct{}, 1),
	}
	c.timer = time.AfterFunc(time.Hour, func() { c.input(c.session.Tick) })
	return c
}

// Connect logs in and stays connected until [Client.Disconnect] or [Client.Close].
func (c *Client) Connect() { c.input(c.session.Connect) }

// Disconnect logs out.
func (c *Client) Disconnect() { c.input(c.session.Disconnect) }

// Check tests the link at once.
func (c *Client) Check() { c.input(c.session.Check) }

// Close ends the client for good and waits for its goroutines.
func (c *Client) Close() {
	c.Disconnect()
	c.running.Wait() // each ends by itself: the relay is told, or does not answer in time
	c.stop()
	c.timer.Stop()
}

// Do asks for a command and waits for its answer. The error is a [*Refused], a
// [*session.Failure] or the context's.
func (c *Client) Do(ctx context.Context, order wire.Order) (*wire.Outcome, error) {
	answer, err := c.Ask(order)
	if err != nil {
		return nil, err
	}
	select {
	case r := <-answer:
		switch {
		case r.Failure != nil:
			return nil, r.Failure
		case r.Refusal != nil:
			return nil, &Refused{*r.Refusal}
		}
		return r.OK, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Ask sends a command and returns at once; the answer comes on the channel.
func (c *Client) Ask(order wire.Order) (<-chan session.Replied, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n, err := c.session.Do(c.now(), order)
	if err != nil {
		return nil, err
	}
	answer := make(chan session.Replied, 1)
	c.waiting[n] = answer
	c.pump()
	return answer, nil
}

// Refused is the relay's refusal of a command.
type Refused struct{ wire.Refusal }

func (r *Refused) Error() string { return "refused: " + r.Code + " " + r.Field + " " + r.Detail }

// Next returns what the session tells the application: [session.Connected],
// [session.Fresh], [session.Told], [session.Reconnecting], [session.Disconnected],
// in their order. Answers come from [Client.Do].
func (c *Client) Next(ctx context.Context) (session.Output, error) {
	for {
		c.mu.Lock()
		if len(c.heard) > 0 {
			o := c.heard[0]
			if c.heard = c.heard[1:]; len(c.heard) > 0 {
				c.hasMore() // for another caller of Next
			}
			c.mu.Unlock()
			return o, nil
		}
		c.mu.Unlock()
		select {
		case <-c.more:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func (c *Client) hasMore() {
	select {
	case c.more <- struct{}{}:
	default:
	}
}

// NextNotice skips everything but notices.
func (c *Client) NextNotice(ctx context.Context) (*wire.Notice, error) {
	for {
		o, err := c.Next(ctx)
		if err != nil {
			return nil, err
		}
		if told, ok := o.(session.Told); ok {
			return told.Notice, nil
		}
	}
}

// Online waits until the relay has let the client in.
func (c *Client) Online(ctx context.Context) error {
	for {
		o, err := c.Next(ctx)
		if err != nil {
			return err
		}
		switch o := o.(type) {
		case session.Connected:
			return nil
		case session.Disconnected:
			return errors.New("client: " + string(o.Why) + ": " + o.Reason)
		}
	}
}

// View shows the session's view to f, which must not keep it.
func (c *Client) View(f func(*session.View)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f(c.session.View())
}

func (c *Client) now() session.Millis { return session.Millis(time.Since(c.began).Milliseconds()) }

// input gives the session one input, and does what it wants done.
func (c *Client) input(f func(session.Millis)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f(c.now())
	c.pump()
}

func (c *Client) pump() {
	for o := c.session.Next(); o != nil; o = c.session.Next() {
		switch o := o.(type) {
		case session.Dial:
			c.dial(o.Link)
		case session.Send:
			if s := c.sockets[o.Link]; s != nil {
				s.send(o.Text)
			}
		case session.Hangup:
			if s := c.sockets[o.Link]; s != nil {
				delete(c.sockets, o.Link)
				s.code = o.Code
				s.cancel()
				close(s.out)
			}
		case session.Replied:
			if answer := c.waiting[o.N]; answer != nil {
				delete(c.waiting, o.N)
				answer <- o
			}
		default:
			c.heard = append(c.heard, o)
			c.hasMore()
		}
	}
	if at, ok := c.session.Wake(); ok && c.ctx.Err() == nil {
		c.timer.Reset(time.Duration(max(0, at-c.now())) * time.Millisecond)
	}
}
