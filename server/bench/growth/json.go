package growth

import (
	"context"
	"fmt"
	"log/slog"
	"slices"

	"beckon/core"
	"beckon/core/record"
	"beckon/core/wire"
	"beckon/server/engine"
	"beckon/server/journal/memory"
)

// JSON is how many µs of processor time a call takes without sockets, journal and
// queues, garbage collection included: three commands are decoded, handled and applied, their
// events written into a record, and three replies and four notices encoded.
func JSON(ctx context.Context, calls int) (float64, error) {
	c, err := sample(ctx)
	if err != nil {
		return 0, err
	}
	before, err := cpu()
	if err != nil {
		return 0, err
	}
	for range calls {
		if err := c.call(); err != nil {
			return 0, err
		}
	}
	after, err := cpu()
	return micros(after-before) / float64(calls), err
}

// sampled is a call that is made again and again.
type sampled struct {
	app     *core.App
	now     core.Time
	seq     uint64
	texts   [3][]byte // of its commands
	by      [3]core.Actor
	frames  []wire.Frame // to its pages
	record  record.Builder
	encoder wire.Encoder
	out     []byte
	written int
}

// sample has an engine carry out one call, to see which frames its pages get.
func sample(ctx context.Context) (*sampled, error) {
	j := memory.New().Open()
	defer j.Close()
	e, err := engine.Open(ctx, engine.Config{Journal: j, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	r := &running{Engine: e, journal: nil, ended: make(chan error, 1)}
	r.run(ctx)
	defer r.stop()
	c := &sampled{app: core.New(core.Config{}), now: dawn}
	a, b := &tap{}, &tap{}
	for k, p := range []*tap{a, b} {
		p.page = page{engine: e, heard: make(chan []byte, 1),
			device: engine.Device{Account: []string{"u100a", "u100b"}[k], Device: "0123456789abcdef", Life: "fedcba9876543210"}}
		h := &wire.Hello{Version: wire.Version, Account: p.device.Account, Device: p.device.Device, Life: p.device.Life}
		if err := e.Connect(h, p, "x"); err != nil {
			return nil, err
		}
		<-p.heard
		p.all = nil
	}
	channel := hexadecimalOf(c.env().Random)
	orders := []wire.Order{
		&wire.CallEx{Type: 2, RequestID: "r-u100a-1", Invitee: "u100b", Attach: Attach},
		&wire.JoinAndAccept{Channel: channel, Inviter: "u100a", RequestID: "r-u100a-1", Attach: Attach},
		&wire.Close{Channel: channel},
	}
	asks := []*tap{a, b, a}
	real := ""
	for k, p := range asks {
		c.texts[k] = wire.Append(nil, wire.NewCommand(uint64(k+1), orders[k]))
		c.by[k] = core.Actor(p.device)
		order := orders[k]
		switch o := order.(type) { // in the engine the channel has another id
		case *wire.JoinAndAccept:
			there := *o
			there.Channel, order = real, &there
		case *wire.Close:
			order = &wire.Close{Channel: real}
		}
		p.n = uint64(k)
		if err := e.Submit(p.device, p, wire.NewCommand(uint64(k+1), order), 300); err != nil {
			return nil, err
		}
		real = channelIn(<-p.heard)
	}
	if err := e.Alive(ctx); err != nil { // and all notices are there
		return nil, err
	}
	for _, text := range slices.Concat(a.all, b.all) {
		f, err := wire.Decode(wire.ToPage, text)
		if err != nil {
			return nil, err
		}
		c.frames = append(c.frames, f)
	}
	if len(c.frames) != 7 {
		return nil, fmt.Errorf("growth: a call has %d frames, not 3 replies and 4 notices", len(c.frames))
	}
	return c, nil
}

// tap is a page that keeps all that it is sent.
type tap struct {
	page
	all [][]byte
}

func (p *tap) Queue(text []byte) {
	p.all = append(p.all, slices.Clone(text))
	p.page.Queue(text)
}

func (p *tap) Answer(text []byte) { p.Queue(text) }

func (c *sampled) env() core.Env {
	return core.Env{Now: c.now, Random: [16]byte{1, 2, 3, 4, 5, 6, 7, 8, 9}, Online: func(string) bool { return true }}
}

func hexadecimalOf(b [16]byte) string { return fmt.Sprintf("%x", b[:]) }

func (c *sampled) call() error {
	for k, text := range c.texts {
		f, err := wire.Decode(wire.ToRelay, text)
		if err != nil {
			return err
		}
		c.now++
		c.seq++
		events, err := c.app.Handle(c.env(), core.Command{By: c.by[k], N: c.seq, Do: orderOf(f.(*wire.Command).Order)})
		if err != nil {
			return fmt.Errorf("growth: command %d of a call: %w", k+1, err)
		}
		c.record.Start(c.now)
		for i, e := range events {
			c.record.Add(e)
			c.app.Apply(core.Stamp{Position: core.At(c.seq, i), Now: c.now}, e)
		}
		c.written += len(c.record.Bytes())
	}
	for _, f := range c.frames {
		c.out = c.encoder.Append(c.out[:0], f)
		c.written += len(c.out)
	}
	return nil
}

// orderOf is what the engine makes of a call's orders.
func orderOf(o wire.Order) core.Order {
	switch o := o.(type) {
	case *wire.CallEx:
		return core.Call{Type: core.ChannelType(o.Type), Invitee: o.Invitee, RequestID: o.RequestID, Attach: o.Attach}
	case *wire.JoinAndAccept:
		return core.JoinAndAccept{Channel: o.Channel, Inviter: o.Inviter, RequestID: o.RequestID, Attach: o.Attach}
	case *wire.Close:
		return core.Close{Channel: o.Channel}
	}
	panic("growth: no order of a call")
}
