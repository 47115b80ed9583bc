package socket

import (
	"encoding/binary"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/coder/websocket"
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
	until time.Time   // the deadline for writes
	over  atomic.Bool // a close was written: nothing may follow (RFC 6455, section 5.5.1)
}

func (w *wire) Write(frames []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.over.Load() {
		return 0, net.ErrClosed
	}
	w.renew()
	if len(frames) > 1 && frames[0] == finalClose {
		w.over.Store(true)
		return w.close(frames)
	}
	return w.Conn.Write(frames)
}

// close writes a close frame. The library answers a peer's close with the same
// reason; if that is not UTF-8, this is what has to be answered (RFC 6455, section
// 8.1).
func (w *wire) close(frame []byte) (int, error) {
	answer := frame
	if len(frame) > 4 && !utf8.Valid(frame[4:]) {
		answer = closeFrame(websocket.StatusInvalidFramePayloadData, "text is UTF-8")
	}
	if _, err := w.Conn.Write(answer); err != nil {
		return 0, err
	}
	return len(frame), nil
}

// closeFrame is for reasons of up to 123 bytes.
func closeFrame(code websocket.StatusCode, reason string) []byte {
	return append([]byte{finalClose, byte(2 + len(reason)), byte(code >> 8), byte(code)}, reason...)
}

// Close ends the connection. Behind a close frame it reads on for a while, as RFC
// 6455, section 7.1.1, advises: with bytes unread, the system would reset the connection,
// and the peer might never see the frame.
func (w *wire) Close() error {
	if !w.over.Load() {
		return w.Conn.Close()
	}
	if half, ok := w.Conn.(interface{ CloseWrite() error }); ok && half.CloseWrite() != nil {
		return w.Conn.Close()
	}
	go func() {
		defer w.Conn.Close()
		w.Conn.SetReadDeadline(time.Now().Add(lingerTime))
		io.CopyN(io.Discard, w.Conn, lingerSize)
	}()
	return nil
}

// How long, and for how many bytes, a peer is listened to that will not be
// answered.
const (
	lingerTime = time.Second
	lingerSize = 16 << 20
)

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
