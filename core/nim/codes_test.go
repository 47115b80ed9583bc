package nim_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"beckon/core/nim"
	"beckon/core/wire"
)

// Kits compare these texts.
func TestTwelveCodesHaveNames(t *testing.T) {
	want := map[int]string{
		10201: "PEER_NIM_OFFLINE",
		10202: "PEER_PUSH_OFFLINE",
		10404: "ROOM_NOT_EXISTS",
		10405: "ROOM_HAS_EXISTS",
		10406: "ROOM_MEMBER_NOT_EXISTS",
		10407: "ROOM_MEMBER_HAS_EXISTS",
		10408: "INVITE_NOT_EXISTS",
		10409: "INVITE_HAS_REJECT",
		10410: "INVITE_HAS_ACCEPT",
		10417: "UID_CONFLICT",
		10419: "ROOM_MEMBER_EXCEED",
		10420: "ROOM_MEMBER_HAS_EXISTS_OTHER_CLIENT",
	}
	got := map[int]string{}
	for _, c := range nim.Codes {
		if c.Name != "" && c.Number < 191000 {
			got[c.Number] = c.Name
		}
	}
	assert.Equal(t, want, got)
}

// Kits test /OFFLINE/i on 10201 and 10202, and carry on.
func TestOfflineTextsSaySo(t *testing.T) {
	for _, c := range nim.Codes {
		assert.Equal(t, c.Number == 10201 || c.Number == 10202, strings.Contains(c.Name, "OFFLINE"), c.Number)
	}
}

func TestTroublesAreTheVendorsWords(t *testing.T) {
	want := map[nim.Trouble]string{
		nim.NotLoggedIn: `{"code":"Error_Connection_Socket_State_not_Match","name":"NIMError","message":"signalingJoin error: not logged in"}`,
		nim.LinkLost:    `{"code":"Error_Internet_Disconnected","name":"NIMError","message":"signalingJoin error: the link was lost before the answer came"}`,
		nim.TimedOut:    `{"code":"Error_Timeout","name":"NIMError","message":"signalingJoin error: no answer came in time"}`,
	}
	r, err := nim.Ask("signalingJoin", []byte(`{"channelId":"c1"}`))
	require.NoError(t, err)
	for _, trouble := range nim.Troubles {
		assert.Equal(t, "rejects "+want[trouble], failure(t, r.Failed(trouble)))
	}
	assert.Len(t, nim.Troubles, len(want))
}

// V2 has numbers for them.
func TestTroublesOfV2(t *testing.T) {
	want := map[nim.Trouble]string{
		nim.NotLoggedIn: `{"code":190002,"name":"V2NIMError","message":"joinRoom error: not logged in"}`,
		nim.LinkLost:    `{"code":192003,"name":"V2NIMError","message":"joinRoom error: the link was lost before the answer came"}`,
		nim.TimedOut:    `{"code":192004,"name":"V2NIMError","message":"joinRoom error: no answer came in time"}`,
	}
	r, err := nim.AskV2("ann", "joinRoom", []byte(`{"channelId":"c1"}`))
	require.NoError(t, err)
	for _, trouble := range nim.Troubles {
		assert.Equal(t, "rejects "+want[trouble], failure(t, r.Failed(trouble)))
	}
}

func TestAFailureReadsAsAnError(t *testing.T) {
	r, err := nim.Ask("signalingAccept", []byte(`{}`))
	require.NoError(t, err)
	assert.EqualError(t, r.Refused(&wire.Refusal{Code: "invitation-over", Detail: "expired"}),
		"NIMError 10408: INVITE_NOT_EXISTS: expired")
	assert.EqualError(t, r.Failed(nim.TimedOut), "NIMError Error_Timeout: signalingAccept error: no answer came in time")
}

func TestDisconnectedSaysWhy(t *testing.T) {
	for _, c := range []struct {
		code    wire.CloseCode
		refused *wire.Refusal
		want    string
	}{
		{wire.CloseRefused, &wire.Refusal{Code: "unauthorized", Detail: "the token has expired"},
			`{"code":302,"message":"unauthorized: the token has expired"}`},
		{wire.CloseRefused, &wire.Refusal{Code: "no-such-app"}, `{"code":403,"message":"no-such-app"}`},
		{wire.CloseNormal, nil, `{"code":"manuallyDisconnect","message":"the page disconnected"}`},
		{wire.CloseReplaced, nil, `{"code":"kicked","reason":"samePlatformKick","message":"the same device logged in again"}`},
		{wire.CloseKicked, nil, `{"code":"kicked","reason":"serverKick","message":"the relay logged the device out"}`},
		{wire.CloseBanned, nil, `{"code":422,"message":"the account or device may not come back"}`},
		{wire.CloseBadFrame, nil, `{"code":500,"message":"the relay ended the link with close code 4004"}`},
		{1006, nil, `{"code":"allAttemptsFailed","message":"every attempt to come back failed"}`},
	} {
		assert.Equal(t, c.want, nim.Disconnected(c.code, c.refused))
	}
}
