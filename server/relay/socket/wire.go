package socket

import (
	"encoding/binary"
	"net"
	"sync"
	"time"
)

// The first bytes of frames that are whole messages (RFC 6455, section 5.2).
const (
	finalText  = 0x81
	finalClose = 0x88
)

// AppendText writes a text message as one frame behind b, as servers do, and
// returns the longer slice. Several make a batch for [Conn.WriteFrames].
func AppendText(b, text []byte) []byte {
	switch n := len(text); {
	case n < 126:
		b = append(b, finalText, byte(n))
	case n < 1<<16:
		b = append(b, finalText, 126, byte(n>>8), byte(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, finalText, 127), uint64(n))
	}
	return append(b, text...)
}

// wire is a connection that whole frames are written to: by the library one in
// each write, and here several. So wherever they meet, it is between two frames.
type wire struct {
	net.Conn
	limit time.Duration

	mu    sync.Mutex
	until time.Time // the deadline for writes
	over  bool      // a close was written: nothing may follow (RFC 6455, section 5.5.1)
}

func (w *wire) Write(frames []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.over {
		return 0, net.ErrClosed
	}
	w.over = len(frames) > 0 && frames[0] == finalClose
	w.renew()
	return w.Conn.Write(frames)
}

// renew sees to it that a write has its time, setting a deadline only now and
// then: that costs as much as a small write.
func (w *wire) renew() {
	if w.limit == 0 {
		return
	}
	if now := time.Now(); w.until.Sub(now) < w.limit {
		w.until = now.Add(2 * w.limit)
		w.Conn.SetWriteDeadline(w.until)
	}
}
