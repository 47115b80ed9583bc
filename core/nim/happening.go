package nim

import (
	"slices"

	"beckon/core/wire"
)

// A happening is what a notice says to an account. Both of the vendor's SDKs have
// a shape for it.
type happening struct {
	what     EventType
	multi    bool // another device of the account did it
	stored   bool // the account's inbox has it
	gone     bool // nothing is left to do about it
	position uint64
	time     int64

	channel  *wire.Channel
	from, to string
	attach   string

	inviter   string       // of an invitation
	requestID string       // ditto
	push      *wire.Push   // Invite: never nil
	member    *wire.Member // RoomJoin: who joined
}

// happenings lists what a notice says to an account on a device: mostly one, none
// where the vendor is silent.
func happenings(account, device string, n *wire.Notice) (list []happening) {
	h := happening{position: n.Position, time: n.Time}
	switch e := n.Event.(type) {
	case *wire.Joined:
		if e.Member == nil || e.Moved && e.Channel.Kind == kindRoom {
			return nil
		}
		h.is(RoomJoin, e.Channel, e.Member.Account, e.Attach, e.Stored)
		h.member = e.Member
	case *wire.Left:
		h.is(Leave, e.Channel, e.Account, e.Attach, e.Stored)
		if e.By != "" && e.Account == account { // somebody else did it
			return append(list, h)
		}
	case *wire.Closed:
		h.is(RoomClose, e.Channel, e.By, e.Attach, e.Stored)
		h.gone = true
	case *wire.Controlled:
		h.is(Control, e.Channel, e.By, e.Attach, false)
		h.to = e.To
	case *wire.Invited:
		if !slices.Contains(e.Invitees, account) {
			return nil
		}
		h.is(Invite, e.Channel, e.Inviter, e.Attach, e.Stored)
		h.to, h.inviter, h.requestID, h.push = account, e.Inviter, e.RequestID, e.Push
		if h.push == nil {
			h.push = &wire.Push{}
		}
	case *wire.Ended:
		h.is(0, e.Channel, "", e.Attach, e.Stored && e.By != account) // no own inbox has what one did oneself
		return ended(account, device, h, e)
	}
	if h.channel == nil || h.from == account {
		return nil
	}
	if h.from == "" { // nobody: a channel expired
		h.from = h.channel.Creator
	}
	return append(list, h)
}

// kindRoom is [wire.Channel.Kind] of a room, where a seat follows its account.
const kindRoom = "room"

func (h *happening) is(what EventType, c *wire.Channel, from, attach string, stored bool) {
	h.what, h.channel, h.from, h.attach, h.stored = what, c, from, attach, stored
}

func ended(account, device string, h happening, e *wire.Ended) []happening {
	if h.channel == nil || e.By == account && e.Device == device {
		return nil
	}
	var list []happening
	for _, k := range e.Invitations {
		h.from, h.to, h.inviter, h.requestID = k.Invitee, k.Inviter, k.Inviter, k.RequestID
		h.multi = account == k.Invitee
		switch e.Outcome {
		case "accepted":
			h.what = Accept
		case "rejected":
			h.what = Reject
		case "cancelled":
			h.what, h.from, h.to, h.multi = CancelInvite, k.Inviter, k.Invitee, false
		case "revoked": // told to both sides
			h.what, h.from, h.to, h.multi = CancelInvite, e.By, k.Invitee, false
			if account == k.Inviter {
				list = append(list, h)
				continue
			}
		default: // expired
			continue
		}
		if account == h.to || h.multi {
			list = append(list, h)
		}
	}
	return list
}
