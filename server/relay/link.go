package relay

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"

	"beckon/core/wire"
	"beckon/server/engine"
	"beckon/server/relay/socket"
)

// maxOutbox is how many bytes may wait for a device that does not read. What is
// queued at once while nothing waits may be more, as a welcome can be.
const maxOutbox = 4 << 20

// maxAhead is how many bytes may wait for a device, or be expected to, whose commands
// are still read: who asks for more than it reads gets those answers first.
const maxAhead = 128 << 10

// firstGuess is how long the answer to a command is taken to be as long as there has
// been none: so about 32 commands are read before the first answer.
const firstGuess = maxAhead / 32

// link is one socket: an outbox that never blocks, and a writer that lives only
// while something is in it.
type link struct {
	socket  *socket.Conn
	pile    *pile
	device  engine.Device // once the hello is in
	name    string        // in logs
	visitor Visitor
	heard   atomic.Int64 // when the last sign of life came, as a time since began

	mu      sync.Mutex
	outbox  *[]byte       // frames that wait, from buffers; nil: none
	piled   int           // bytes of the outbox that the pile counts
	flight  int           // bytes that the writer has taken, and is writing
	asked   int32         // commands of the device that the engine has yet to answer
	guess   int32         // bytes that an answer may have, from those before
	room    chan struct{} // closed when less waits; nil: nobody wants to know
	writing bool
	closing wire.CloseCode // to be closed with, once the outbox is written
	gone    bool           // its reader has left: nothing is queued any more
	writer  sync.WaitGroup
}

func newLink(s *socket.Conn, p *pile) *link {
	l := &link{socket: s, pile: p, guess: firstGuess}
	l.hear()
	return l
}

// began is a moment to count from, so that a wall clock which is set ahead does
// not look like silence.
var began = time.Now()

func (l *link) hear() { l.heard.Store(int64(time.Since(began))) }

// silence is how long nothing was heard. While its reader waits for the engine,
// nothing can be.
func (l *link) silence() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.room != nil && !l.writing {
		return 0
	}
	return time.Since(began) - time.Duration(l.heard.Load())
}

// Queue adds a frame to the outbox. A device that lets too much pile up is cut
// off, so that it costs nobody else anything.
func (l *link) Queue(frame []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.queue(frame)
}

// Answer is Queue for an answer. The next is taken to be as long, or a little shorter
// than the longest of late.
func (l *link) Answer(frame []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked--
	l.guess = max(int32(len(frame)), l.guess-l.guess/8)
	l.queue(frame)
}

func (l *link) queue(frame []byte) {
	if l.closing != 0 || l.gone {
		return
	}
	if l.outbox == nil {
		l.outbox = takeBuffer()
	}
	*l.outbox = socket.AppendText(*l.outbox, frame)
	size := len(*l.outbox)
	if size <= bufferMost {
		return
	}
	l.pile.add(size - l.piled)
	l.piled = size
	if l.writing && (size > maxOutbox || l.pile.tooHigh()) {
		l.drop()
		l.end(wire.CloseSlow)
	}
}

// drop forgets what waits.
func (l *link) drop() {
	l.pile.add(-l.piled)
	l.outbox, l.piled = nil, 0
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

// leave says that nobody reads the link any more, and returns the code that it was
// closed with; 0: the relay has not.
func (l *link) leave() wire.CloseCode {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.drop()
	l.gone = true
	return l.closing
}

// asks counts commands of which the engine is asked.
func (l *link) asks(n int32) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked += n
}

// catchUp waits until not too much waits for the device, or is going to. It is for the
// reader; the time that the engine takes to answer, and the network has for a write,
// bounds it.
func (l *link) catchUp() {
	for {
		l.mu.Lock()
		waits := l.flight + int(l.asked)*int(l.guess)
		if l.outbox != nil {
			waits += len(*l.outbox)
		}
		if waits <= maxAhead || l.closing != 0 || l.gone {
			l.mu.Unlock()
			return
		}
		if l.room == nil {
			l.room = make(chan struct{})
		}
		room := l.room
		l.mu.Unlock()
		<-room
		l.hear() // it reads
	}
}

// written tells the reader that something was, or that nothing will be. The lock is
// held.
func (l *link) written() {
	l.flight = 0
	if l.room != nil {
		close(l.room)
		l.room = nil
	}
}

func (l *link) wake() {
	if !l.writing && (l.outbox != nil || l.closing != 0) {
		l.writing = true
		l.writer.Add(1)
		go l.write()
	}
}

// write empties the outbox, whatever is in it at once in one write to the
// network, and leaves. It stays the writer for good once the link is closed.
func (l *link) write() {
	defer l.writer.Done()
	for {
		l.mu.Lock()
		l.written()
		batch, piled, closing := l.outbox, l.piled, l.closing
		l.outbox, l.piled = nil, 0
		l.writing = batch != nil || closing != 0
		if batch != nil {
			l.flight = len(*batch)
		}
		l.mu.Unlock()
		if batch != nil {
			err := l.socket.WriteFrames(*batch)
			giveBuffer(batch)
			l.pile.add(-piled)
			if err != nil {
				l.socket.CloseNow()
				l.broken()
				return
			}
		}
		switch closing {
		case 0:
		case closeBroken, wire.CloseNotText, wire.CloseNotUTF8, wire.CloseFrameTooBig:
			l.socket.Fail(websocket.StatusCode(closing), closeReasons[closing])
			return
		default:
			l.socket.Close(websocket.StatusCode(closing), closeReasons[closing])
			return
		}
		if batch == nil {
			return
		}
	}
}

// broken ends the outbox of a link that cannot be written to: its reader finds out
// by itself.
func (l *link) broken() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.drop()
	l.gone = true
	l.written()
}

// closeBroken is the code for peers that break RFC 6455. Pages do not: browsers
// speak the protocol for them.
const closeBroken wire.CloseCode = 1002

// closeReasons are for people who look into a socket's close frame.
var closeReasons = map[wire.CloseCode]string{
	closeBroken:          "not as RFC 6455 has it",
	wire.CloseNotText:    "messages are text",
	wire.CloseNotUTF8:    "text is UTF-8",
	wire.CloseKicked:     "an operator ended the session",
	wire.CloseBanned:     "an operator keeps the account or the device out",
	wire.CloseReplaced:   "another page of this device has connected",
	wire.CloseRefused:    "the hello was refused",
	wire.CloseBadFrame:   "not a frame of this protocol",
	wire.CloseHelloLate:  "no hello came",
	wire.CloseSilent:     "nothing was heard",
	wire.CloseSlow:       "does not read fast enough",
	wire.CloseRestarting: "the relay restarts",
	wire.CloseTokenEnded: "the token has expired",
	wire.CloseBusy:       "the relay is busy",
}
