package engine

import (
	"math"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"beckon/core"
	"beckon/core/wire"
)

func TestListComesInPartsInTheOrderOfMaking(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		bob := w.link("bob/phone")
		ada := w.room("", bob)
		ada.does(inviteAll("a", "b", "c"))
		bob.does(inviteAll("d", "e"))
		ada.take()
		bob.take()
		first := ada.ask(&wire.Invitations{Channel: team, Count: 2})
		require.Equal(t, []string{"ada>a", "ada>b"}, showList(first.Invitations))
		second := ada.ask(&wire.Invitations{Channel: team, Count: 2, After: first.Next})
		require.Equal(t, []string{"ada>c", "bob>d"}, showList(second.Invitations))
		third := ada.ask(&wire.Invitations{Channel: team, Count: 2, After: second.Next})
		require.Equal(t, []string{"bob>e"}, showList(third.Invitations))
		require.Empty(t, third.Next)
		require.Empty(t, ada.ask(&wire.Invitations{Channel: team, Count: 5}).Next, "as many as there are")
	})
}

// Nothing that stays in the list is left out or shown twice.
func TestListGoesOnWhereItWasThoughItChanges(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		ada, b := w.room(""), w.link("b/phone")
		ada.does(inviteAll("a", "b", "c", "d"))
		synctest.Wait()
		ada.take()
		b.take()
		first := ada.ask(&wire.Invitations{Channel: team, Count: 2})
		require.Equal(t, []string{"ada>a", "ada>b"}, showList(first.Invitations))
		ada.does(&wire.Withdraw{Channel: team, Invitees: []string{"a"}})
		b.does(&wire.Settle{Channel: team})
		ada.does(&wire.Withdraw{Channel: team, Invitees: []string{"b-is-not-there", "c"}})
		ada.does(inviteAll("a"))
		synctest.Wait()
		ada.take()
		rest := ada.ask(&wire.Invitations{Channel: team, Count: 100, After: first.Next})
		require.Equal(t, []string{"ada>d", "ada>a"}, showList(rest.Invitations))
		require.Equal(t, []string{"ada>b rejected", "ada>d", "ada>a"}, showList(ada.ask(&wire.Invitations{Channel: team, Count: 100}).Invitations))
	})
}

func TestListIsForTheMembers(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		bob := w.link("bob/phone")
		ada := w.room("")
		ada.does(inviteAll("bob"))
		synctest.Wait()
		bob.take()
		list := &wire.Invitations{Channel: team, Count: 1}
		require.Equal(t, string(core.NotMember), bob.refuses(list).Code)
		require.Equal(t, string(core.NoChannel), bob.refuses(&wire.Invitations{Channel: "nowhere", Count: 1}).Code)
		bob.ask(&wire.Enter{Channel: team})
		require.Empty(t, bob.ask(list).Invitations)
	})
}

func TestListOfACallIsAlsoForItsCreator(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob, carol := w.link("alice/tab"), w.link("bob/phone"), w.link("carol/x")
		list := &wire.Invitations{Channel: alice.ask(&wire.Create{Type: 1}).Channel.ID, Count: 1}
		bob.ask(&wire.Join{Channel: list.Channel})
		bob.does(invite(list.Channel, "carol", "r1"))
		require.Equal(t, []string{"bob>carol"}, showList(alice.ask(list).Invitations))
		require.Equal(t, []string{"bob>carol"}, showList(bob.ask(list).Invitations))
		carol.hears("invited by bob r1")
		require.Equal(t, string(core.NotMember), carol.refuses(list).Code)
	})
}

func TestListedInvitationSaysWhen(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		ada := w.room("")
		time.Sleep(time.Minute)
		order := inviteAll("bob")
		order.Timeout = 30_000
		ada.does(order)
		told := ada.take()[0].(*wire.Notice)
		got := ada.ask(&wire.Invitations{Channel: team, Count: 1}).Invitations[0]
		require.Equal(t, wire.Listed{Position: told.Position, Inviter: "ada", RequestID: told.Event.(*wire.Invited).RequestID,
			Invitee: "bob", Made: told.Time, Deadline: told.Time + 30_000}, got)
	})
}

func TestWelcomeShowsTheListTheRolesAndThePassword(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		bob := w.link("bob/phone")
		ada := w.room("s3cret", bob)
		ada.does(&wire.SetRole{Channel: team, Account: "bob", Role: "administrator"})
		ada.does(inviteAll("cem", "dan"))
		synctest.Wait()
		require.Equal(t, "ada>cem", showList(w.link("ada/phone").welcome.Channels[0].Invitations)[0])
		bob.take()
		bob.does(&wire.Withdraw{Channel: team, Invitees: []string{"dan"}})
		shown := w.link("bob/tablet").welcome.Channels[0]
		require.Equal(t, []string{"ada>cem"}, showList(shown.Invitations))
		require.Equal(t, "s3cret", shown.Password)
		require.Equal(t, "ada", shown.Owner)
		require.EqualValues(t, 2, shown.Count)
		require.Equal(t, "administrator", shown.Members[1].Role)
		cem := w.link("cem/x").welcome
		require.Empty(t, cem.Channels)
		require.False(t, cem.Invitations[0].Silent, "it met nobody, and is told all the same as long as it is pending")
		require.Equal(t, "s3cret", cem.Invitations[0].Channel.Password)
		require.Zero(t, cem.Invitations[0].Deadline)
	})
}

// Whoever hears the notices from here on must know what an older one hides.
func TestWelcomeShowsAlsoThePendingInvitationsThatTheListDoesNot(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		bob := w.link("bob/phone")
		ada := w.room("", bob)
		for _, p := range []*page{ada, bob} {
			p.does(invite(team, "cem", "r1"))
		}
		ada.take()
		require.Equal(t, []string{"ada>cem"}, showList(ada.ask(&wire.Invitations{Channel: team, Count: 9}).Invitations))
		require.Equal(t, []string{"ada>cem", "bob>cem"}, showList(w.link("ada/phone").welcome.Channels[0].Invitations))
	})
}

func TestRoomHearsWhatAFullListLoses(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		w.config.App.Listed = 2
		w.restart()
		bob, cem := w.link("bob/phone"), w.link("cem/phone")
		ada := w.room("")
		ada.does(inviteAll("bob", "cem"))
		synctest.Wait()
		bob.take()
		bob.does(&wire.Settle{Channel: team})
		synctest.Wait()
		ada.take()
		bob.take()
		cem.take()
		ada.does(inviteAll("dan"))
		ada.hears("unlisted: ada>bob", "rung by ada: dan")
		bob.hears()
		cem.hears()
		require.Equal(t, []string{"ada>cem", "ada>dan"}, showList(ada.ask(&wire.Invitations{Channel: team, Count: 9}).Invitations))
		require.Equal(t, string(core.LimitReached), ada.refuses(inviteAll("eve")).Code)
	})
}

func TestCursorsAreReadAsTheyWereWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := cursor{core.Position(rapid.Uint64Min(1).Draw(t, "made")), rapid.IntRange(0, math.MaxInt32).Draw(t, "place")}
		again, ok := parseCursor(c.String())
		require.True(t, ok)
		require.Equal(t, c, again)
	})
}

func TestCursorThatIsNoneIsFoundOut(t *testing.T) {
	for _, text := range []string{"-", "--", "1", "1-", "-1", "1-1", "3g", "a b-c", "+1-0a", "1--1a", "ffffffffffffffffffff-0a", "🔔-0a"} {
		_, ok := parseCursor(text)
		require.False(t, ok, text)
	}
	good := cursor{core.At(41, 0), 3}.String()
	for i := range good {
		for _, d := range symbols {
			bad := good[:i] + string(d) + good[i+1:]
			_, ok := parseCursor(bad)
			require.Equal(t, bad == good, ok, "%s, made of %s", bad, good)
		}
	}
}

func FuzzCursor(f *testing.F) {
	f.Add(cursor{core.At(41, 0), 3}.String())
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		if c, ok := parseCursor(text); ok && text != "" {
			require.Equal(t, text, c.String())
		}
	})
}
