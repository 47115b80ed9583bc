package session

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"beckon/core/wire"
)

var heartbeat = &wire.Heartbeat{}

func TestSilentLinkIsAskedForASignOfLife(t *testing.T) {
	p := onlinePage(t)
	p.after(9_999)
	p.wants("silence is no matter yet")
	p.after(1)
	p.wants("now it is", heartbeat)
	p.hears(&wire.Heartbeat{Now: p.relayNow()})
	p.after(9_999)
	p.wants("the answer counts")
	p.after(1)
	p.wants("and so on", heartbeat)
}

func TestDeadLinkIsNoticedWithin30Seconds(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := onlinePage(t)
		for range rapid.IntRange(0, 5).Draw(r, "busy") {
			p.after(Millis(rapid.IntRange(0, 12_000).Draw(r, "pause")))
			p.hears(&wire.Heartbeat{Now: p.relayNow()})
		}
		died := p.now
		for p.Online() {
			at, _ := p.Wake()
			p.now = at + Millis(rapid.IntRange(0, 1_500).Draw(r, "late"))
			p.Tick(p.now)
		}
		require.LessOrEqual(t, p.now-died, Millis(30_000))
		p.drain()
		require.Contains(t, p.out, Output(Hangup{p.link - 1, wire.CloseSilent}))
	})
}

func TestLostLinkIsDialledAtOnceTheFirstTime(t *testing.T) {
	p := onlinePage(t)
	p.after(24_999)
	p.wants("asked twice", heartbeat, heartbeat)
	p.after(1)
	p.wants("25 s of silence", Hangup{1, wire.CloseSilent}, Reconnecting{Attempt: 1, Code: wire.CloseSilent}, Dial{2})
}

func TestAnyFrameIsASignOfLife(t *testing.T) {
	for _, text := range []string{
		string(wire.Append(nil, joins(140, "r1", "bob"))),
		`{"type":"reply","n":7,"ok":{}}`,
		`{"type":"weather"}`,
	} {
		p := onlinePage(t)
		p.after(24_000)
		p.hearsText(text)
		p.after(24_000)
		require.True(t, p.Online(), text)
	}
}

func TestRelayThatIsLessPatientIsHumoured(t *testing.T) {
	p := newPage(t)
	p.Connect(p.now)
	p.opens()
	p.hears(&wire.Welcome{Journal: "j", Silence: 9_000})
	p.skip()
	for range 10 {
		p.after(1_000)
		p.hears(joins(uint64(p.now), "r1", "bob")) // hearing is not being heard
	}
	var beats []Output
	for _, o := range p.out {
		if _, ok := o.(Send); ok {
			beats = append(beats, o)
		}
	}
	require.Len(t, beats, 3, "a third of its patience")
}

func TestCommandsShowTheRelayThatWeLive(t *testing.T) {
	p := onlinePage(t)
	for n := uint64(1); n <= 3; n++ {
		p.after(7_000)
		p.does(create)
		a := ok(n, 200+n, nil)
		p.hears(&a)
		p.wants("no heartbeat besides", command(n, create), replied(a))
	}
}

func TestImpatienceHasBounds(t *testing.T) {
	for _, silence := range []int64{1, 2_999, -1, -1 << 63} {
		h := newHeart(&Config{Heartbeat: 10_000, Silence: 25_000, Answer: 4_000}, 0, silence)
		require.GreaterOrEqual(t, h.due(), Millis(1_000), silence)
	}
}

func TestCheckFindsADeadLinkInSeconds(t *testing.T) {
	p := onlinePage(t)
	p.after(5_000)
	p.Check(p.now)
	p.wants("at once", heartbeat)
	p.after(3_999)
	p.wants("it has four seconds")
	p.after(1)
	p.wants("and then it is lost", Hangup{1, wire.CloseSilent}, Reconnecting{Attempt: 1, Code: wire.CloseSilent}, Dial{2})
}

func TestCheckOfALivingLinkChangesNothing(t *testing.T) {
	p := onlinePage(t)
	p.Check(p.now)
	p.hears(&wire.Heartbeat{Now: p.relayNow()})
	p.after(9_999)
	p.wants("it answered", heartbeat)
	require.True(t, p.Online())
}

func TestCheckHurriesAQuestionThatIsUnderWay(t *testing.T) {
	p := onlinePage(t)
	p.after(10_000)
	p.Check(p.now)
	p.wants("asked again, urgently", heartbeat, heartbeat)
	p.after(4_000)
	require.False(t, p.Online(), "not only after 25 s")
}

func TestChecksInARowAskOnce(t *testing.T) {
	p := onlinePage(t)
	for range 39 { // visibilitychange, pageshow and online come together
		p.Check(p.now)
		p.after(100)
	}
	p.wants("one question", heartbeat)
	p.after(100)
	require.False(t, p.Online(), "and they do not put off its end")
}

func TestCheckDialsAtOnceWhenARetryWaits(t *testing.T) {
	p := newPage(t)
	p.Connect(p.now)
	p.closes(1006)
	p.skip()
	p.Check(p.now)
	p.wants("now", Dial{2})
	p.closes(1006)
	p.wants("the delays go on growing", Reconnecting{Attempt: 2, Delay: 1_000, Code: 1006})
}

func TestPageThatSleptAsksBeforeItHangsUp(t *testing.T) {
	p := onlinePage(t)
	p.sleeps(3_600_000)
	p.Tick(p.now)
	p.wants("nobody had asked the relay for anything", heartbeat)
	p.after(3_999)
	require.True(t, p.Online())
	p.hears(&wire.Heartbeat{Now: p.relayNow()})
	p.after(9_999)
	require.True(t, p.Online())
}

func TestPageThatSleptNoticesADeadLinkInSeconds(t *testing.T) {
	p := onlinePage(t)
	p.sleeps(3_600_000)
	p.Tick(p.now)
	p.after(4_000)
	require.False(t, p.Online())
}

func TestHeartbeatsCarryAcks(t *testing.T) {
	p := onlinePage(t)
	p.hears(joins(140, "r1", "bob"))
	p.skip()
	p.after(10_000)
	p.wants("what was told", &wire.Heartbeat{Ack: 140})
	p.after(10_000)
	p.wants("once", heartbeat)
}

func TestRelayTimeFollowsTheRelay(t *testing.T) {
	p := newPage(t)
	require.Zero(t, p.RelayNow(5_000), "not known yet")
	p.Connect(p.now)
	p.after(1_000)
	p.opens()
	p.hears(&wire.Welcome{Journal: "j", Now: relayEpoch})
	require.Equal(t, int64(relayEpoch+4_000), p.RelayNow(5_000))
	p.after(4_000)
	p.hears(&wire.Heartbeat{Now: relayEpoch + 4_040})
	require.Equal(t, int64(relayEpoch+5_040), p.RelayNow(6_000))
	p.hears(&wire.Heartbeat{})
	require.Equal(t, int64(relayEpoch+5_040), p.RelayNow(6_000), "one without time says nothing")
}
