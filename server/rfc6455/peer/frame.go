package peer

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// The opcodes of frames, and the bits beside them (RFC 6455, section 5.2).
const (
	Continuation = 0x0
	Text         = 0x1
	Binary       = 0x2
	Close        = 0x8
	Ping         = 0x9
	Pong         = 0xa

	Fin  = 0x80
	RSV1 = 0x40
	RSV2 = 0x20
	RSV3 = 0x10

	masked = 0x80
)

// The mask of the RFC's own examples (section 5.7).
var mask = [4]byte{0x37, 0xfa, 0x21, 0x3d}

// Frame is a masked frame: head is an opcode and bits.
func Frame(head byte, payload []byte) []byte { return FrameWith(mask, head, payload) }

// FrameWith is a frame with another mask.
func FrameWith(mask [4]byte, head byte, payload []byte) []byte {
	b := append(lengthOf([]byte{head}, masked, len(payload)), mask[:]...)
	for i, c := range payload {
		b = append(b, c^mask[i%4])
	}
	return b
}

// Bare is a frame without a mask, as only servers may send them.
func Bare(head byte, payload []byte) []byte {
	return append(lengthOf([]byte{head}, 0, len(payload)), payload...)
}

// Head is the beginning of a masked frame that says to have so many bytes, in
// eight of them; the mask changes nothing.
func Head(head byte, length uint64) []byte {
	return append(binary.BigEndian.AppendUint64([]byte{head, masked | 127}, length), 0, 0, 0, 0)
}

// CloseWith is the payload of a close frame.
func CloseWith(code uint16, reason string) []byte {
	return append(binary.BigEndian.AppendUint16(nil, code), reason...)
}

func lengthOf(b []byte, masked byte, n int) []byte {
	switch {
	case n < 126:
		return append(b, masked|byte(n))
	case n < 1<<16:
		return binary.BigEndian.AppendUint16(append(b, masked|126), uint16(n))
	}
	return binary.BigEndian.AppendUint64(append(b, masked|127), uint64(n))
}

// A Message is a frame that a server has sent, which is whole messages here: what
// else the RFC allows a server is an error to [Peer.Read].
type Message struct {
	Op      byte
	Payload []byte
}

// Code is that of a close frame; 1005 if it has none.
func (m Message) Code() uint16 {
	if len(m.Payload) < 2 {
		return 1005
	}
	return binary.BigEndian.Uint16(m.Payload)
}

// most is how large a frame may be that a peer reads.
const most = 64 << 20

// read reads a frame and holds the server to the protocol.
func read(r io.Reader) (Message, error) {
	var head [2]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return Message{}, err // io.EOF between two frames
	}
	n, err := length(r, head[1])
	if err != nil {
		return Message{}, amid(err)
	}
	m := Message{Op: head[0] &^ Fin}
	switch {
	case head[0]&(RSV1|RSV2|RSV3) != 0:
		return m, fmt.Errorf("peer: the server has set reserved bits: %#x", head[0])
	case head[0]&Fin == 0:
		return m, fmt.Errorf("peer: the server has sent a fragment: %#x", head[0])
	case head[1]&masked != 0:
		return m, errors.New("peer: the server has masked a frame")
	case m.Op >= Close && n > 125:
		return m, fmt.Errorf("peer: the server has sent a control frame of %d bytes", n)
	case n > most:
		return m, fmt.Errorf("peer: the server has sent a frame of %d bytes", n)
	}
	m.Payload = make([]byte, n)
	_, err = io.ReadFull(r, m.Payload)
	return m, amid(err)
}

func length(r io.Reader, second byte) (uint64, error) {
	n := uint64(second &^ masked)
	if n < 126 {
		return n, nil
	}
	size, least := 2, uint64(126)
	if n == 127 {
		size, least = 8, 1<<16
	}
	var b [8]byte
	if _, err := io.ReadFull(r, b[8-size:]); err != nil {
		return 0, err
	}
	if n = binary.BigEndian.Uint64(b[:]); n < least {
		return 0, fmt.Errorf("peer: the server has written the length %d in %d bytes", n, size)
	}
	return n, nil
}

// amid is for ends that come where none may be.
func amid(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
