//go:build !js

package page

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTwoTargetsOfAPageRingEachOther(t *testing.T) {
	p := newRoom(t).page()
	p.login("a", "ada")
	p.login("b", "bob")

	call := p.do("a", "signalingCallEx", `{"type":1,"account":"bob","requestId":"r1"}`)
	require.Equal(t, "200", call["callStatus"])
	invite := p.next("b", "notify")
	require.Equal(t, "INVITE", invite["eventType"])

	channel := invite["channelId"].(string)
	p.do("b", "signalingJoinAndAccept", `{"channelId":"`+channel+`","account":"ada","requestId":"r1"}`)
	require.Equal(t, "ROOM_JOIN", p.next("a", "notify")["eventType"])
	require.Equal(t, "ACCEPT", p.next("a", "notify")["eventType"])
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
	p.open("a", "ada", `{}`)
	for _, method := range []string{"signalingCreate", "signalingSync", "signalingMarkMsgRead"} {
		_, err := p.call("a", method, `{"type":1,"msgid":"1"}`)
		require.ErrorContains(t, err, "Error_Connection_Socket_State_not_Match")
	}
	_, err := p.call("a", "V2.createRoom", `{"channelType":1}`)
	require.ErrorContains(t, err, "V2NIMError 190002")
}

func TestDisconnectIsToldAndConnectWorksAgain(t *testing.T) {
	p := newRoom(t).page()
	p.login("a", "ada")
	p.do("a", "disconnect", "{}")
	require.Equal(t, "manuallyDisconnect", p.next("a", "disconnected")["code"])
	p.do("a", "connect", "{}")
	p.next("a", "connected")
}

func TestTheSameDeviceInAnotherPageReplacesTheFirst(t *testing.T) {
	r := newRoom(t)
	first, second := r.page(), r.page()
	first.login("a", "ada")
	second.do("a", "open", `{"dialect":"nim","url":"`+r.url+`","app":"k","account":"ada","device":"a","life":"2"}`)
	second.connects("a")
	require.Equal(t, "kicked", first.next("a", "disconnected")["code"])
}

const nowhere = `{"dialect":"nim","url":"ws://127.0.0.1:1/ws","app":"k","account":"ada","device":"a","life":"1"`

func TestALostLinkIsNotTriedAgainIfThePageSaysSo(t *testing.T) {
	p := newRoom(t).page()
	p.do("a", "open", nowhere+`,"options":{"needReconnect":false}}`)
	p.do("a", "connect", "{}")
	require.Equal(t, "allAttemptsFailed", p.next("a", "disconnected")["code"])
	p.silent("a")
}

func TestALostLinkIsTriedAgainAsOftenAsThePageSays(t *testing.T) {
	p := newRoom(t).page()
	p.do("a", "open", nowhere+`,"options":{"reconnectionAttempts":1}}`)
	p.do("a", "connect", "{}")
	require.EqualValues(t, 1, p.next("a", "willreconnect")["retryCount"])
	require.Equal(t, "allAttemptsFailed", p.next("a", "disconnected")["code"])
}

func TestOpeningAgainChangesWhereTheRelayIs(t *testing.T) {
	p := newRoom(t).page()
	p.do("a", "open", nowhere+`}`)
	p.login("a", "ada")
}

func TestWhatIsNotOpenAnswersSo(t *testing.T) {
	p := newRoom(t).page()
	_, err := p.call("a", "connect", "{}")
	require.ErrorContains(t, err, "a is not open")
	p.login("a", "ada")
	p.do("a", "destroy", "{}")
	p.next("a", "disconnected")
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

func TestWhatThereIsNotIsNotFound(t *testing.T) {
	p := newRoom(t).page()
	p.login("a", "ada")
	_, err := p.call("a", "signalingWink", `{}`)
	require.ErrorContains(t, err, "NIMError 404")
	_, err = p.call("a", "V2.wink", `{}`)
	require.ErrorContains(t, err, "V2NIMError 404")
	_, err = p.call("a", "V2.enable", `{"ack":1}`)
	require.ErrorContains(t, err, "ack is not true or false")
}
