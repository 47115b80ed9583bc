package session

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

// answers takes a command to its good end.
func (p *page) answers(position uint64, o wire.Order, c *wire.Channel) {
	a := ok(p.does(o), position, c)
	p.hears(&a)
}

// shows compares the view's channels with their members, as "r1: ada bob".
func (p *page) shows(claim string, want ...string) {
	p.t.Helper()
	var got []string
	for _, c := range p.View().Channels() {
		s := c.ID + ":"
		for _, m := range c.Members {
			s += " " + m.Account
			if m.Account == "ada" && m.Device != "phone" {
				s += "/" + m.Device
			}
		}
		if c.Partial {
			s += " …"
		}
		got = append(got, s)
	}
	require.Equal(p.t, want, got, claim)
}

// asked lists the pending invitations' requests.
func (p *page) asked() (requests []string) {
	for _, i := range p.View().Invitations(p.RelayNow(p.now)) {
		requests = append(requests, i.RequestID)
	}
	return requests
}

func (p *page) rang() (requests []string) {
	for _, i := range p.View().Made() {
		requests = append(requests, i.RequestID+" "+i.Invitee)
	}
	return requests
}

func ended(position uint64, by, outcome string, keys ...wire.Key) *wire.Notice {
	return wire.NewNotice(position, relayEpoch, &wire.Ended{Channel: room("r1"), By: by, Outcome: outcome, Invitations: keys})
}

func TestViewFollowsMyOwnCommands(t *testing.T) {
	p := onlinePage(t)
	p.answers(101, create, room("r1"))
	p.shows("who creates is not a member yet")
	p.answers(102, &wire.Join{Channel: "r1"}, room("r1", "bob", "ada"))
	p.shows("joined", "r1: bob ada")
	p.answers(103, &wire.CallEx{Invitee: "cem", RequestID: "q1"}, room("r2", "ada"))
	p.shows("called", "r1: bob ada", "r2: ada")
	p.answers(104, &wire.Invite{Channel: "r1", Invitee: "eve", RequestID: "q2"}, room("r1", "bob", "ada", "dan"))
	p.shows("every answer shows who is there", "r1: bob ada dan", "r2: ada")
	p.answers(105, &wire.Leave{Channel: "r1"}, room("r1"))
	p.shows("left", "r2: ada")
	p.answers(106, &wire.Close{Channel: "r2"}, room("r2"))
	p.shows("closed")
}

func TestViewFollowsOthers(t *testing.T) {
	p := onlinePage(t)
	p.answers(101, &wire.Join{Channel: "r1"}, room("r1", "ada"))
	p.hears(joins(110, "r1", "bob"))
	p.hears(joins(111, "r1", "cem"))
	p.hears(joins(112, "r7", "cem"))
	p.shows("of my channels alone", "r1: ada bob cem")
	p.hears(leaves(113, "r1", "bob"))
	p.shows("left", "r1: ada cem")
	p.hears(leaves(114, "r1", "ada"))
	p.shows("I can be gone, too: the link was down for too long")
}

func TestViewFollowsChannelsThatEnd(t *testing.T) {
	p := onlinePage(t)
	p.answers(101, &wire.Join{Channel: "r1"}, room("r1", "ada", "bob"))
	p.answers(102, &wire.Invite{Channel: "r1", Invitee: "cem", RequestID: "q1"}, room("r1", "ada", "bob"))
	p.hears(rings(103, "q2", 0))
	p.hears(wire.NewNotice(104, relayEpoch, &wire.Closed{Channel: room("r1"), By: "bob"}))
	p.shows("it is over")
	require.Empty(t, p.asked(), "and with it all invitations")
	require.Empty(t, p.rang())
}

func TestViewFollowsMyOtherDevices(t *testing.T) {
	p := onlinePage(t)
	tablet := &wire.Member{Account: "ada", Device: "tablet", UID: "9"}
	p.hears(wire.NewNotice(110, relayEpoch, &wire.Joined{Channel: room("r1"), Device: "tablet", Member: tablet}))
	p.shows("who else is there it does not know", "r1: ada/tablet …")
	p.hears(joins(111, "r1", "bob"))
	p.shows("but hears of those who come", "r1: ada/tablet bob …")
	p.hears(wire.NewNotice(112, relayEpoch, &wire.Left{Channel: room("r1"), Device: "tablet", Account: "ada"}))
	p.shows("left through the other device")

	p.hears(wire.NewNotice(113, relayEpoch, &wire.Joined{Channel: room("r2", "cem"), Device: "tablet", Member: tablet}))
	p.shows("a relay may say who is there", "r2: cem ada/tablet")
	p.hears(wire.NewNotice(114, relayEpoch, &wire.Closed{Channel: room("r2"), By: "ada", Device: "tablet"}))
	p.shows("closed through the other device")
}

func TestViewFollowsASeatThatMoves(t *testing.T) {
	p := onlinePage(t)
	p.answers(101, &wire.Join{Channel: "r1"}, room("r1", "ada", "bob"))
	p.hears(wire.NewNotice(110, relayEpoch, &wire.Joined{Channel: room("r1"), Device: "tablet", Moved: true,
		Member: &wire.Member{Account: "ada", Device: "tablet", UID: "9"}}))
	p.shows("one seat per account", "r1: ada/tablet bob")
}

func TestPartialChannelIsCompletedByTheNextAnswer(t *testing.T) {
	p := onlinePage(t)
	p.hears(wire.NewNotice(110, relayEpoch, &wire.Joined{Channel: room("r1"), Device: "tablet",
		Member: &wire.Member{Account: "ada", Device: "tablet"}}))
	p.answers(111, &wire.Invite{Channel: "r1", Invitee: "cem", RequestID: "q1"}, room("r1", "bob", "ada"))
	p.shows("it shows everybody", "r1: bob ada")
}

func TestAskingForMyChannelsCompletesTheView(t *testing.T) {
	p := onlinePage(t)
	p.answers(101, &wire.Join{Channel: "r1"}, room("r1", "ada"))
	p.hears(wire.NewNotice(110, relayEpoch, &wire.Joined{Channel: room("r2"), Device: "tablet",
		Member: &wire.Member{Account: "ada", Device: "tablet"}}))
	n := p.does(&wire.Channels{})
	p.hears(&wire.Reply{N: n, Position: 110, OK: &wire.Outcome{Channels: []wire.Channel{*room("r2", "bob", "ada")}}})
	p.shows("the answer is the truth, even if nothing has happened since", "r2: bob ada")
}

func TestNoticesThatChangeNothingAreTold(t *testing.T) {
	p := onlinePage(t)
	p.answers(101, &wire.Join{Channel: "r1"}, room("r1", "ada"))
	p.skip()
	control := wire.NewNotice(110, relayEpoch, &wire.Controlled{Channel: room("r1"), By: "bob", Attach: "mute"})
	message := wire.NewNotice(111, relayEpoch, &wire.Messaged{By: "bob", Attach: "hi"})
	p.hears(control)
	p.hears(message)
	p.wants("both", told(control), told(message))
	p.shows("and nothing is new", "r1: ada")
}

func TestInvitationsForMe(t *testing.T) {
	key := wire.Key{Inviter: "bob", RequestID: "q1", Invitee: "ada"}
	for name, end := range map[string]func(p *page){
		"I accept": func(p *page) {
			p.answers(120, &wire.Accept{Channel: "r1", RequestID: "q1", Inviter: "bob"}, room("r1", "bob"))
		},
		"I reject": func(p *page) {
			p.answers(120, &wire.Reject{Channel: "r1", RequestID: "q1", Inviter: "bob"}, room("r1", "bob"))
		},
		"I join and accept": func(p *page) {
			p.answers(120, &wire.JoinAndAccept{Channel: "r1", RequestID: "q1", Inviter: "bob"}, room("r1", "bob", "ada"))
		},
		"my tablet accepts": func(p *page) { p.hears(ended(120, "ada", "accepted", key)) },
		"my tablet rejects": func(p *page) { p.hears(ended(120, "ada", "rejected", key)) },
		"bob cancels":       func(p *page) { p.hears(ended(120, "bob", "cancelled", key)) },
		"the channel is closed": func(p *page) {
			p.hears(ended(120, "bob", "cancelled", key, wire.Key{Inviter: "bob", RequestID: "q7", Invitee: "cem"}))
		},
		"nobody answers": func(p *page) { p.now += 90_000 },
	} {
		t.Run(name, func(t *testing.T) {
			p := onlinePage(t)
			p.hears(rings(110, "q1", relayEpoch+90_000))
			p.hears(rings(111, "q2", relayEpoch+90_001))
			require.Equal(t, []string{"q1", "q2"}, p.asked())
			end(p)
			require.Equal(t, []string{"q2"}, p.asked())
		})
	}
}

func TestRefusedAnswerEndsNoInvitation(t *testing.T) {
	p := onlinePage(t)
	p.hears(rings(110, "q1", 0))
	n := p.does(&wire.JoinAndAccept{Channel: "r1", RequestID: "q1", Inviter: "bob"})
	p.hears(&wire.Reply{N: n, Position: 120, Error: &wire.Refusal{Code: "channel-full"}})
	require.Equal(t, []string{"q1"}, p.asked())
}

func TestSameRequestAgainReplacesTheInvitation(t *testing.T) {
	p := onlinePage(t)
	p.hears(rings(110, "q1", relayEpoch+90_000))
	p.hears(rings(120, "q1", relayEpoch+95_000))
	require.Equal(t, []string{"q1"}, p.asked())
	require.Equal(t, uint64(120), p.View().Invitations(relayEpoch)[0].Position)
}

func TestInvitationsOfOthersAreNotMine(t *testing.T) {
	p := onlinePage(t)
	p.hears(wire.NewNotice(110, relayEpoch, &wire.Invited{Channel: room("r1"), Inviter: "bob", RequestID: "q1",
		Invitees: []string{"cem", "eve"}}))
	require.Empty(t, p.asked())
}

func TestInvitationsThatIMade(t *testing.T) {
	p := onlinePage(t)
	p.answers(101, &wire.CallEx{Invitee: "bob", RequestID: "q1"}, room("r1", "ada"))
	p.answers(102, &wire.Invite{Channel: "r1", Invitee: "cem", RequestID: "q1"}, room("r1", "ada"))
	p.answers(103, &wire.Call{CallEx: wire.CallEx{Invitee: "eve", RequestID: "q2"}}, room("r1", "ada"))
	p.answers(104, &wire.Invite{Channel: "r1", Invitee: "cem", RequestID: "q1"}, room("r1", "ada"))
	require.Equal(t, []string{"q1 bob", "q2 eve", "q1 cem"}, p.rang(), "asked again is asked once")
	p.hears(ended(110, "bob", "accepted", wire.Key{Inviter: "ada", RequestID: "q1", Invitee: "bob"}))
	require.Equal(t, []string{"q2 eve", "q1 cem"}, p.rang())
	p.answers(111, &wire.Cancel{Channel: "r1", RequestID: "q1", Invitee: "cem"}, room("r1", "ada"))
	require.Equal(t, []string{"q2 eve"}, p.rang())
	p.answers(112, &wire.Close{Channel: "r1"}, room("r1"))
	require.Empty(t, p.rang())
}

func TestViewDoesNotGrowWithInvitationsThatEndInSilence(t *testing.T) {
	p := onlinePage(t)
	for i := range 1_000 {
		p.now += 1_000
		p.hears(rings(uint64(200+2*i), fmt.Sprint("to-me-", i), p.relayNow()+10_000))
		p.answers(uint64(201+2*i), &wire.Invite{Channel: "r1", Invitee: "bob", RequestID: fmt.Sprint("by-me-", i)}, room("r1", "bob"))
	}
	require.Len(t, p.View().Made(), mostMade)
	require.Equal(t, "by-me-999", p.View().Made()[mostMade-1].RequestID, "the latest are kept")
	require.LessOrEqual(t, len(p.View().invitations), 10+kept/1_000+1)
}

func TestViewSharesNoMembersWithWhatWasTold(t *testing.T) {
	p := onlinePage(t)
	p.does(&wire.Join{Channel: "r1"})
	a := ok(1, 120, room("r1", "ada", "bob", "cem"))
	p.hears(&a)
	p.drain()
	answer := p.out[len(p.out)-1].(Replied).OK
	p.hears(leaves(130, "r1", "bob"))
	require.Equal(t, room("r1", "ada", "bob", "cem"), answer.Channel, "the application has it as it was")
}

func TestAnswerThatShowsMeOutsideTakesTheChannelAway(t *testing.T) {
	p := onlinePage(t)
	p.answers(101, &wire.Join{Channel: "r1"}, room("r1", "ada"))
	p.answers(102, &wire.Invite{Channel: "r1", Invitee: "cem", RequestID: "q1"}, room("r1", "bob"))
	p.shows("it is the latest word")
}

func TestPartsThatAreMissingDoNoHarm(t *testing.T) {
	p := onlinePage(t)
	for i, o := range wire.Commands {
		p.answers(uint64(110+i), o(), nil)
	}
	p.shows("nothing to show")
}
