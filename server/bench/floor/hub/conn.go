package main

import (
	"context"
	"io"
	"sync"

	"beckon/server/relay/socket"
)

// link is one socket: the relay's own, so that what is found between the two is
// what the relay does besides. Its writer lives only while there is something to
// write.
type link struct {
	socket  *socket.Conn
	account string
	peer    *link // once it is there
	frames  frames

	mu      sync.Mutex
	outbox  *[]byte
	writing bool
}

var buffers = sync.Pool{New: func() any { b := make([]byte, 0, 4096); return &b }}

// send queues frames and wakes the writer.
func (l *link) send(frames ...[]byte) {
	l.mu.Lock()
	if l.outbox == nil {
		l.outbox = buffers.Get().(*[]byte)
	}
	for _, frame := range frames {
		*l.outbox = socket.AppendText(*l.outbox, frame)
	}
	start := !l.writing
	l.writing = true
	l.mu.Unlock()
	if start {
		go l.write()
	}
}

func (l *link) write() {
	for {
		l.mu.Lock()
		batch := l.outbox
		l.outbox = nil
		l.writing = batch != nil
		l.mu.Unlock()
		if batch == nil {
			return
		}
		err := l.socket.WriteFrames(*batch)
		*batch = (*batch)[:0]
		buffers.Put(batch)
		if err != nil {
			l.socket.CloseNow()
			return
		}
	}
}

var readBuffers = sync.Pool{New: func() any { b := make([]byte, 4096); return &b }}

// read hands the next message to f, which must not keep it; false: no more.
func (l *link) read(f func([]byte) bool) bool {
	_, from, err := l.socket.Reader(context.Background())
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
