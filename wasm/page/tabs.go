package page

import (
	"beckon/core/session"
	"beckon/core/wire"
)

// The targets that share a line are one device to the relay, which does not tell a
// device what it did itself. So they tell each other what those learn who use the
// account on another device.

// news is what the others learn if an order is carried out, nil for nothing.
func (l *line) news(order wire.Order) wire.Event {
	if len(l.targets) < 2 {
		return nil
	}
	e := &wire.Ended{By: l.account, Outcome: "accepted"}
	var channel string
	var key wire.Key // Inviter "": whatever invites into the channel
	switch o := order.(type) {
	case *wire.Leave:
		return &wire.Left{Channel: &wire.Channel{ID: o.Channel}, Device: l.device, Account: l.account}
	case *wire.Close:
		return &wire.Closed{Channel: &wire.Channel{ID: o.Channel}, Device: l.device, By: l.account}
	case *wire.Accept:
		channel, key.Inviter, key.RequestID, e.Attach = o.Channel, o.Inviter, o.RequestID, o.Attach
	case *wire.JoinAndAccept:
		channel, key.Inviter, key.RequestID, e.Attach = o.Channel, o.Inviter, o.RequestID, o.Attach
	case *wire.Reject:
		channel, key.Inviter, key.RequestID, e.Attach, e.Outcome = o.Channel, o.Inviter, o.RequestID, o.Attach, "rejected"
	case *wire.Enter:
		channel = o.Channel
	case *wire.Settle:
		if channel = o.Channel; !o.Accept {
			e.Outcome, e.Reason = "rejected", o.Reason
		}
	default:
		return nil
	}
	for _, i := range l.session.View().Invitations(l.relayNow()) {
		k := wire.Key{Inviter: i.Inviter, RequestID: i.RequestID}
		if i.Channel.ID == channel && (key.Inviter == "" || k == key) {
			k.Invitee = l.account
			e.Channel, e.Users, e.Invitations = i.Channel, append(e.Users, i.Users...), append(e.Invitations, k)
		}
	}
	if e.Channel == nil {
		return nil
	}
	return e
}

// share tells the others what a target's order did.
func (l *line) share(a *asked, r session.Replied) {
	if r.OK == nil || a.news == nil {
		return
	}
	n := wire.NewNotice(r.Position-1, l.relayNow(), a.news)
	for _, t := range l.targets {
		if t != a.by && t.wanted {
			t.dialect.told(n)
		}
	}
}
