package engine

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

// A late ring: somebody who reloads is still rung.
func TestFreshStartTellsAnInvitationThatRang(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob := w.link("alice/tab"), w.link("bob/phone/1")
		order := callEx("bob", "r1")
		order.Attach, order.Push = "hello", &wire.Push{Need: true, Title: "ring"}
		channel := alice.ask(order).Channel
		bob.hears("invited by alice r1")

		bob = w.link("bob/phone/2")
		require.Equal(t, "welcome, fresh, rung by alice r1", show(bob.welcome))
		i := bob.welcome.Invitations[0]
		require.Equal(t, channel.ID, i.Channel.ID)
		require.Equal(t, "hello", i.Attach)
		require.Equal(t, order.Push, i.Push)
		require.Equal(t, "tab", i.Device)
		require.Equal(t, i.Made+ringing.Milliseconds(), i.Deadline)
		require.NotZero(t, i.Position)
		require.LessOrEqual(t, i.Position, bob.welcome.Position)
	})
}

// The inbox tells it, and the welcome must not tell it again.
func TestFreshStartLeavesAStoredInvitationToTheInbox(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice := w.link("alice/tab")
		order := callEx("bob", "r1")
		order.Store = true
		require.Equal(t, "offline", alice.ask(order).Reach)
		bob := w.link("bob/phone")
		require.Equal(t, "welcome, fresh", show(bob.welcome))
		require.True(t, bob.welcome.Invitations[0].Silent, "the page knows of it all the same")
		inbox := bob.ask(&wire.Inbox{}).Inbox
		require.Len(t, inbox, 1)
		require.Equal(t, "r1", inbox[0].Invited.RequestID)
		require.False(t, inbox[0].Over)

		bob.ask(&wire.MarkRead{Positions: []uint64{inbox[0].Position, 7}})
		require.Empty(t, bob.ask(&wire.Inbox{}).Inbox)
		require.Equal(t, "welcome, fresh, rung by alice r1", show(w.link("bob/tablet").welcome), "it is read, but pending")
	})
}

// As the vendor has it: who called was told that nobody could be reached.
func TestFreshStartDoesNotTellAnInvitationThatReachedNobody(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice := w.link("alice/tab")
		require.Equal(t, "offline", alice.ask(callEx("bob", "r1")).Reach)
		require.Equal(t, "welcome, fresh", show(w.link("bob/phone").welcome))
	})
}

func TestFreshStartTellsNothingThatIsOver(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob := w.link("alice/tab"), w.link("bob/phone/1")
		alice.ask(callEx("bob", "expires"))
		time.Sleep(ringing - soon)
		accepted := alice.ask(callEx("bob", "accepted")).Channel.ID
		cancelled := alice.ask(callEx("bob", "cancelled")).Channel.ID
		closed := alice.ask(callEx("bob", "closed")).Channel.ID
		rejected := alice.ask(callEx("bob", "rejected")).Channel.ID
		synctest.Wait()
		bob.take()
		bob.ask(accept(accepted, "alice", "accepted"))
		bob.ask(&wire.Reject{Channel: rejected, Inviter: "alice", RequestID: "rejected"})
		alice.take()
		alice.ask(&wire.Cancel{Channel: cancelled, Invitee: "bob", RequestID: "cancelled"})
		alice.ask(&wire.Close{Channel: closed})
		bob.drop()
		require.Equal(t, "welcome, fresh, rung by alice expires", show(w.link("bob/phone/2").welcome))
		time.Sleep(soon) // the deadline itself is too late
		require.Equal(t, "welcome, fresh", show(w.link("bob/phone/3").welcome))
	})
}

func TestFreshStartShowsTheChannelsWithTheirMembers(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob := w.link("alice/tab"), w.link("bob/phone")
		channel := alice.ask(callEx("bob", "r1")).Channel.ID
		bob.hears("invited by alice r1")
		bob.ask(&wire.JoinAndAccept{Channel: channel, Inviter: "alice", RequestID: "r1", UID: "77"})
		fresh := w.link("bob/tablet")
		require.Equal(t, "welcome, fresh, in a channel with alice bob", show(fresh.welcome))
		require.Equal(t, wire.Member{Account: "bob", Device: "phone", UID: "77", Joined: fresh.welcome.Now},
			fresh.welcome.Channels[0].Members[1])
		require.Equal(t, "welcome, fresh", show(w.link("carol/x").welcome))
	})
}

func TestWelcomeTellsTimeAndSilence(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		welcome := w.link("alice/tab").welcome
		require.EqualValues(t, wire.Version, welcome.Version)
		require.Equal(t, time.Now().UnixMilli(), welcome.Now)
		require.Equal(t, (30 * time.Second).Milliseconds(), welcome.Silence)
		require.Equal(t, w.store.Open().ID(), welcome.Journal)
		require.Equal(t, "x", welcome.Connection)
	})
}

func TestFreshStartTellsNoControlsAndMessages(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob, channel := inCall(t, w)
		bob.drop()
		alice.ask(&wire.Control{Channel: channel, Attach: "mute"})
		alice.send(&wire.Message{To: "bob", Attach: "hello"})
		synctest.Wait()
		bob.back().hears("welcome, 2 missed", "control by alice: mute", "message by alice: hello")
		fresh := w.link("bob/tablet")
		require.Equal(t, "welcome, fresh, in a channel with alice bob", show(fresh.welcome))
		fresh.hears()
		require.Empty(t, fresh.ask(&wire.Inbox{}).Inbox)
	})
}
