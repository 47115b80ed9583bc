package session

import (
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

func TestFirstWelcomeTellsPendingInvitations(t *testing.T) {
	p := newPage(t)
	p.Connect(p.now)
	p.opens()
	p.skip()
	first, second := pending(80, "q1", relayEpoch+90_000), pending(70, "q2", 0)
	p.hears(&wire.Welcome{Journal: "j", Position: 100, Now: relayEpoch, Channels: []wire.Channel{*room("r5", "ada")},
		Invitations: []wire.Invitation{first, second}})
	p.wants("each as the notice that it was, oldest first", Connected{Fresh: true}, Fresh{},
		told(rings(70, "q2", 0)), told(rings(80, "q1", relayEpoch+90_000)))
	require.Equal(t, []wire.Invitation{second, first}, p.View().Invitations(relayEpoch))
	require.Equal(t, []wire.Member{*member("ada")}, p.View().Channel("r5").Members)
}

func TestFreshStartDoesNotRingForWhatIsOver(t *testing.T) {
	p := newPage(t)
	p.Connect(p.now)
	p.opens()
	p.skip()
	p.hears(&wire.Welcome{Journal: "j", Position: 100, Now: relayEpoch,
		Invitations: []wire.Invitation{pending(80, "q1", relayEpoch)}})
	p.wants("at its deadline it is over", Connected{Fresh: true}, Fresh{})
	require.Empty(t, p.View().Invitations(relayEpoch))
}

func TestFreshStartTellsAnInvitationOnceInALife(t *testing.T) {
	p := onlinePage(t)
	p.hears(rings(140, "q1", relayEpoch+90_000))
	p.comesBack()
	p.hears(&wire.Welcome{Journal: "j", Position: 200, Now: p.relayNow(),
		Invitations: []wire.Invitation{pending(140, "q1", relayEpoch+90_000), pending(150, "q2", 0)}})
	p.wants("only the one that it has not been told", Connected{Fresh: true}, Fresh{}, told(rings(150, "q2", 0)))
}

func TestFreshStartSaysWhatIsGone(t *testing.T) {
	p := onlinePage(t)
	soon, late := relayEpoch+int64(5_000), relayEpoch+int64(90_000)
	p.hears(rings(140, "soon", soon))
	p.hears(rings(141, "late", late))
	p.hears(rings(142, "kept", late))
	p.hears(rings(143, "open", 0))
	for _, id := range []string{"r8", "r9"} {
		n := p.does(&wire.Join{Channel: id})
		a := ok(n, 150+n, room(id, "bob", "ada"))
		p.hears(&a)
	}
	p.comesBack()
	require.Greater(t, p.relayNow(), soon)
	p.hears(&wire.Welcome{Journal: "j", Position: 200, Now: p.relayNow(), Channels: []wire.Channel{*room("r9", "ada")},
		Invitations: []wire.Invitation{pending(142, "kept", late)}})
	p.wants("an invitation whose time is up needs no word", Connected{Fresh: true}, Fresh{
		GoneChannels:    []Channel{{Channel: *room("r8", "bob", "ada")}},
		GoneInvitations: []wire.Invitation{pending(141, "late", late), pending(143, "open", 0)},
	})
	require.Len(t, p.View().Channels(), 1)
	require.Len(t, p.View().Channel("r9").Members, 1)
}

func TestJournalWipedUnderAnOpenPage(t *testing.T) {
	p := onlinePage(t)
	p.hears(rings(140_000, "q1", 0))
	n := p.does(create)
	require.Equal(t, &wire.Resume{Journal: "j", Position: 140_000, InFlight: []uint64{n}}, p.retry())
	p.hears(&wire.Welcome{Journal: "k", Position: 40, Now: p.relayNow()})
	p.wants("nothing is left, and the command is new to this journal", Connected{Fresh: true},
		Fresh{GoneInvitations: []wire.Invitation{pending(140_000, "q1", 0)}}, command(n, create))
	p.hears(rings(50, "q1", 0))
	p.wants("positions start anew", told(rings(50, "q1", 0)))
	require.Equal(t, &wire.Resume{Journal: "k", Position: 50, InFlight: []uint64{n}}, p.comesBack().Resume)
}

func TestJournalRestoredUnderAnOpenPage(t *testing.T) {
	p := onlinePage(t)
	p.hears(rings(140, "q1", 0))
	p.skip()
	p.retry()
	p.hears(&wire.Welcome{Journal: "k", Position: 145, Now: p.relayNow(),
		Invitations: []wire.Invitation{pending(140, "q1", 0)}})
	p.wants("what survived in the backup does not ring again", Connected{Fresh: true}, Fresh{})
}

func TestSameRequestAskedAgainWhileAwayIsAnotherInvitation(t *testing.T) {
	p := onlinePage(t)
	p.hears(rings(140, "q1", 0))
	p.skip()
	p.retry()
	p.hears(&wire.Welcome{Journal: "j", Position: 300, Now: p.relayNow(),
		Invitations: []wire.Invitation{pending(250, "q1", 0)}})
	p.wants("the one is silenced, the other rings", Connected{Fresh: true},
		Fresh{GoneInvitations: []wire.Invitation{pending(140, "q1", 0)}}, told(rings(250, "q1", 0)))
}

func TestFreshStartTellsAnswersAmongInvitations(t *testing.T) {
	p := onlinePage(t)
	p.does(create)
	p.does(create)
	p.retry()
	first, second := ok(1, 145, nil), ok(2, 155, nil)
	p.hears(&wire.Welcome{Journal: "j", Position: 200, Now: p.relayNow(), Answers: []wire.Reply{second, first},
		Invitations: []wire.Invitation{pending(150, "q1", 0)}})
	p.wants("by position", Connected{Fresh: true}, Fresh{}, replied(first), told(rings(150, "q1", 0)), replied(second))
}

func TestAnswerOlderThanTheWelcomeDoesNotSetTheViewBack(t *testing.T) {
	p := onlinePage(t)
	p.does(&wire.Join{Channel: "r1"})
	p.does(&wire.Join{Channel: "r2"})
	p.retry()
	stays, left := ok(1, 145, room("r1", "ada")), ok(2, 146, room("r2", "ada"))
	p.hears(&wire.Welcome{Journal: "j", Position: 200, Now: p.relayNow(), Answers: []wire.Reply{stays},
		Channels: []wire.Channel{*room("r1", "ada", "bob")}})
	p.hears(&left) // remembered, though the welcome did not bring it
	require.Len(t, p.View().Channels(), 1)
	require.Len(t, p.View().Channel("r1").Members, 2)
}

func TestWhatWasToldBeforeTheFreshStartIsNotToldBehindIt(t *testing.T) {
	p := onlinePage(t)
	p.retry()
	p.hears(&wire.Welcome{Journal: "j", Position: 300, Now: p.relayNow()})
	p.skip()
	p.hears(joins(250, "r1", "bob"))
	p.wants("the welcome showed it")
}

func TestSilentInvitationIsKnownButNotTold(t *testing.T) {
	p := onlinePage(t)
	silent := wire.Invitation{Position: 150, Channel: room("r1"), Inviter: "bob", RequestID: "q", Invitee: "ada", Silent: true}
	for position := uint64(170); position < 190; position += 10 {
		p.comesBack()
		p.hears(&wire.Welcome{Journal: "j", Position: position, Now: p.relayNow(), Invitations: []wire.Invitation{silent}})
		p.wants("nothing is told, and nothing is gone", Connected{Fresh: true}, Fresh{})
		require.Len(t, p.View().Invitations(p.relayNow()), 1)
	}
}
