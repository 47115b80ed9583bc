package core_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"beckon/core"
)

// TestEveryDevicesListIsTheMachines has twenty users with roles meet in a room,
// or in a channel of the other dialect, and invite at least fifty times, in any
// order and both dialects, with links that come and go, and devices that resume
// or start afresh. Whenever everything on the way has arrived, a device that is
// in shows exactly the list of the machine.
func TestEveryDevicesListIsTheMachines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newMeeting(t)
		for step := 0; step < 100 || m.made < 50; step++ {
			if step > 600 {
				t.Skip("too little happens")
			}
			m.step(t)
			m.agree()
		}
	})
}

func (m *meeting) step(t *rapid.T) {
	by := core.Actor{Account: one(t, "account", m.users...), Device: one(t, "device", "web", "web", "web", "tv"), Life: "1"}
	switch one(t, "step", "enter", "enter", "leave", "invite", "invite", "answer", "answer", "answer", "inside", "time", "link") {
	case "enter":
		m.ask(by, core.Enter{Channel: m.channel})
	case "leave":
		if by.Account != "u0" { // so that somebody stays
			m.ask(by, core.Leave{Channel: m.channel})
		}
	case "invite":
		m.invite(t)
	case "answer":
		m.answer(t, by.Device)
	case "inside":
		m.inside(t)
	case "time":
		m.pass(one[core.Time](t, "while", 1, 1_000, 30_000, 90_000, 700_000))
	case "link":
		if by.Account != "u0" {
			m.relink(t, by)
		}
	}
}

// insider is one of the members, on their device.
func (m *meeting) insider(t *rapid.T) core.Actor {
	x := one(t, "insider", m.app.Channel(m.channel).Members()...)
	return core.Actor{Account: x.Account, Device: x.Device, Life: "1"}
}

func (m *meeting) invite(t *rapid.T) {
	by := m.insider(t)
	if seldom(t, "by NIM", 3) {
		by.Device = plain
		m.ask(by, core.Invite{Channel: m.channel, RequestID: one(t, "requestId", "r1", "r2"), Invitee: one(t, "invitee", m.users...)})
		return
	}
	o := core.InviteAll{Channel: m.channel, Timeout: one[core.Time](t, "timeout", 0, 30_000, 90_000)}
	for range one(t, "invitees", 1, 3, 8) {
		o.Invitees = append(o.Invitees, one(t, "invitee", m.users...))
	}
	m.ask(by, o)
}

// answer has somebody end an invitation that is pending.
func (m *meeting) answer(t *rapid.T, device string) {
	standing := m.app.Channel(m.channel).Standing(m.now)
	standing = slices.DeleteFunc(standing, func(l core.Listed) bool { return l.State != core.Pending })
	if len(standing) == 0 {
		return
	}
	k := one(t, "invitation", standing...)
	by := core.Actor{Account: k.Invitee, Device: device, Life: "1"}
	switch one(t, "answer", "accept", "reject", "enter", "withdraw", "by NIM", "by NIM", "by NIM") {
	case "accept":
		m.ask(by, core.Settle{Channel: m.channel, Accept: true})
	case "reject":
		m.ask(by, core.Settle{Channel: m.channel})
	case "enter":
		m.ask(by, core.Enter{Channel: m.channel})
	case "withdraw":
		m.ask(m.insider(t), core.Withdraw{Channel: m.channel, Invitees: []string{k.Invitee, one(t, "invitee", m.users...)}})
	case "by NIM":
		m.answerByNIM(t, k.Key)
	}
}

func (m *meeting) answerByNIM(t *rapid.T, k core.Key) {
	by := core.Actor{Account: k.Invitee, Device: plain, Life: "1"}
	switch one(t, "answer", "accept", "reject", "join", "joinAndAccept", "cancel", "leave") {
	case "accept":
		m.ask(by, core.Accept{Channel: m.channel, Inviter: k.Inviter, RequestID: k.RequestID})
	case "reject":
		m.ask(by, core.Reject{Channel: m.channel, Inviter: k.Inviter, RequestID: k.RequestID})
	case "join":
		m.ask(by, core.Join{Channel: m.channel})
	case "joinAndAccept":
		m.ask(by, core.JoinAndAccept{Channel: m.channel, Inviter: k.Inviter, RequestID: k.RequestID})
	case "cancel":
		by.Account = k.Inviter
		m.ask(by, core.Cancel{Channel: m.channel, RequestID: k.RequestID, Invitee: k.Invitee})
	case "leave":
		m.ask(by, core.Leave{Channel: m.channel})
	}
}

// inside has a member do something to the room.
func (m *meeting) inside(t *rapid.T) {
	by, account := m.insider(t), one(t, "member", m.users[1:]...)
	switch one(t, "inside", "kick", "role", "card", "title") {
	case "kick":
		m.ask(by, core.Kick{Channel: m.channel, Account: account})
	case "role":
		m.ask(by, core.SetRole{Channel: m.channel, Account: account, Role: one(t, "role", core.RoleMember, core.RoleAdministrator)})
	case "card":
		m.ask(by, core.SetCard{Channel: m.channel, Account: account, Card: "x"})
	case "title":
		m.ask(by, core.SetTitle{Channel: m.channel, Title: "x"})
	}
}
