package relay_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/wire"
	"beckon/server/engine"
	"beckon/server/relay"
	"beckon/server/servertest"
)

func TestHelloOpensALink(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	page := w.login("alice/tab")
	require.NotEmpty(t, page.Do(callEx("bob")).Channel.ID)
	require.Equal(t, 1, w.relay.Links())
}

func TestSocketWithoutAHelloIsClosed(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{Hello: 50 * time.Millisecond})
	require.Equal(t, wire.CloseHelloLate, servertest.Dial(t, w.url, nil).Closed())
	w.works()
}

func TestHelloInTimeIsNotClosedLater(t *testing.T) {
	const hello = time.Second
	w := start(t, engine.Config{}, relay.Config{Hello: hello})
	early := w.login("alice/tab")
	require.Equal(t, wire.CloseHelloLate, servertest.Dial(t, w.url, nil).Closed(), "one that came later has had its time")
	early.Do(&wire.Create{Type: 1})
}

func TestFirstFrameMustBeAHello(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	for _, text := range []string{
		``,
		`{`,
		`[]`,
		`null`,
		`{"type":"dance"}`,
		`{"type":"hello","v":"one"}`,
		`{"type":"hello","v":1}{}`,
		`{"type":"heartbeat"}`,
		`{"type":"command","n":1,"name":"create","fields":{"type":1}}`,
		`{"type":"welcome","v":1}`,
		strings.Repeat(`{"type":`, 1000),
	} {
		page := servertest.Dial(t, w.url, nil)
		page.Write(websocket.MessageText, []byte(text))
		require.Equal(t, wire.CloseBadFrame, page.Closed(), text)
	}
	w.works()
}

func TestRefusedHelloIsToldWhy(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{
		Auth: func(_ context.Context, _, account, token string) *core.Refusal {
			if token != "token of "+account {
				return &core.Refusal{Code: core.Unauthorized, Detail: "not this one"}
			}
			return nil
		},
	})
	long := strings.Repeat("x", 129)
	for name, c := range map[string]struct {
		change func(h *wire.Hello)
		want   wire.Refusal
	}{
		"no version":      {func(h *wire.Hello) { h.Version = 0 }, wire.Refusal{Code: "unsupported-version", Field: "v", Limit: wire.Version}},
		"newer version":   {func(h *wire.Hello) { h.Version++ }, wire.Refusal{Code: "unsupported-version", Field: "v", Limit: wire.Version}},
		"no account":      {func(h *wire.Hello) { h.Account = "" }, wire.Refusal{Code: "bad-field", Field: "account", Detail: "is missing"}},
		"long account":    {func(h *wire.Hello) { h.Account = long }, wire.Refusal{Code: "bad-field", Field: "account", Limit: 128, Detail: "is too long"}},
		"control account": {func(h *wire.Hello) { h.Account = "a\nb" }, wire.Refusal{Code: "bad-field", Field: "account", Detail: "holds a control character"}},
		"no device":       {func(h *wire.Hello) { h.Device = "" }, wire.Refusal{Code: "bad-field", Field: "device", Limit: 128, Detail: "takes 1 to 128 bytes"}},
		"long life":       {func(h *wire.Hello) { h.Life = long }, wire.Refusal{Code: "bad-field", Field: "life", Limit: 128, Detail: "takes 1 to 128 bytes"}},
		"another's token": {func(h *wire.Hello) { h.Token = "token of bob" }, wire.Refusal{Code: "unauthorized", Detail: "not this one"}},
	} {
		t.Run(name, func(t *testing.T) {
			page := servertest.Dial(t, w.url, nil)
			hello := wire.Hello{Version: wire.Version, App: "app", Account: "alice", Device: "tab", Life: "1", Token: "token of alice"}
			c.change(&hello)
			page.Send(&hello)
			require.Equal(t, c.want, page.Refused())
			require.Equal(t, wire.CloseRefused, page.Closed())
		})
	}
}

func TestHelloToAnUnknownAppIsRefused(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{Apps: func(string) *engine.Engine { return nil }})
	page := servertest.Dial(t, w.url, nil)
	page.Send(&wire.Hello{Version: wire.Version, App: "other", Account: "alice", Device: "tab", Life: "1"})
	require.Equal(t, wire.Refusal{Code: "no-such-app", Detail: "other"}, page.Refused())
	require.Equal(t, wire.CloseRefused, page.Closed())
}

func TestSecondHelloIsNoFrame(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	page := w.login("alice/tab")
	page.Send(&page.Hello)
	require.Equal(t, wire.CloseBadFrame, page.Closed())
}

func TestAnotherLifeReplacesTheLink(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	first := servertest.Login(t, w.url, "alice", "tab", "1")
	second := servertest.Login(t, w.url, "alice", "tab", "2")
	require.Equal(t, wire.CloseReplaced, first.Closed())
	second.Do(&wire.Create{Type: 1})
	require.True(t, w.online("alice"))
}

func TestLinkThatIsGoneIsKnown(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	page := w.login("alice/tab")
	require.True(t, w.online("alice"))
	page.Cut()
	require.True(t, servertest.Eventually(func() bool { return !w.online("alice") }))
}

func TestBusyEngineTurnsHellosAway(t *testing.T) {
	w := start(t, engine.Config{MaxQueued: 300}, relay.Config{})
	alice := w.login("alice/tab")
	w.busy(alice)
	alice.Ask(&wire.Create{Type: 1})
	alice.Rest() // what was asked is in the queue
	page := servertest.Dial(t, w.url, nil)
	page.Send(&wire.Hello{Version: wire.Version, Account: "bob", Device: "phone", Life: "1"})
	require.Equal(t, wire.CloseBusy, page.Closed())
	w.gate.Open()
	alice.Reply(2)
	w.works()
}
