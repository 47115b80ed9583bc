//go:build !js

package page

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
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
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	t.Cleanup(cancel)
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	eng, err := engine.Open(ctx, engine.Config{Journal: memory.New().Open(), Log: quiet})
	require.NoError(t, err)
	go eng.Run(ctx)
	s := httptest.NewServer(relay.New(relay.Config{Apps: func(string) *engine.Engine { return eng }, Auth: auth.Dev}))
	t.Cleanup(s.Close)
	return &room{t, ctx, strings.Replace(s.URL, "http", "ws", 1)}
}

func (r *room) page() *testPage {
	if h := newHostile(r.t); h != nil {
		p := newTestPage(r.t, r.ctx, r.url, r.dialHostile(h))
		p.hostile = h
		return p
	}
	return newTestPage(r.t, r.ctx, r.url, r.dial)
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
		ws.SetReadLimit(-1) // as browsers have none
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

// testPage is a page whose events wait to be looked at. A target's name is its
// device's, too.
type testPage struct {
	*Page
	t   *testing.T
	ctx context.Context
	url string

	hostile *hostile // what its links do; nil: nothing

	mu     sync.Mutex
	events map[string]chan told
}

// told is one event as the page gets it.
type told struct {
	name    string
	payload any
}

func newTestPage(t *testing.T, ctx context.Context, url string, dial Dialer) *testPage {
	p := &testPage{t: t, ctx: ctx, url: url, events: map[string]chan told{}}
	p.Page = New(func(target, name, text string) {
		var payload any
		require.NoError(t, json.Unmarshal([]byte(text), &payload), text)
		if p.hostile == nil || !p.hostile.hides(target, name) {
			p.heard(target) <- told{name, payload}
		}
	}, dial)
	return p
}

func (p *testPage) heard(target string) chan told {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.events[target] == nil {
		p.events[target] = make(chan told, 1024)
	}
	return p.events[target]
}

// call calls a method of a target, with JSON text.
func (p *testPage) call(target, method, args string) (map[string]any, error) {
	p.t.Helper()
	text, err := p.sendCall(target, method, args)
	if err != nil || text == "" {
		return nil, err
	}
	var result map[string]any
	require.NoError(p.t, json.Unmarshal([]byte(text), &result), text)
	return result, nil
}

// sendCall calls when the links are there, and so does again if they were not.
func (p *testPage) sendCall(target, method, args string) (string, error) {
	for {
		if p.hostile != nil {
			p.hostile.rests()
		}
		text, err := p.Call(p.ctx, target, method, args)
		if p.hostile == nil || !p.hostile.unsent(target, err) {
			return text, err
		}
	}
}

// do is a call that has to go well.
func (p *testPage) do(target, method, args string) map[string]any {
	p.t.Helper()
	result, err := p.call(target, method, args)
	require.NoError(p.t, err)
	return result
}

// next is the payload of the target's next event, which has to have that name.
func (p *testPage) next(target, name string) map[string]any {
	p.t.Helper()
	payload, ok := p.wants(target, name).(map[string]any)
	require.True(p.t, ok, name)
	return payload
}

// list is next for events whose payload is an array of objects.
func (p *testPage) list(target, name string) []map[string]any {
	p.t.Helper()
	items, ok := p.wants(target, name).([]any)
	require.True(p.t, ok, name)
	list := []map[string]any{}
	for _, item := range items {
		list = append(list, item.(map[string]any))
	}
	return list
}

func (p *testPage) wants(target, name string) any {
	p.t.Helper()
	select {
	case e := <-p.heard(target):
		require.Equal(p.t, name, e.name, "%v", e.payload)
		return e.payload
	case <-p.ctx.Done():
		require.Fail(p.t, "no event came", "%s of %s", name, target)
		panic("unreachable")
	}
}

// silent says that nothing came that has not been looked at.
func (p *testPage) silent(target string) {
	p.t.Helper()
	if p.hostile != nil {
		p.hostile.rests()
	}
	select {
	case e := <-p.heard(target):
		require.Fail(p.t, "nothing was to be told", "%s %v", e.name, e.payload)
	default:
	}
}

// open makes a target, with options as JSON text.
func (p *testPage) open(target, account, options string) {
	p.t.Helper()
	p.do(target, "open", `{"dialect":"nim","url":"`+p.url+`","app":"k","account":"`+account+
		`","token":"t","device":"`+target+`","life":"`+target+`-1","options":`+options+`}`)
}

// login is a target online that has been told that nothing is unread, and that it is nowhere.
func (p *testPage) login(target, account string) {
	p.t.Helper()
	p.open(target, account, `{}`)
	p.connects(target)
	require.Empty(p.t, p.list(target, "unread"))
	require.Empty(p.t, p.list(target, "channels"))
}

func (p *testPage) connects(target string) {
	p.t.Helper()
	p.do(target, "connect", "{}")
	require.Equal(p.t, target, p.next(target, "connected")["deviceId"])
}

// field lists the values of a field.
func field(list []map[string]any, name string) []any {
	values := []any{}
	for _, item := range list {
		values = append(values, item[name])
	}
	return values
}
