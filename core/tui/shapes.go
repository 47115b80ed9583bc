package tui

import "beckon/core/wire"

// kindCall is [wire.Channel.Kind] of a channel of the other dialect.
const kindCall = "call"

// owner is whom a room belongs to.
func owner(c *wire.Channel) string {
	if c.Kind == kindCall {
		return c.Creator
	}
	return c.Owner
}

// title is a room's name for display.
func title(c *wire.Channel) string {
	switch {
	case c.Title != "":
		return c.Title
	case c.Name != "":
		return c.Name
	}
	return c.ID
}

// The vendor's TUIRole, and what the wire calls them.
const (
	roleOwner = iota
	roleAdmin
	roleMember
)

var roles = [...]string{"owner", "administrator", ""}

func roleIn(c *wire.Channel, m *wire.Member) int64 {
	switch {
	case m.Account == owner(c):
		return roleOwner
	case m.Role == roles[roleAdmin]:
		return roleAdmin
	}
	return roleMember
}

// userInfo is the vendor's TUIUserInfo of a member, or of somebody who could be.
func userInfo(c *wire.Channel, m *wire.Member) []byte {
	var o object
	o.text("userId", m.Account)
	o.text("userName", m.Name)
	o.text("nameCard", m.Card)
	o.text("avatarUrl", m.Avatar)
	o.number("userRole", roleIn(c, m))
	o.flag("hasAudioStream", false)
	o.flag("hasVideoStream", false)
	o.flag("hasScreenStream", false)
	o.flag("isMessageDisabled", false)
	o.number("level", 0)
	o.raw("roomCustomInfo", []byte("{}"))
	return o.end()
}

// selfInfo is the vendor's TUILoginUserInfo.
func selfInfo(account string, u *wire.User) []byte {
	custom := []byte("{}")
	if b, err := unbox("raw", []byte(u.Custom)); err == nil && u.Custom != "" {
		custom = b.raw
	}
	var o object
	o.text("userId", account)
	o.text("userName", u.Name)
	o.text("avatarUrl", u.Avatar)
	o.raw("customInfo", custom)
	o.number("level", 0)
	return o.end()
}

// roomInfo is the vendor's TUIRoomInfo.
func roomInfo(c *wire.Channel, owner wire.Member, members int64) []byte {
	s := settingsOf(c)
	var o object
	o.number("version", 0)
	o.text("roomId", c.ID)
	o.number("roomType", 1)
	o.text("roomName", title(c))
	o.flag("isCameraDisableForAllUser", s.noCamera)
	o.flag("isMicrophoneDisableForAllUser", s.noMic)
	o.flag("isMessageDisableForAllUser", s.noText)
	o.flag("isScreenShareDisableForAllUser", s.noScreen)
	o.text("roomOwner", owner.Account)
	o.text("ownerId", owner.Account)
	o.text("ownerName", owner.Name)
	o.text("ownerAvatarUrl", owner.Avatar)
	o.number("createTime", c.Created)
	o.flag("isSeatEnabled", s.seats)
	o.flag("keepOwnerOnSeat", s.ownerSeat)
	o.number("maxSeatCount", s.maxSeats)
	o.number("seatMode", s.seatMode)
	o.number("roomMemberCount", members)
	o.text("password", c.Password)
	return o.end()
}

// The vendor's TUIInvitationStatus of a [wire.Listed.State].
func status(state string) int64 {
	switch state {
	case "":
		return statusPending
	case "expired":
		return statusTimeout
	case "accepted":
		return statusAccepted
	case "rejected":
		return statusRejected
	}
	return 0
}

const (
	statusPending  = 1
	statusTimeout  = 2
	statusAccepted = 3
	statusRejected = 4
)
