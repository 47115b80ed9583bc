// Package socket is a WebSocket as a relay needs it: it takes little memory
// while it rests, and everything that is ready goes out in one system call,
// which is half of what a relay costs.
//
// The handshake, reading, and the frames that keep or end a connection are
// coder/websocket's; frames with messages are written here.
package socket

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// Options say what to let in, and how long to wait for it.
type Options struct {
	Origins []string // as in websocket.AcceptOptions
	Limit   int64    // bytes that a message may have
	// Write is how long the network may take over what is written at once. It is
	// looked at rarely: before it acts, it may take twice as long. 0: for ever.
	Write time.Duration
}

// Conn is a WebSocket. Messages are to be written with [Conn.WriteFrames].
type Conn struct {
	*websocket.Conn
	wire *wire
	pace *pace
	in   *bufio.Reader // what the library reads from

	closing sync.Mutex // held while the library closes, which reads beside the reader
}

// Accept upgrades a request. If it cannot, it has answered with the reason.
func Accept(w http.ResponseWriter, r *http.Request, o Options) (*Conn, error) {
	h, p := &hijack{ResponseWriter: w, limit: o.Write}, &pace{}
	ws, err := websocket.Accept(h, r, &websocket.AcceptOptions{
		OriginPatterns:  o.Origins,
		CompressionMode: websocket.CompressionDisabled,
		OnPingReceived:  func(context.Context, []byte) bool { p.wait(); return true },
		OnPongReceived:  func(context.Context, []byte) { p.wait() },
	})
	if err != nil {
		return nil, err
	}
	ws.SetReadLimit(o.Limit)
	return &Conn{Conn: ws, wire: h.wire, pace: p, in: h.in}, nil
}

// Pace is to be called by who reads, before it answers by itself, what no other limit
// counts. It returns late if there are more than [Beats] a second of them
// and of pings and pongs together: what the peer sends next waits in the network.
func (c *Conn) Pace() { c.pace.wait() }

// WriteFrames writes what [AppendText] made, in one write to the network. The
// error is net.ErrClosed behind a close.
func (c *Conn) WriteFrames(frames []byte) error {
	_, err := c.wire.Write(frames)
	return err
}

// Close says why, waits a little for the peer to say so, too, and ends the
// connection. The library's own would wait for as long as a peer likes that has
// begun a frame and does not go on with it.
func (c *Conn) Close(code websocket.StatusCode, reason string) error {
	cut := time.AfterFunc(closeTime, c.Cut)
	defer cut.Stop()
	c.closing.Lock()
	defer c.closing.Unlock()
	return c.Conn.Close(code, reason)
}

// closeTime is how long a peer may take to answer a close.
const closeTime = 7 * time.Second

// Fail ends a connection whose peer has sent what it must not (RFC 6455, section
// 7.1.7). Unlike Close it neither waits for an answer nor makes sense of what is
// still on its way, which may be much.
func (c *Conn) Fail(code websocket.StatusCode, reason string) {
	c.wire.Write(closeFrame(code, reason)) // unless the library has said so
	c.CloseNow()
}

// Broken says of an error of reading whether the peer broke the protocol (RFC
// 6455, section 7.1.7), rather than closed, or was lost.
func Broken(err error) bool {
	var network net.Error
	return websocket.CloseStatus(err) == -1 && !errors.As(err, &network) &&
		!errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, net.ErrClosed) &&
		!errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded)
}

// Cut ends the connection at once, even while it is being closed.
func (c *Conn) Cut() { c.wire.Conn.Close() }

// hijack hands the WebSocket library a connection with small buffers, instead
// of net/http's two of 4 KiB for as long as the connection lives.
type hijack struct {
	http.ResponseWriter
	limit time.Duration
	wire  *wire
	in    *bufio.Reader
}

const (
	readSize  = 512 // most frames that pages send are smaller
	writeSize = 127 // the largest frame that the library writes, which has to go out as a whole: a close with its reason
)

// WriteHeader puts right what the library answers to a request that is none: who
// speaks another version is told to upgrade (RFC 6455, section 4.4), and who uses
// another method, which to use (RFC 9110, section 15.5.6).
func (h *hijack) WriteHeader(code int) {
	switch {
	case code == http.StatusMethodNotAllowed:
		h.Header().Set("Allow", http.MethodGet)
	case code == http.StatusBadRequest && h.Header().Get("Sec-WebSocket-Version") != "":
		code = http.StatusUpgradeRequired
		h.Header().Set("Connection", "Upgrade")
		h.Header().Set("Upgrade", "websocket")
	}
	h.ResponseWriter.WriteHeader(code)
}

func (h *hijack) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, buffered, err := http.NewResponseController(h.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	bound(conn)
	h.wire = &wire{Conn: conn, limit: h.limit}
	var from io.Reader = conn
	early, _ := buffered.Reader.Peek(buffered.Reader.Buffered())
	if len(early) > 0 {
		from = io.MultiReader(bytes.NewReader(bytes.Clone(early)), conn)
	}
	h.in = bufio.NewReaderSize(from, max(readSize, len(early)))
	h.in.Peek(len(early)) // so that the library, which looks for it there, finds it
	return h.wire, bufio.NewReadWriter(h.in, bufio.NewWriterSize(h.wire, writeSize)), nil
}

// bound bounds what the system keeps for a peer that does not read: left to itself it
// takes megabytes before a write waits, and they are nobody's to count.
func bound(conn net.Conn) {
	if secure, ok := conn.(interface{ NetConn() net.Conn }); ok {
		conn = secure.NetConn()
	}
	if tcp, ok := conn.(interface{ SetWriteBuffer(bytes int) error }); ok {
		tcp.SetWriteBuffer(systemBuffer) // a network without it works too
	}
}

const systemBuffer = 64 << 10
