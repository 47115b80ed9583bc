package engine

import (
	"context"
	"fmt"
	"time"

	"beckon/core"
	"beckon/core/wire"
)

// A task is something for the loop to do. It is carried out in two halves:
// decide says which events come of it, finish what is to be sent once they are
// applied. Both may run again, from the beginning, when the journal fails.
type task interface {
	decide(e *Engine) []core.Event
	finish(e *Engine, refusal *core.Refusal)
	size() int // bytes that it holds while it waits
}

// put queues a task, or says that too much waits already.
func (e *Engine) put(t task) error {
	n := int64(t.size())
	if e.queued.Add(n) > e.config.MaxQueued {
		e.queued.Add(-n)
		return ErrBusy
	}
	select {
	case e.tasks <- t:
		return nil
	default:
		e.queued.Add(-n)
		return ErrBusy
	}
}

const taskSize = 128 // bytes that a task costs besides its text, about

// Submit asks for a command on behalf of a device. The reply goes to link. size
// is the number of bytes that the command came in. The error is [ErrBusy].
func (e *Engine) Submit(d Device, link Link, c *wire.Command, size int) error {
	err := e.put(&command{device: d, link: link, command: c, bytes: size, asked: time.Since(e.started)})
	if err != nil {
		e.meter.busy(c.Name)
	}
	return err
}

type command struct {
	device  Device
	link    Link
	command *wire.Command
	bytes   int
	asked   time.Duration // since the engine was started

	refusal *core.Refusal
	ended   *core.Refusal // why it was not carried out, in the end
	shown   *wire.Outcome // what a read shows
	late    bool          // it came over a link that another one has replaced
}

func (t *command) size() int { return taskSize + t.bytes }

func (t *command) by() core.Actor { return core.Actor(t.device) }

func (t *command) decide(e *Engine) []core.Event {
	t.refusal, t.shown = nil, nil
	// Once a device has been welcomed on another link, what it sent over this one
	// must not happen any more: it has been told so, or is asking again.
	if t.late = !e.links.has(t.device, t.link); t.late {
		return nil
	}
	if t.command.N == 0 {
		t.refusal = &core.Refusal{Code: core.BadField, Field: "n", Detail: "counts from 1"}
		return nil
	}
	if _, asked := e.app.Answer(t.by(), t.command.N); asked {
		return nil
	}
	var isRead bool
	if t.shown, t.refusal, isRead = e.read(t.device.Account, t.command.Order); isRead {
		return nil
	}
	var do core.Order
	if do, t.refusal = order(t.command.Order); t.refusal != nil {
		if t.refusal.Code == core.UnknownCommand {
			t.refusal.Detail = t.command.Name
		}
		return nil
	}
	return t.handle(e, do)
}

func (t *command) handle(e *Engine, do core.Order) []core.Event {
	events, err := e.app.Handle(e.env(), core.Command{By: t.by(), N: t.command.N, Do: do})
	if err != nil {
		t.refusal = err.(*core.Refusal) // Handle returns no other
	}
	return events
}

func (t *command) finish(e *Engine, refusal *core.Refusal) {
	if t.late {
		return
	}
	if refusal == nil {
		refusal = t.refusal
	}
	if t.ended = refusal; refusal != nil {
		e.send(t.link, refused(t.command.N, e.position(), refusal))
		return
	}
	if t.shown != nil {
		e.send(t.link, &wire.Reply{N: t.command.N, Position: uint64(e.position()), OK: t.shown})
		return
	}
	outcome, ok := e.app.Answer(t.by(), t.command.N)
	if !ok {
		panic(fmt.Sprintf("engine: command %s was carried out without an answer", t.command.Name))
	}
	e.send(t.link, e.sheet.reply.answered(e.app, t.command.N, &outcome))
}

func (e *Engine) env() core.Env {
	return core.Env{Now: e.now, Random: e.random.take(), Online: e.online}
}

// Connect lets a device in: it gets a welcome on link, and from then on every
// notice for its account. The error is [ErrBusy].
func (e *Engine) Connect(h *wire.Hello, link Link, connection string) error {
	return e.put(&connect{hello: h, link: link, connection: connection})
}

type connect struct {
	hello      *wire.Hello
	link       Link
	connection string
	barred     bool
}

func (t *connect) size() int {
	n := taskSize + len(t.hello.Token)
	if t.hello.Resume != nil {
		n += 8 * len(t.hello.Resume.InFlight)
	}
	return n
}

func (t *connect) device() Device {
	return Device{Account: t.hello.Account, Device: t.hello.Device, Life: t.hello.Life}
}

func (t *connect) decide(e *Engine) []core.Event {
	if t.barred = e.config.Barred != nil && e.config.Barred(t.hello.Account, t.hello.Device); t.barred {
		return nil
	}
	return e.about(t.device(), core.LinkUp{})
}

// takeLink gives the device its link. A link that it replaces is closed.
func (t *connect) takeLink(e *Engine) {
	before := e.links.add(t.device(), t.link)
	if before.link == nil {
		e.undo = append(e.undo, func() { e.links.remove(t.device(), t.link) })
		return
	}
	e.undo = append(e.undo, func() { e.links.add(before.Device, before.link) })
	if before.link != t.link {
		e.out = append(e.out, output{link: before.link, close: wire.CloseReplaced})
	}
}

// about handles what happens to a device's link; the machine refuses none of it.
func (e *Engine) about(d Device, o core.Order) []core.Event {
	events, err := e.app.Handle(e.env(), core.Command{By: core.Actor(d), Do: o})
	if err != nil {
		panic(err)
	}
	return events
}

func (t *connect) finish(e *Engine, _ *core.Refusal) {
	if t.barred {
		e.out = append(e.out, output{link: t.link, close: wire.CloseBanned})
		return
	}
	t.takeLink(e)
	d := t.device()
	w := &wire.Welcome{
		Version:    wire.Version,
		Journal:    e.config.Journal.ID(),
		Position:   uint64(e.position()),
		Now:        int64(e.now),
		Connection: t.connection,
		Silence:    e.config.Silence.Milliseconds(),
	}
	var missed []*notice
	if r := t.hello.Resume; r != nil && r.Journal == w.Journal {
		w.Answers = e.answersFor(core.Actor(d), r.InFlight)
		if r.Position <= w.Position {
			missed, w.Resumed = e.feed.since(core.Position(r.Position), d)
		}
	}
	if w.Resumed {
		w.Replay = uint64(len(missed))
	} else {
		w.Channels = welcomeChannels(e.app, d.Account, e.now)
		w.Invitations = welcomeInvitations(e.app, d.Account)
		if p := e.app.Profile(d.Account); p != (core.Profile{}) {
			w.User = wireUser(d.Account, p)
		}
	}
	e.send(t.link, w)
	for _, n := range missed {
		e.out = append(e.out, output{link: t.link, frame: e.frameFor(n, d.Account)})
	}
}

// maxAnswers is how many answers a welcome carries at the most: as many as the
// machine remembers of a device by default.
const maxAnswers = 64

// answersFor lists the answers to commands whose replies a device may have missed.
func (e *Engine) answersFor(by core.Actor, inFlight []uint64) []wire.Reply {
	var list []wire.Reply
	for _, n := range inFlight[:min(len(inFlight), maxAnswers)] {
		if o, ok := e.app.Answer(by, n); ok {
			list = append(list, *new(replyForm).answered(e.app, n, &o))
		}
	}
	return list
}

// Disconnect says that a link is gone. It waits for a place in the queue: what
// it says must not get lost.
func (e *Engine) Disconnect(ctx context.Context, d Device, link Link) error {
	t := &disconnect{device: d, link: link}
	e.queued.Add(int64(t.size()))
	select {
	case e.tasks <- t:
		return nil
	case <-ctx.Done():
		e.queued.Add(-int64(t.size()))
		return ctx.Err()
	}
}

type disconnect struct {
	device Device
	link   Link
}

func (t *disconnect) size() int { return taskSize }

func (t *disconnect) decide(e *Engine) []core.Event {
	if !e.links.has(t.device, t.link) {
		return nil // replaced by a newer link, which stands
	}
	return e.about(t.device, core.LinkDown{})
}

func (t *disconnect) finish(e *Engine, _ *core.Refusal) {
	if e.links.remove(t.device, t.link) {
		e.undo = append(e.undo, func() { e.links.add(t.device, t.link) })
	}
}

// linksDown begins a run: whoever had a link has none now.
type linksDown struct{}

func (linksDown) size() int                     { return 0 }
func (linksDown) decide(e *Engine) []core.Event { return e.about(Device{}, core.LinksDown{}) }
func (linksDown) finish(*Engine, *core.Refusal) {}

// Look shows the state to f, between two commands, when everything before it is
// stored. f must not keep what it sees.
func (e *Engine) Look(ctx context.Context, f func(app *core.App)) error {
	t := &look{f: f, done: make(chan struct{})}
	select {
	case e.tasks <- t:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-t.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

type look struct {
	f    func(*core.App)
	done chan struct{}
}

func (t *look) size() int                   { return 0 }
func (t *look) decide(*Engine) []core.Event { return nil }

func (t *look) finish(e *Engine, _ *core.Refusal) {
	e.out = append(e.out, output{then: func() {
		t.f(e.app)
		close(t.done)
	}})
}

// Now is the machine's time.
func (e *Engine) Now() core.Time {
	return core.Time(time.Since(e.started).Milliseconds() + e.ahead.Load())
}

// Released is the position up to which everything has been queued on the links
// that it is for.
func (e *Engine) Released() core.Position { return core.Position(e.released.Load()) }
