package relay_test

import (
	"bufio"
	"encoding/binary"
	"io"
	"net"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
	"beckon/server/servertest"
)

// raw is a peer that keeps to no rule: it writes the bytes of frames itself.
type raw struct {
	t    testing.TB
	conn net.Conn
	in   *bufio.Reader
}

const upgrade = "GET / HTTP/1.1\r\nHost: relay\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
	"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"

// dialRaw upgrades a socket. What is to follow goes out in the same write.
func dialRaw(t testing.TB, addr string, follow []byte) *raw {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	conn.(*net.TCPConn).SetReadBuffer(16 << 10)
	conn.SetDeadline(time.Now().Add(servertest.Patience))
	r := &raw{t: t, conn: conn, in: bufio.NewReader(conn)}
	r.write(append([]byte(upgrade), follow...))
	response, err := http.ReadResponse(r.in, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusSwitchingProtocols, response.StatusCode)
	return r
}

func (r *raw) write(b []byte) {
	r.t.Helper()
	_, err := r.conn.Write(b)
	require.NoError(r.t, err)
}

const (
	opText  = 1
	opClose = 8
	opPing  = 9
	opPong  = 10
	fin     = 0x80
	masked  = 0x80
)

// frame is one WebSocket frame with a mask that changes nothing.
func frame(head byte, payload []byte) []byte {
	b := []byte{head}
	switch n := len(payload); {
	case n < 126:
		b = append(b, masked|byte(n))
	case n < 1<<16:
		b = binary.BigEndian.AppendUint16(append(b, masked|126), uint16(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, masked|127), uint64(n))
	}
	return append(append(b, 0, 0, 0, 0), payload...)
}

func text(f wire.Frame) []byte { return frame(fin|opText, wire.Append(nil, f)) }

func helloOf(account, life string) *wire.Hello {
	return &wire.Hello{Version: wire.Version, App: "app", Account: account, Device: "raw", Life: life}
}

// read returns the next frame of the relay's.
func (r *raw) read() (op byte, payload []byte, err error) {
	head := make([]byte, 2)
	if _, err := io.ReadFull(r.in, head); err != nil {
		return 0, nil, err
	}
	n := uint64(head[1])
	switch n {
	case 126:
		var b [2]byte
		io.ReadFull(r.in, b[:])
		n = uint64(binary.BigEndian.Uint16(b[:]))
	case 127:
		var b [8]byte
		io.ReadFull(r.in, b[:])
		n = binary.BigEndian.Uint64(b[:])
	}
	payload = make([]byte, n)
	_, err = io.ReadFull(r.in, payload)
	return head[0] &^ fin, payload, err
}

// frame reads a frame of the protocol.
func (r *raw) frame() wire.Frame {
	r.t.Helper()
	op, payload, err := r.read()
	require.NoError(r.t, err)
	require.EqualValues(r.t, opText, op, "not text: %q", payload[:min(len(payload), 200)])
	f, err := wire.Decode(wire.ToPage, payload)
	require.NoError(r.t, err)
	return f
}

// closed reads to the end and returns the code of the close frame; 1006 if there
// was none.
func (r *raw) closed() wire.CloseCode {
	r.t.Helper()
	code := wire.CloseCode(1006)
	for {
		op, payload, err := r.read()
		if err != nil {
			require.NotErrorIs(r.t, err, os.ErrDeadlineExceeded, "the socket is still open")
			return code
		}
		if op == opClose {
			require.GreaterOrEqual(r.t, len(payload), 2)
			code = wire.CloseCode(binary.BigEndian.Uint16(payload))
			r.conn.Write(frame(fin|opClose, payload)) // the relay may be gone already
		}
	}
}

// halfClose says that nothing more will be written.
func (r *raw) halfClose() { r.conn.(*net.TCPConn).CloseWrite() }
