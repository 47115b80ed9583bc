package engine

import (
	"slices"
	"strings"
	"sync"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

// page is a device, and the engine's end of its link.
type page struct {
	w *world
	Device
	n uint64 // commands so far

	mu      sync.Mutex
	frames  []wire.Frame // not yet looked at
	ready   int          // how many of them were flushed
	first   int          // how many there were at the first flush
	closed  wire.CloseCode
	welcome *wire.Welcome
	last    uint64 // position of the latest frame
}

func (p *page) Queue(text []byte)  { p.hear(text, false) }
func (p *page) Answer(text []byte) { p.hear(text, true) }

func (p *page) hear(text []byte, answer bool) {
	frame, err := wire.Decode(wire.ToPage, slices.Clone(text))
	if _, is := frame.(*wire.Reply); is != answer {
		panic("an answer is told from other frames: " + string(text))
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if err != nil || p.closed != 0 {
		panic("a frame that is none, or behind the close: " + string(text))
	}
	p.frames = append(p.frames, frame)
}

func (p *page) Flush() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ready == 0 {
		p.first = len(p.frames)
	}
	p.ready = len(p.frames)
}

func (p *page) Close(code wire.CloseCode) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed == 0 {
		p.closed = code
	}
	p.ready = len(p.frames)
}

// page names a device as account/device, or account/device/life.
func (w *world) page(name string) *page {
	parts := strings.Split(name+"/1", "/")
	return &page{w: w, Device: Device{parts[0], parts[1], parts[2]}}
}

// link lets a device in afresh and takes its welcome.
func (w *world) link(name string) *page {
	w.t.Helper()
	p := w.page(name)
	p.connect(nil)
	synctest.Wait()
	p.take()
	require.NotNil(w.t, p.welcome)
	return p
}

func (p *page) connect(resume *wire.Resume) {
	p.w.t.Helper()
	h := &wire.Hello{Version: 1, Account: p.Account, Device: p.Device.Device, Life: p.Life, Resume: resume}
	require.NoError(p.w.t, p.w.eng.Connect(h, p, "x"))
}

// back is the same life on a new link, which tells what it has seen.
func (p *page) back(inFlight ...uint64) *page {
	p.w.t.Helper()
	p.take()
	again := &page{w: p.w, Device: p.Device, n: p.n, last: p.last, welcome: p.welcome}
	again.connect(&wire.Resume{Journal: p.welcome.Journal, Position: p.last, InFlight: inFlight})
	return again
}

// beat is what a heartbeat's answer tells: how far everything has been sent.
func (p *page) beat() {
	synctest.Wait()
	p.take()
	p.last = max(p.last, uint64(p.w.eng.Released()))
}

// drop loses the link.
func (p *page) drop() {
	p.w.t.Helper()
	require.NoError(p.w.t, p.w.eng.Disconnect(p.w.t.Context(), p.Device, p))
	synctest.Wait()
}

// send asks for a command and does not wait.
func (p *page) send(o wire.Order) uint64 {
	p.w.t.Helper()
	p.n++
	p.resend(p.n, o)
	return p.n
}

func (p *page) resend(n uint64, o wire.Order) {
	p.w.t.Helper()
	c := wire.NewCommand(n, o)
	require.NoError(p.w.t, p.w.eng.Submit(p.Device, p, c, len(wire.Append(nil, c))))
}

// ask sends a command and returns its answer, which has to be the next frame.
func (p *page) ask(o wire.Order) *wire.Outcome {
	p.w.t.Helper()
	p.send(o)
	synctest.Wait()
	frames := p.take()
	require.Len(p.w.t, frames, 1, "only the answer")
	reply, ok := frames[0].(*wire.Reply)
	require.True(p.w.t, ok)
	require.Nil(p.w.t, reply.Error)
	return reply.OK
}

// does sends a command that is carried out, and returns its answer. What else has
// come is for hears.
func (p *page) does(o wire.Order) *wire.Outcome {
	p.w.t.Helper()
	n := p.send(o)
	synctest.Wait()
	frames := p.take()
	i := slices.IndexFunc(frames, func(f wire.Frame) bool { r, ok := f.(*wire.Reply); return ok && r.N == n })
	require.GreaterOrEqual(p.w.t, i, 0, "an answer")
	reply := frames[i].(*wire.Reply)
	require.Nil(p.w.t, reply.Error)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.frames = append(slices.Delete(frames, i, i+1), p.frames...)
	p.ready = len(p.frames)
	return reply.OK
}

// refuses sends a command that is refused, and returns why.
func (p *page) refuses(o wire.Order) *wire.Refusal {
	p.w.t.Helper()
	p.send(o)
	synctest.Wait()
	frames := p.take()
	require.Len(p.w.t, frames, 1, "only the answer")
	reply := frames[0].(*wire.Reply)
	require.NotNil(p.w.t, reply.Error)
	return reply.Error
}

// take returns what has come since it was called last.
func (p *page) take() []wire.Frame {
	p.mu.Lock()
	defer p.mu.Unlock()
	frames := p.frames
	require.Equal(p.w.t, len(frames), p.ready, "what is queued is flushed")
	p.frames, p.ready = nil, 0
	for _, f := range frames {
		p.last = max(p.last, position(f))
		if w, ok := f.(*wire.Welcome); ok {
			p.welcome = w
		}
	}
	return frames
}

func position(f wire.Frame) uint64 {
	switch f := f.(type) {
	case *wire.Welcome:
		if f.Resumed { // what it counts is still to come
			return 0
		}
		return f.Position
	case *wire.Reply:
		return f.Position
	case *wire.Notice:
		return f.Position
	}
	return 0
}

// hears compares what has come since with lines as [show] writes them.
func (p *page) hears(lines ...string) {
	p.w.t.Helper()
	synctest.Wait()
	var heard []string
	for _, f := range p.take() {
		heard = append(heard, show(f))
	}
	require.Equal(p.w.t, lines, heard, "what %s/%s hears", p.Account, p.Device.Device)
}

func (p *page) wantClosed(code wire.CloseCode, why string) {
	p.w.t.Helper()
	synctest.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	require.Equal(p.w.t, code, p.closed, why)
}
