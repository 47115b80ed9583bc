package relay

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"

	"beckon/core/wire"
	"beckon/server/engine"
)

// maxOutbox is how many bytes may wait for a device that does not read. What is
// queued at once while nothing waits may be more, as a welcome can be.
const maxOutbox = 4 << 20

// link is one socket: an outbox that never blocks, and a writer that lives only
// while something is in it.
type link struct {
	ws     *websocket.Conn
	conn   *corked
	limit  time.Duration // for a write
	device engine.Device // once the hello is in
	heard  atomic.Int64  // when the last sign of life came, as a time since began

	mu      sync.Mutex
	queue   [][]byte
	bytes   int // in queue
	writing bool
	closing wire.CloseCode // to be closed with, once the queue is written
	writer  sync.WaitGroup
}

func newLink(ws *websocket.Conn, conn *corked, limit time.Duration) *link {
	l := &link{ws: ws, conn: conn, limit: limit}
	l.hear()
	return l
}

// began is a moment to count from, so that a wall clock which is set ahead does
// not look like silence.
var began = time.Now()

func (l *link) hear() { l.heard.Store(int64(time.Since(began))) }

func (l *link) silence() time.Duration { return time.Since(began) - time.Duration(l.heard.Load()) }

// Queue adds a frame to the outbox. A device that lets too much pile up is cut
// off, so that it costs nobody else anything.
func (l *link) Queue(frame []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closing != 0 {
		return
	}
	l.queue = append(l.queue, frame)
	if l.bytes += len(frame); l.bytes > maxOutbox && l.writing {
		l.queue, l.bytes = nil, 0
		l.end(wire.CloseSlow)
	}
}

// Flush starts the writer, unless it is at work.
func (l *link) Flush() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wake()
}

// Close ends the link behind what is queued.
func (l *link) Close(code wire.CloseCode) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.end(code)
}

func (l *link) end(code wire.CloseCode) {
	if l.closing == 0 {
		l.closing = code
		l.wake()
	}
}

func (l *link) wake() {
	if !l.writing && (len(l.queue) > 0 || l.closing != 0) {
		l.writing = true
		l.writer.Go(l.write)
	}
}

// write empties the outbox, whatever is in it at once in one write to the
// network, and leaves. It stays the writer for good once the link is closed.
func (l *link) write() {
	var batch [][]byte
	for {
		l.mu.Lock()
		clear(batch)
		batch, l.queue = l.queue, batch[:0]
		l.bytes = 0
		closing := l.closing
		if len(batch) == 0 && closing == 0 {
			l.writing, l.queue = false, nil
			l.mu.Unlock()
			return
		}
		l.mu.Unlock()
		if err := l.writeBatch(batch); err != nil {
			l.ws.CloseNow()
			return
		}
		if closing != 0 {
			l.ws.Close(websocket.StatusCode(closing), closeReasons[closing])
			return
		}
	}
}

func (l *link) writeBatch(batch [][]byte) error {
	if len(batch) == 0 {
		return nil
	}
	l.conn.cork()
	var failed error
	for _, frame := range batch {
		if failed = l.ws.Write(context.Background(), websocket.MessageText, frame); failed != nil {
			break
		}
	}
	return errors.Join(failed, l.conn.uncork(l.limit))
}

// closeReasons are for people who look into a socket's close frame.
var closeReasons = map[wire.CloseCode]string{
	wire.CloseNotText:    "messages are text",
	wire.CloseNotUTF8:    "text is UTF-8",
	wire.CloseReplaced:   "another page of this device has connected",
	wire.CloseRefused:    "the hello was refused",
	wire.CloseBadFrame:   "not a frame of this protocol",
	wire.CloseHelloLate:  "no hello came",
	wire.CloseSilent:     "nothing was heard",
	wire.CloseSlow:       "does not read fast enough",
	wire.CloseRestarting: "the relay restarts",
	wire.CloseBusy:       "the relay is busy",
}
