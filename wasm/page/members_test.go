//go:build !js

package page

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

const period = 2 * time.Minute

// The vendor's events leave out what another device of the account does.
func TestMembersAreToldEveryTwoMinutesIfTheyChangedUnseen(t *testing.T) {
	onStage(t, `{}`, func(t *testing.T, s *stage) {
		s.welcomes(&wire.Welcome{Position: 10})
		s.synced()
		s.tells(11, &wire.Joined{Channel: hall("h"), Device: "b2", Member: &wire.Member{Account: "bob", Device: "b2", UID: "7"}})
		s.idle()
		time.Sleep(period)
		s.answers(s.asked(&wire.Channels{}), &wire.Outcome{Channels: []wire.Channel{*hall("h", "ada", "bob")}})
		require.Equal(t, []any{"h"}, field(s.list("b", "channels"), "channelId"))

		time.Sleep(2 * period)
		s.idle()
		s.tells(12, &wire.Left{Channel: hall("h"), Device: "b2", Account: "bob"})
		time.Sleep(period)
		s.answers(s.asked(&wire.Channels{}), &wire.Outcome{})
		require.Empty(t, s.list("b", "channels"))
	})
}

func TestWhatEventsAndAnswersTellIsNotToldAgain(t *testing.T) {
	onStage(t, `{}`, func(t *testing.T, s *stage) {
		s.welcomes(&wire.Welcome{Position: 10, Channels: []wire.Channel{*hall("h", "bob", "ada")}})
		s.synced(*hall("h", "bob", "ada"))
		s.tells(11, &wire.Joined{Channel: hall("h"), Device: "c", Member: &wire.Member{Account: "cid", Device: "c", UID: "9"}})
		s.tells(12, &wire.Left{Channel: hall("h"), Device: "a", Account: "ada"})
		s.next("b", "notify")
		s.next("b", "notify")
		s.carriesOut("signalingJoin", `{"channelId":"x"}`, &wire.Outcome{Channel: hall("x", "ada", "bob")})
		s.carriesOut("signalingCreateAndJoin", `{"type":1}`, &wire.Outcome{Channel: hall("y", "bob")})
		s.carriesOut("signalingCreateAndJoin", `{"type":1}`, &wire.Outcome{Channel: hall("z", "bob")})
		s.carriesOut("signalingClose", `{"channelId":"x"}`, &wire.Outcome{Channel: hall("x")})
		s.carriesOut("signalingLeave", `{"channelId":"y"}`, &wire.Outcome{Channel: hall("y")})
		s.carriesOut("signalingReject", `{"channelId":"q","requestId":"r","account":"ada"}`, &wire.Outcome{Channel: hall("q", "ada")})
		s.tells(20, &wire.Closed{Channel: hall("z"), By: "ada", Device: "a"})
		s.next("b", "notify")
		time.Sleep(3 * period)
		s.idle()
	})
}

// carriesOut is a call that the relay carries out.
func (s *stage) carriesOut(method, options string, out *wire.Outcome) {
	s.t.Helper()
	ended := make(chan error)
	go func() { _, err := s.Call(s.ctx, "b", method, options); ended <- err }()
	c, ok := s.hears().(*wire.Command)
	require.True(s.t, ok)
	s.at++
	s.answers(c.N, out)
	require.NoError(s.t, <-ended)
}

// The page was told that a call had failed, but the relay had carried it out.
func TestACallThatFailedAndHappenedIsUnseen(t *testing.T) {
	onStage(t, `{}`, func(t *testing.T, s *stage) {
		s.welcomes(&wire.Welcome{Position: 10})
		s.synced()
		ended := make(chan error)
		go func() { _, err := s.Call(s.ctx, "b", "signalingJoin", `{"channelId":"h"}`); ended <- err }()
		n := s.asked(&wire.Join{Channel: "h"})
		require.ErrorContains(t, <-ended, "Error_Timeout")
		s.answers(n, &wire.Outcome{Channel: hall("h", "ada", "bob")})
		s.idle()
		time.Sleep(period - 5*time.Second) // the call took 8
		s.answers(s.asked(&wire.Channels{}), &wire.Outcome{Channels: []wire.Channel{*hall("h", "ada", "bob")}})
		require.Len(t, s.list("b", "channels"), 1)
	})
}

// Without automatic syncs, a fresh start within the same life tells of members
// that came or went meanwhile, and only then. Of channels that are gone, the
// events tell.
func TestAFreshStartTellsOfMembersThatChangedUnseen(t *testing.T) {
	onStage(t, `{"syncAvSignal":false}`, func(t *testing.T, s *stage) {
		s.welcomes(&wire.Welcome{Position: 10, Channels: []wire.Channel{*hall("h", "ada", "bob"), *hall("gone", "bob")}})
		s.idle()
		s.loses()
		s.welcomes(&wire.Welcome{Position: 20, Channels: []wire.Channel{*hall("h", "ada", "bob")}})
		require.Equal(t, []any{"ROOM_CLOSE", "gone"}, pick(s.next("b", "notify"), "eventType", "channelId"))
		s.idle()
		s.loses()
		s.welcomes(&wire.Welcome{Position: 30, Channels: []wire.Channel{*hall("h", "bob", "cid")}})
		channels := s.list("b", "channels")
		require.Equal(t, []any{"h"}, field(channels, "channelId"))
		require.Len(t, channels[0]["members"], 2)
		time.Sleep(2 * period)
		s.idle()
	})
}

func pick(e map[string]any, names ...string) []any {
	var values []any
	for _, name := range names {
		values = append(values, e[name])
	}
	return values
}

// A link that does not last two minutes does not keep the page from being told.
func TestMembersAreToldThoughTheLinkFlaps(t *testing.T) {
	onStage(t, `{}`, func(t *testing.T, s *stage) {
		s.welcomes(&wire.Welcome{Position: 10})
		s.synced()
		s.tells(11, &wire.Joined{Channel: hall("h"), Device: "b2", Member: &wire.Member{Account: "bob", Device: "b2", UID: "7"}})
		for range 2 {
			time.Sleep(50 * time.Second)
			s.loses()
			s.welcomes(&wire.Welcome{})
			s.idle()
		}
		time.Sleep(21 * time.Second)
		s.asked(&wire.Channels{})
	})
}

// Nothing is asked while there is no link.
func TestMembersAreNotComparedOffline(t *testing.T) {
	onStage(t, `{}`, func(t *testing.T, s *stage) {
		s.welcomes(&wire.Welcome{Position: 10})
		s.synced()
		s.tells(11, &wire.Joined{Channel: hall("h"), Device: "b2", Member: &wire.Member{Account: "bob", Device: "b2", UID: "7"}})
		s.do("b", "disconnect", "{}")
		s.next("b", "disconnected")
		time.Sleep(3 * period)
		s.idle()
	})
}
