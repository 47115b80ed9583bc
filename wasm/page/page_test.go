//go:build !js

package page

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"beckon/jsbridge"
	"beckon/server/auth"
	"beckon/server/engine"
	"beckon/server/journal/memory"
	"beckon/server/relay"
)

// room is a relay and pages in it, whose sockets are coder/websocket's instead of a browser's.
type room struct {
	t   *testing.T
	ctx context.Context
	url string
}

func newRoom(t *testing.T) *room {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	t.Cleanup(cancel)
	eng, err := engine.Open(ctx, engine.Config{Journal: memory.New().Open()})
	require.NoError(t, err)
	go eng.Run(ctx)
	s := httptest.NewServer(relay.New(relay.Config{Apps: func(string) *engine.Engine { return eng }, Auth: auth.Dev}))
	t.Cleanup(s.Close)
	return &room{t, ctx, strings.Replace(s.URL, "http", "ws", 1)}
}

// told is one event as the page gets it.
type told struct {
	target, name string
	payload      map[string]any
}

type testPage struct {
	*Page
	room   *room
	events chan told
}

func (r *room) page() *testPage {
	p := &testPage{room: r, events: make(chan told, 64)}
	p.Page = New(func(target, name, text string) {
		var payload map[string]any
		require.NoError(r.t, json.Unmarshal([]byte(text), &payload), text)
		p.events <- told{target, name, payload}
	}, r.dial)
	return p
}

// dial is jsbridge.DialSocket for tests.
func (r *room) dial(url string, h jsbridge.SocketHandlers) (Socket, error) {
	s := &testSocket{ctx: r.ctx}
	go func() {
		ws, _, err := websocket.Dial(r.ctx, url, nil)
		if err != nil {
			h.Closed(closeAbnormal, err.Error())
			return
		}
		s.mu.Lock()
		s.ws = ws
		s.mu.Unlock()
		h.Open()
		for {
			_, text, err := ws.Read(r.ctx)
			if err != nil {
				h.Closed(max(closeAbnormal, int(websocket.CloseStatus(err))), "")
				return
			}
			h.Text(string(text))
		}
	}()
	return s, nil
}

type testSocket struct {
	ctx context.Context
	mu  sync.Mutex
	ws  *websocket.Conn
}

func (s *testSocket) conn() *websocket.Conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ws
}

func (s *testSocket) Send(text string) error {
	return s.conn().Write(s.ctx, websocket.MessageText, []byte(text))
}

func (s *testSocket) Close(code int, reason string) {
	if ws := s.conn(); ws != nil {
		go ws.Close(websocket.StatusCode(code), reason)
	}
}

func (p *testPage) call(target, method, args string) (map[string]any, error) {
	p.room.t.Helper()
	text, err := p.Call(p.room.ctx, target, method, args)
	if err != nil || text == "" {
		return nil, err
	}
	var result map[string]any
	require.NoError(p.room.t, json.Unmarshal([]byte(text), &result), text)
	return result, nil
}

func (p *testPage) do(target, method, args string) map[string]any {
	p.room.t.Helper()
	result, err := p.call(target, method, args)
	require.NoError(p.room.t, err)
	return result
}

func (p *testPage) next(name string) told {
	p.room.t.Helper()
	select {
	case e := <-p.events:
		require.Equal(p.room.t, name, e.name, "%v", e.payload)
		return e
	case <-p.room.ctx.Done():
		p.room.t.Fatalf("no event %s came", name)
		panic("unreachable")
	}
}

func (p *testPage) login(target, account string) {
	p.room.t.Helper()
	p.do(target, "open", `{"dialect":"nim","url":"`+p.room.url+`","app":"k","account":"`+account+
		`","token":"t","device":"`+target+`","life":"1"}`)
	p.do(target, "connect", "{}")
	require.Equal(p.room.t, target, p.next("connected").payload["deviceId"])
}

func TestTwoTargetsOfAPageRingEachOther(t *testing.T) {
	p := newRoom(t).page()
	p.login("a", "ada")
	p.login("b", "bob")

	call := p.do("a", "signalingCallEx", `{"type":1,"account":"bob","requestId":"r1"}`)
	require.Equal(t, "200", call["callStatus"])
	invite := p.next("notify")
	require.Equal(t, "b", invite.target)
	require.Equal(t, "INVITE", invite.payload["eventType"])

	channel := invite.payload["channelId"].(string)
	p.do("b", "signalingJoinAndAccept", `{"channelId":"`+channel+`","account":"ada","requestId":"r1"}`)
	require.Equal(t, "ROOM_JOIN", p.next("notify").payload["eventType"])
	require.Equal(t, "ACCEPT", p.next("notify").payload["eventType"])
}

func TestARefusalReachesThePageAsTheVendorsError(t *testing.T) {
	p := newRoom(t).page()
	p.login("a", "ada")
	_, err := p.call("a", "signalingJoin", `{"channelId":"none"}`)
	require.ErrorContains(t, err, "10404")
	require.Contains(t, err.(interface{ Failure() string }).Failure(), `"message":"ROOM_NOT_EXISTS"`)
}

func TestACallBeforeTheLoginIsRefusedAtOnce(t *testing.T) {
	p := newRoom(t).page()
	p.do("a", "open", `{"dialect":"nim","url":"`+p.room.url+`","app":"k","account":"ada","device":"a","life":"1"}`)
	_, err := p.call("a", "signalingCreate", `{"type":1}`)
	require.ErrorContains(t, err, "Error_Connection_Socket_State_not_Match")
}

func TestDisconnectIsToldAndConnectWorksAgain(t *testing.T) {
	p := newRoom(t).page()
	p.login("a", "ada")
	p.do("a", "disconnect", "{}")
	require.Equal(t, "manuallyDisconnect", p.next("disconnected").payload["code"])
	p.do("a", "connect", "{}")
	p.next("connected")
}

func TestTheSameDeviceInAnotherPageReplacesTheFirst(t *testing.T) {
	r := newRoom(t)
	first, second := r.page(), r.page()
	first.login("a", "ada")
	second.do("a", "open", `{"dialect":"nim","url":"`+r.url+`","app":"k","account":"ada","device":"a","life":"2"}`)
	second.do("a", "connect", "{}")
	second.next("connected")
	require.Equal(t, "kicked", first.next("disconnected").payload["code"])
}

func TestALostLinkIsNotTriedAgainIfThePageSaysSo(t *testing.T) {
	p := newRoom(t).page()
	p.do("a", "open", `{"dialect":"nim","url":"ws://127.0.0.1:1/ws","app":"k","account":"ada","device":"a","life":"1","options":{"needReconnect":false}}`)
	p.do("a", "connect", "{}")
	require.Equal(t, "allAttemptsFailed", p.next("disconnected").payload["code"])
	require.Empty(t, p.events)
}

func TestALostLinkIsTriedAgainAsOftenAsThePageSays(t *testing.T) {
	p := newRoom(t).page()
	p.do("a", "open", `{"dialect":"nim","url":"ws://127.0.0.1:1/ws","app":"k","account":"ada","device":"a","life":"1","options":{"reconnectionAttempts":1}}`)
	p.do("a", "connect", "{}")
	require.EqualValues(t, 1, p.next("willreconnect").payload["retryCount"])
	require.Equal(t, "allAttemptsFailed", p.next("disconnected").payload["code"])
}

func TestOpeningAgainChangesWhereTheRelayIs(t *testing.T) {
	p := newRoom(t).page()
	p.do("a", "open", `{"dialect":"nim","url":"ws://127.0.0.1:1/ws","app":"k","account":"ada","device":"a","life":"1"}`)
	p.login("a", "ada")
}

func TestWhatIsNotOpenAnswersSo(t *testing.T) {
	p := newRoom(t).page()
	_, err := p.call("a", "connect", "{}")
	require.ErrorContains(t, err, "a is not open")
	p.login("a", "ada")
	p.do("a", "destroy", "{}")
	p.next("disconnected")
	_, err = p.call("a", "signalingCreate", `{"type":1}`)
	require.ErrorContains(t, err, "a is not open")
}

func TestOpeningNamesWhatIsWrong(t *testing.T) {
	p := newRoom(t).page()
	_, err := p.call("a", "open", `{"dialect":"klingon"}`)
	require.ErrorContains(t, err, `"klingon"`)
	_, err = p.call("a", "open", `{"url":7}`)
	require.ErrorContains(t, err, "url is not a string")
}
