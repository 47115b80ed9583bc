//go:build !js

package page

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// v2login is login for a page that uses V2 alone.
func (p *testPage) v2login(target, account string) {
	p.t.Helper()
	p.open(target, account, `{}`)
	p.do(target, "V2.enable", `{"ack":true}`)
	p.connects(target)
	p.list(target, "unread")
	p.list(target, "channels")
	require.Empty(p.t, p.list(target, "v2rooms"))
}

// v2next is V2's next event; the older SDK's comes first.
func (p *testPage) v2next(target, name string) map[string]any {
	p.t.Helper()
	if name == "v2multiclient" {
		p.next(target, "multiclient")
	} else {
		p.next(target, "notify")
	}
	return p.next(target, name)
}

func TestACallInV2(t *testing.T) {
	p := newRoom(t).page()
	p.v2login("a", "ada")
	p.v2login("b", "bob")
	p.v2login("b2", "bob")

	call := p.do("a", "V2.call", `{"calleeAccountId":"bob","requestId":"r1","channelType":2,"channelName":"standup",
		"serverExtension":"come","signallingConfig":{"selfUid":7,"unreadEnabled":false},"rtcConfig":{"rtcChannelName":"n"}}`)
	require.EqualValues(t, 200, call["callStatus"])
	require.Equal(t, map[string]any{"rtcTokenTtl": 600.0}, call["rtcInfo"])
	info := call["roomInfo"].(map[string]any)["channelInfo"].(map[string]any)
	require.Equal(t, []any{"standup", 2.0, true, "ada"},
		[]any{info["channelName"], info["channelType"], info["channelValid"], info["creatorAccountId"]})

	invite := p.v2next("b", "v2online")
	p.v2next("b2", "v2online")
	require.Equal(t, []any{3.0, "ada", "ada", "bob", "r1", "come", false},
		[]any{invite["eventType"], invite["operatorAccountId"], invite["inviterAccountId"], invite["inviteeAccountId"],
			invite["requestId"], invite["serverExtension"], invite["unreadEnabled"]})

	setup := p.do("b", "V2.callSetup", `{"channelId":"`+info["channelId"].(string)+`","callerAccountId":"ada","requestId":"r1"}`)
	require.EqualValues(t, 200, setup["callStatus"])
	require.Len(t, setup["roomInfo"].(map[string]any)["members"], 2)
	require.NotContains(t, setup, "rtcInfo")

	join := p.v2next("a", "v2online")
	require.EqualValues(t, 2, join["eventType"])
	require.Equal(t, "bob", join["member"].(map[string]any)["accountId"])
	require.IsType(t, 0.0, join["member"].(map[string]any)["uid"])
	accept := p.v2next("a", "v2online")
	require.Equal(t, []any{6.0, "bob", "ada", "bob"},
		[]any{accept["eventType"], accept["operatorAccountId"], accept["inviterAccountId"], accept["inviteeAccountId"]})
	require.EqualValues(t, 6, p.v2next("b2", "v2multiclient")["eventType"])

	require.Nil(t, p.do("b", "V2.closeRoom", `{"channelId":"`+info["channelId"].(string)+`","serverExtension":"bye"}`))
	closed := p.v2next("a", "v2online")
	require.Equal(t, []any{1.0, "bye", false},
		[]any{closed["eventType"], closed["serverExtension"], closed["channelInfo"].(map[string]any)["channelValid"]})
	_, err := p.call("a", "V2.leaveRoom", `{"channelId":"`+info["channelId"].(string)+`"}`)
	require.ErrorContains(t, err, "V2NIMError 10404")
	_, err = p.call("a", "V2.call", `{"calleeAccountId":"ada","requestId":"r1","channelType":2}`)
	require.ErrorContains(t, err, "191004")
}

func TestV2StepByStep(t *testing.T) {
	p := newRoom(t).page()
	p.v2login("a", "ada")
	p.v2login("b", "bob")
	c := p.do("a", "V2.createRoom", `{"channelType":1,"channelName":"standup"}`)["channelId"].(string)
	in := `{"channelId":"` + c + `"`
	joined := p.do("a", "V2.joinRoom", in+`}`)
	require.Equal(t, map[string]any{}, joined["rtcInfo"])
	p.do("a", "V2.invite", in+`,"inviteeAccountId":"bob","requestId":"r1"}`)
	require.EqualValues(t, 3, p.v2next("b", "v2online")["eventType"])
	p.do("a", "V2.cancelInvite", in+`,"inviteeAccountId":"bob","requestId":"r1"}`)
	require.EqualValues(t, 4, p.v2next("b", "v2online")["eventType"])
	p.do("a", "V2.invite", in+`,"inviteeAccountId":"bob","requestId":"r2"}`)
	p.v2next("b", "v2online")
	p.do("b", "V2.rejectInvite", in+`,"inviterAccountId":"ada","requestId":"r2"}`)
	require.EqualValues(t, 5, p.v2next("a", "v2online")["eventType"])
	p.do("a", "V2.invite", in+`,"inviteeAccountId":"bob","requestId":"r3"}`)
	p.v2next("b", "v2online")
	p.do("b", "V2.acceptInvite", in+`,"inviterAccountId":"ada","requestId":"r3"}`)
	require.EqualValues(t, 6, p.v2next("a", "v2online")["eventType"])
	p.do("b", "V2.joinRoom", in+`}`)
	require.EqualValues(t, 2, p.v2next("a", "v2online")["eventType"])
	p.do("b", "V2.sendControl", in+`,"receiverAccountId":"ada","serverExtension":"mute"}`)
	require.Equal(t, "mute", p.v2next("a", "v2online")["serverExtension"])
	room := p.do("a", "V2.getRoomInfoByChannelName", `{"channelName":"standup"}`)
	require.Len(t, room["members"], 2)
	require.Equal(t, c, p.do("a", "V2.delayRoom", in+`}`)["channelInfo"].(map[string]any)["channelId"])
	p.do("b", "V2.leaveRoom", in+`}`)
	require.EqualValues(t, 7, p.v2next("a", "v2online")["eventType"])
}

// rung has bob's inbox hold an invitation.
func rung(p *testPage) {
	p.t.Helper()
	p.v2login("a", "ada")
	call := p.do("a", "V2.call", `{"calleeAccountId":"bob","requestId":"r1","channelType":1}`)
	require.EqualValues(p.t, 10201, call["callStatus"])
}

func TestV2IsToldOfWhatItMissedOnce(t *testing.T) {
	p := newRoom(t).page()
	rung(p)
	p.open("b", "bob", `{}`)
	p.do("b", "V2.enable", `{"ack":true}`)
	p.connects("b")
	require.Len(t, p.list("b", "unread"), 1)
	offline := p.list("b", "v2offline")
	require.Equal(t, []any{3.0}, field(offline, "eventType"))
	p.list("b", "channels")
	p.list("b", "v2rooms")

	p.do("b", "signalingSync", `{}`)
	require.Empty(t, p.list("b", "unread"), "what V2 is told is read")
	p.list("b", "channels")
	p.list("b", "v2rooms")

	p.do("a", "V2.call", `{"calleeAccountId":"bob","requestId":"r2","channelType":1}`)
	p.v2next("b", "v2online")
	p.do("b", "signalingSync", `{}`)
	require.Empty(t, p.list("b", "unread"), "also at once")
}

func TestWithoutAckEverythingStaysUnread(t *testing.T) {
	p := newRoom(t).page()
	rung(p)
	p.open("b", "bob", `{}`)
	p.do("b", "V2.enable", `{}`)
	p.connects("b")
	for range 2 {
		require.Len(t, p.list("b", "unread"), 1)
		require.Len(t, p.list("b", "v2offline"), 1)
		p.list("b", "channels")
		p.list("b", "v2rooms")
		p.do("b", "signalingSync", `{}`)
	}
}

func TestWhoEnablesV2LateIsToldAlone(t *testing.T) {
	p := newRoom(t).page()
	rung(p)
	p.open("b", "bob", `{}`)
	p.connects("b")
	require.Len(t, p.list("b", "unread"), 1)
	p.list("b", "channels")

	p.do("b", "V2.enable", `{"ack":true}`)
	p.do("b", "V2.enable", `{"ack":true}`) // as the facade does when an option changes
	require.Len(t, p.list("b", "v2offline"), 1)
	require.Empty(t, p.list("b", "v2rooms"))
	p.do("b", "signalingSync", `{}`)
	require.Empty(t, p.list("b", "unread"))
	p.list("b", "channels")
	p.list("b", "v2rooms")
	p.silent("b")
}

func TestV2IsSilentUntilItIsEnabled(t *testing.T) {
	p := newRoom(t).page()
	p.login("b", "bob")
	p.v2login("a", "ada")
	p.do("a", "V2.call", `{"calleeAccountId":"bob","requestId":"r1","channelType":1}`)
	p.next("b", "notify")
	p.do("b", "signalingSync", `{}`)
	require.Len(t, p.list("b", "unread"), 1)
	p.list("b", "channels")
	p.silent("b")
}
