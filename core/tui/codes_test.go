package tui_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"beckon/core/tui"
	"beckon/core/wire"
)

func TestTroubles(t *testing.T) {
	x := tui.New("ada", "phone")
	_, err := x.Ask("accept", []byte(`{"roomId":"r1"}`))
	assert.Equal(t, `rejects {"code":-1002,"message":"accept(): not logged in"}`, failure(t, err))
	x.LoggedIn = true
	r, err := x.Ask("accept", []byte(`{"roomId":"r1"}`))
	require.NoError(t, err)
	for trouble, want := range map[tui.Trouble]string{
		tui.Offline:  `there is no link to the relay at the moment`,
		tui.LinkLost: `the link was lost before the answer came`,
		tui.TimedOut: `no answer came in time`,
	} {
		assert.Equal(t, `rejects {"code":-1,"message":"accept(): `+want+`"}`, failure(t, r.Failed(trouble)))
	}
	assert.EqualError(t, r.Failed(tui.TimedOut), "TUIError -1: accept(): no answer came in time")
	assert.Equal(t, `rejects {"code":-1001,"message":"invalid conference_id: roomId makes the command longer than 9 bytes","field":"roomId"}`,
		failure(t, r.TooLarge(9)))
}

// A call that failed may have been carried out; the next one says so.
func TestEnteringCanBeTriedAgain(t *testing.T) {
	x := tui.New("ada", "phone")
	x.LoggedIn = true
	r, err := x.Ask("enterRoom", []byte(`{"roomId":"r1"}`))
	require.NoError(t, err)
	r.Failed(tui.TimedOut)
	_, err = x.Ask("enterRoom", []byte(`{"roomId":"r2"}`))
	require.NoError(t, err)
}

func TestGoneSaysWhy(t *testing.T) {
	for _, c := range []struct {
		code    wire.CloseCode
		refused *wire.Refusal
		event   string
		failure string
	}{
		{wire.CloseNormal, nil, `silent`, `{"code":-1,"message":"the page logged out"}`},
		{wire.CloseReplaced, nil, `onKickedOffLine {"message":"the same device logged in again"}`,
			`{"code":-1,"message":"the same device logged in again"}`},
		{wire.CloseKicked, nil, `onKickedOffLine {"message":"the relay logged the device out"}`,
			`{"code":-1,"message":"the relay logged the device out"}`},
		{wire.CloseBanned, nil, `onKickedOffLine {"message":"the account or device may not come back"}`,
			`{"code":-1,"message":"the account or device may not come back"}`},
		{wire.CloseBadFrame, nil, `onError {"code":-1, "message":"the relay ended the link with close code 4004"}`,
			`{"code":-1,"message":"the relay ended the link with close code 4004"}`},
		{wire.CloseRefused, &wire.Refusal{Code: "unauthorized", Detail: "expired"}, `onUserSigExpired null`,
			`{"code":-1003,"message":"unauthorized: expired"}`},
		{wire.CloseRefused, &wire.Refusal{Code: "banned", Detail: "for good"}, `onKickedOffLine {"message":"banned: for good"}`,
			`{"code":-1003,"message":"banned: for good"}`},
		{wire.CloseRefused, &wire.Refusal{Code: "no-such-app"}, `onError {"code":-1000, "message":"no-such-app"}`,
			`{"code":-1000,"message":"no-such-app"}`},
	} {
		x := tui.New("ada", "phone")
		events, f := x.Gone(c.code, c.refused)
		assert.Empty(t, events, "whoever was not logged in yet learns it from the login")
		assert.Equal(t, c.failure, f.Failure())

		x.LoggedIn = true
		events, f = x.Gone(c.code, c.refused)
		assert.Equal(t, c.event, heard(t, events))
		assert.Equal(t, c.failure, f.Failure())
		assert.False(t, x.LoggedIn)
	}
}
