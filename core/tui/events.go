package tui

import (
	"slices"

	"beckon/core/wire"
)

// Told tells what a notice says to the instance: often several events, often
// none. A notice of an unknown name makes none.
func (x *Instance) Told(n *wire.Notice) []Event {
	switch e := n.Event.(type) {
	case *wire.Invited:
		x.invited(n, e)
	case *wire.Ended:
		x.ended(e)
	case *wire.Unlisted:
		if r := x.in(e.Channel.ID); r != nil {
			x.listChanged(r.list.Unlisted(e))
		}
	case *wire.Joined:
		x.joined(e)
	case *wire.Left:
		x.left(e)
	case *wire.Closed:
		x.closed(e)
	case *wire.MemberChanged:
		x.memberChanged(e)
	case *wire.RoomChanged:
		x.roomChanged(e.Channel.ID, e.Title, e.Password)
	case *wire.ProfileChanged:
		x.profileChanged(e.User)
	}
	return x.events()
}

func (x *Instance) invited(n *wire.Notice, e *wire.Invited) {
	if slices.Contains(e.Invitees, x.account) {
		x.rang(ring{channel: e.Channel, attach: e.Attach, Listed: wire.Listed{Position: n.Position, Inviter: e.Inviter,
			RequestID: e.RequestID, Invitee: x.account, Deadline: e.Deadline, Users: e.Users}})
	}
	if e.Inviter == x.account && e.Device == x.device {
		x.makes(e)
	}
	if r := x.in(e.Channel.ID); r != nil {
		x.listChanged(r.list.Invited(n, e))
	}
}

// An end is how one invitation ended.
type end struct {
	outcome string
	reason  int64
	by      string
	own     bool // this instance did it
	users   []wire.User
}

func (x *Instance) ended(e *wire.Ended) {
	how := end{e.Outcome, e.Reason, e.By, e.By == x.account && e.Device == x.device, e.Users}
	told := map[string]bool{} // to whom of several invitations only one is to be told of
	for _, k := range e.Invitations {
		waits, rang := x.waits(e.Channel.ID, k), false
		if k.Invitee == x.account {
			rang = x.silence(e.Channel.ID, k) != nil
		}
		if (waits || rang) && !told[k.Invitee] {
			told[k.Invitee] = true
			x.over(e.Channel, k, how, waits, rang)
		}
	}
	if e.Outcome != "accepted" {
		x.next(e.Channel.ID)
	}
	if r := x.in(e.Channel.ID); r != nil {
		x.listChanged(r.list.Ended(e, r.inside))
	}
}

// over tells the inviter, who waits, or the invitee, at whom it rang, how an
// invitation ended.
func (x *Instance) over(c *wire.Channel, k wire.Key, how end, waits, rang bool) {
	i := wire.Listed{Inviter: k.Inviter, Invitee: k.Invitee, Users: how.users}
	var o object
	o.raw("roomInfo", x.info(c, how.users))
	about := func(status int64) { o.raw("invitation", x.invitation(c, &i, status)) }
	switch {
	case how.outcome == "accepted" && waits:
		about(statusAccepted)
		x.emit("onInvitationAccepted", &o)
	case how.outcome == "rejected" && waits:
		about(statusRejected)
		o.number("reason", how.reason)
		x.emit("onInvitationRejected", &o)
	case how.outcome == "accepted", how.outcome == "rejected":
		if !how.own {
			o.flag("accepted", how.outcome == "accepted")
			x.emit("onInvitationHandledByOtherDevice", &o)
		}
	case how.outcome == "expired":
		about(statusTimeout)
		x.emit("onInvitationTimeout", &o)
	case how.outcome == "revoked":
		about(statusPending)
		by := x.who(c, how.by, how.users)
		if by.Role == "" { // who is not in the room is not told: but nobody else may
			by.Role = roles[roleAdmin]
		}
		o.raw("operateUser", userInfo(x.asKnown(c), &by))
		x.emit("onInvitationRevokedByAdmin", &o)
	case rang: // cancelled: the inviter did it, or the room is over
		about(statusPending)
		x.emit("onInvitationCancelled", &o)
	}
}

// asKnown is a channel as the instance knows it, or else as a notice shows it.
func (x *Instance) asKnown(c *wire.Channel) *wire.Channel {
	if r := x.in(c.ID); r != nil {
		return &r.Channel
	}
	return c
}

func (x *Instance) receive(r *ring) {
	var o object
	o.raw("roomInfo", x.info(r.channel, r.Users))
	o.raw("invitation", x.invitation(r.channel, &r.Listed, statusPending))
	o.text("extensionInfo", r.attach)
	x.emit("onReceiveInvitation", &o)
}

var changeNames = [...]string{Added: "onInvitationAdded", Removed: "onInvitationRemoved", StatusChanged: "onInvitationStatusChanged"}

// listChanged tells of changes to the list of the room that the instance is in.
func (x *Instance) listChanged(list []Change) {
	var room []byte
	if len(list) > 0 {
		room = x.info(&x.room.Channel, nil)
	}
	for i := range list {
		c := &list[i]
		var o object
		o.raw("roomInfo", room)
		o.raw("invitation", x.invitation(&x.room.Channel, &c.Invitation, status(c.Invitation.State)))
		x.emit(changeNames[c.Kind], &o)
	}
}
