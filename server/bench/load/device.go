package load

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"beckon/core/wire"
)

// device is one end of a pair: a page that is logged in.
type device struct {
	*socket
	account string
	n       uint64 // of its last command
	told    uint64 // the position of the last frame
	acks    acks
	channel []byte // of the present call; empty until a frame tells it

	script []expectation
	at     int // in script
}

// acks puts the position told into at most one command a second, as sessions do.
type acks struct {
	sent uint64
	when time.Time
}

func (a *acks) next(told uint64) uint64 {
	if told == a.sent {
		return 0
	}
	now := time.Now()
	if now.Sub(a.when) < time.Second {
		return 0
	}
	a.sent, a.when = told, now
	return told
}

// login connects a device and waits until it is let in.
func login(ctx context.Context, addr, account string, script []expectation) (*device, error) {
	s, err := dial(ctx, addr)
	if err != nil {
		return nil, err
	}
	d := &device{socket: s, account: account, script: script}
	if err := d.hello(); err != nil {
		s.conn.Close()
		return nil, err
	}
	return d, nil
}

func (d *device) hello() error { return d.helloAs("0123456789abcdef") }

func (d *device) helloAs(id string) error {
	d.conn.SetDeadline(time.Now().Add(dialTime))
	defer d.conn.SetDeadline(time.Time{})
	err := d.send(&wire.Hello{Version: wire.Version, App: "bench", Account: d.account, Token: "any",
		Device: id, Life: "fedcba9876543210"})
	if err != nil {
		return err
	}
	text, err := d.next()
	if err != nil {
		return fmt.Errorf("load: no welcome for %s: %w", d.account, err)
	}
	f, err := wire.Decode(wire.ToPage, text)
	if err != nil {
		return fmt.Errorf("load: no welcome for %s: %w", d.account, err)
	}
	w, ok := f.(*wire.Welcome)
	if !ok {
		return fmt.Errorf("load: no welcome for %s, but %s", d.account, text)
	}
	d.told = w.Position
	d.acks = acks{sent: d.told, when: time.Now()}
	return nil
}

// ask sends a command.
func (d *device) ask(order wire.Order) error {
	d.n++
	c := wire.NewCommand(d.n, order)
	c.Ack = d.acks.next(d.told)
	return d.send(c)
}

// expectation is a frame that has to come.
type expectation struct {
	notice string // its name; absent: a reply, to the last command
	names  bool   // it names the invitation
	then   func(*pair) error
}

func (e *expectation) String() string {
	if e.notice == "" {
		return "a reply"
	}
	return "the notice " + e.notice
}

func (d *device) due() *expectation { return &d.script[d.at] }

// hear takes a frame, which has to be the one that is due.
func (d *device) hear(text, requestID []byte) error {
	due := d.due()
	f, ok := read(text)
	var wrong string
	switch {
	case !ok:
		wrong = "not a frame that this call has"
	case string(f.notice) != due.notice:
		wrong = "another frame is due"
	case f.notice == nil && f.n != d.n:
		wrong = "to another command"
	case f.notice == nil && !f.ok:
		wrong = "not carried out, or the other one was not reached"
	case f.position < d.told:
		wrong = "out of order"
	case len(d.channel) > 0 && !bytes.Equal(f.channel, d.channel):
		wrong = "of another channel"
	case due.names && !bytes.Equal(f.requestID, requestID):
		wrong = "of another call"
	case due.notice == "ended" && string(f.outcome) != "accepted":
		wrong = "not accepted"
	default:
		d.told = f.position
		d.channel = append(d.channel[:0], f.channel...)
		return nil
	}
	return fmt.Errorf("load: %s waits for %s in call %s, but got (%s): %s", d.account, due, requestID, wrong, text)
}
