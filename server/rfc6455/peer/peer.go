// Package peer is the other end of a WebSocket as strangers are: it says what it
// likes, byte by byte, and keeps the server to RFC 6455 all the same. Tests of the
// protocol use it, and those who attack a relay on purpose.
package peer

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// A Peer is an open WebSocket.
type Peer struct {
	Conn net.Conn
	in   *bufio.Reader
}

// Options of a peer. The zero value is fine.
type Options struct {
	From   string      // the address to come from; empty: the system's choice
	Path   string      // default: "/"
	Header http.Header // added to the request's
	Follow []byte      // what goes out in the same write as the request
	// Patience is how long anything may take before a read or write fails. 0: for ever.
	Patience time.Duration
}

// key and accept are the RFC's own example (section 1.3).
const (
	key    = "dGhlIHNhbXBsZSBub25jZQ=="
	accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
)

// Connect opens a connection and does not say anything.
func Connect(ctx context.Context, addr string, o Options) (net.Conn, error) {
	d := net.Dialer{}
	if o.From != "" {
		d.LocalAddr = &net.TCPAddr{IP: net.ParseIP(o.From)}
	}
	conn, err := d.DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	if o.Patience > 0 {
		conn.SetDeadline(time.Now().Add(o.Patience))
	}
	return conn, nil
}

// Dial opens a WebSocket.
func Dial(ctx context.Context, addr string, o Options) (*Peer, error) {
	conn, err := Connect(ctx, addr, o)
	if err != nil {
		return nil, err
	}
	p := &Peer{Conn: conn, in: bufio.NewReader(conn)}
	if err := p.upgrade(addr, o); err != nil {
		conn.Close()
		return nil, err
	}
	return p, nil
}

// Request is what asks for an upgrade.
func Request(host string, o Options) []byte {
	if o.Path == "" {
		o.Path = "/"
	}
	h := http.Header{"Connection": {"Upgrade"}, "Upgrade": {"websocket"},
		"Sec-Websocket-Version": {"13"}, "Sec-Websocket-Key": {key}}
	for name, values := range o.Header {
		h[name] = values // nil: without it
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "GET %s HTTP/1.1\r\nHost: %s\r\n", o.Path, host)
	h.Write(&b)
	b.WriteString("\r\n")
	return b.Bytes()
}

// A Declined is an answer that opens no socket.
type Declined struct{ Response *http.Response }

func (d *Declined) Error() string { return "peer: the server answers " + d.Response.Status }

func (p *Peer) upgrade(host string, o Options) error {
	if _, err := p.Conn.Write(append(Request(host, o), o.Follow...)); err != nil {
		return err
	}
	res, err := http.ReadResponse(p.in, nil)
	if err != nil {
		return err
	}
	if res.StatusCode != http.StatusSwitchingProtocols {
		res.Body.Close()
		return &Declined{res}
	}
	for name, want := range map[string]string{"Upgrade": "websocket", "Connection": "Upgrade", "Sec-Websocket-Accept": accept,
		"Sec-Websocket-Extensions": "", "Sec-Websocket-Protocol": ""} {
		if got := res.Header.Get(name); got != want {
			return fmt.Errorf("peer: the server answers %s: %q instead of %q", name, got, want)
		}
	}
	return nil
}

// Write writes bytes, which may be frames.
func (p *Peer) Write(frames ...[]byte) error {
	_, err := p.Conn.Write(bytes.Join(frames, nil))
	return err
}

// Read returns the next frame; io.EOF where the server has ended the connection
// between two of them.
func (p *Peer) Read() (Message, error) { return read(p.in) }

// End reads until the connection ends, answers the server's close, and returns
// its code; 1006 if there was none.
func (p *Peer) End() (uint16, error) {
	code := uint16(1006)
	for {
		m, err := p.Read()
		switch {
		case errors.Is(err, io.EOF):
			return code, nil
		case err != nil:
			return code, err
		case m.Op == Close:
			code = m.Code()
			p.Write(Frame(Fin|Close, m.Payload)) // the server may be gone already
		}
	}
}
