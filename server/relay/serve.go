package relay

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/coder/websocket"

	"beckon/core"
	"beckon/core/codec"
	"beckon/core/wire"
	"beckon/server/engine"
	"beckon/server/relay/socket"
)

// serve reads a link until it ends.
func (r *Relay) serve(l *link) {
	defer r.remove(l)
	defer l.visitor.Leave()
	defer l.socket.CloseNow()
	ctx := context.Background()
	late := time.AfterFunc(r.config.Hello, func() { l.Close(wire.CloseHelloLate) })
	eng, until := r.hello(ctx, l)
	late.Stop()
	if eng == nil {
		return
	}
	defer l.stay(until)()
	for {
		frame, size, ok := r.read(ctx, l)
		if !ok {
			break
		}
		if !r.answer(eng, l, frame, size) {
			break
		}
	}
	// Nothing bounds this wait but the engine's own end: a link that is gone has
	// to be known, or the account would stay online for ever.
	if err := eng.Disconnect(ctx, l.device, l); err != nil {
		r.log.Error("relay: a lost link could not be told", "connection", l.name, "account", l.device.Account, "error", err)
	}
}

// read returns the next frame. When it returns false, the link is over, and has
// been told why.
func (r *Relay) read(ctx context.Context, l *link) (wire.Frame, int, bool) {
	kind, from, err := l.socket.Reader(ctx)
	if err != nil {
		return nil, 0, r.lose(l, err)
	}
	l.hear()
	if kind != websocket.MessageText {
		return nil, 0, r.hangUp(l, wire.CloseNotText)
	}
	buffer := takeBuffer()
	defer giveBuffer(buffer)
	text, err := l.socket.ReadText(from, buffer)
	if errors.Is(err, websocket.ErrMessageTooBig) { // which the library has said, but what is on its way must be read
		return nil, 0, r.hangUp(l, wire.CloseFrameTooBig)
	}
	if errors.Is(err, socket.ErrNotUTF8) {
		return nil, 0, r.hangUp(l, wire.CloseNotUTF8)
	}
	if err != nil {
		return nil, 0, r.lose(l, err)
	}
	frame, err := decode(text)
	if err == nil {
		return frame, len(text), true
	}
	if c, ok := frame.(*wire.Command); ok && c.N != 0 {
		l.socket.Pace()
		l.reply(&wire.Reply{N: c.N, Error: badField(err)})
		return nil, len(text), true
	}
	r.log.Debug("relay: not a frame", "connection", l.name, "account", l.device.Account, "error", err)
	return nil, 0, r.hangUp(l, wire.CloseBadFrame)
}

// lose is for links that cannot be read any more: closed, by whomever, cut off, or
// broken by a peer that does not know the protocol.
func (r *Relay) lose(l *link, err error) bool {
	if socket.Broken(err) {
		r.log.Debug("relay: broken protocol", "connection", l.name, "account", l.device.Account, "error", err)
		return r.hangUp(l, closeBroken)
	}
	return false
}

func badField(err error) *wire.Refusal {
	refusal := &wire.Refusal{Code: string(core.BadField)}
	var bad *codec.Error
	if errors.As(err, &bad) {
		refusal.Field, refusal.Detail = strings.TrimPrefix(bad.Field, "fields."), bad.Reason
	}
	return refusal
}

func (l *link) reply(f wire.Frame) {
	l.Queue(wire.Append(nil, f))
	l.Flush()
}

// hangUp closes and says that there is nothing more to read. It waits until the
// peer has answered the close, so that the code gets there before the socket is
// cut.
func (r *Relay) hangUp(l *link, code wire.CloseCode) bool {
	l.Close(code)
	l.writer.Wait()
	return false
}

// hello lets a device in until its token ends, or turns it away and returns nil.
func (r *Relay) hello(ctx context.Context, l *link) (*engine.Engine, time.Time) {
	frame, _, ok := r.read(ctx, l)
	if !ok {
		return nil, time.Time{}
	}
	h, ok := frame.(*wire.Hello)
	if !ok {
		r.hangUp(l, wire.CloseBadFrame)
		return nil, time.Time{}
	}
	eng, bad := r.check(h)
	if bad != nil {
		r.turnAway(l, h, engine.WireRefusal(bad))
		return nil, time.Time{}
	}
	until, refusal := l.visitor.Enter(ctx, h, l.name)
	if refusal != nil {
		r.turnAway(l, h, refusal)
		return nil, time.Time{}
	}
	l.device = engine.Device{Account: h.Account, Device: h.Device, Life: h.Life}
	r.log.Debug("relay: hello", "connection", l.name, "app", h.App, "account", h.Account, "device", h.Device)
	if eng.Connect(h, l, l.name) != nil {
		r.hangUp(l, wire.CloseBusy)
		return nil, time.Time{}
	}
	return eng, until
}

func (r *Relay) turnAway(l *link, h *wire.Hello, why *wire.Refusal) {
	r.meter.helloRefused(core.Code(why.Code))
	r.logTurnedAway(l, h, why)
	l.reply(&wire.Refused{Refusal: *why, Connection: l.name})
	r.hangUp(l, wire.CloseRefused)
}

func (r *Relay) logTurnedAway(l *link, h *wire.Hello, why *wire.Refusal) {
	unlogged, ok := r.toldHello.Take(time.Now())
	if !ok {
		return
	}
	app, reason := h.App, why.Detail
	if why.Code == string(core.WrongApp) {
		app, reason = brief(app), ""
	}
	r.log.Info("relay: hello refused", "connection", l.name, "app", app, "account", h.Account,
		"code", why.Code, "field", why.Field, "reason", reason, "unlogged", unlogged)
}

// brief is as much of an unknown app's name as is logged: a page may have given its
// token in the name's place.
func brief(name string) string {
	const enough = 8
	if len(name) <= enough {
		return name
	}
	return strings.ToValidUTF8(name[:enough], "") + "…"
}

// check looks at what a hello says, and finds the app.
func (r *Relay) check(h *wire.Hello) (*engine.Engine, *core.Refusal) {
	if h.Version < 1 || h.Version > wire.Version {
		return nil, &core.Refusal{Code: core.WrongVersion, Field: "v", Limit: wire.Version}
	}
	if refusal := core.CheckAccount(h.Account); refusal != nil {
		return nil, refusal
	}
	for _, f := range []struct{ name, value string }{{"device", h.Device}, {"life", h.Life}} {
		if f.value == "" || len(f.value) > maxName {
			return nil, &core.Refusal{Code: core.BadField, Field: f.name, Limit: maxName, Detail: "takes 1 to 128 bytes"}
		}
	}
	eng := r.config.Apps(h.App)
	if eng == nil {
		return nil, &core.Refusal{Code: core.WrongApp, Detail: h.App}
	}
	return eng, nil
}

// maxName is how many bytes the id of a device or a life may have.
const maxName = 128

// answer deals with a frame after the hello; false ends the link.
func (r *Relay) answer(eng *engine.Engine, l *link, frame wire.Frame, size int) bool {
	switch f := frame.(type) {
	case nil: // it has been answered
	case *wire.Command:
		l.catchUp()
		if r.heldBack(eng, l, f) {
			break
		}
		l.asks(1)
		if err := eng.Submit(l.device, l, f, size); err != nil {
			l.asks(-1)
			r.tooSoon(eng, l, f, &wire.Refusal{Code: string(core.Busy), After: busyTime.Milliseconds()})
		}
	case *wire.Heartbeat:
		l.socket.Pace()
		released := eng.Released() // before Queue: what it covers is queued already
		l.reply(&wire.Heartbeat{Now: int64(eng.Now()), Position: uint64(released)})
	default:
		return r.hangUp(l, wire.CloseBadFrame)
	}
	return true
}

// busyTime is when to ask again what was answered "busy".
const busyTime = time.Second
