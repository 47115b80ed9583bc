package page

import (
	"strconv"
	"strings"

	"beckon/core/nim"
	"beckon/core/session"
	"beckon/core/wire"
)

// nimDialect is core/nim for one device: both of the vendor's SDKs, since a page
// may use the one and the other.
type nimDialect struct {
	t               *target
	account, device string

	v2    bool // somebody listens to V2's events
	syncs syncs
	reads reads
	known known
}

func newNIM(t *target, o opening) *nimDialect {
	d := &nimDialect{t: t, account: o.account, device: o.device, known: known{account: o.account, channels: map[string]seats{}}}
	d.syncs.d, d.reads.d = d, d
	d.open(o)
	return d
}

func (d *nimDialect) open(o opening) { d.syncs.automatic = o.syncs() }

// call serves the methods of package nim, V2's behind "V2.", and
//
//	V2.enable {"ack": boolean}
//
// without which V2's events are not made. With ack, what V2 was told is taken out
// of the inbox; the older SDK's pages do that themselves, by signalingMarkMsgRead.
func (d *nimDialect) call(method, options string, done func(string, error)) {
	name, v2 := strings.CutPrefix(method, "V2.")
	if v2 && name == "enable" {
		done("", d.enableV2(options))
		return
	}
	var r *nim.Request
	var err error
	if v2 {
		r, err = nim.AskV2(d.account, name, []byte(options))
	} else {
		r, err = nim.Ask(method, []byte(options))
	}
	switch {
	case err != nil:
		done("", err)
	case method == "signalingSync":
		d.syncs.asked(r, done)
	default:
		d.ask(r, done)
	}
}

func (d *nimDialect) ask(r *nim.Request, done func(string, error)) {
	if o, ok := r.Order.(*wire.MarkRead); ok {
		d.syncs.skip(o.Positions...)
	}
	d.t.ask(r.Order, func(a session.Replied) {
		if a.OK == nil {
			done("", unanswered(r, a))
			return
		}
		d.known.answered(r.Order, a.OK)
		// A message is what stands right before the answer to its command, so both sides know it by one number.
		r.Time, r.ID = d.t.relayNow(), strconv.FormatUint(a.Position-1, 10)
		done(r.Result(a.OK))
	})
}

// unanswered is the error of a call that was refused, or has no answer.
func unanswered(r *nim.Request, a session.Replied) error {
	if a.Refusal != nil {
		return r.Refused(a.Refusal)
	}
	switch a.Failure.Kind {
	case session.FailTooLarge:
		return r.TooLarge(a.Failure.Limit)
	case session.FailTimeout:
		return r.Failed(nim.TimedOut)
	case session.FailDisconnected:
		return r.Failed(nim.LinkLost)
	case session.FailNotText:
		return r.Refused(&wire.Refusal{Code: "bad-field", Detail: "is not Unicode text"})
	}
	return r.Failed(nim.NotLoggedIn)
}

func (d *nimDialect) connected(fresh bool) {
	if d.known.due == 0 {
		d.known.due = d.t.now() + membersPeriod
	}
	if !fresh {
		d.reads.flush()
		d.syncs.owe()
	}
}

// fresh tells of channels and invitations that are over: how they ended is not
// known any more, but a page that still rings, or still talks, has to learn it.
func (d *nimDialect) fresh(f session.Fresh) {
	d.reads.list = nil // positions may have begun anew, and the inbox is told again
	now := d.t.relayNow()
	for _, i := range f.GoneInvitations {
		d.told(&wire.Notice{Time: now, Event: &wire.Ended{
			Channel: i.Channel, By: i.Inviter, Outcome: "cancelled",
			Invitations: []wire.Key{{Inviter: i.Inviter, RequestID: i.RequestID, Invitee: i.Invitee}},
		}})
	}
	for _, c := range f.GoneChannels {
		d.told(&wire.Notice{Time: now, Event: &wire.Closed{Channel: &c.Channel}})
	}
	d.syncs.fresh()
	d.membersFresh()
}

func (d *nimDialect) lost(wire.CloseCode) {}

func (d *nimDialect) disconnected(e session.Disconnected) string {
	switch e.Why {
	case session.GaveUp:
		return nim.Disconnected(wire.CloseGoingAway, nil)
	case session.Asked:
		return nim.Disconnected(wire.CloseNormal, nil)
	}
	return nim.Disconnected(e.Code, e.Refusal)
}

func (d *nimDialect) told(n *wire.Notice) {
	events := nim.Events(d.account, d.device, n)
	for _, e := range events {
		d.t.emit(e.Name, e.JSON)
	}
	if len(events) > 0 {
		d.known.told(n)
	}
	d.syncs.skip(n.Position)
	if !d.v2 {
		return
	}
	for _, e := range nim.V2Events(d.account, d.device, n) {
		d.t.emit(e.Name, e.JSON)
	}
	d.reads.add(nim.Stored(d.account, n))
	d.reads.flush()
}
