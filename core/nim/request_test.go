package nim_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"beckon/core/nim"
	"beckon/core/wire"
)

// A caller may use its buffer again: nothing of it is kept.
func TestARequestKeepsNothingOfItsText(t *testing.T) {
	text := []byte(`{"channelId":"c1","account":"bob","requestId":"r1","uid":"7","pushInfo":{"pushPayload":{"a":1}},"nertcChannelName":"n"}`)
	r, err := nim.Ask("signalingInvite", text)
	require.NoError(t, err)
	clear(text)
	assert.Equal(t, &wire.Invite{Channel: "c1", RequestID: "r1", Invitee: "bob", Push: &wire.Push{Payload: `{"a":1}`}}, r.Order)
}

func TestTooLargeNamesTheLongestParameter(t *testing.T) {
	long := strings.Repeat("x", 300)
	for options, want := range map[string]string{
		`{"type":1,"account":"bob","attachExt":"` + long + `"}`:                                "attachExt",
		`{"type":1,"account":"bob","pushInfo":{"pushPayload":"` + long + `"},"pushTitle":"x"}`: "pushPayload",
		`{"type":1,"ext":"` + long + `","pushInfo":{},"pushContent":"` + long + long + `"}`:    "ext",
		`{"type":1,"account":"` + long + `"}`:                                                  "account",
		`{"type":1}`:                                                                           "",
	} {
		r, err := nim.Ask("signalingCallEx", []byte(options))
		require.NoError(t, err)
		var f *nim.Failure
		require.ErrorAs(t, r.TooLarge(256), &f)
		assert.Equal(t, []any{10414, want}, []any{f.Code, f.Field})
		assert.Contains(t, f.Message, "makes the command longer than 256 bytes")
	}
}

// A relay that answers neither ok nor error must not end the page's module.
func TestAnEmptyAnswerIsAnEmptyResult(t *testing.T) {
	for _, m := range nim.Methods {
		r, err := nim.Ask(m.Name, []byte(`{}`))
		require.NoError(t, err)
		result, err := r.Result(nil)
		require.NoError(t, err)
		switch m.Name {
		case "signalingCallEx", "signalingJoinAndAccept":
			assert.Equal(t, `{"callStatus":"200"}`, result)
		case "sendG2Msg":
			assert.Equal(t, `{"time":"0"}`, result)
		default:
			assert.Equal(t, `{}`, result, m.Name)
		}
	}
}

func TestAnEmptyAnswerToV2(t *testing.T) {
	for _, m := range nim.V2Methods {
		result, err := asked(t, m, `{}`).Result(nil)
		require.NoError(t, err)
		if result != "" {
			assert.True(t, json.Valid([]byte(result)), result)
		}
	}
}

// What a relay of a later version calls unreached is not taken for reached.
func TestAnUnknownReachIsOffline(t *testing.T) {
	r, err := nim.Ask("signalingInvite", []byte(`{}`))
	require.NoError(t, err)
	_, err = r.Result(&wire.Outcome{Reach: "asleep"})
	assert.EqualError(t, err, "NIMError 10201: PEER_NIM_OFFLINE")
}

func TestTooLargeInV2(t *testing.T) {
	long := strings.Repeat("x", 300)
	for _, c := range [][3]string{
		{"call", "calleeAccountId", "calleeAccountId"},
		{"call", "serverExtension", "serverExtension"},
		{"rejectInvite", "inviterAccountId", "inviterAccountId"},
		{"createRoom", "channelExtension", "channelExtension"},
	} {
		for _, m := range nim.V2Methods {
			if m.Name == c[0] {
				var f *nim.Failure
				require.ErrorAs(t, asked(t, m, `{"`+c[1]+`":"`+long+`"}`).TooLarge(256), &f)
				assert.Equal(t, []any{191004, c[2]}, []any{f.Code, f.Field})
			}
		}
	}
}

func TestEventTypesHaveNames(t *testing.T) {
	assert.Equal(t, "CANCEL_INVITE", nim.CancelInvite.String())
	assert.Equal(t, "CONTROL", nim.Control.String())
	assert.Empty(t, nim.EventType(0).String())
	assert.Empty(t, nim.EventType(99).String())
	assert.Empty(t, nim.EventType(-1).String())
}
