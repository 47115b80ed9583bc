package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"sync"

	"github.com/coder/websocket"
)

// corked is a connection whose writes can be gathered.
type corked struct {
	net.Conn

	mu     sync.Mutex
	on     bool
	buffer *[]byte
}

var pool = sync.Pool{New: func() any { b := make([]byte, 0, 4096); return &b }}

func (c *corked) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.on {
		return c.Conn.Write(p)
	}
	*c.buffer = append(*c.buffer, p...)
	return len(p), nil
}

func (c *corked) cork() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.on, c.buffer = true, pool.Get().(*[]byte)
}

func (c *corked) uncork() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, err := c.Conn.Write(*c.buffer)
	*c.buffer = (*c.buffer)[:0]
	pool.Put(c.buffer)
	c.on, c.buffer = false, nil
	return err
}

// hijack gives the WebSocket library small buffers.
type hijack struct {
	http.ResponseWriter
	conn *corked
}

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
	r := bufio.NewReaderSize(from, max(512, len(early)))
	r.Peek(len(early))
	return h.conn, bufio.NewReadWriter(r, bufio.NewWriterSize(h.conn, 512)), nil
}

// link is one socket. Its writer lives only while there is something to write.
type link struct {
	ws      *websocket.Conn
	conn    *corked
	account string
	peer    *link // once it is there
	frames  frames

	mu      sync.Mutex
	queue   [][]byte
	writing bool
}

// send queues frames and wakes the writer.
func (l *link) send(frames ...[]byte) {
	l.mu.Lock()
	l.queue = append(l.queue, frames...)
	start := !l.writing
	l.writing = true
	l.mu.Unlock()
	if start {
		go l.write()
	}
}

func (l *link) write() {
	var batch [][]byte
	for {
		l.mu.Lock()
		clear(batch)
		batch, l.queue = l.queue, batch[:0]
		if len(batch) == 0 {
			l.writing, l.queue = false, nil
			l.mu.Unlock()
			return
		}
		l.mu.Unlock()
		l.conn.cork()
		for _, frame := range batch {
			l.ws.Write(context.Background(), websocket.MessageText, frame)
		}
		if l.conn.uncork() != nil {
			l.ws.CloseNow()
			return
		}
	}
}

var readBuffers = sync.Pool{New: func() any { b := make([]byte, 4096); return &b }}

// read hands the next message to f, which must not keep it; false: no more.
func (l *link) read(f func([]byte) bool) bool {
	_, from, err := l.ws.Reader(context.Background())
	if err != nil {
		return false
	}
	buffer := readBuffers.Get().(*[]byte)
	defer readBuffers.Put(buffer)
	n := 0
	for {
		k, err := from.Read((*buffer)[n:])
		n += k
		switch {
		case err == io.EOF:
			return f((*buffer)[:n])
		case err != nil || n == len(*buffer):
			return false
		}
	}
}
