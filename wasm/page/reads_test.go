//go:build !js

package page

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

// reading plays a story about a page that uses V2 alone.
func reading(t *testing.T, story func(t *testing.T, s *stage)) {
	onStage(t, `{}`, func(t *testing.T, s *stage) {
		s.do("b", "V2.enable", `{"ack":true}`)
		s.welcomes(&wire.Welcome{Position: 10})
		s.answers(s.asked(&wire.Inbox{}), &wire.Outcome{})
		s.answers(s.asked(&wire.Channels{}), &wire.Outcome{})
		s.list("b", "unread")
		s.list("b", "channels")
		s.list("b", "v2rooms")
		story(t, s)
	})
}

func (s *stage) rings(position uint64, requestID string) {
	s.t.Helper()
	s.tells(position, invitation(requestID))
	s.v2next("b", "v2online")
}

func TestWhatV2IsToldIsMarkedAsReadTogether(t *testing.T) {
	reading(t, func(t *testing.T, s *stage) {
		s.rings(11, "r1")
		n := s.asked(&wire.MarkRead{Positions: []uint64{11}})
		s.rings(12, "r2")
		s.rings(13, "r3")
		s.idle()
		s.answers(n, &wire.Outcome{})
		s.answers(s.asked(&wire.MarkRead{Positions: []uint64{12, 13}}), &wire.Outcome{})
		s.idle()
	})
}

// What has not been stored is not in the inbox: a control, my own other device's answer.
func TestWhatIsNotStoredIsNotMarkedAsRead(t *testing.T) {
	reading(t, func(t *testing.T, s *stage) {
		s.tells(11, &wire.Controlled{Channel: hall("h"), By: "ada", Device: "a"})
		s.v2next("b", "v2online")
		s.tells(12, &wire.Ended{Channel: hall("h"), By: "bob", Device: "b2", Outcome: "rejected", Stored: true,
			Invitations: []wire.Key{{Inviter: "ada", RequestID: "r1", Invitee: "bob"}}})
		s.v2next("b", "v2multiclient")
		s.idle()
	})
}

func TestAMarkThatHasNoAnswerIsMadeAgain(t *testing.T) {
	reading(t, func(t *testing.T, s *stage) {
		s.rings(11, "r1")
		s.asked(&wire.MarkRead{Positions: []uint64{11}})
		s.loses()
		time.Sleep(9 * time.Second)
		s.idle()
		s.welcomes(&wire.Welcome{})
		s.answers(s.asked(&wire.MarkRead{Positions: []uint64{11}}), &wire.Outcome{})
		s.idle()
	})
}

// Behind a fresh start, positions may mean something else, and what is unread is told again.
func TestMarksDoNotOutliveAFreshStart(t *testing.T) {
	reading(t, func(t *testing.T, s *stage) {
		s.rings(11, "r1")
		s.asked(&wire.MarkRead{Positions: []uint64{11}})
		s.loses()
		time.Sleep(9 * time.Second)
		s.welcomes(&wire.Welcome{Position: 3, Channels: []wire.Channel{}, Invitations: pending(hall("h"), "r1")})
		require.Equal(t, "CANCEL_INVITE", s.next("b", "notify")["eventType"], "the invitation at position 11 is not pending")
		s.next("b", "v2online")
		s.answers(s.asked(&wire.Inbox{}), &wire.Outcome{Inbox: []wire.Stored{stored(1, invitation("r1"))}})
		require.Equal(t, []any{"1"}, field(s.list("b", "unread"), "msgid"))
		require.Len(t, s.list("b", "v2offline"), 1)
		s.asked(&wire.MarkRead{Positions: []uint64{1}})
	})
}
