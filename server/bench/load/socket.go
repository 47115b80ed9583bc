package load

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"beckon/core/wire"
)

// socket is the least of a WebSocket client that a relay takes for one, so that
// the load costs little beside what it measures: one write a frame, a mask of
// zeros (the server's work is the same), no fragments, no pings.
type socket struct {
	conn net.Conn
	in   *bufio.Reader
	out  []byte // reused
}

const (
	readSize  = 4096 // also the largest frame that a pair is sent
	dialTime  = 10 * time.Second
	writeTime = 10 * time.Second

	finalText  = 0x81
	finalClose = 0x88
	masked     = 0x80
)

func dial(ctx context.Context, addr string) (*socket, error) {
	conn, err := (&net.Dialer{Timeout: dialTime}).DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	s := &socket{conn: conn, in: bufio.NewReaderSize(conn, readSize)}
	conn.SetDeadline(time.Now().Add(dialTime))
	if err := s.upgrade(addr); err != nil {
		conn.Close()
		return nil, fmt.Errorf("load: no upgrade by %s: %w", addr, err)
	}
	conn.SetDeadline(time.Time{})
	return s, nil
}

func (s *socket) upgrade(host string) error {
	_, err := fmt.Fprintf(s.conn, "GET /ws HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", host)
	if err != nil {
		return err
	}
	status, err := s.in.ReadString('\n')
	if err != nil {
		return err
	}
	if len(status) < 12 {
		return fmt.Errorf("the answer is %q", status)
	}
	wrong := fmt.Errorf("the answer is %q", status)
	for line := status; line != "\r\n"; {
		if line, err = s.in.ReadString('\n'); err != nil {
			return err
		}
		if seconds, found := strings.CutPrefix(line, "Retry-After: "); found {
			if after, err := time.ParseDuration(strings.TrimSpace(seconds) + "s"); err == nil {
				wrong = &comeBack{after}
			}
		}
	}
	if status[9:12] != "101" {
		return wrong
	}
	return nil
}

// send writes a frame as one text message.
func (s *socket) send(f wire.Frame) error {
	const head = 8 // a byte of kind, one of length, two more of it, four of mask
	b := wire.Append(append(s.out[:0], make([]byte, head)...), f)
	s.out = b
	n := len(b) - head
	switch {
	case n < 126:
		b = b[2:]
		b[1] = masked | byte(n)
	case n < 1<<16:
		b[1], b[2], b[3] = masked|126, byte(n>>8), byte(n)
	default:
		return fmt.Errorf("load: a frame of %d bytes is too long for this client", n)
	}
	b[0] = finalText
	_, err := s.conn.Write(b)
	return err
}

// errOver says that a link was closed as [socket.goodbye] asks for.
var errOver = errors.New("load: the link was closed normally")

// next returns the next message, which is valid until the next call.
func (s *socket) next() ([]byte, error) {
	head, err := s.in.Peek(2)
	if err != nil {
		return nil, err
	}
	kind, n, size := head[0], int(head[1]), 2
	if n == 126 {
		if head, err = s.in.Peek(4); err != nil {
			return nil, err
		}
		n, size = int(head[2])<<8|int(head[3]), 4
	}
	if most := s.in.Size() - size; n > most {
		return nil, fmt.Errorf("a frame of more than %d bytes", most)
	}
	message, err := s.in.Peek(size + n)
	if err != nil {
		return nil, err
	}
	s.in.Discard(size + n)
	message = message[size:]
	switch {
	case kind == finalText:
		return message, nil
	case kind == finalClose && n >= 2:
		code := wire.CloseCode(message[0])<<8 | wire.CloseCode(message[1])
		if code == wire.CloseNormal {
			return nil, errOver
		}
		return nil, &closed{code, string(message[2:])}
	}
	return nil, fmt.Errorf("a message of kind %#x", kind)
}

// closed is how a server ended a link that nobody asked it to end.
type closed struct {
	code   wire.CloseCode
	reason string
}

func (c *closed) Error() string { return fmt.Sprintf("a close with %d %s", c.code, c.reason) }

// goodbye asks the server to close. What it has sent can still be read.
func (s *socket) goodbye() error {
	s.conn.SetDeadline(time.Now().Add(writeTime))
	code := wire.CloseNormal
	_, err := s.conn.Write([]byte{finalClose, masked | 2, 0, 0, 0, 0, byte(code >> 8), byte(code)})
	return err
}
