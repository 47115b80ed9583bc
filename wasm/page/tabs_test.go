//go:build !js

package page

import (
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/jsbridge"
)

// The targets of an account that share a line, as tabs of one browser do. Their device is "tabs".

// tabs is a page whose dials are counted.
func tabs(t *testing.T) (*testPage, *atomic.Int32) {
	r, dials := newRoom(t), new(atomic.Int32)
	p := newTestPage(t, r.ctx, r.url, func(url string, h jsbridge.SocketHandlers) (Socket, error) {
		dials.Add(1)
		return r.dial(url, h)
	})
	return p, dials
}

func (p *testPage) openTab(target, dialect, account string) {
	p.t.Helper()
	p.do(target, "open", `{"dialect":"`+dialect+`","url":"`+p.url+`","app":"1","account":"`+account+
		`","token":"t","device":"tabs","life":"1","shared":true}`)
}

func (p *testPage) connectTab(target, account string) {
	p.t.Helper()
	p.openTab(target, "nim", account)
	p.do(target, "connect", "{}")
	require.Equal(p.t, "tabs", p.next(target, "connected")["deviceId"])
}

func (p *testPage) synced(target string) {
	p.t.Helper()
	require.Empty(p.t, p.list(target, "unread"))
	p.list(target, "channels")
}

func (p *testPage) stranger(target, account string) {
	p.t.Helper()
	p.do(target, "open", `{"dialect":"nim","url":"`+p.url+`","app":"1","account":"`+account+`","device":"`+target+`","life":"1"}`)
	p.do(target, "connect", "{}")
	p.next(target, "connected")
	p.synced(target)
}

func TestTabsShareOneLinkAndAllAreTold(t *testing.T) {
	p, dials := tabs(t)
	p.stranger("b", "bob")
	for _, tab := range []string{"one", "two"} {
		p.connectTab(tab, "ada")
		p.synced(tab)
	}
	require.EqualValues(t, 2, dials.Load(), "bob's link and one of ada's")

	p.do("b", "signalingCallEx", `{"type":1,"account":"ada","requestId":"r"}`)
	id := p.next("one", "notify")["channelId"].(string)
	require.Equal(t, "INVITE", p.next("two", "notify")["eventType"])

	p.do("one", "signalingJoinAndAccept", `{"channelId":"`+id+`","account":"bob","requestId":"r","attachExt":"yes"}`)
	elsewhere := p.next("two", "multiclient")
	require.Equal(t, "ACCEPT", elsewhere["eventType"])
	require.Equal(t, []any{id, "r", "ada", "bob", "yes"}, []any{elsewhere["channelId"], elsewhere["requestId"], elsewhere["from"], elsewhere["to"], elsewhere["attachExt"]})
	p.silent("one")

	p.do("two", "signalingControl", `{"channelId":"`+id+`","account":"bob","attachExt":"from two"}`)
	require.Equal(t, "ROOM_JOIN", p.next("b", "notify")["eventType"])
	require.Equal(t, "ACCEPT", p.next("b", "notify")["eventType"])
	require.Equal(t, "from two", p.next("b", "notify")["attachExt"])
	p.silent("one")
}

func TestATabThatComesLateIsToldWhatIsPending(t *testing.T) {
	p, dials := tabs(t)
	p.stranger("b", "bob")
	p.connectTab("one", "ada")
	p.synced("one")
	p.do("b", "signalingCallEx", `{"type":1,"account":"ada","requestId":"r"}`)
	p.next("one", "notify")

	p.connectTab("two", "ada")
	require.Equal(t, "r", p.next("two", "notify")["requestId"])
	p.synced("two")
	p.silent("one")
	require.EqualValues(t, 2, dials.Load())
}

func TestATabThatClosesHangsUpForNobody(t *testing.T) {
	p, _ := tabs(t)
	p.stranger("b", "bob")
	p.connectTab("one", "ada")
	p.synced("one")
	p.connectTab("two", "ada")
	p.synced("two")
	p.do("one", "signalingCallEx", `{"type":1,"account":"bob","requestId":"r"}`)
	id := p.next("b", "notify")["channelId"].(string)

	p.do("one", "hold", "{}") // and has no time to release it
	p.do("one", "destroy", "{}")
	p.next("one", "disconnected")
	p.do("b", "signalingJoinAndAccept", `{"channelId":"`+id+`","account":"ada","requestId":"r"}`)
	require.Equal(t, "ROOM_JOIN", p.next("two", "notify")["eventType"])
	require.Equal(t, "ACCEPT", p.next("two", "notify")["eventType"])
	p.do("two", "signalingClose", `{"channelId":"`+id+`"}`)
	require.Equal(t, "ROOM_CLOSE", p.next("b", "notify")["eventType"])

	p.do("two", "disconnect", "{}")
	p.next("two", "disconnected")
	p.connectTab("two", "ada")
	p.silent("one")
}

func TestATabThatDisconnectsHearsNothingUntilItConnects(t *testing.T) {
	p, dials := tabs(t)
	p.stranger("b", "bob")
	p.connectTab("one", "ada")
	p.synced("one")
	p.connectTab("two", "ada")
	p.synced("two")
	p.do("one", "disconnect", "{}")
	require.Equal(t, "manuallyDisconnect", p.next("one", "disconnected")["code"])
	p.do("b", "signalingCallEx", `{"type":1,"account":"ada","requestId":"r"}`)
	p.next("two", "notify")
	p.silent("one")
	p.do("one", "connect", "{}")
	p.next("one", "connected")
	require.Equal(t, "r", p.next("one", "notify")["requestId"])
	require.EqualValues(t, 2, dials.Load())
}

func TestARejectionInOneTabIsToldToTheOthersInBothShapes(t *testing.T) {
	p, _ := tabs(t)
	p.stranger("b", "bob")
	p.connectTab("one", "ada")
	p.synced("one")
	p.connectTab("two", "ada")
	p.synced("two")
	p.do("two", "V2.enable", `{"ack":false}`)
	require.Empty(t, p.list("two", "v2rooms"))
	p.do("b", "signalingCallEx", `{"type":1,"account":"ada","requestId":"r"}`)
	p.next("one", "notify")
	id := p.next("two", "notify")["channelId"].(string)
	p.next("two", "v2online")
	p.do("one", "signalingReject", `{"channelId":"`+id+`","account":"bob","requestId":"r"}`)
	require.Equal(t, "REJECT", p.next("two", "multiclient")["eventType"])
	require.EqualValues(t, 5, p.next("two", "v2multiclient")["eventType"])
}

func TestTabsOfTUI(t *testing.T) {
	p, dials := tabs(t)
	p.openTab("b", "tui", "bob")
	p.do("b", "login", credentials)
	p.next("b", "connected")
	p.do("b", "createRoom", `{"roomId":"team"}`)
	p.do("b", "enterRoom", `{"roomId":"team"}`)
	p.do("b", "inviteUsers", `{"roomId":"team","userIdList":["ada"],"timeout":60}`)
	for len(p.heard("b")) > 0 {
		<-p.heard("b")
	}
	for _, tab := range []string{"one", "two"} {
		p.openTab(tab, "tui", "ada")
		p.do(tab, "login", credentials)
		p.next(tab, "connected")
		require.Equal(t, []any{"ada", "bob", 1.0}, about(p.next(tab, "onReceiveInvitation")))
	}
	require.EqualValues(t, 2, dials.Load())

	p.do("one", "enterRoom", `{"roomId":"team"}`)
	require.Equal(t, true, p.next("two", "onInvitationHandledByOtherDevice")["accepted"])
	p.do("two", "enterRoom", `{"roomId":"team"}`)
	p.do("two", "exitRoom", `{}`)
	require.EqualValues(t, kickedByDevice, p.next("one", "onKickedOutOfRoom")["reason"])

	p.do("one", "createRoom", `{"roomId":"mine"}`)
	p.do("one", "enterRoom", `{"roomId":"mine"}`)
	p.do("two", "enterRoom", `{"roomId":"mine"}`)
	p.do("one", "destroyRoom", `{}`)
	require.Equal(t, "mine", p.next("two", "onRoomDismissed")["roomId"])

	p.do("one", "logout", `{}`)
	p.next("one", "disconnected")
	require.Equal(t, "ada", p.do("two", "getSelfInfo", `{}`)["userId"])
	p.silent("two")
}

const kickedByDevice = 1 // TUIKickedOutOfRoomReason
