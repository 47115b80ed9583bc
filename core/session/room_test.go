package session

import (
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

// theirs is bob's room r1, as it is told of.
func theirs(members ...string) *wire.Channel {
	c := room("r1", members...)
	c.Kind, c.Owner, c.Title = "room", "bob", "Team"
	return c
}

func (p *page) tells(position uint64, e wire.Event) { p.hears(wire.NewNotice(position, relayEpoch, e)) }

func TestViewFollowsARoom(t *testing.T) {
	p := onlinePage(t)
	p.answers(101, &wire.CreateRoom{Channel: "r1"}, theirs())
	p.shows("who creates is not a member yet")
	p.answers(102, &wire.Enter{Channel: "r1"}, theirs("bob", "ada"))
	p.shows("entered", "r1: bob ada")

	p.tells(103, &wire.RoomChanged{Channel: theirs(), Title: "New", Password: "p"})
	now := theirs()
	now.Title, now.Password = "New", "p"
	p.tells(104, &wire.MemberChanged{Channel: now, Member: &wire.Member{Account: "ada", Device: "phone", Role: "owner", Card: "A."}})
	p.tells(105, &wire.ProfileChanged{User: &wire.User{Account: "bob", Name: "Bob", Avatar: "b.png"}})
	c := p.View().Channel("r1")
	require.Equal(t, []string{"New", "p", "ada"}, []string{c.Title, c.Password, c.Owner})
	require.Equal(t, "A.", c.Member("ada").Card)
	require.Equal(t, []string{"", "Bob", "b.png"}, []string{c.Member("bob").Role, c.Member("bob").Name, c.Member("bob").Avatar})

	now.Owner = "ada"
	p.tells(106, &wire.MemberChanged{Channel: now, Member: &wire.Member{Account: "bob", Role: "administrator"}})
	require.Equal(t, "ada", p.View().Channel("r1").Owner)
	p.tells(107, &wire.Left{Channel: now, Account: "ada", By: "bob"})
	p.shows("removed")
	p.tells(108, &wire.MemberChanged{Channel: now, Member: &wire.Member{Account: "bob"}})
	p.tells(109, &wire.RoomChanged{Channel: now, Title: "Newer"})
	p.shows("and not told of any more")
}

func TestViewForgetsWhatThisDeviceSettled(t *testing.T) {
	for _, order := range []wire.Order{&wire.Settle{Channel: "r1"}, &wire.Enter{Channel: "r1"}} {
		p := onlinePage(t)
		p.hears(rings(110, "q1", 0))
		p.hears(rings(111, "q2", 0))
		require.Len(t, p.asked(), 2)
		p.answers(112, order, theirs("bob", "ada"))
		require.Empty(t, p.asked(), "all that invite into the channel")
	}
}

func TestViewShowsTheAccountsProfile(t *testing.T) {
	p := newPage(t)
	require.Equal(t, wire.User{Account: "ada"}, p.View().Self())
	p.Connect(p.now)
	p.opens()
	p.hears(&wire.Welcome{Journal: "j", Position: 100, Now: relayEpoch, User: &wire.User{Account: "ada", Name: "Ada"}})
	require.Equal(t, wire.User{Account: "ada", Name: "Ada"}, p.View().Self())
	p.answers(101, &wire.SetProfile{Name: "A.", Custom: "{}"}, nil)
	require.Equal(t, wire.User{Account: "ada", Name: "A.", Custom: "{}"}, p.View().Self())
	p.tells(102, &wire.ProfileChanged{User: &wire.User{Account: "ada", Name: "Ada L."}})
	require.Equal(t, wire.User{Account: "ada", Name: "Ada L."}, p.View().Self())
	p.comesBack()
	p.hears(&wire.Welcome{Journal: "j", Position: 200, Now: p.relayNow()})
	require.Equal(t, wire.User{Account: "ada"}, p.View().Self(), "a fresh start says that there is none")
}

func TestSilentInvitationsAreToldWhereWanted(t *testing.T) {
	for _, tell := range []bool{false, true} {
		p := newPage(t, func(c *Config) { c.TellSilent = tell })
		p.Connect(p.now)
		p.opens()
		p.skip()
		silent := pending(80, "q1", 0)
		silent.Silent, silent.Users = true, []wire.User{{Account: "bob", Name: "Bob"}}
		p.hears(&wire.Welcome{Journal: "j", Position: 100, Now: relayEpoch, Invitations: []wire.Invitation{silent}})
		want := []any{Connected{Fresh: true}, Fresh{}}
		if tell {
			n := rings(80, "q1", 0)
			n.Event.(*wire.Invited).Users = silent.Users
			want = append(want, told(n))
		}
		p.wants("to pages that read no inbox", want...)
		require.Equal(t, []string{"q1"}, p.asked())
	}
}

// A frame that lacks what it is about costs the link, as any nonsense does.
func TestRoomNoticesAreComplete(t *testing.T) {
	for _, e := range []wire.Event{&wire.Unlisted{}, &wire.RoomChanged{}, &wire.MemberChanged{}, &wire.ProfileChanged{},
		&wire.MemberChanged{Channel: theirs()}} {
		p := onlinePage(t)
		p.tells(101, e)
		require.False(t, p.Online(), e.NoticeName())
	}
}
