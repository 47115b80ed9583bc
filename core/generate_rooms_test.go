package core_test

import (
	"strings"

	"pgregory.net/rapid"

	"beckon/core"
)

// roomCommand is an order of those that rooms brought.
func (c *contest) roomCommand(t *rapid.T) core.Command {
	by, channel := anyActor(t), c.anyChannel(t)
	var o core.Order
	switch one(t, "order", "createRoom", "enter", "enter", "enter", "inviteAll", "inviteAll", "inviteAll", "withdraw", "settle",
		"settle", "kick", "setRole", "setCard", "setTitle", "setPassword", "setProfile") {
	case "createRoom":
		o = core.CreateRoom{Channel: anyRoomID(t), Title: anyTitle(t), Password: anyPassword(t), Ext: anyText(t)}
	case "enter":
		o = core.Enter{Channel: channel, Password: anyPassword(t)}
	case "inviteAll":
		by = c.insider(t, by, channel)
		o = core.InviteAll{Channel: channel, Invitees: anyInvitees(t), Attach: anyText(t),
			Timeout: one[core.Time](t, "timeout", 0, 60_000, 90_000, 90_000, 20_000_000, -1, 1<<60)}
	case "withdraw":
		by = c.insider(t, by, channel)
		o = core.Withdraw{Channel: channel, Invitees: anyInvitees(t)}
	case "settle":
		o = core.Settle{Channel: channel, Accept: rapid.Bool().Draw(t, "accept"), Reason: one[core.RejectReason](t, "reason", 0, 1, 1, 2)}
	case "kick":
		by = c.insider(t, by, channel)
		o = core.Kick{Channel: channel, Account: one(t, "member", everybody...)}
	case "setRole":
		by = c.insider(t, by, channel)
		o = core.SetRole{Channel: channel, Account: one(t, "member", everybody...), Role: one[core.Role](t, "role", 0, 1, 1, 2, 3)}
	case "setCard":
		by = c.insider(t, by, channel)
		o = core.SetCard{Channel: channel, Account: one(t, "member", everybody...), Card: one(t, "card", "", "x", strings.Repeat("é", 129))}
	case "setTitle":
		by = c.insider(t, by, channel)
		o = core.SetTitle{Channel: channel, Title: anyTitle(t)}
	case "setPassword":
		by = c.insider(t, by, channel)
		o = core.SetPassword{Channel: channel, Password: anyPassword(t)}
	case "setProfile":
		o = core.SetProfile{Profile: core.Profile{Name: one(t, "name", "", "A", "B", strings.Repeat("é", 129)), Avatar: one(t, "avatar", "", "u"),
			Custom: anyText(t)}}
	}
	return c.next(by, o)
}

// insider is mostly the room's owner, or one of its members, on their device.
func (c *contest) insider(t *rapid.T, by core.Actor, channel string) core.Actor {
	r := c.model.room(channel)
	if r == nil || len(r.members) == 0 || seldom(t, "stranger", 5) {
		return by
	}
	m := one(t, "insider", r.members...)
	if owner := r.member(r.Owner); owner != nil && rapid.Bool().Draw(t, "owner") {
		m = *owner
	}
	by.Account, by.Device = m.Account, m.Device
	return by
}

func anyRoomID(t *rapid.T) string {
	if seldom(t, "bad room id", 16) {
		return one(t, "room id", "", "a/b", "é", strings.Repeat("x", 65))
	}
	return one(t, "room id", "room", "hall", "lounge", "attic (2nd floor)")
}

func anyTitle(t *rapid.T) string {
	if seldom(t, "long title", 16) {
		return strings.Repeat("é", 16)
	}
	return one(t, "title", "", "Daily", "Weekly")
}

func anyPassword(t *rapid.T) string {
	if seldom(t, "long password", 32) {
		return strings.Repeat("x", 33)
	}
	return one(t, "password", "", "", "sesame", "open")
}

func anyInvitees(t *rapid.T) []string {
	var list []string
	for range one(t, "invitees", 1, 2, 2, 3, 3, 0) {
		list = append(list, anyInvitee(t))
	}
	return list
}
