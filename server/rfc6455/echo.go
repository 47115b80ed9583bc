// Package rfc6455 shows that the relay keeps to RFC 6455, with a suite of our own:
// a table of named conversations with a peer that writes its bytes itself, held
// with a relay, and with a server that says again what it is told. Both are made of the
// same connection code, so others' suites, which want an echo, say something about
// the relay, too: see the program in echo.
package rfc6455

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/coder/websocket"

	"beckon/server/relay/socket"
)

// Echo is a server that says again what it is told, on the relay's connection
// code.
type Echo struct {
	Limit int64 // bytes that a message may have
}

func (e Echo) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c, err := socket.Accept(w, r, socket.Options{Limit: e.Limit, Write: 10 * time.Second})
	if err != nil {
		return // Accept has answered
	}
	defer c.CloseNow()
	buffer := make([]byte, 0, 4096)
	for {
		frame, err := next(c, &buffer)
		switch {
		case errors.Is(err, socket.ErrNotUTF8):
			c.Fail(websocket.StatusInvalidFramePayloadData, "text is UTF-8")
			return
		case errors.Is(err, websocket.ErrMessageTooBig):
			c.Fail(websocket.StatusMessageTooBig, "too big")
			return
		case err != nil && socket.Broken(err):
			c.Fail(websocket.StatusProtocolError, "not as RFC 6455 has it")
			return
		case err != nil || c.WriteFrames(frame) != nil:
			return
		}
	}
}

// next reads a message and makes a frame of it.
func next(c *socket.Conn, buffer *[]byte) ([]byte, error) {
	kind, from, err := c.Reader(context.Background())
	if err != nil {
		return nil, err
	}
	if kind == websocket.MessageText {
		text, err := c.ReadText(from, buffer)
		return socket.AppendText(nil, text), err
	}
	data, err := io.ReadAll(from)
	return appendBinary(nil, data), err
}

// appendBinary writes a binary message as one frame, which the relay never does.
func appendBinary(b, data []byte) []byte {
	const finalBinary = 0x82
	switch n := len(data); {
	case n < 126:
		b = append(b, finalBinary, byte(n))
	case n < 1<<16:
		b = binary.BigEndian.AppendUint16(append(b, finalBinary, 126), uint16(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, finalBinary, 127), uint64(n))
	}
	return append(b, data...)
}
