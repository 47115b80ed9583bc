package session

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

var (
	create = &wire.Create{Type: 2, Name: "stand-up"}
	invite = &wire.Invite{Channel: "r1", RequestID: "q1", Invitee: "bob"}
)

func command(n uint64, o wire.Order) *wire.Command { return wire.NewCommand(n, o) }

func TestCommandIsSentAndAnswered(t *testing.T) {
	p := onlinePage(t)
	first, second := p.does(create), p.does(invite)
	p.wants("numbers count from 1", command(1, create), command(2, invite))
	a := ok(first, 165, room("r1"))
	b := wire.Reply{N: second, Position: 166, Error: &wire.Refusal{Code: "not-a-member"}}
	p.hears(&a)
	p.hears(&b)
	p.wants("each by its own answer", replied(a), replied(b))
	p.after(8_000)
	p.hears(&a)
	p.wants("and by that alone")
}

func TestNotConnectedIsRefusedAtOnce(t *testing.T) {
	p := newPage(t)
	refused := func(when string) {
		n, err := p.Do(p.now, create)
		require.Equal(t, &Failure{Kind: FailNotConnected}, err, when)
		require.Zero(t, n)
	}
	refused("before Connect")
	p.Connect(p.now)
	refused("while dialing")
	p.opens()
	refused("before the welcome")
	p.hears(&wire.Welcome{Journal: "j"})
	p.does(create)
	p.closes(1006)
	refused("while waiting to come back")
	p.Disconnect(p.now)
	refused("after Disconnect")
	p.skip()
	p.after(60_000)
	p.wants("no answer follows a refusal")
}

func TestRefusedCommandsSpendNoNumber(t *testing.T) {
	p := newPage(t)
	_, err := p.Do(p.now, create)
	require.Error(t, err)
	p.Connect(p.now)
	p.opens()
	p.hears(&wire.Welcome{Journal: "j"})
	require.Equal(t, uint64(1), p.does(create))
}

func TestAnswerThatDoesNotComeIsATimeout(t *testing.T) {
	p := onlinePage(t)
	n := p.does(create)
	p.skip()
	p.after(7_999)
	p.wants("8 s are given")
	p.after(1)
	p.wants("and no more", failed(n, FailTimeout))
}

func TestLateReplyIsDropped(t *testing.T) {
	p := onlinePage(t)
	n := p.does(&wire.Join{Channel: "r1"})
	p.after(8_000)
	p.skip()
	late := ok(n, 165, room("r1", "bob", "ada"))
	p.hears(&late)
	p.wants("the application has been told an end")
	require.NotNil(t, p.View().Channel("r1"), "but it did happen")
}

func TestReplyThatOvertakesALateTickIsLateAllTheSame(t *testing.T) {
	p := onlinePage(t)
	n := p.does(create)
	p.skip()
	p.sleeps(8_000)
	late := ok(n, 165, room("r1"))
	p.hears(&late)
	p.wants("time decides, not the timer", failed(n, FailTimeout))
}

func TestCommandInFlightIsRetriedUnderItsNumber(t *testing.T) {
	p := onlinePage(t)
	n := p.does(create)
	require.Equal(t, &wire.Resume{Journal: "j", Position: 100, InFlight: []uint64{n}}, p.retry())
	p.hears(&wire.Welcome{Journal: "j", Position: 100, Resumed: true})
	p.wants("the relay did not have it", Connected{}, command(n, create))
	a := ok(n, 165, room("r1"))
	p.hears(&a)
	p.wants("now it has", replied(a))
}

// retry loses the first link, so that the next is dialled at once.
func (p *page) retry() *wire.Resume {
	p.closes(wire.CloseRestarting)
	return p.redialled().Resume
}

func TestCommandIsNotSentTwiceOverOneLink(t *testing.T) {
	p := onlinePage(t)
	p.does(create)
	p.does(invite)
	a := ok(1, 165, nil)
	p.hears(&a)
	p.wants("each once", command(1, create), command(2, invite), replied(a))
}

func TestCommandFailsAsDisconnectedIfTheLinkIsDownAtItsEnd(t *testing.T) {
	for name, meanwhile := range map[string]func(p *page){
		"waiting":  func(p *page) { p.closes(1006) },
		"dialing":  func(p *page) { p.closes(wire.CloseRestarting) },
		"greeting": func(p *page) { p.closes(wire.CloseRestarting); p.opens() },
	} {
		t.Run(name, func(t *testing.T) {
			p := onlinePage(t)
			n := p.does(create)
			p.after(7_999)
			meanwhile(p)
			p.skip()
			p.after(1)
			p.wants("8 s after the call", failed(n, FailDisconnected))
		})
	}
}

func TestCommandFailsAsTimeoutIfTheLinkIsBackByThen(t *testing.T) {
	p := onlinePage(t)
	n := p.does(create)
	p.after(5_000)
	p.retry()
	p.hears(&wire.Welcome{Journal: "j", Position: 100, Resumed: true})
	p.skip()
	p.after(2_999)
	p.wants("the retry does not get a new 8 s")
	p.after(1)
	p.wants("it is up, but has not answered", failed(n, FailTimeout))
}

func TestFailedCommandIsNotRetried(t *testing.T) {
	p := onlinePage(t)
	n := p.does(create)
	p.closes(1006)
	p.after(8_000)
	hello := p.redialled()
	require.Equal(t, []uint64{n}, hello.Resume.InFlight, "its end is asked for")
	p.hears(&wire.Welcome{Journal: "j", Position: 100, Resumed: true})
	p.wants("but it is not asked again", Connected{})
	require.Empty(t, p.comesBack().Resume.InFlight, "now it is known that nothing came of it")
}

func TestFailedCommandThatWasCarriedOutShowsInTheView(t *testing.T) {
	p := onlinePage(t)
	n := p.does(&wire.Join{Channel: "r1"})
	p.closes(1006)
	p.after(8_000)
	p.redialled()
	a := ok(n, 165, room("r1", "bob", "ada"))
	p.hears(&wire.Welcome{Journal: "j", Position: 170, Resumed: true, Answers: []wire.Reply{a}})
	p.wants("the application has been told an end", Connected{})
	require.NotNil(t, p.View().Channel("r1"), "but it did happen")
}

func TestAnswersThatMayBeForgottenNeedAFreshStart(t *testing.T) {
	for away, fresh := range map[Millis]bool{remembered: false, remembered + 1: true} {
		p := onlinePage(t)
		p.does(create)
		p.closes(1006)
		p.sleeps(away)
		p.Tick(p.now)
		require.Equal(t, fresh, p.redialled().Resume == nil, "after %d ms", away)
	}
}

func TestRepliesToNobodyAreIgnored(t *testing.T) {
	p := onlinePage(t)
	stray := ok(7, 165, room("r1", "ada"))
	p.hears(&stray)
	p.wants("no command has that number")
	require.Empty(t, p.View().Channels())
}

func TestCommandTooLargeForAFrameIsRefusedLocally(t *testing.T) {
	p := onlinePage(t)
	fits := &wire.Create{Type: 1, Ext: strings.Repeat("x", 262_000)}
	p.does(fits)
	p.wants("as long as it fits", command(1, fits))
	_, err := p.Do(p.now, &wire.Create{Type: 1, Ext: strings.Repeat("x", wire.MaxFrame)})
	var f *Failure
	require.ErrorAs(t, err, &f)
	require.Equal(t, FailTooLarge, f.Kind)
	require.Greater(t, f.Size, wire.MaxFrame)
	require.ErrorContains(t, err, "at most 262144")
	p.wants("nothing was sent")
}

func TestNoCommandFrameExceedsTheLimit(t *testing.T) {
	p := onlinePage(t)
	p.hears(joins(1<<62, "r1", "bob")) // so that acks are long
	for size := wire.MaxFrame - 200; size < wire.MaxFrame; size++ {
		p.now += 1_000
		p.Do(p.now, &wire.Create{Type: 1, Ext: strings.Repeat("x", size)})
		for o := p.Next(); o != nil; o = p.Next() {
			if s, ok := o.(Send); ok {
				require.LessOrEqual(t, len(s.Text), wire.MaxFrame)
			}
		}
	}
}

func TestCommandThatIsNotTextIsRefusedLocally(t *testing.T) {
	p := onlinePage(t)
	_, err := p.Do(p.now, &wire.Create{Type: 1, Ext: "\xff"})
	require.Equal(t, &Failure{Kind: FailNotText}, err)
	p.wants("the relay would have closed the link for good")
}

func TestMoreCommandsThanTheRelayRemembersWait(t *testing.T) {
	p := onlinePage(t)
	var want []any
	for n := uint64(1); n <= window+2; n++ {
		p.does(create)
		if n <= window {
			want = append(want, command(n, create))
		}
	}
	p.wants("as many as it remembers answers", want...)
	second := ok(2, 165, nil)
	p.hears(&second)
	p.wants("the oldest is still open", replied(second))
	first := ok(1, 166, nil)
	p.hears(&first)
	p.wants("now two may follow", replied(first), command(window+1, create), command(window+2, create))
}

func TestCommandThatWasNeverSentIsForgottenWhenItFails(t *testing.T) {
	p := onlinePage(t)
	for range window + 1 {
		p.does(create)
	}
	p.after(8_000)
	require.NotContains(t, p.retry().InFlight, uint64(window+1))
}

func TestAcksRideAtMostOnceASecond(t *testing.T) {
	p := onlinePage(t)
	p.after(2_000)
	p.does(create)
	p.wants("nothing was told yet", command(1, create))
	p.hears(joins(140, "r1", "bob"))
	p.does(create)
	p.hears(joins(141, "r1", "cem"))
	p.does(create)
	p.after(1_000)
	p.does(create)
	p.does(create)
	acked := func(n, ack uint64) *wire.Command {
		c := command(n, create)
		c.Ack = ack
		return c
	}
	p.wants("the latest position, when it is time", Told{joins(140, "r1", "bob")}, acked(2, 140),
		Told{joins(141, "r1", "cem")}, command(3, create), acked(4, 141), command(5, create))
}

func TestFailuresSayWhatTheyAre(t *testing.T) {
	require.EqualError(t, &Failure{Kind: FailTimeout}, "session: timeout")
	require.EqualError(t, &Failure{Kind: FailTooLarge, Size: 300_000, Limit: wire.MaxFrame},
		"session: too-large: the command takes 300000 bytes, at most 262144")
}

func TestTimeoutStaysWithinWhatRelaysRemember(t *testing.T) {
	require.Equal(t, remembered, Config{Timeout: 3_600_000}.withDefaults().Timeout)
}
