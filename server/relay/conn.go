package relay

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

// corked is a connection whose writes can be gathered, so that several frames
// go out in one system call. Half of what a relay costs is that call.
type corked struct {
	net.Conn

	mu     sync.Mutex
	on     bool
	buffer *[]byte // what was gathered, from pool; nil while there is nothing
}

var pool = sync.Pool{New: func() any { b := make([]byte, 0, 4096); return &b }}

// poolMax is the size from which a buffer is not worth keeping.
const poolMax = 64 << 10

func (c *corked) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.on {
		return c.Conn.Write(p)
	}
	if c.buffer == nil {
		c.buffer = pool.Get().(*[]byte)
	}
	*c.buffer = append(*c.buffer, p...)
	return len(p), nil
}

// cork gathers writes from now on.
func (c *corked) cork() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.on = true
}

// uncork writes what was gathered, and goes back to writing at once.
func (c *corked) uncork(limit time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.on = false
	if c.buffer == nil {
		return nil
	}
	c.Conn.SetWriteDeadline(time.Now().Add(limit))
	_, err := c.Conn.Write(*c.buffer)
	c.Conn.SetWriteDeadline(time.Time{})
	if cap(*c.buffer) <= poolMax {
		*c.buffer = (*c.buffer)[:0]
		pool.Put(c.buffer)
	}
	c.buffer = nil
	return err
}

// hijack hands the WebSocket library a corked connection with small buffers of
// its own, instead of net/http's two of 4 KiB for as long as the link lives.
type hijack struct {
	http.ResponseWriter
	conn *corked
}

const bufferSize = 512

func (h *hijack) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, buffered, err := http.NewResponseController(h.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	h.conn = &corked{Conn: conn}
	var from io.Reader = h.conn
	early, _ := buffered.Reader.Peek(buffered.Reader.Buffered())
	if len(early) > 0 {
		from = io.MultiReader(bytes.NewReader(bytes.Clone(early)), h.conn)
	}
	r := bufio.NewReaderSize(from, max(bufferSize, len(early)))
	r.Peek(len(early)) // so that the library, which looks for it there, finds it
	return h.conn, bufio.NewReadWriter(r, bufio.NewWriterSize(h.conn, bufferSize)), nil
}
