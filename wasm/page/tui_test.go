//go:build !js

package page

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// openTUI makes a target that speaks the TUI dialect; its name is its device's.
func (p *testPage) openTUI(target, account string) {
	p.t.Helper()
	p.do(target, "open", `{"dialect":"tui","url":"`+p.url+`","app":"1400000001","account":"`+account+
		`","token":"t","device":"`+target+`","life":"`+target+`-1"}`)
}

const credentials = `{"sdkAppId":1400000001,"userId":"someone","userSig":"s"}`

func (p *testPage) loginTUI(target, account string) {
	p.t.Helper()
	p.openTUI(target, account)
	p.do(target, "login", credentials)
	p.next(target, "connected")
}

// enters is a login and an enterRoom.
func (p *testPage) enters(target, account, room string) {
	p.t.Helper()
	p.loginTUI(target, account)
	p.do(target, "enterRoom", `{"roomId":"`+room+`"}`)
}

// rejects says that a call rejects, with what.
func (p *testPage) rejects(target, method, args, want string) {
	p.t.Helper()
	_, err := p.call(target, method, args)
	require.Error(p.t, err)
	failure := err.(interface{ Failure() string }).Failure()
	require.True(p.t, strings.HasPrefix(failure, want), failure)
}

// with is the user that an event's payload is about.
func with(payload map[string]any) any {
	return payload["userInfo"].(map[string]any)["userId"]
}

// about is an event's invitation: invitee, inviter, status.
func about(payload map[string]any) []any {
	i := payload["invitation"].(map[string]any)
	user := func(name string) any { return i[name].(map[string]any)["userId"] }
	return []any{user("invitee"), user("inviter"), i["status"]}
}

// meeting is ada's room "team", with ada and bob in it.
func meeting(t *testing.T) *testPage {
	p := newRoom(t).page()
	p.loginTUI("a", "ada")
	p.do("a", "setSelfInfo", `{"userName":"Ada","avatarUrl":"a.png"}`)
	p.do("a", "createRoom", `{"roomId":"team","roomName":"Team","password":"s3cret","isSeatEnabled":true}`)
	p.do("a", "enterRoom", `{"roomId":"team"}`)
	p.loginTUI("b", "bob")
	p.do("b", "enterRoom", `{"roomId":"team","options":{"password":"s3cret"}}`)
	require.Equal(t, "bob", with(p.next("a", "onRemoteUserEnterRoom")))
	require.EqualValues(t, 2, p.next("a", "onRoomUserCountChanged")["userCount"])
	return p
}

func TestCallsAreRefusedBeforeLogin(t *testing.T) {
	p := newRoom(t).page()
	p.openTUI("a", "ada")
	p.rejects("a", "accept", `{"roomId":"r"}`, `{"code":-1002,`)
	p.rejects("a", "accept", `{}`, `{"code":-1001,`)
	p.rejects("a", "login", `{"sdkAppId":1,"userId":"ada"}`, `{"code":-1001,`)
	p.do("a", "login", credentials)
	p.do("a", "login", credentials)
	require.Equal(t, "ada", p.do("a", "getSelfInfo", `{}`)["userId"])
	p.do("a", "logout", `{}`)
	p.rejects("a", "accept", `{"roomId":"r"}`, `{"code":-1002,`)
}

func TestARoomHasAPasswordAndAnOwner(t *testing.T) {
	p := newRoom(t).page()
	p.loginTUI("a", "ada")
	p.loginTUI("b", "bob")
	p.do("a", "createRoom", `{"roomId":"team","password":"s3cret"}`)
	p.rejects("b", "createRoom", `{"roomId":"team"}`, `{"code":100003,`)
	p.rejects("b", "enterRoom", `{"roomId":"other"}`, `{"code":100004,`)
	p.rejects("b", "enterRoom", `{"roomId":"team"}`, `{"code":100018,`)
	p.rejects("b", "enterRoom", `{"roomId":"team","options":{"password":"x"}}`, `{"code":100019,`)
	require.Empty(t, p.do("b", "fetchRoomInfo", `{"roomId":"team"}`)["password"])

	room := p.do("b", "enterRoom", `{"roomId":"team","options":{"password":"s3cret"}}`)
	require.Equal(t, "ada", room["roomOwner"])
	require.EqualValues(t, 1, room["roomMemberCount"])
	require.Equal(t, "s3cret", room["password"])
	p.rejects("b", "enterRoom", `{"roomId":"other"}`, `{"code":-2108,`)
	p.rejects("b", "destroyRoom", `{}`, `{"code":-2300,`)
	p.rejects("b", "updateRoomNameByAdmin", `{"roomName":"x"}`, `{"code":-2301,`)
	p.do("a", "enterRoom", `{"roomId":"team"}`)
	p.rejects("a", "exitRoom", `{}`, `{"code":-2102,`)
	p.rejects("a", "updateRoomNameByAdmin", `{"roomName":"`+strings.Repeat("x", 31)+`"}`, `{"code":-2107,`)
	p.do("b", "exitRoom", `{}`)
	p.rejects("b", "exitRoom", `{}`, `{"code":-2101,`)
}

func TestMembersHearOfTheirRoom(t *testing.T) {
	p := meeting(t)
	p.do("a", "updateRoomNameByAdmin", `{"roomName":"Launch"}`)
	for _, who := range []string{"a", "b"} {
		require.Equal(t, "Launch", p.next(who, "onRoomNameChanged")["roomName"])
	}
	p.do("a", "changeUserRole", `{"userId":"bob","userRole":1}`)
	for _, who := range []string{"a", "b"} {
		require.Equal(t, "bob", with(p.next(who, "onUserRoleChanged")))
		require.Equal(t, "bob", with(p.next(who, "onUserInfoChanged")))
	}
	p.do("b", "changeUserNameCard", `{"userId":"bob","nameCard":"Second"}`)
	for _, who := range []string{"a", "b"} {
		p.next(who, "onUserInfoChanged")
	}
	p.do("b", "setSelfInfo", `{"userName":"Bob"}`)
	bob := p.next("a", "onUserInfoChanged")["userInfo"].(map[string]any)
	require.Equal(t, []any{"Bob", "Second", 1.0}, []any{bob["userName"], bob["nameCard"], bob["userRole"]})
	p.next("b", "onUserInfoChanged")
	users := p.do("b", "getUserList", `{}`)
	require.Len(t, users["userInfoList"], 2)
	require.EqualValues(t, 0, users["nextSequence"])

	p.do("a", "changeUserRole", `{"userId":"bob","userRole":0}`)
	require.Equal(t, "bob", with(p.next("a", "onUserRoleChanged")))
	p.next("a", "onUserInfoChanged")
	require.Equal(t, "ada", with(p.next("a", "onUserRoleChanged")))
	p.next("a", "onUserInfoChanged")
	require.Equal(t, "bob", p.do("a", "fetchRoomInfo", `{}`)["roomOwner"])
	p.do("a", "exitRoom", `{}`)
}

func TestAMemberIsRemoved(t *testing.T) {
	p := meeting(t)
	p.do("a", "kickRemoteUserOutOfRoom", `{"userId":"bob"}`)
	require.EqualValues(t, 0, p.next("b", "onKickedOutOfRoom")["reason"])
	require.Equal(t, "bob", with(p.next("a", "onRemoteUserLeaveRoom")))
	p.next("a", "onRoomUserCountChanged")
	p.rejects("a", "kickRemoteUserOutOfRoom", `{"userId":"bob"}`, `{"code":100005,`)
	p.rejects("b", "exitRoom", `{}`, `{"code":-2101,`)

	p.do("b", "enterRoom", `{"roomId":"team","options":{"password":"s3cret"}}`)
	p.do("a", "destroyRoom", `{}`)
	require.EqualValues(t, 1, p.next("b", "onRoomDismissed")["reason"])
}

func TestAnotherDeviceTakesTheSeat(t *testing.T) {
	p := meeting(t)
	p.enters("b2", "bob", "team")
	require.EqualValues(t, 1, p.next("b", "onKickedOutOfRoom")["reason"])
	p.silent("a")
	p.do("b2", "exitRoom", `{}`)
	require.Equal(t, "bob", with(p.next("a", "onRemoteUserLeaveRoom")))
	p.silent("b")
}

func TestInvitationsAreAnswered(t *testing.T) {
	p := meeting(t)
	p.loginTUI("c", "cem")
	p.loginTUI("c2", "cem")
	p.loginTUI("d", "dan")
	codes := p.do("a", "inviteUsers", `{"roomId":"team","userIdList":["cem","dan","bob"],"timeout":60,"extensionInfo":"hi"}`)
	require.Equal(t, map[string]any{"cem": 0.0, "dan": 0.0, "bob": 2.0}, codes)
	codes = p.do("b", "inviteUsers", `{"roomId":"team","userIdList":["cem"]}`)
	require.Equal(t, map[string]any{"cem": 1.0}, codes)
	for _, who := range []string{"a", "b"} {
		require.Equal(t, []any{"cem", "ada", 1.0}, about(p.next(who, "onInvitationAdded")))
		require.Equal(t, []any{"dan", "ada", 1.0}, about(p.next(who, "onInvitationAdded")))
	}
	for _, who := range []string{"c", "c2", "d"} {
		ring := p.next(who, "onReceiveInvitation")
		require.Equal(t, "hi", ring["extensionInfo"])
		info := ring["roomInfo"].(map[string]any)
		require.Equal(t, []any{"Team", "Ada", true, 2.0}, []any{info["roomName"], info["ownerName"], info["isSeatEnabled"], info["roomMemberCount"]})
	}

	p.do("c", "accept", `{"roomId":"team"}`)
	require.Equal(t, true, p.next("c2", "onInvitationHandledByOtherDevice")["accepted"])
	require.Equal(t, []any{"cem", "ada", 3.0}, about(p.next("a", "onInvitationAccepted")))
	for _, who := range []string{"a", "b"} {
		require.Equal(t, []any{"cem", "ada", 3.0}, about(p.next(who, "onInvitationStatusChanged")))
	}
	p.rejects("c2", "reject", `{"roomId":"team"}`, `{"code":100002,`)
	p.do("c", "enterRoom", `{"roomId":"team"}`) // without the password: it was invited
	for _, who := range []string{"a", "b"} {
		require.Equal(t, []any{"cem", "ada", 3.0}, about(p.next(who, "onInvitationRemoved")))
		require.Equal(t, "cem", with(p.next(who, "onRemoteUserEnterRoom")))
		p.next(who, "onRoomUserCountChanged")
	}

	p.do("d", "reject", `{"roomId":"team","reason":1}`)
	refusal := p.next("a", "onInvitationRejected")
	require.Equal(t, []any{"dan", "ada", 4.0}, about(refusal))
	require.EqualValues(t, 1, refusal["reason"])
	for _, who := range []string{"a", "b", "c"} {
		require.Equal(t, []any{"dan", "ada", 4.0}, about(p.next(who, "onInvitationStatusChanged")))
	}
	list := p.do("b", "getInvitationList", `{"roomId":"team","cursor":"","count":20}`)
	require.Len(t, list["invitationList"], 1)
	require.Equal(t, "", list["cursor"])
	for _, who := range []string{"a", "b", "c", "c2", "d"} {
		p.silent(who)
	}
}

func TestInvitationsAreWithdrawn(t *testing.T) {
	p := meeting(t)
	p.loginTUI("c", "cem")
	p.do("b", "inviteUsers", `{"roomId":"team","userIdList":["cem","nobody"]}`)
	p.next("c", "onReceiveInvitation")
	for _, who := range []string{"a", "b"} {
		p.next(who, "onInvitationAdded")
		p.next(who, "onInvitationAdded")
	}
	p.do("a", "cancelInvitation", `{"roomId":"team","userIdList":["cem"]}`)
	for _, who := range []string{"b", "c"} {
		revoked := p.next(who, "onInvitationRevokedByAdmin")
		require.Equal(t, []any{"cem", "bob", 1.0}, about(revoked))
		require.Equal(t, "ada", revoked["operateUser"].(map[string]any)["userId"])
	}
	for _, who := range []string{"a", "b"} {
		require.Equal(t, []any{"cem", "bob", 1.0}, about(p.next(who, "onInvitationRemoved")))
	}
	p.rejects("c", "accept", `{"roomId":"team"}`, `{"code":100002,`)

	p.do("a", "inviteUsers", `{"roomId":"team","userIdList":["cem"]}`)
	p.next("c", "onReceiveInvitation")
	p.rejects("b", "cancelInvitation", `{"roomId":"team","userIdList":["cem"]}`, `{"code":-2301,`)
	p.do("a", "cancelInvitation", `{"roomId":"team","userIdList":["cem"]}`)
	require.Equal(t, []any{"cem", "ada", 1.0}, about(p.next("c", "onInvitationCancelled")))
}

func TestAnInvitationRunsOut(t *testing.T) {
	p := meeting(t)
	p.loginTUI("c", "cem")
	p.do("a", "inviteUsers", `{"roomId":"team","userIdList":["cem"],"timeout":0.05}`)
	p.next("c", "onReceiveInvitation")
	require.Equal(t, []any{"cem", "ada", 2.0}, about(p.next("c", "onInvitationTimeout")))
	p.next("a", "onInvitationAdded")
	require.Equal(t, []any{"cem", "ada", 2.0}, about(p.next("a", "onInvitationTimeout")))
	require.Equal(t, []any{"cem", "ada", 2.0}, about(p.next("a", "onInvitationStatusChanged")))
	p.rejects("c", "accept", `{"roomId":"team"}`, `{"code":100002,`)
}

func TestWhoWasAwayIsAsked(t *testing.T) {
	p := meeting(t)
	p.do("a", "inviteUsers", `{"roomId":"team","userIdList":["cem"]}`)
	p.loginTUI("c", "cem")
	p.next("c", "onReceiveInvitation")
	p.do("c", "ring", `{}`)
	p.next("c", "onReceiveInvitation")
	p.do("c", "enterRoom", `{"roomId":"team"}`)
	p.next("a", "onInvitationAdded")
	require.Equal(t, []any{"cem", "ada", 3.0}, about(p.next("a", "onInvitationAccepted")))
	p.next("a", "onInvitationStatusChanged")
	p.next("a", "onInvitationRemoved")
	p.next("a", "onRemoteUserEnterRoom")
	p.next("a", "onRoomUserCountChanged")
	p.do("c", "ring", `{}`)
	p.silent("c")
}

func TestTheDialectsMeet(t *testing.T) {
	p := meeting(t)
	p.login("n", "nina")

	// A conference asks somebody whose page speaks NIM.
	p.do("a", "inviteUsers", `{"roomId":"team","userIdList":["nina"],"extensionInfo":"hi"}`)
	invite := p.next("n", "notify")
	require.Equal(t, []any{"INVITE", "team", "ada", "2", "hi"},
		[]any{invite["eventType"], invite["channelId"], invite["from"], invite["type"], invite["attachExt"]})
	p.do("n", "signalingJoinAndAccept", `{"channelId":"team","account":"ada","requestId":"`+invite["requestId"].(string)+`"}`)
	p.next("a", "onInvitationAdded")
	require.Equal(t, "nina", with(p.next("a", "onRemoteUserEnterRoom"))) // NIM joins first
	p.next("a", "onRoomUserCountChanged")
	require.Equal(t, []any{"nina", "ada", 3.0}, about(p.next("a", "onInvitationAccepted")))
	p.next("a", "onInvitationRemoved")
	p.do("n", "signalingLeave", `{"channelId":"team"}`)

	// And the other way round: a call is a conference that its creator owns.
	call := p.do("n", "signalingCallEx", `{"type":1,"account":"cem","requestId":"r1","attachExt":"ring"}`)
	id := call["channel"].(map[string]any)["channelId"].(string)
	p.loginTUI("c", "cem")
	ring := p.next("c", "onReceiveInvitation")
	require.Equal(t, "ring", ring["extensionInfo"])
	require.Equal(t, "nina", ring["roomInfo"].(map[string]any)["roomOwner"])
	p.do("c", "enterRoom", `{"roomId":"`+id+`"}`)
	require.Equal(t, "ACCEPT", p.next("n", "notify")["eventType"])
	require.Equal(t, "ROOM_JOIN", p.next("n", "notify")["eventType"])
	p.do("n", "signalingClose", `{"channelId":"`+id+`"}`)
	require.EqualValues(t, 1, p.next("c", "onRoomDismissed")["reason"])
}
