package engine

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/wire"
)

const team = "team-1" // a room

// room is one with ada in it, who owns it, and with those whom she let in. What
// they have heard of it is taken.
func (w *world) room(password string, inside ...*page) (ada *page) {
	w.t.Helper()
	ada = w.link("ada/laptop")
	ada.ask(&wire.CreateRoom{Channel: team, Title: "Team", Password: password})
	ada.ask(&wire.Enter{Channel: team})
	for _, p := range inside {
		p.ask(&wire.Enter{Channel: team, Password: password})
	}
	for _, p := range append(inside, ada) {
		synctest.Wait()
		p.take()
	}
	return ada
}

func inviteAll(invitees ...string) *wire.InviteAll {
	return &wire.InviteAll{Channel: team, Invitees: invitees, Attach: "agenda"}
}

func TestRoomHearsOfAllInvitationsAndEachInviteeOfItsOwn(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		bob, tablet, cem, dan := w.link("bob/phone"), w.link("bob/tablet"), w.link("cem/phone"), w.link("dan/tab")
		ada := w.room("", dan)
		answer := ada.does(inviteAll("bob", "cem", "dan", "ada", "bob"))
		require.Equal(t, []string{"dan", "ada"}, answer.Inside)
		ada.hears("rung by ada: bob cem") // who asks hears it, too: the list is made of notices
		dan.hears("rung by ada: bob cem")
		bob.hears("rung by ada: bob")
		cem.hears("rung by ada: cem")
		tablet.hears("rung by ada: bob")

		require.Equal(t, []string{"bob"}, ada.ask(inviteAll("bob")).Pending)
		bob.hears()

		cem.does(&wire.Settle{Channel: team, Reason: 1})
		cem.hears("rejected by cem: ada>cem")
		ada.hears("rejected by cem: ada>cem")
		dan.hears("rejected by cem: ada>cem")
		bob.hears()

		entered := bob.ask(&wire.Enter{Channel: team}).Channel
		require.Equal(t, []string{"ada>cem rejected"}, showList(entered.Invitations))
		require.Len(t, entered.Members, 3)
		require.Equal(t, "owner", entered.Members[0].Role)
		require.EqualValues(t, 3, entered.Count)
		for _, p := range []*page{ada, dan, tablet} {
			p.hears("accepted by bob: ada>bob", "joined: bob")
		}
		bob.hears()
		w.audit()
	})
}

func TestInvitationShowsTheRoomAndItsPasswordToTheInvitee(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		bob := w.link("bob/phone")
		ada := w.room("s3cret")
		order := inviteAll("bob", "cem")
		order.Timeout = 60_000
		ada.does(order)
		synctest.Wait()
		notice := bob.take()[0].(*wire.Notice)
		told := notice.Event.(*wire.Invited)
		require.Equal(t, notice.Time+60_000, told.Deadline)
		require.Equal(t, "agenda", told.Attach)
		require.Equal(t, "Team", told.Channel.Title)
		require.Equal(t, "ada", told.Channel.Owner)
		require.Equal(t, "room", told.Channel.Kind)
		require.Equal(t, "s3cret", told.Channel.Password)
		require.EqualValues(t, 1, told.Channel.Count)
		require.Equal(t, "s3cret", bob.ask(&wire.Enter{Channel: team}).Channel.Password, "which need not be given")
	})
}

// The inviter has left, and is told how it ended, but not how to get in again.
func TestPasswordIsNotToldToThoseWhoAreNoLongerConcerned(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		bob, cem := w.link("bob/phone"), w.link("cem/phone")
		ada := w.room("s3cret", bob)
		bob.does(inviteAll("cem"))
		bob.take()
		require.Empty(t, bob.ask(&wire.Leave{Channel: team}).Channel.Password)
		synctest.Wait()
		ada.take()
		cem.take()
		cem.does(&wire.Settle{Channel: team})
		password := func(p *page) string {
			synctest.Wait()
			return p.take()[0].(*wire.Notice).Event.(*wire.Ended).Channel.Password
		}
		require.Empty(t, password(cem))
		require.Empty(t, password(bob))
		require.Equal(t, "s3cret", password(ada))
	})
}

func TestWhatIsChangedInARoomIsToldToAllOfIt(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		bob, cem := w.link("bob/phone"), w.link("cem/phone")
		ada := w.room("", bob, cem)
		for _, x := range []struct {
			order wire.Order
			told  string
		}{
			{&wire.SetRole{Channel: team, Account: "bob", Role: "administrator"}, `member bob by ada: "administrator" ""`},
			{&wire.SetCard{Channel: team, Account: "ada", Card: "Ada (chair)"}, `member ada by ada: "owner" "Ada (chair)"`},
			{&wire.SetTitle{Channel: team, Title: "Launch"}, `room by ada: "Launch" ""`},
			{&wire.SetPassword{Channel: team, Password: "n3w"}, `room by ada: "Launch" "n3w"`},
			{&wire.SetRole{Channel: team, Account: "bob"}, `member bob by ada: "" ""`},
			{&wire.SetRole{Channel: team, Account: "cem", Role: "owner"}, `member cem by ada: "owner" ""`},
		} {
			ada.does(x.order)
			for _, p := range []*page{ada, bob, cem} {
				p.hears(x.told)
			}
		}
		require.Equal(t, string(core.NeedOwner), ada.refuses(&wire.SetRole{Channel: team, Account: "bob", Role: "owner"}).Code)
		w.audit()
	})
}

func TestKickedMemberHearsWhoDidIt(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		bob, cem := w.link("bob/phone"), w.link("cem/phone")
		ada := w.room("", bob, cem)
		ada.does(&wire.Kick{Channel: team, Account: "bob"})
		for _, p := range []*page{ada, bob, cem} {
			p.hears("left: bob by ada")
		}
		ada.does(&wire.SetTitle{Channel: team, Title: "Without Bob"})
		bob.hears()
	})
}

func TestMemberChangedShowsTheWholeMember(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		bob := w.link("bob/phone")
		bob.does(&wire.SetProfile{Name: "Bob", Avatar: "https://example.org/bob.png"})
		bob.hears(`profile of bob: "Bob"`)
		ada := w.room("", bob)
		before := ada.ask(&wire.Find{Channel: team}).Channel.Members[1]
		ada.does(&wire.SetCard{Channel: team, Account: "bob", Card: "scribe"})
		synctest.Wait()
		after := bob.take()[0].(*wire.Notice).Event.(*wire.MemberChanged).Member
		before.Card = "scribe"
		require.Equal(t, &before, after)
		require.Equal(t, "Bob", after.Name)
		require.Equal(t, "https://example.org/bob.png", after.Avatar)
	})
}

func TestProfilesAreShownOfThoseWhoHaveOne(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		bob, cem := w.link("bob/phone"), w.link("cem/phone")
		ada := w.room("", cem)
		cem.does(&wire.SetProfile{Name: "Cem", Custom: "pronouns: he"})
		cem.hears(`profile of cem: "Cem"`)
		ada.hears(`profile of cem: "Cem"`)
		bob.hears()
		cem.does(inviteAll("bob", "dan"))
		synctest.Wait()
		users := []wire.User{{Account: "cem", Name: "Cem"}}
		require.Equal(t, users, bob.take()[0].(*wire.Notice).Event.(*wire.Invited).Users)
		require.Equal(t, users, ada.take()[0].(*wire.Notice).Event.(*wire.Invited).Users)
		require.Equal(t, users, ada.ask(&wire.Invitations{Channel: team, Count: 1}).Invitations[0].Users)
		require.Equal(t, users, w.link("dan/x").welcome.Invitations[0].Users)
		require.Equal(t, &wire.User{Account: "cem", Name: "Cem", Custom: "pronouns: he"}, w.link("cem/tab").welcome.User)

		bob.does(&wire.SetProfile{Name: "Bob"})
		bob.take()
		bob.does(&wire.Settle{Channel: team})
		synctest.Wait()
		require.Equal(t, append([]wire.User{{Account: "bob", Name: "Bob"}}, users...),
			ada.take()[0].(*wire.Notice).Event.(*wire.Ended).Users)
		bob.take()
		bob.does(&wire.SetProfile{})
		bob.hears(`profile of bob: ""`)
		require.Nil(t, w.link("bob/tab").welcome.User)
	})
}

func TestFindShowsThePasswordToThoseWhoMayEnterWithout(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		bob, cem := w.link("bob/phone"), w.link("cem/phone")
		ada := w.room("s3cret")
		ada.does(inviteAll("bob"))
		synctest.Wait()
		bob.take()
		for _, find := range []*wire.Find{{Channel: team}, {Name: team}} {
			shown := cem.ask(find).Channel
			require.Empty(t, shown.Password)
			require.Equal(t, "Team", shown.Title)
			require.Len(t, shown.Members, 1)
			require.EqualValues(t, 1, shown.Count)
			require.Equal(t, "s3cret", bob.ask(find).Channel.Password)
		}
		require.Equal(t, string(core.NoChannel), cem.refuses(&wire.Find{Channel: "Team"}).Code)
		require.Equal(t, string(core.NoChannel), cem.refuses(&wire.Find{}).Code)
		require.Equal(t, string(core.NeedPassword), cem.refuses(&wire.Enter{Channel: team}).Code)
		require.Equal(t, string(core.WrongPassword), cem.refuses(&wire.Enter{Channel: team, Password: "x"}).Code)
	})
}

func TestRoomOrdersWithFieldsThatAreNone(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		ada := w.room("")
		ada.does(inviteAll("bob"))
		bob := w.link("bob/phone")
		for field, p := range map[wire.Order]*page{
			&wire.SetRole{Channel: team, Account: "bob", Role: "king"}:                    ada,
			&wire.Settle{Channel: team, Reason: 2}:                                        bob,
			&wire.Settle{Channel: team, Reason: 256}:                                      bob,
			&wire.Settle{Channel: team, Reason: -1}:                                       bob,
			&wire.InviteAll{Channel: team, Invitees: []string{"cem"}, Timeout: -1}:        ada,
			&wire.InviteAll{Channel: team, Invitees: []string{"cem"}, Timeout: 1<<63 - 1}: ada,
			&wire.InviteAll{Channel: team}:                                                ada,
			&wire.Invitations{Channel: team}:                                              ada,
			&wire.Invitations{Channel: team, Count: 101}:                                  ada,
			&wire.Invitations{Channel: team, Count: -1}:                                   ada,
			&wire.Invitations{Channel: team, Count: 1, After: "3g"}:                       ada,
		} {
			p.take()
			r := p.refuses(field)
			require.Equal(t, string(core.BadField), r.Code, "%+v", field)
			require.NotEmpty(t, r.Field)
		}
	})
}

func TestExpiryIsToldInTheRoom(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		bob, cem := w.link("bob/phone"), w.link("cem/phone")
		ada := w.room("", cem)
		order := inviteAll("bob", "dan")
		order.Timeout = 10_000
		cem.does(order)
		for _, p := range []*page{ada, bob, cem} {
			synctest.Wait()
			p.take()
		}
		time.Sleep(10 * time.Second)
		ada.hears("expired: cem>bob cem>dan")
		cem.hears("expired: cem>bob cem>dan")
		bob.hears("expired: cem>bob")
		w.audit()
	})
}

// The seat moves, and the device that had it is told so.
func TestEnteringOnAnotherDeviceTellsTheFirst(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		phone, tablet := w.link("bob/phone"), w.link("bob/tablet")
		ada := w.room("", phone)
		tablet.hears("joined: bob")
		tablet.ask(&wire.Enter{Channel: team})
		synctest.Wait()
		told := phone.take()[0].(*wire.Notice).Event.(*wire.Joined)
		require.Equal(t, "tablet", told.Device)
		require.True(t, told.Moved)
		ada.hears("joined: bob")
		tablet.ask(&wire.Enter{Channel: team}) // it is in already
		phone.hears()
	})
}

func TestDestroyingARoomIsToldToMembersAndInvitees(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		bob, cem, dan := w.link("bob/phone"), w.link("cem/phone"), w.link("dan/tab")
		ada := w.room("s3cret", bob)
		bob.does(inviteAll("cem", "dan"))
		for _, p := range []*page{ada, bob, cem, dan} {
			synctest.Wait()
			p.take()
		}
		require.Equal(t, string(core.NeedOwner), bob.refuses(&wire.Close{Channel: team}).Code)
		ada.ask(&wire.Close{Channel: team})
		bob.hears("cancelled by ada: bob>cem bob>dan", "closed by ada")
		cem.hears("cancelled by ada: bob>cem")
		dan.hears("cancelled by ada: bob>dan")
		w.audit()
	})
}
