package relay_test

import (
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"beckon/core/wire"
	"beckon/server/engine"
	"beckon/server/relay"
	"beckon/server/servertest"
)

func TestWhatIsNoFrameEndsTheLink(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	for _, text := range []string{`x`, `{"type":"dance"}`, `{"type":"reply","n":1}`, `{"type":"heartbeat","ack":"x"}`,
		`{"type":"command","n":-1}`, `{"type":"command","name":"create","fields":{"type":"x"}}`} {
		page := w.login("alice/tab")
		page.Write(websocket.MessageText, []byte(text))
		require.Equal(t, wire.CloseBadFrame, page.Closed(), text)
	}
	w.works()
}

// A command that has a number is answered, whatever is wrong with it.
func TestCommandWithABadFieldIsAnswered(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	page := w.login("alice/tab")
	for _, c := range []struct{ text, field, detail string }{
		{`{"type":"command","n":7,"name":"invite","fields":{"push":{"title":7}}}`, "push.title", "is not a string"},
		{`{"type":"command","n":7,"name":"create","fields":{"type":1.5}}`, "type", "is not a whole number"},
		{`{"type":"command","n":7,"name":"join","fields":[]}`, "fields", "is not an object"},
		{`{"type":"command","n":7,"name":["x"]}`, "name", "is not a string"},
	} {
		page.Write(websocket.MessageText, []byte(c.text))
		reply := page.Reply(7)
		require.Equal(t, &wire.Refusal{Code: "bad-field", Field: c.field, Detail: c.detail}, reply.Error, c.text)
	}
	page.Do(&wire.Create{Type: 1})
}

func TestMachinesRefusalNamesTheField(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	page := w.login("alice/tab")
	reply := page.Reply(page.Ask(&wire.Create{Type: 1, Name: strings.Repeat("ä", 129)}))
	require.Equal(t, &wire.Refusal{Code: "bad-field", Field: "name", Limit: 128, Detail: "is too long"}, reply.Error)
}

func TestUnknownFieldsAreIgnored(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	page := w.login("alice/tab")
	page.Write(websocket.MessageText, []byte(`{"type":"command","n":1,"name":"create","new":{"a":[1]},"fields":{"type":1,"color":"red"}}`))
	require.Nil(t, page.Reply(1).Error)
}

func TestBinaryMessageEndsTheLink(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	for _, size := range []int{0, 100, 100_000} {
		page := w.login("alice/tab")
		page.Write(websocket.MessageBinary, make([]byte, size))
		require.Equal(t, wire.CloseNotText, page.Closed(), "%d bytes", size)
	}
}

func TestTextThatIsNotUTF8EndsTheLink(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	for _, text := range []string{"\xff", `{"type":"command","n":1,"name":"create","fields":{"type":1,"ext":"` + "\xed\xa0\x80" + `"}}`} {
		page := w.login("alice/tab")
		page.Write(websocket.MessageText, []byte(text))
		require.Equal(t, wire.CloseNotUTF8, page.Closed())
	}
}

func TestFrameMayHave256KiB(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	page := w.login("alice/tab")
	frame := `{"type":"command","n":1,"name":"create","fields":{"type":1},"new":"`
	frame += strings.Repeat("x", wire.MaxFrame-len(frame)-2) + `"}`
	require.Len(t, frame, 256<<10)
	page.Write(websocket.MessageText, []byte(frame))
	require.Nil(t, page.Reply(1).Error)
}

func TestLargerFrameEndsTheLink(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	for _, size := range []int{wire.MaxFrame + 1, 4 << 20} {
		page := w.login("alice/tab")
		page.Write(websocket.MessageText, make([]byte, size))
		require.Equal(t, wire.CloseFrameTooBig, page.Closed(), "%d bytes", size)
	}
	w.works()
}

func TestHeartbeatTellsTimeAndPosition(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	alice, bob := w.login("alice/tab"), w.login("bob/phone")
	alice.Do(callEx("bob"))
	before := w.eng.Now()
	bob.Send(&wire.Heartbeat{})
	invited, ok := bob.Next().(*wire.Notice)
	require.True(t, ok, "what the position covers comes before")
	beat := bob.Next().(*wire.Heartbeat)
	require.GreaterOrEqual(t, beat.Now, int64(before))
	require.LessOrEqual(t, beat.Now, int64(w.eng.Now()))
	require.GreaterOrEqual(t, beat.Position, invited.Position)
	require.Equal(t, uint64(w.eng.Released()), beat.Position)
}

func TestBusyEngineAnswersBusy(t *testing.T) {
	w := start(t, engine.Config{MaxQueued: 300}, relay.Config{})
	alice := w.login("alice/tab")
	w.busy(alice)
	alice.Ask(&wire.Create{Type: 1})
	reply := alice.Reply(alice.Ask(&wire.Create{Type: 1}))
	require.Equal(t, &wire.Refusal{Code: "busy", After: 1000}, reply.Error)
	w.gate.Open()
	require.Nil(t, alice.Reply(1).Error)
	require.Nil(t, alice.Reply(2).Error)
	alice.Do(&wire.Create{Type: 1})
}

func TestClosingPageIsAnswered(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	page := w.login("alice/tab")
	require.NoError(t, page.WS.Close(websocket.StatusNormalClosure, ""), "the handshake is completed")
	require.True(t, servertest.Eventually(func() bool { return w.relay.Links() == 0 }))
	require.False(t, w.online("alice"))
}
