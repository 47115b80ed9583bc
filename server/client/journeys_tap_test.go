package client_test

import (
	"bytes"
	"encoding/binary"
	"sync"
	"time"

	"beckon/core/wire"
)

// replied is a reply, and how many notices had come before it.
type replied struct {
	*wire.Reply
	notices int
}

// A tap writes down what a page said and heard over one cable.
type tap struct {
	mu        sync.Mutex
	said, has stream
	hello     *wire.Hello
	welcome   *wire.Welcome // nil: there was none
	welcomed  time.Time
	notices   []uint64 // positions, as the relay sent them
	replies   []replied
}

func (t *tap) up(b []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.said.add(b, func(text []byte) {
		frame, _ := wire.Decode(wire.ToRelay, text)
		if hello, ok := frame.(*wire.Hello); ok {
			t.hello = hello
		}
	})
}

func (t *tap) down(b []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.has.add(b, func(text []byte) {
		frame, _ := wire.Decode(wire.ToPage, text)
		switch f := frame.(type) {
		case *wire.Welcome:
			t.welcome, t.welcomed = f, time.Now()
		case *wire.Notice:
			t.notices = append(t.notices, f.Position)
		case *wire.Reply:
			t.replies = append(t.replies, replied{f, len(t.notices)})
		}
	})
}

// A stream finds the text messages in the bytes of a WebSocket (RFC 6455,
// section 5.2), behind the HTTP head that it begins with. It knows what the
// libraries here send: no message in pieces, and none compressed.
type stream struct {
	bytes []byte
	open  bool // the head is over
}

var headEnd = []byte("\r\n\r\n")

func (s *stream) add(b []byte, text func([]byte)) {
	s.bytes = append(s.bytes, b...)
	if !s.open {
		i := bytes.Index(s.bytes, headEnd)
		if i < 0 {
			return
		}
		s.open, s.bytes = true, s.bytes[i+len(headEnd):]
	}
	for {
		kind, payload, size := firstFrame(s.bytes)
		if size == 0 {
			return
		}
		if kind == 1 {
			text(payload)
		}
		s.bytes = s.bytes[size:]
	}
}

// firstFrame reads the first frame of b; its size is 0 if it is not all there.
func firstFrame(b []byte) (kind byte, payload []byte, size int) {
	if len(b) < 2 {
		return 0, nil, 0
	}
	n, at := int(b[1]&0x7f), 2
	switch n {
	case 126:
		if at = 4; len(b) < at {
			return 0, nil, 0
		}
		n = int(binary.BigEndian.Uint16(b[2:]))
	case 127:
		if at = 10; len(b) < at {
			return 0, nil, 0
		}
		n = int(binary.BigEndian.Uint64(b[2:]))
	}
	var mask [4]byte
	if b[1]&0x80 != 0 {
		copy(mask[:], b[at:])
		at += 4
	}
	if len(b) < at+n {
		return 0, nil, 0
	}
	payload = make([]byte, n)
	for i := range payload {
		payload[i] = b[at+i] ^ mask[i%4]
	}
	return b[0] & 0x0f, payload, at + n
}
