package record_test

import (
	"math"

	"beckon/core"
)

// strange is a text that JSON has to escape here and there.
const strange = "\"quoted\" \\ / \b\f\n\r\t \x00\x1f\x7f é \u2028 😀 </script>"

var (
	ada = core.Actor{Account: "ada", Device: "web", Life: "life-1"}
	bob = core.Actor{Account: "bøb", Device: "phone", Life: strange}
)

// samples holds events of each kind, under the names that they are stored by. Of
// each kind one has every field set: where rooms added fields, the second one.
var samples = map[string]core.Event{
	"created": core.Created{By: ada, Channel: core.ChannelInfo{ID: "0123456789abcdef0123456789abcdef", Name: "room " + strange,
		Type: core.Other, Policy: core.CallPolicy, Creator: "ada", Ext: strange, Created: 1_700_000_000_000, Expires: 1_700_007_200_000}},
	"joined": core.Joined{By: bob, Channel: "c1", Member: core.Member{Account: "bøb", Device: "phone", UID: math.MaxUint64,
		Joined: 1_700_000_000_001}, Moved: true, Attach: strange, Store: true, To: []string{"ada", "cy", strange}},
	"left": core.Left{By: ada, Channel: "c1", Account: "ada", Why: core.LeftLost, Expires: math.MaxInt64, Attach: "bye", Store: true,
		To: []string{"bøb"}},
	"closed":  core.Closed{By: ada, Channel: "c1", Why: core.ClosedExpired, Attach: "over", Store: true, To: []string{"bøb", "cy"}},
	"renewed": core.Renewed{Channel: "c1", Expires: 1_700_014_400_000},
	"invited": core.Invited{By: ada, Channel: "c1", RequestID: "0012345678901234567890", Deadline: 1_700_000_090_000,
		Invitees: []core.Invitee{{Account: "bøb", Rang: true}, {Account: "cy", Rang: true}}, Attach: strange, Store: true,
		Push: core.Push{Need: true, NoBadge: true, Title: "ring", Content: "ada calls", Payload: `{"a":[1,"x"]}`}, To: []string{"bøb", "cy"}},
	"ended": core.Ended{By: bob, Channel: "c1", Outcome: core.Rejected, Reason: core.RejectBusy, Attach: "no", Store: true,
		Invitations: []core.Key{{Inviter: "ada", RequestID: "r1", Invitee: "bøb"}, {Inviter: "cy", RequestID: strange, Invitee: "bøb"}},
		To:          []string{"ada", "cy", "bøb"}},
	"controlled": core.Controlled{By: bob, Channel: "c1", Account: "ada", Attach: strange, To: []string{"ada"}},
	"messaged":   core.Messaged{By: bob, Attach: strange, To: []string{"ada", "cy"}},
	"markedRead": core.MarkedRead{By: ada, Positions: []core.Position{1<<16 | 1, math.MaxUint64}},
	"linkLost":   core.LinkLost{By: bob},
	"linkBack":   core.LinkBack{By: bob},
	"linksLost":  core.LinksLost{},
	"answered": core.Answered{By: bob, N: math.MaxUint64, Channel: "c1", Reach: core.NoPush, Members: true,
		Refused: &core.Refusal{Code: core.LimitReached, Field: "memberships", Limit: 100, Detail: "channels that one account is in"}},

	"created-room": core.Created{By: ada, Channel: core.ChannelInfo{ID: "lounge", Name: "lounge", Type: core.Video, Policy: core.RoomPolicy,
		Creator: "ada", Ext: "{}", Created: 1_700_000_000_000, Expires: 1_700_086_400_000, Title: strange, Owner: "bøb", Password: strange}},
	"joined-room": core.Joined{By: bob, Channel: "lounge", Member: core.Member{Account: "bøb", Device: "phone", UID: 1, Joined: 1_700_000_000_001,
		Role: core.RoleOwner, Card: strange}, Moved: true, Attach: "hi", Store: true, To: []string{"ada", "bøb"}},
	"left-kicked": core.Left{By: ada, Channel: "lounge", Account: "bøb", Why: core.LeftKick, Expires: 1, Attach: "bye", Store: true,
		To: []string{"ada", "bøb"}},
	"invited-all": core.Invited{By: ada, Channel: "lounge", RequestID: "9007199254740991", Deadline: 1_700_000_090_000,
		Invitees: []core.Invitee{{Account: "bøb", Rang: true}, {Account: "cy", Rang: true}}, Attach: strange, Store: true,
		Push: core.Push{Need: true, NoBadge: true, Title: "ring", Content: "ada calls", Payload: "{}"}, Always: true, Echo: true,
		To: []string{"bøb", "cy"}, Members: []string{"ada", strange}},
	"ended-all": core.Ended{By: bob, Channel: "lounge", Outcome: core.Revoked, Reason: core.RejectBusy, Attach: "no", Store: true,
		Invitations: []core.Key{{Inviter: "ada", RequestID: "1", Invitee: "cy"}, {Inviter: "ada", RequestID: "1", Invitee: "dan"}}, Echo: true,
		To: []string{"ada", "cy", "dan"}, Members: []string{"bøb", strange}},
	"answered-all": core.Answered{By: bob, N: 1, Channel: "lounge", Reach: core.Offline, Members: true, List: true, Pending: []string{"cy", strange},
		Inside: []string{"ada", strange}, Refused: &core.Refusal{Code: core.NotMember, Field: "account", Limit: 1, Detail: "none"}},
	"unlisted": core.Unlisted{Channel: "lounge", Invitations: []core.Key{{Inviter: "ada", RequestID: "1", Invitee: strange}}, To: []string{"ada", "bøb"}},
	"memberChanged": core.MemberChanged{By: ada, Channel: "lounge", Account: "bøb", Role: core.RoleAdministrator, Card: strange,
		To: []string{"ada", "bøb"}},
	"roomChanged":    core.RoomChanged{By: ada, Channel: "lounge", Title: strange, Password: "sesame", To: []string{"ada", "bøb"}},
	"profileChanged": core.ProfileChanged{By: bob, Profile: core.Profile{Name: strange, Avatar: "https://x/b.png", Custom: "{}"}, To: []string{"bøb", "ada"}},
}
