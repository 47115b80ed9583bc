package engine

import (
	"context"
	"errors"
	"fmt"
	"math"

	"beckon/core"
	"beckon/core/wire"
)

// ErrKeeps says that what was stored stays, since [Config.KeepRecords] says so.
var ErrKeeps = errors.New("engine: the journal purges nothing (purge = \"never\"), so nobody can be forgotten")

// Forgotten counts what [Engine.Forget] took out of the state.
type Forgotten struct {
	Channels    int  `json:"channels"`    // that the account had made: they are closed
	Memberships int  `json:"memberships"` // in channels of others
	Invitations int  `json:"invitations"` // pending, from and to the account: they have ended
	Notices     int  `json:"notices"`     // in its inbox
	Profile     bool `json:"profile"`
	Links       int  `json:"links"` // that were open: they are told not to come back
}

// Forget takes an account out of the state, as if it had itself closed, left,
// cancelled and rejected everything, and then has the journal let go of what was
// stored before. Others are told what they would be told of that. The account can
// come back at once if its token still lets it in.
//
// What names it elsewhere stays as long as it would anyway: notices in the inboxes
// of others, invitations that have ended in channels that go on, and answers that
// are remembered.
//
// If the journal is told to purge nothing, nobody can be forgotten: [ErrKeeps].
func (e *Engine) Forget(ctx context.Context, account string) (Forgotten, error) {
	var count Forgotten
	if e.config.KeepRecords {
		return count, ErrKeeps
	}
	// Each round may show more: a room that somebody else has made can be the
	// account's by the time.
	for range 3 {
		orders, err := e.farewell(ctx, account)
		if err != nil || len(orders) == 0 {
			break
		}
		for _, o := range orders {
			t := &internal{by: o.by, order: o.do, done: make(chan struct{})}
			if err := e.carry(ctx, t, t.done); err != nil {
				return count, err
			}
			if t.refusal == nil {
				count.add(o.do)
			}
		}
	}
	t := &dismiss{account: account, done: make(chan struct{})}
	if err := e.carry(ctx, t, t.done); err != nil {
		return count, err
	}
	count.Links = t.links
	return count, e.Compact(ctx)
}

func (f *Forgotten) add(o core.Order) {
	switch o := o.(type) {
	case core.Close:
		f.Channels++
	case core.Leave:
		f.Memberships++
	case core.Cancel, core.Reject:
		f.Invitations++
	case core.MarkRead:
		f.Notices += len(o.Positions)
	case core.SetProfile:
		f.Profile = true
	}
}

// A parting is an order by which an account goes.
type parting struct {
	by core.Actor
	do core.Order
}

// farewell lists what an account has to ask for so that nothing concerns it any
// more.
func (e *Engine) farewell(ctx context.Context, account string) (list []parting, err error) {
	err = e.Look(ctx, func(app *core.App) {
		self := core.Actor{Account: account}
		add := func(by core.Actor, o core.Order) { list = append(list, parting{by, o}) }
		for _, c := range app.Channels() {
			for _, i := range c.Invitations() {
				switch {
				case i.State != core.Pending:
				case i.Inviter == account:
					add(self, core.Cancel{Channel: c.ID, RequestID: i.RequestID, Invitee: i.Invitee})
				case i.Invitee == account:
					add(self, core.Reject{Channel: c.ID, RequestID: i.RequestID, Inviter: i.Inviter})
				}
			}
			member, inside := c.Member(account)
			by := core.Actor{Account: account, Device: member.Device}
			switch {
			case c.Creator == account || inside && member.Role == core.RoleOwner:
				add(by, core.Close{Channel: c.ID})
			case inside:
				add(by, core.Leave{Channel: c.ID})
			}
		}
		if rows, _ := app.Inbox(account, 0, 0, math.MaxInt); len(rows) > 0 {
			var read core.MarkRead
			for _, r := range rows {
				read.Positions = append(read.Positions, r.Position)
			}
			add(self, read)
		}
		if app.Profile(account) != (core.Profile{}) {
			add(self, core.SetProfile{})
		}
	})
	return list, err
}

// carry has a task carried out, and waits until that is stored.
func (e *Engine) carry(ctx context.Context, t task, done <-chan struct{}) error {
	if err := e.put(t); err != nil {
		return err
	}
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// internal is an order that came over no link.
type internal struct {
	by      core.Actor
	order   core.Order
	refusal *core.Refusal
	done    chan struct{}
}

func (t *internal) size() int { return taskSize }

func (t *internal) decide(e *Engine) []core.Event {
	t.refusal = nil
	events, err := e.app.Handle(e.env(), core.Command{By: t.by, Do: t.order})
	if err != nil {
		t.refusal = err.(*core.Refusal) // Handle returns no other
	}
	return events
}

func (t *internal) finish(e *Engine, refusal *core.Refusal) {
	if refusal != nil {
		t.refusal = refusal
	}
	e.out = append(e.out, output{then: func() { close(t.done) }})
}

// dismiss ends an account's links.
type dismiss struct {
	account string
	links   int
	done    chan struct{}
}

func (t *dismiss) size() int                   { return taskSize }
func (t *dismiss) decide(*Engine) []core.Event { return nil }

func (t *dismiss) finish(e *Engine, _ *core.Refusal) {
	list := e.links[t.account]
	t.links = len(list)
	if len(list) > 0 {
		delete(e.links, t.account)
		e.undo = append(e.undo, func() { e.links[t.account] = list })
	}
	for _, l := range list {
		e.out = append(e.out, output{link: l.link, close: wire.CloseKicked})
	}
	e.out = append(e.out, output{then: func() { close(t.done) }})
}

// Compact saves the state as it is now, and has the journal let go of everything
// that was stored before, also of the snapshot that it would otherwise keep to
// fall back on. Pages that come back later than that start afresh.
func (e *Engine) Compact(ctx context.Context) error {
	// The journal keeps the record that a snapshot was taken at: one that says nothing.
	t := &blank{&internal{done: make(chan struct{})}}
	if err := e.carry(ctx, t, t.done); err != nil {
		return err
	}
	for range 2 {
		if err := e.makeSnapshot(ctx, math.MaxInt64, true); err != nil {
			return fmt.Errorf("engine: snapshot: %w", err)
		}
	}
	return nil
}

// blank stores an event that changes nothing and is told to nobody: a link of
// nobody's is back.
type blank struct{ *internal }

func (t *blank) decide(*Engine) []core.Event { return []core.Event{core.LinkBack{}} }
