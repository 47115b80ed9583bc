package nim

import (
	"strconv"

	"beckon/core/wire"
)

// An Event is one SDK event.
type Event struct {
	Name string // [Notify] or [MultiClient]
	JSON string // the vendor's flat event object
}

// The names of events.
const (
	Notify      = "notify"      // signalingNotify
	MultiClient = "multiclient" // signalingMutilClientSyncNotify: another device of the account did it
)

// Events tells what a notice says to an account on a device: mostly one event,
// none where the vendor is silent. A notice of an unknown name makes none.
func Events(account, device string, n *wire.Notice) []Event {
	switch e := n.Event.(type) {
	case *wire.Joined:
		if e.Channel != nil && e.Member != nil && e.Member.Account != account {
			return joined(n, e)
		}
	case *wire.Left:
		if e.Channel != nil && e.Account != account {
			return left(n, e)
		}
	case *wire.Closed:
		if e.Channel != nil && e.By != account {
			return closed(n, e)
		}
	case *wire.Invited:
		if e.Channel != nil {
			return invited(account, n, e)
		}
	case *wire.Ended:
		if e.Channel != nil {
			return ended(account, device, n, e)
		}
	}
	return nil
}

// Pending tells of an invitation that was pending when the device came: an
// INVITE, as if it rang now.
func Pending(account string, i *wire.Invitation) []Event {
	return Events(account, "", wire.NewNotice(i.Position, i.Made, &wire.Invited{
		Channel:   i.Channel,
		Inviter:   i.Inviter,
		Device:    i.Device,
		RequestID: i.RequestID,
		Invitees:  []string{i.Invitee},
		Deadline:  i.Deadline,
		Attach:    i.Attach,
		Stored:    i.Stored,
		Push:      i.Push,
	}))
}

func joined(n *wire.Notice, e *wire.Joined) []Event {
	o := happened(n, e.Channel, RoomJoin, e.Stored)
	o.from, o.attachExt = e.Member.Account, e.Attach
	o.attach = attach(RoomJoin, memberOf(e.Channel, e.Member))
	return []Event{o.as(Notify)}
}

func left(n *wire.Notice, e *wire.Left) []Event {
	o := happened(n, e.Channel, Leave, e.Stored)
	o.from, o.attachExt = e.Account, e.Attach
	return []Event{o.as(Notify)}
}

func closed(n *wire.Notice, e *wire.Closed) []Event {
	o := happened(n, e.Channel, RoomClose, e.Stored)
	o.from, o.attachExt, o.inValid = e.By, e.Attach, true
	if o.from == "" {
		o.from = e.Channel.Creator
	}
	return []Event{o.as(Notify)}
}

func invited(account string, n *wire.Notice, e *wire.Invited) []Event {
	for _, invitee := range e.Invitees {
		if invitee == account {
			o := happened(n, e.Channel, Invite, e.Stored)
			o.from, o.to, o.requestID, o.attachExt = e.Inviter, invitee, e.RequestID, e.Attach
			o.showPush(e.Push)
			return []Event{o.as(Notify)}
		}
	}
	return nil
}

func ended(account, device string, n *wire.Notice, e *wire.Ended) []Event {
	var events []Event
	for _, k := range e.Invitations {
		name, what := tells(account, device, e, k)
		if name == "" {
			continue
		}
		o := happened(n, e.Channel, what, e.Stored)
		o.from, o.to, o.requestID, o.attachExt = k.Invitee, k.Inviter, k.RequestID, e.Attach
		if what == CancelInvite {
			o.from, o.to = k.Inviter, k.Invitee
		}
		events = append(events, o.as(name))
	}
	return events
}

// tells says as which event the end of an invitation is told, "" for none.
func tells(account, device string, e *wire.Ended, k wire.Key) (name string, what EventType) {
	if e.By == account && e.Device == device {
		return "", 0
	}
	switch e.Outcome {
	case "accepted":
		what = Accept
	case "rejected":
		what = Reject
	case "cancelled", "revoked":
		if k.Invitee == account {
			return Notify, CancelInvite
		}
		return "", 0
	default: // expired
		return "", 0
	}
	switch account {
	case k.Inviter:
		return Notify, what
	case k.Invitee:
		return MultiClient, what
	}
	return "", 0
}

// msgid is what a stored notice is marked as read by.
func msgid(position uint64, stored bool) string {
	if !stored {
		return "0"
	}
	return strconv.FormatUint(position, 10)
}
