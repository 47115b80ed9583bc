package servertest

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

// Patience is how long a test waits for what has to come.
const Patience = 30 * time.Second

// A Page is a device on a raw socket, whose test sees each frame as it comes. It
// belongs to one goroutine.
type Page struct {
	t     testing.TB
	Hello wire.Hello
	WS    *websocket.Conn
	n     uint64
	kept  []wire.Frame // came while another was waited for
	over  error        // why there is nothing more to read
}

// Dial opens a socket without saying hello. The page hangs up when the test ends.
func Dial(t testing.TB, url string, header http.Header) *Page {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	ws, _, err := websocket.Dial(ctx, url, &websocket.DialOptions{HTTPHeader: header})
	require.NoError(t, err)
	ws.SetReadLimit(64 << 20)
	t.Cleanup(func() { ws.CloseNow() })
	return &Page{t: t, WS: ws}
}

// Login opens a socket and says hello as account/device, in a life of that name.
func Login(t testing.TB, url, account, device, life string) *Page {
	t.Helper()
	p := Dial(t, url, nil)
	p.Hello = wire.Hello{Version: wire.Version, App: "app", Account: account, Device: device, Life: life, Token: "token"}
	p.Send(&p.Hello)
	welcome, ok := p.Next().(*wire.Welcome)
	require.True(t, ok, "a welcome")
	require.False(t, welcome.Resumed)
	return p
}

// Send writes a frame.
func (p *Page) Send(f wire.Frame) {
	p.t.Helper()
	p.Write(websocket.MessageText, wire.Append(nil, f))
}

// Refused returns why the hello was turned down.
func (p *Page) Refused() wire.Refusal {
	p.t.Helper()
	refused, ok := p.Next().(*wire.Refused)
	require.True(p.t, ok, "a refusal")
	require.NotEmpty(p.t, refused.Connection, "which names the link in the log")
	return refused.Refusal
}

// Write writes a message of any kind.
func (p *Page) Write(kind websocket.MessageType, text []byte) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	require.NoError(p.t, p.WS.Write(ctx, kind, text))
}

// Ask sends a command and returns its number.
func (p *Page) Ask(o wire.Order) uint64 {
	p.t.Helper()
	p.n++
	p.Send(wire.NewCommand(p.n, o))
	return p.n
}

// Do asks for a command that has to be carried out.
func (p *Page) Do(o wire.Order) *wire.Outcome {
	p.t.Helper()
	reply := p.Reply(p.Ask(o))
	require.Nil(p.t, reply.Error)
	return reply.OK
}

// Next returns the next frame.
func (p *Page) Next() wire.Frame {
	p.t.Helper()
	if len(p.kept) > 0 {
		f := p.kept[0]
		p.kept = p.kept[1:]
		return f
	}
	f, err := p.read()
	require.NoError(p.t, err)
	return f
}

func (p *Page) read() (wire.Frame, error) {
	if p.over != nil {
		return nil, p.over
	}
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	_, text, err := p.WS.Read(ctx)
	if err != nil {
		p.over = err
		return nil, err
	}
	return wire.Decode(wire.ToPage, text)
}

// Reply waits for the answer to command n. What comes before is for Next.
func (p *Page) Reply(n uint64) *wire.Reply {
	p.t.Helper()
	return wait(p, func(f wire.Frame) bool {
		r, ok := f.(*wire.Reply)
		return ok && r.N == n
	}).(*wire.Reply)
}

// Notice waits for the next notice of that name. What comes before is for Next.
func (p *Page) Notice(name string) *wire.Notice {
	p.t.Helper()
	return wait(p, func(f wire.Frame) bool {
		n, ok := f.(*wire.Notice)
		return ok && n.Name == name
	}).(*wire.Notice)
}

func wait(p *Page, wanted func(wire.Frame) bool) wire.Frame {
	p.t.Helper()
	for i, f := range p.kept {
		if wanted(f) {
			p.kept = append(p.kept[:i], p.kept[i+1:]...)
			return f
		}
	}
	for {
		f, err := p.read()
		require.NoError(p.t, err)
		if wanted(f) {
			return f
		}
		p.kept = append(p.kept, f)
	}
}

// Rest returns what has come until now, and nothing that comes later: it asks
// for a heartbeat and reads up to it.
func (p *Page) Rest() []wire.Frame {
	p.t.Helper()
	p.Send(&wire.Heartbeat{})
	wait(p, func(f wire.Frame) bool { _, ok := f.(*wire.Heartbeat); return ok })
	rest := p.kept
	p.kept = nil
	return rest
}

// Closed reads to the end and returns the close code, or 1006 if there was none.
func (p *Page) Closed() wire.CloseCode {
	p.t.Helper()
	for {
		if _, err := p.read(); p.over != nil {
			require.NotErrorIs(p.t, err, context.DeadlineExceeded, "the socket is still open")
			var closed websocket.CloseError
			if errors.As(err, &closed) {
				return wire.CloseCode(closed.Code)
			}
			return wire.CloseCode(websocket.StatusAbnormalClosure)
		}
	}
}

// Cut ends the socket as a broken network would.
func (p *Page) Cut() { p.WS.CloseNow() }
