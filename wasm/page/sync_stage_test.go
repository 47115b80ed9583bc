//go:build !js

package page

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

// synced answers a whole sync with nothing.
func (s *stage) synced(channels ...wire.Channel) {
	s.t.Helper()
	s.answers(s.asked(&wire.Inbox{}), &wire.Outcome{})
	s.answers(s.asked(&wire.Channels{}), &wire.Outcome{Channels: channels})
	require.Empty(s.t, s.list("b", "unread"))
	require.Len(s.t, s.list("b", "channels"), len(channels))
}

// What comes while pages are being pulled is told at once, once, and what it ends
// does not ring any more when the inbox is told.
func TestWhatComesDuringASync(t *testing.T) {
	onStage(t, `{}`, func(t *testing.T, s *stage) {
		s.welcomes(&wire.Welcome{Position: 10, Invitations: pending(hall("h"), "r1", "r2", "r3")})
		s.answers(s.asked(&wire.Inbox{}), &wire.Outcome{More: true,
			Inbox: []wire.Stored{stored(1, invitation("r1")), stored(2, invitation("r2"))}})
		s.tells(11, cancellation("r1"))
		s.tells(12, invitation("r4"))
		require.Equal(t, "CANCEL_INVITE", s.next("b", "notify")["eventType"])
		require.Equal(t, "INVITE", s.next("b", "notify")["eventType"])
		s.answers(s.asked(&wire.Inbox{After: 2}), &wire.Outcome{
			Inbox: []wire.Stored{stored(3, invitation("r3")), stored(11, cancellation("r1")), stored(12, invitation("r4"))}})

		unread := s.list("b", "unread")
		require.Equal(t, []any{"r1", "r2", "r3"}, field(unread, "requestId"))
		require.Equal(t, []any{true, nil, nil}, field(unread, "channelInValid"))
		s.answers(s.asked(&wire.Channels{}), &wire.Outcome{})
		s.list("b", "channels")
		s.idle()
	})
}

func TestAChannelThatClosesDuringASync(t *testing.T) {
	onStage(t, `{}`, func(t *testing.T, s *stage) {
		s.welcomes(&wire.Welcome{Position: 10, Invitations: pending(hall("h"), "r1")})
		s.answers(s.asked(&wire.Inbox{}), &wire.Outcome{More: true, Inbox: []wire.Stored{stored(1, invitation("r1"))}})
		s.tells(11, &wire.Closed{Channel: hall("h"), By: "ada", Device: "a"})
		s.next("b", "notify")
		s.answers(s.asked(&wire.Inbox{After: 1}), &wire.Outcome{})
		require.Equal(t, []any{true}, field(s.list("b", "unread"), "channelInValid"))
		s.answers(s.asked(&wire.Channels{}), &wire.Outcome{})
		s.list("b", "channels")
	})
}

// An invitation expires without a word.
func TestAnInvitationThatExpiresDuringASync(t *testing.T) {
	onStage(t, `{}`, func(t *testing.T, s *stage) {
		list := pending(hall("h"), "r1", "r2")
		list[0].Deadline = time.Now().Add(5 * time.Second).UnixMilli()
		s.welcomes(&wire.Welcome{Position: 10, Invitations: list})
		n := s.asked(&wire.Inbox{})
		time.Sleep(5 * time.Second)
		s.answers(n, &wire.Outcome{Inbox: []wire.Stored{stored(1, invitation("r1")), stored(2, invitation("r2"))}})
		require.Equal(t, []any{true, nil}, field(s.list("b", "unread"), "channelInValid"))
		s.asked(&wire.Channels{})
	})
}

// A message that the page marks as read between two pages is not told again.
func TestWhatIsMarkedAsReadDuringASync(t *testing.T) {
	onStage(t, `{}`, func(t *testing.T, s *stage) {
		s.welcomes(&wire.Welcome{Position: 10})
		n := s.asked(&wire.Inbox{})
		done := make(chan error)
		go func() {
			_, err := s.Call(s.ctx, "b", "signalingMarkMsgRead", `{"msgid":"2"}`)
			done <- err
		}()
		marking := s.asked(&wire.MarkRead{Positions: []uint64{2}})
		s.answers(n, &wire.Outcome{Inbox: []wire.Stored{stored(1, invitation("r1")), stored(2, invitation("r2"))}})
		s.answers(marking, &wire.Outcome{})
		require.NoError(t, <-done)
		require.Equal(t, []any{"r1"}, field(s.list("b", "unread"), "requestId"))
		s.answers(s.asked(&wire.Channels{}), &wire.Outcome{})
		s.list("b", "channels")
	})
}

// A fresh start in the middle begins the pages anew: positions may have, too.
func TestAFreshStartDuringASync(t *testing.T) {
	onStage(t, `{}`, func(t *testing.T, s *stage) {
		s.welcomes(&wire.Welcome{Position: 10})
		s.answers(s.asked(&wire.Inbox{}), &wire.Outcome{More: true, Inbox: []wire.Stored{stored(5, invitation("r1"))}})
		n := s.asked(&wire.Inbox{After: 5})
		s.loses()
		s.welcomes(&wire.Welcome{Position: 3, Channels: []wire.Channel{}})
		require.Equal(t, n, s.asked(&wire.Inbox{After: 5}), "the session asks again for what it has no answer to")
		s.answers(n, &wire.Outcome{})
		s.answers(s.asked(&wire.Inbox{}), &wire.Outcome{Inbox: []wire.Stored{stored(1, invitation("r2"))}})
		require.Equal(t, []any{"r2"}, field(s.list("b", "unread"), "requestId"))
		s.answers(s.asked(&wire.Channels{}), &wire.Outcome{})
		s.list("b", "channels")
		s.idle()
	})
}

// A sync that the link did not last for is made up for, though the link that
// follows misses nothing.
func TestASyncIsOwedUntilItIsDone(t *testing.T) {
	onStage(t, `{}`, func(t *testing.T, s *stage) {
		s.welcomes(&wire.Welcome{Position: 10})
		s.asked(&wire.Inbox{})
		s.loses()
		time.Sleep(9 * time.Second) // the command has failed
		s.welcomes(&wire.Welcome{})
		s.synced()
		s.idle()
	})
}

// A link that is lost between the inbox and the channels does not have the inbox
// told again.
func TestASyncGoesOnOverTheNextLink(t *testing.T) {
	onStage(t, `{}`, func(t *testing.T, s *stage) {
		s.welcomes(&wire.Welcome{Position: 10})
		s.answers(s.asked(&wire.Inbox{}), &wire.Outcome{})
		require.Empty(t, s.list("b", "unread"))
		n := s.asked(&wire.Channels{})
		s.loses()
		s.welcomes(&wire.Welcome{})
		require.Equal(t, n, s.asked(&wire.Channels{}), "the session asks again")
		s.answers(n, &wire.Outcome{})
		require.Empty(t, s.list("b", "channels"))
		s.idle()
	})
}

func TestABusyRelayIsAskedAgain(t *testing.T) {
	onStage(t, `{}`, func(t *testing.T, s *stage) {
		s.welcomes(&wire.Welcome{Position: 10})
		s.refuses(s.asked(&wire.Inbox{}), &wire.Refusal{Code: "busy", After: 60_000})
		s.idle()
		time.Sleep(time.Minute)
		s.idle()
		time.Sleep(12 * time.Second)
		s.synced()
	})
}

// ... but not much later, and not at once, whatever it says.
func TestARelayThatIsBusyForEver(t *testing.T) {
	for _, after := range []int64{1 << 62, -1 << 62} {
		onStage(t, `{}`, func(t *testing.T, s *stage) {
			s.welcomes(&wire.Welcome{Position: 10})
			s.refuses(s.asked(&wire.Inbox{}), &wire.Refusal{Code: "busy", After: after})
			time.Sleep(9 * time.Second)
			s.idle()
			if after > 0 {
				time.Sleep(10 * time.Minute)
			}
			time.Sleep(2 * time.Second)
			s.synced()
		})
	}
}

// A relay of the version before knows no inbox, and is not asked again.
func TestARelayWithoutAnInbox(t *testing.T) {
	onStage(t, `{}`, func(t *testing.T, s *stage) {
		s.welcomes(&wire.Welcome{Position: 10})
		s.refuses(s.asked(&wire.Inbox{}), &wire.Refusal{Code: "unknown-command"})
		time.Sleep(time.Hour)
		s.idle()
		_, err := s.callAnswered("signalingSync", func() {
			s.refuses(s.asked(&wire.Inbox{}), &wire.Refusal{Code: "unknown-command"})
		})
		require.ErrorContains(t, err, "NIMError 403")
	})
}

// callAnswered is a call that the relay answers as it is told.
func (s *stage) callAnswered(method string, answer func()) (string, error) {
	type end struct {
		text string
		err  error
	}
	ended := make(chan end)
	go func() {
		text, err := s.Call(s.ctx, "b", method, "{}")
		ended <- end{text, err}
	}()
	answer()
	e := <-ended
	return e.text, e.err
}

func TestASyncThatFailsRejectsAndTheNextOneRuns(t *testing.T) {
	onStage(t, `{"syncAvSignal":false}`, func(t *testing.T, s *stage) {
		s.welcomes(&wire.Welcome{Position: 10})
		first, second := make(chan error), make(chan error)
		go func() { _, err := s.Call(s.ctx, "b", "signalingSync", "{}"); first <- err }()
		n := s.asked(&wire.Inbox{})
		go func() { _, err := s.Call(s.ctx, "b", "signalingSync", "{}"); second <- err }()
		s.idle()
		s.refuses(n, &wire.Refusal{Code: "busy", After: 5})
		require.ErrorContains(t, <-first, "503")
		s.synced()
		require.NoError(t, <-second)
	})
}

// A relay that says there is more and sends nothing is not asked for ever.
func TestPagesThatDoNotGetOnAreTheLast(t *testing.T) {
	onStage(t, `{}`, func(t *testing.T, s *stage) {
		s.welcomes(&wire.Welcome{Position: 10})
		s.answers(s.asked(&wire.Inbox{}), &wire.Outcome{More: true, Inbox: []wire.Stored{stored(1, invitation("r1"))}})
		s.answers(s.asked(&wire.Inbox{After: 1}), &wire.Outcome{More: true, Inbox: []wire.Stored{stored(1, invitation("r1"))}})
		s.asked(&wire.Channels{})
	})
}
