package session

import (
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

func told(n *wire.Notice) Told { return Told{Notice: n} }

func TestResumeTellsAnswersAmongNoticesByPosition(t *testing.T) {
	p := onlinePage(t)
	p.does(create)
	p.does(create)
	p.does(create)
	require.Equal(t, []uint64{1, 2, 3}, p.retry().InFlight)
	first, second := ok(1, 145, room("r8")), ok(2, 165, room("r9"))
	p.hears(&wire.Welcome{Journal: "j", Position: 170, Resumed: true, Replay: 3, Answers: []wire.Reply{second, first}})
	p.wants("what has no answer is sent again", Connected{}, command(3, create))
	p.hears(joins(140, "r1", "bob"))
	p.wants("a notice before both answers", told(joins(140, "r1", "bob")))
	p.hears(joins(150, "r1", "cem"))
	p.wants("one between them", replied(first), told(joins(150, "r1", "cem")))
	p.hears(leaves(160, "r1", "cem"))
	p.wants("the last of the replay brings the rest", told(leaves(160, "r1", "cem")), replied(second))
	third := ok(3, 180, room("r10"))
	p.hears(&third)
	p.wants("and now live", replied(third))
}

func TestResumeWithoutNoticesTellsItsAnswers(t *testing.T) {
	p := onlinePage(t)
	p.does(create)
	p.retry()
	a := wire.Reply{N: 1, Position: 165, Error: &wire.Refusal{Code: "limit-reached"}}
	p.hears(&wire.Welcome{Journal: "j", Position: 170, Resumed: true, Answers: []wire.Reply{a}})
	p.wants("at once", Connected{}, replied(a))
}

func TestResumeDoesNotTellAnythingTwice(t *testing.T) {
	p := onlinePage(t)
	p.hears(joins(140, "r1", "bob"))
	p.skip()
	p.retry()
	p.hears(&wire.Welcome{Journal: "j", Position: 170, Resumed: true, Replay: 3})
	p.hears(joins(120, "r1", "eve"))
	p.hears(joins(140, "r1", "bob"))
	p.hears(joins(150, "r1", "cem"))
	p.hears(joins(150, "r1", "cem"))
	p.wants("only what is new", Connected{}, told(joins(150, "r1", "cem")))
}

func TestRepeatedNoticesCountAsReplayed(t *testing.T) {
	p := onlinePage(t)
	p.does(create)
	p.hears(joins(140, "r1", "bob"))
	p.retry()
	a := ok(1, 165, nil)
	p.hears(&wire.Welcome{Journal: "j", Position: 170, Resumed: true, Replay: 2, Answers: []wire.Reply{a}})
	p.hears(joins(140, "r1", "bob"))
	p.hearsText(`{"type":"notice","position":150,"name":"applauded"}`)
	p.wants("and so do unknown ones", Connected{}, replied(a))
}

func TestLiveAnswerFollowsTheOnesBeforeIt(t *testing.T) {
	p := onlinePage(t)
	p.does(create)
	p.does(create)
	p.retry()
	first, second := ok(1, 145, nil), ok(2, 175, nil)
	p.hears(&wire.Welcome{Journal: "j", Position: 170, Resumed: true, Replay: 1, Answers: []wire.Reply{first}})
	p.hears(&second)
	p.wants("even if it comes before the replay is over", Connected{}, command(2, create), replied(first), replied(second))
}

func TestReplayThatBreaksOffGoesOnWhereItWas(t *testing.T) {
	p := onlinePage(t)
	p.does(create)
	p.retry()
	a := ok(1, 155, room("r9"))
	p.hears(&wire.Welcome{Journal: "j", Position: 170, Resumed: true, Replay: 2, Answers: []wire.Reply{a}})
	p.hears(joins(150, "r1", "bob"))
	p.closes(1006)
	p.after(1_000)
	hello := p.redialled()
	require.Equal(t, &wire.Resume{Journal: "j", Position: 150, InFlight: []uint64{1}}, hello.Resume,
		"the answer was not told yet")
	p.hears(&wire.Welcome{Journal: "j", Position: 175, Resumed: true, Replay: 1, Answers: []wire.Reply{a}})
	p.hears(joins(160, "r1", "cem"))
	p.wants("once each", Connected{}, replied(a), told(joins(160, "r1", "cem")))
}

func TestAnswerHeldForItsPlaceMayStillTimeOut(t *testing.T) {
	p := onlinePage(t)
	n := p.does(&wire.Join{Channel: "r1"})
	p.retry()
	a := ok(n, 165, room("r1", "ada"))
	p.hears(&wire.Welcome{Journal: "j", Position: 170, Resumed: true, Replay: 1, Answers: []wire.Reply{a}})
	p.after(8_000)
	p.wants("the replay stalls", Connected{}, failed(n, FailTimeout))
	p.hears(joins(160, "r9", "cem"))
	p.wants("one answer is enough", told(joins(160, "r9", "cem")))
	require.NotNil(t, p.View().Channel("r1"))
}

func TestResumeReachesTheWelcomesPosition(t *testing.T) {
	p := onlinePage(t)
	p.retry()
	p.hears(&wire.Welcome{Journal: "j", Position: 900, Resumed: true, Replay: 1})
	require.Equal(t, uint64(100), p.place.told, "not before the replay is over")
	p.hears(joins(150, "r1", "bob"))
	require.Equal(t, uint64(900), p.comesBack().Resume.Position, "all before it has been told")
}

func TestLiveNoticesAreToldOnceAndInOrder(t *testing.T) {
	p := onlinePage(t)
	p.hears(joins(140, "r1", "bob"))
	p.hears(joins(140, "r1", "bob"))
	p.hears(joins(130, "r1", "eve"))
	p.hears(leaves(150, "r1", "bob"))
	p.wants("what does not get on is a repetition", told(joins(140, "r1", "bob")), told(leaves(150, "r1", "bob")))
}

func TestReplyDoesNotHideNoticesThatAreStillToCome(t *testing.T) {
	p := onlinePage(t)
	p.does(create)
	p.skip()
	a := ok(1, 165, nil)
	p.hears(&a)
	require.Equal(t, uint64(100), p.retry().Position, "only notices move the place to resume from")
}

func TestReplayThatBreaksOffIsForgottenByAFreshStart(t *testing.T) {
	p := onlinePage(t)
	p.retry()
	p.hears(&wire.Welcome{Journal: "j", Position: 9_000, Resumed: true, Replay: 5})
	p.comesBack()
	p.hears(&wire.Welcome{Journal: "k", Position: 10})
	p.skip()
	for at := uint64(11); at < 20; at++ {
		p.hears(joins(at, "r1", "bob"))
		p.wants("the wiped journal counts anew", told(joins(at, "r1", "bob")))
	}
}

func TestHeartbeatSaysHowFarAQuietPageIs(t *testing.T) {
	p := onlinePage(t)
	p.hears(joins(140, "r1", "bob"))
	p.hears(&wire.Heartbeat{Position: 900})
	p.hears(&wire.Heartbeat{Position: 800})
	require.EqualValues(t, 900, p.retry().Position, "else the relay would have to remember what happened hours ago")
}

func TestHeartbeatDoesNotOvertakeAReplay(t *testing.T) {
	p := onlinePage(t)
	p.hears(joins(140, "r1", "bob"))
	p.retry()
	p.hears(&wire.Welcome{Journal: "j", Position: 170, Resumed: true, Replay: 1})
	p.hears(&wire.Heartbeat{Position: 170})
	p.skip()
	p.hears(joins(150, "r1", "cem"))
	p.wants("what the replay still owes", told(joins(150, "r1", "cem")))
}

func TestCommandsThatTheRelayMayHaveForgottenFail(t *testing.T) {
	p := onlinePage(t)
	n := p.does(&wire.Join{Channel: "r1"})
	p.after(1_000)
	require.Equal(t, []uint64{n}, p.retry().InFlight)
	p.hears(&wire.Welcome{Journal: "j", Position: 170, Resumed: true, Replay: 1, Now: p.relayNow() + 45_000})
	p.wants("its time has jumped: the life starts fresh over another link",
		failed(n, FailDisconnected), Hangup{2, wire.CloseNormal}, Dial{3})
	require.Nil(t, p.redialled().Resume)
	p.hears(&wire.Welcome{Journal: "j", Position: 170, Now: p.relayNow() + 45_000, Channels: []wire.Channel{*room("r1", "ada")}})
	p.wants("nothing is sent again", Connected{Fresh: true}, Fresh{})
	require.NotNil(t, p.View().Channel("r1"), "and it shows that the command was carried out")
}

func TestCommandsThatFailedMayBeForgottenToo(t *testing.T) {
	p := onlinePage(t)
	p.does(&wire.Join{Channel: "r1"})
	p.after(8_000)
	p.retry()
	p.hears(&wire.Welcome{Journal: "j", Position: 170, Resumed: true, Now: p.relayNow() + 45_000})
	p.wants("it is not answered again", Hangup{2, wire.CloseNormal}, Dial{3})
	require.Nil(t, p.redialled().Resume, "but it may have been carried out")
}

func TestTimeThatJumpsMakesNoDifferenceToWhatIsAnswered(t *testing.T) {
	p := onlinePage(t)
	n := p.does(create)
	p.retry()
	a := ok(n, 165, nil)
	p.hears(&wire.Welcome{Journal: "j", Position: 170, Resumed: true, Now: p.relayNow() + 90_000, Answers: []wire.Reply{a}})
	p.wants("it is resumed", Connected{}, replied(a))
}

func TestForgottenCommandsFailInAFreshStart(t *testing.T) {
	p := onlinePage(t)
	old := p.does(create)
	p.closes(wire.CloseRestarting)
	p.redialled()
	p.hears(&wire.Welcome{Journal: "j", Position: 170, Resumed: true, Now: p.relayNow() + 40_000})
	p.wants("it may be remembered", Connected{}, command(old, create))
	young := p.does(create)
	p.closes(wire.CloseRestarting)
	p.after(1_000)
	p.redialled()
	p.hears(&wire.Welcome{Journal: "j", Position: 170, Now: p.relayNow() + 50_000})
	p.wants("one that was sent later is", failed(old, FailDisconnected), Connected{Fresh: true}, Fresh{}, command(young, create))
}
