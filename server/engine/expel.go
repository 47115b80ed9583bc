package engine

import (
	"context"

	"beckon/core"
	"beckon/core/wire"
)

// Expel ends an account's links, or those of one device, with a close code. Its
// seats are as they are when a link is lost: they wait for the grace period. It
// returns how many links there were.
func (e *Engine) Expel(ctx context.Context, account, device string, code wire.CloseCode) (links int, err error) {
	t := &expel{account: account, device: device, code: code, done: make(chan struct{})}
	if err := e.carry(ctx, t, t.done); err != nil {
		return 0, err
	}
	return t.links, nil
}

type expel struct {
	account, device string
	code            wire.CloseCode
	links           int
	done            chan struct{}
}

func (t *expel) size() int { return taskSize }

func (t *expel) means(l linked) bool { return t.device == "" || l.Device.Device == t.device }

func (t *expel) decide(e *Engine) []core.Event {
	var events []core.Event
	for _, l := range e.links[t.account] { // each has seats of its own
		if t.means(l) {
			events = append(events, e.about(l.Device, core.LinkDown{})...)
		}
	}
	return events
}

func (t *expel) finish(e *Engine, _ *core.Refusal) {
	list := e.links[t.account]
	var rest []linked
	for _, l := range list {
		if t.means(l) {
			e.out = append(e.out, output{link: l.link, close: t.code})
		} else {
			rest = append(rest, l)
		}
	}
	if t.links = len(list) - len(rest); t.links > 0 {
		e.undo = append(e.undo, func() { e.links[t.account] = list })
		if e.links[t.account] = rest; len(rest) == 0 {
			delete(e.links, t.account)
		}
	}
	e.out = append(e.out, output{then: func() { close(t.done) }})
}

// Quiet has an account leave the channels that it is in, but for rooms of its own,
// and cancels what it has ringing. It returns how much that was.
func (e *Engine) Quiet(ctx context.Context, account string) (channels, invitations int, err error) {
	var list []parting
	err = e.Look(ctx, func(app *core.App) {
		for _, c := range app.Channels() {
			for _, i := range c.Invitations() {
				if i.State == core.Pending && i.Inviter == account {
					list = append(list, parting{core.Actor{Account: account}, core.Cancel{Channel: c.ID, RequestID: i.RequestID, Invitee: i.Invitee}})
				}
			}
			if m, inside := c.Member(account); inside && m.Role != core.RoleOwner {
				list = append(list, parting{core.Actor{Account: account, Device: m.Device}, core.Leave{Channel: c.ID}})
			}
		}
	})
	for _, p := range list {
		t := &internal{by: p.by, order: p.do, done: make(chan struct{})}
		if err := e.carry(ctx, t, t.done); err != nil {
			return channels, invitations, err
		}
		if _, left := p.do.(core.Leave); t.refusal == nil && left {
			channels++
		} else if t.refusal == nil {
			invitations++
		}
	}
	return channels, invitations, err
}
