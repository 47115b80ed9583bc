package main

import "beckon/core"

const (
	room    = "team" // a room's id is chosen; a channel's is made of Env.Random
	channel = "00000000000000000000000000000001"
	request = "r1"
)

var (
	ada  = core.Actor{Account: "ada", Device: "web", Life: "1"}
	bob  = core.Actor{Account: "bob", Device: "web", Life: "1"}
	bob2 = core.Actor{Account: "bob", Device: "tv", Life: "1"}
	cy   = core.Actor{Account: "cy", Device: "web", Life: "1"}
)

// fields are worlds apart, each small enough to be walked to its end: who asks
// whom in a channel and in a room, and who comes and goes in both.
func fields() [][]move {
	return [][]move{ringing(), asking(), calling(), meeting()}
}

// time is the move of those who wait, soon of those who do not wait until the end.
var (
	time = move{name: "time"}
	soon = move{name: "soon"}
)

func by(who core.Actor, name string, do core.Order) move { return move{who, do, name} }

// ringing is about the invitations of a channel.
func ringing() []move {
	moves := []move{time, soon,
		by(ada, "create", core.Create{Type: core.Audio}),
		by(ada, "call", core.Call{Type: core.Audio, RequestID: request, Invitee: "bob", Reuse: core.ReuseOwn}),
		by(ada, "callEx", core.Call{Type: core.Audio, RequestID: request, Invitee: "bob"}),
		by(ada, "join", core.Join{Channel: channel}),
		by(ada, "leave", core.Leave{Channel: channel}),
		by(ada, "close", core.Close{Channel: channel}),
		by(bob, "enter", core.Enter{Channel: channel}),
		by(bob, "leave", core.Leave{Channel: channel}),
		by(cy, "join", core.Join{Channel: channel}),
		by(cy, "withdraw", core.Withdraw{Channel: channel, Invitees: []string{"bob"}}),
		by(ada, "invite", core.Invite{Channel: channel, RequestID: request, Invitee: "bob"}),
		by(cy, "invite", core.Invite{Channel: channel, RequestID: request, Invitee: "bob"}),
		by(ada, "cancel", core.Cancel{Channel: channel, RequestID: request, Invitee: "bob"}),
		by(cy, "cancel", core.Cancel{Channel: channel, RequestID: request, Invitee: "bob"}),
		by(ada, "withdraw", core.Withdraw{Channel: channel, Invitees: []string{"bob"}}),
	}
	for _, inviter := range []string{"ada", "cy"} {
		moves = append(moves,
			by(bob, "accept", core.Accept{Channel: channel, RequestID: request, Inviter: inviter}),
			by(bob, "joinAndAccept", core.JoinAndAccept{Channel: channel, RequestID: request, Inviter: inviter}),
			by(bob, "reject", core.Reject{Channel: channel, RequestID: request, Inviter: inviter}))
	}
	return append(moves,
		by(bob, "settle", core.Settle{Channel: channel, Accept: true}),
		by(bob, "settle", core.Settle{Channel: channel}))
}

// asking is about the invitations of a room.
func asking() []move {
	return []move{time,
		by(ada, "createRoom", core.CreateRoom{Channel: room}),
		by(ada, "enter", core.Enter{Channel: room}),
		by(cy, "enter", core.Enter{Channel: room}),
		by(ada, "setRole", core.SetRole{Channel: room, Account: "cy", Role: core.RoleAdministrator}),
		by(cy, "inviteAll", core.InviteAll{Channel: room, Invitees: []string{"bob"}, Timeout: 30_000}),
		by(ada, "inviteAll", core.InviteAll{Channel: room, Invitees: []string{"bob"}, Timeout: 30_000}),
		by(ada, "inviteAll", core.InviteAll{Channel: room, Invitees: []string{"bob"}}), // for ever
		by(core.Actor{}, "linksDown", core.LinksDown{}),
		by(ada, "withdraw", core.Withdraw{Channel: room, Invitees: []string{"bob"}}),
		by(cy, "withdraw", core.Withdraw{Channel: room, Invitees: []string{"bob"}}),
		by(bob, "settle", core.Settle{Channel: room, Accept: true}),
		by(bob, "settle", core.Settle{Channel: room}),
		by(bob, "enter", core.Enter{Channel: room}),
		by(bob, "leave", core.Leave{Channel: room}),
		by(ada, "close", core.Close{Channel: room}),
	}
}

// calling is about who is in a channel.
func calling() []move {
	moves := []move{time,
		by(ada, "create", core.Create{Type: core.Audio, Name: "talk"}),
		by(ada, "createAndJoin", core.CreateAndJoin{Type: core.Audio, Name: "talk"}),
		by(ada, "call", core.Call{Type: core.Audio, Name: "talk", RequestID: request, Invitee: "bob", Reuse: core.ReuseOwn}),
		by(ada, "callEx", core.Call{Type: core.Audio, Name: "talk", RequestID: request, Invitee: "bob"}),
		by(bob2, "accept", core.Accept{Channel: channel, RequestID: request, Inviter: "ada", AutoJoin: true}),
		by(bob2, "joinAndAccept", core.JoinAndAccept{Channel: channel, RequestID: request, Inviter: "ada"}),
		by(ada, "delay", core.Delay{Channel: channel}),
	}
	return append(moves, comings(channel)...)
}

// meeting is about who is in a room, and as what.
func meeting() []move {
	moves := []move{time,
		by(ada, "createRoom", core.CreateRoom{Channel: room}),
		by(cy, "enter", core.Enter{Channel: room}),
		by(ada, "kick", core.Kick{Channel: room, Account: "bob"}),
		by(ada, "kick", core.Kick{Channel: room, Account: "cy"}),
		by(cy, "kick", core.Kick{Channel: room, Account: "bob"}),
		by(ada, "delay", core.Delay{Channel: room}),
	}
	for _, role := range []core.Role{core.RoleMember, core.RoleAdministrator, core.RoleOwner} {
		moves = append(moves, by(ada, "setRole", core.SetRole{Channel: room, Account: "cy", Role: role}),
			by(cy, "setRole", core.SetRole{Channel: room, Account: "ada", Role: role}))
	}
	return append(moves, comings(room)...)
}

// comings are the ways of ada and bob in and out, bob's by two devices.
func comings(in string) []move {
	moves := []move{by(core.Actor{}, "linksDown", core.LinksDown{})}
	for _, who := range []core.Actor{ada, bob, bob2} {
		moves = append(moves,
			by(who, "join", core.Join{Channel: in}),
			by(who, "enter", core.Enter{Channel: in}),
			by(who, "leave", core.Leave{Channel: in}),
			by(who, "close", core.Close{Channel: in}),
			by(who, "linkDown", core.LinkDown{}),
			by(who, "linkUp", core.LinkUp{}))
	}
	return moves
}
