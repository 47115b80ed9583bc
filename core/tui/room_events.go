package tui

import "beckon/core/wire"

// The vendor's TUIKickedOutOfRoomReason and TUIRoomDismissedReason.
const (
	kickedByAdmin  = 0
	kickedByDevice = 1
	kickedByLoss   = 3
	kickedAway     = 4

	dismissedByOwner  = 1
	dismissedByServer = 2
)

func (x *Instance) joined(e *wire.Joined) {
	r := x.in(e.Channel.ID)
	switch {
	case r == nil:
	case e.Member.Account == x.account && e.Member.Device != x.device:
		x.kicked(kickedByDevice, "the account entered through another device")
	case r.seat(*e.Member) == nil:
		x.listChanged(r.list.Joined(e.Member.Account))
		x.came(e.Member)
		x.counted()
	}
}

func (x *Instance) left(e *wire.Left) {
	r := x.in(e.Channel.ID)
	switch {
	case r == nil:
	case e.Account != x.account:
		if m := r.unseat(e.Account); m != nil {
			x.went(m)
			x.counted()
		}
	case e.By != "" && e.By != x.account:
		x.kicked(kickedByAdmin, e.By+" removed the account from the room")
	case e.Device != "":
		x.kicked(kickedByDevice, "the account left through another device")
	default:
		x.kicked(kickedByLoss, "there was no link for too long")
	}
}

func (x *Instance) closed(e *wire.Closed) {
	x.quiet(e.Channel.ID)
	if x.in(e.Channel.ID) == nil {
		return
	}
	reason := int64(dismissedByOwner)
	if e.By == "" {
		reason = dismissedByServer
	}
	x.room = nil
	var o object
	o.text("roomId", e.Channel.ID)
	o.number("reason", reason)
	x.emit("onRoomDismissed", &o)
}

func (x *Instance) memberChanged(e *wire.MemberChanged) {
	r := x.in(e.Channel.ID)
	if r == nil || r.member(e.Member.Account) == nil {
		return
	}
	var before *member
	if c := &r.Channel; e.Member.Role == roles[roleOwner] && c.Owner != e.Member.Account {
		before = r.member(c.Owner)
		c.Owner = e.Member.Account
		if before != nil {
			before.Role = ""
		}
		x.seated(*e.Member, true)
	} else {
		x.seated(*e.Member, false)
	}
	if before != nil {
		x.changed(&before.Member, true)
	}
}

// seated tells how a member is now. As who owns the room is known by the room
// itself, a new owner is known by anew.
func (x *Instance) seated(m wire.Member, anew bool) {
	if was := x.room.seat(m); was != nil && (anew || *was != (member{m, was.number})) {
		x.changed(&m, anew || was.Role != m.Role)
	}
}

func (x *Instance) changed(m *wire.Member, role bool) {
	if role {
		x.about("onUserRoleChanged", m)
	}
	x.about("onUserInfoChanged", m)
}

func (x *Instance) about(event string, m *wire.Member) {
	var o object
	o.raw("userInfo", userInfo(&x.room.Channel, m))
	x.emit(event, &o)
}

func (x *Instance) roomChanged(channel, name, password string) {
	r := x.in(channel)
	if r == nil {
		return
	}
	before := title(&r.Channel)
	r.Title, r.Password = name, password
	if title(&r.Channel) == before {
		return
	}
	var o object
	o.text("roomId", r.ID)
	o.text("roomName", title(&r.Channel))
	x.emit("onRoomNameChanged", &o)
}

func (x *Instance) profileChanged(u *wire.User) {
	if u.Account == x.account {
		x.self = *u
	}
	if x.room == nil {
		return
	}
	if had := x.room.member(u.Account); had != nil {
		m := had.Member
		m.Name, m.Avatar = u.Name, u.Avatar
		x.seated(m, false)
	}
}

func (x *Instance) came(m *wire.Member) { x.passed("onRemoteUserEnterRoom", m) }

func (x *Instance) went(m *member) { x.passed("onRemoteUserLeaveRoom", &m.Member) }

func (x *Instance) passed(event string, m *wire.Member) {
	var o object
	o.text("roomId", x.room.ID)
	o.raw("userInfo", userInfo(&x.room.Channel, m))
	x.emit(event, &o)
}

func (x *Instance) counted() {
	var o object
	o.text("roomId", x.room.ID)
	o.number("userCount", int64(len(x.room.members)))
	x.emit("onRoomUserCountChanged", &o)
}

func (x *Instance) kicked(reason int64, message string) {
	var o object
	o.text("roomId", x.room.ID)
	o.number("reason", reason)
	o.text("message", message)
	x.room = nil
	x.emit("onKickedOutOfRoom", &o)
}
