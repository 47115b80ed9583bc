package session

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

func TestConnectDialsAndSaysHello(t *testing.T) {
	p := newPage(t)
	p.Connect(p.now)
	p.wants("a link is asked for", Dial{1})
	p.opens()
	p.wants("the hello offers nothing to resume", p.hello(nil))
	require.False(t, p.Online())
	p.hears(&wire.Welcome{Version: 1, Journal: "j", Connection: "c1"})
	p.wants("the first welcome is a fresh start", Connected{Connection: "c1", Fresh: true}, Fresh{})
	require.True(t, p.Online())
}

func TestConnectAgainDoesNothing(t *testing.T) {
	p := newPage(t)
	p.Connect(p.now)
	p.Connect(p.now)
	p.wants("one link", Dial{1})
	p.closes(1006)
	p.skip()
	p.Connect(p.now)
	p.wants("while it waits for the next try, too")
}

func TestAnOffSessionWantsNothing(t *testing.T) {
	p := newPage(t)
	_, ok := p.Wake()
	require.False(t, ok)
	p.Tick(p.now)
	p.Check(p.now)
	p.Disconnect(p.now)
	p.wants("nothing came of it")
}

func TestNewsOfOlderLinksIsIgnored(t *testing.T) {
	p := onlinePage(t)
	old := p.link
	p.comesBack()
	p.Opened(p.now, old)
	p.Closed(p.now, old, 4001, "kicked")
	p.Received(p.now, old, wire.Append(nil, &wire.Welcome{Journal: "other"}))
	p.Received(p.now, p.link+1, []byte("not even a frame"))
	p.wants("none of it concerns the present link")
	require.False(t, p.Online())
}

func TestOlderLinkThatOpensAtLastIsNotTheNewOne(t *testing.T) {
	p := newPage(t)
	p.Connect(p.now)
	p.after(10_000)
	p.skip()
	p.Opened(p.now, 1)
	p.wants("its hello would go nowhere")
	p.opens()
	p.wants("the new one is still awaited", p.hello(nil))
}

func TestDialThatHangsIsGivenUp(t *testing.T) {
	p := newPage(t)
	p.Connect(p.now)
	p.skip()
	p.after(9_999)
	p.wants("it has its time")
	p.after(1)
	p.wants("then the next is tried", Hangup{1, wire.CloseSilent},
		Reconnecting{Attempt: 1, Code: wire.CloseSilent}, Dial{2})
}

func TestHelloWithoutAnswerIsGivenUp(t *testing.T) {
	p := newPage(t)
	p.Connect(p.now)
	p.after(9_000)
	p.opens()
	p.skip()
	p.after(9_999)
	p.wants("the hello has its own time")
	p.after(1)
	p.wants("then the next is tried", Hangup{1, wire.CloseSilent},
		Reconnecting{Attempt: 1, Code: wire.CloseSilent}, Dial{2})
}

func TestDisconnectIsFinal(t *testing.T) {
	p := onlinePage(t)
	n := p.does(&wire.Create{Type: 1})
	p.skip()
	p.Disconnect(p.now)
	p.wants("what is in flight fails first", Hangup{p.link, wire.CloseNormal}, failed(n, FailDisconnected),
		Disconnected{Why: Asked})
	p.after(100_000)
	p.wants("nothing is tried")
}

func TestConnectAfterDisconnectResumes(t *testing.T) {
	p := onlinePage(t)
	p.hears(joins(140, "r1", "bob"))
	p.Disconnect(p.now)
	p.Connect(p.now)
	require.Equal(t, p.hello(&wire.Resume{Journal: "j", Position: 140}), p.redialled())
}

func TestNewTokenIsUsedFromTheNextLoginOn(t *testing.T) {
	p := onlinePage(t)
	p.SetToken("renewed")
	require.Equal(t, "renewed", p.comesBack().Token)
}

func TestLoginTooLargeForAFrameIsFinal(t *testing.T) {
	p := newPage(t, func(c *Config) { c.Token = strings.Repeat("x", wire.MaxFrame) })
	p.Connect(p.now)
	p.opens()
	p.wants("it would cost every link", Dial{1}, Hangup{1, wire.CloseNormal},
		Disconnected{Why: Broken, Reason: "the login is too large for a frame"})
}

func TestClockThatStepsBackIsHeld(t *testing.T) {
	p := onlinePage(t)
	p.after(9_000)
	p.Tick(p.now)
	n, err := p.Do(p.now-5_000, &wire.Create{Type: 1})
	require.NoError(t, err)
	p.skip()
	p.after(7_999)
	p.skip()
	p.after(1)
	p.wants("time counts from the latest input", failed(n, FailTimeout))
}
