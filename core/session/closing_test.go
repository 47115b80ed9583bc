package session

import (
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

func TestRefusedTokenIsFinal(t *testing.T) {
	p := newPage(t)
	p.Connect(p.now)
	p.opens()
	p.skip()
	p.hears(&wire.Refused{Refusal: wire.Refusal{Code: "unauthorized", Detail: "expired"}})
	p.wants("the refusal is handed on", Hangup{1, wire.CloseNormal}, Disconnected{Why: Refused, Code: wire.CloseRefused,
		Refusal: &wire.Refusal{Code: "unauthorized", Detail: "expired"}})
	p.closes(wire.CloseRefused)
	p.after(60_000)
	p.wants("the relay's close adds nothing")
}

func TestBusyRelayIsAskedAgainWhenItSays(t *testing.T) {
	p := newPage(t)
	p.Connect(p.now)
	p.opens()
	p.skip()
	p.hears(&wire.Refused{Refusal: wire.Refusal{Code: "busy", Detail: "full", After: 30_000}})
	p.wants("later", Hangup{1, wire.CloseNormal},
		Reconnecting{Attempt: 1, Delay: 30_500, Code: wire.CloseBusy, Reason: "full"})
	p.after(29_999)
	p.Check(p.now)
	p.wants("not before, whatever the page sees")
	p.after(500)
	p.wants("nor all at once")
	p.after(1)
	p.wants("then", Dial{2})
}

func TestBusyRelayCannotKeepAPageAwayForEver(t *testing.T) {
	for after, delay := range map[int64]Millis{1<<63 - 1: longest + 500, -5: 500, 0: 500} {
		p := newPage(t)
		p.Connect(p.now)
		p.opens()
		p.skip()
		p.hears(&wire.Refused{Refusal: wire.Refusal{Code: "busy", After: after}})
		p.wants("its wish has bounds", Hangup{1, wire.CloseNormal},
			Reconnecting{Attempt: 1, Delay: delay, Code: wire.CloseBusy})
	}
}

func TestClosesThatMeanNeverAreFinal(t *testing.T) {
	for code, why := range map[wire.CloseCode]Why{
		wire.CloseReplaced:    Replaced,
		wire.CloseKicked:      Kicked,
		wire.CloseBanned:      Banned,
		wire.CloseRefused:     Refused,
		wire.CloseBadFrame:    Broken,
		wire.CloseNotText:     Broken,
		wire.CloseNotUTF8:     Broken,
		wire.CloseFrameTooBig: Broken,
		4099:                  Broken, // from a newer relay
	} {
		p := onlinePage(t)
		n := p.does(&wire.Create{Type: 1})
		p.skip()
		p.Closed(p.now, p.link, int(code), "told why")
		p.wants("and says which", failed(n, FailDisconnected), Disconnected{Why: why, Code: code, Reason: "told why"})
		p.after(60_000)
		p.wants("nothing is tried")
	}
}

func TestClosesThatMeanNowAreRetriedAtOnce(t *testing.T) {
	for _, code := range []wire.CloseCode{wire.CloseGoingAway, wire.CloseHelloLate, wire.CloseSilent, wire.CloseSlow,
		wire.CloseRestarting, 4199} {
		p := onlinePage(t)
		p.after(lasting)
		p.skip()
		p.closes(code)
		p.wants("at once", Reconnecting{Attempt: 1, Code: code}, Dial{2})
		p.closes(code)
		p.wants("but only once", Reconnecting{Attempt: 2, Delay: 1_000, Code: code})
	}
}

func TestClosesThatMeanLaterAreRetriedLater(t *testing.T) {
	for _, code := range []wire.CloseCode{wire.CloseNormal, 1005, 1006, 1011, 1015, 3000, wire.CloseBusy, 4999} {
		p := onlinePage(t)
		p.after(lasting)
		p.skip()
		p.closes(code)
		p.wants("later", Reconnecting{Attempt: 1, Delay: 500, Code: code})
		p.after(500)
		p.wants("now", Dial{2})
	}
}

func TestCloseCodeOutOfRangeIsABrokenLink(t *testing.T) {
	for _, code := range []int{-1, 65536 + 4001, 1 << 40} {
		p := onlinePage(t)
		p.Closed(p.now, p.link, code, "")
		p.wants("not a kick", Reconnecting{Attempt: 1, Delay: 500, Code: 1006})
	}
}

func TestMalformedFrameEndsTheLink(t *testing.T) {
	for name, text := range map[string]string{
		"no JSON":                     "hello?",
		"half a frame":                `{"type":"notice","position":12`,
		"a field of another kind":     `{"type":"notice","position":"12"}`,
		"no frame of a live link":     `{"type":"welcome","journal":"j"}`,
		"a refusal of no hello":       `{"type":"refused","code":"busy"}`,
		"a reply with neither":        `{"type":"reply","n":1,"position":120}`,
		"a reply with both":           `{"type":"reply","n":1,"position":120,"ok":{},"error":{"code":"busy"}}`,
		"a notice without a channel":  `{"type":"notice","position":120,"name":"left","fields":{"account":"bob"}}`,
		"a joining without a member":  `{"type":"notice","position":120,"name":"joined","fields":{"channel":{"id":"r1"}}}`,
		"a word to no channel":        `{"type":"notice","position":120,"name":"controlled","fields":{"by":"bob"}}`,
		"a lone surrogate in the tag": `{"type":"\ud800"}`,
	} {
		t.Run(name, func(t *testing.T) {
			p := onlinePage(t)
			p.hearsText(text)
			p.wants("it is hung up, and tried again later", Hangup{p.link, wire.CloseBadFrame},
				Reconnecting{Attempt: 1, Delay: 500, Code: wire.CloseBadFrame, Reason: "the relay sent what is no frame"})
			p.after(500)
			require.Nil(t, p.redialled().Resume, "a replay would bring the same again")
		})
	}
}

func TestMalformedGreetingEndsTheLink(t *testing.T) {
	for name, text := range map[string]string{
		"a notice before the welcome":      `{"type":"notice","position":120,"name":"news"}`,
		"a reply before the welcome":       `{"type":"reply","n":1,"position":120,"ok":{}}`,
		"a resume that nobody asked for":   `{"type":"welcome","journal":"j","resumed":true}`,
		"an answer that says nothing":      `{"type":"welcome","journal":"j","answers":[{"n":1}]}`,
		"an invitation without a channel":  `{"type":"welcome","journal":"j","invitations":[{"position":5}]}`,
		"an invitation that is not a list": `{"type":"welcome","journal":"j","invitations":{}}`,
	} {
		t.Run(name, func(t *testing.T) {
			p := newPage(t)
			p.Connect(p.now)
			p.opens()
			p.skip()
			p.hearsText(text)
			p.wants("it is hung up", Hangup{1, wire.CloseBadFrame},
				Reconnecting{Attempt: 1, Delay: 500, Code: wire.CloseBadFrame, Reason: "the relay sent what is no frame"})
		})
	}
}

func TestResumeOfAnotherJournalIsMalformed(t *testing.T) {
	p := onlinePage(t)
	p.comesBack()
	p.hears(&wire.Welcome{Journal: "other", Resumed: true})
	p.drain()
	require.Equal(t, Hangup{p.link, wire.CloseBadFrame}, p.out[0])
}

func TestUnknownFramesAreIgnored(t *testing.T) {
	p := onlinePage(t)
	p.hearsText(`{"type":"weather","sunny":true}`)
	p.hearsText(`{"type":"hello","account":"bob"}`)
	p.hearsText(`{}`)
	p.wants("a newer relay may say more")
	require.True(t, p.Online())
}

func TestUnknownNoticesAreIgnoredButCount(t *testing.T) {
	p := onlinePage(t)
	p.hearsText(`{"type":"notice","position":150,"time":5,"name":"applauded","fields":{"by":"bob"}}`)
	p.wants("nobody could be told what it means")
	require.Equal(t, uint64(150), p.comesBack().Resume.Position)
}
