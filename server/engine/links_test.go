package engine

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

const grace = 2 * time.Minute

func TestAnotherLifeOfADeviceReplacesTheLink(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, old, tablet := w.link("alice/tab"), w.link("bob/phone/1"), w.link("bob/tablet")
		bob := w.link("bob/phone/2")
		old.wantClosed(wire.CloseReplaced, "a device has one link")
		tablet.wantClosed(0, "another device is another link")
		alice.ask(callEx("bob", "r1"))
		bob.hears("invited by alice r1")
		tablet.hears("invited by alice r1")
		old.hears()
	})
}

func TestDisconnectOfAReplacedLinkChangesNothing(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, old := w.link("alice/tab"), w.link("bob/phone/1")
		channel := old.ask(&wire.Create{Type: 1}).Channel.ID
		old.ask(&wire.Join{Channel: channel})
		bob := w.link("bob/phone/2")
		old.drop()
		require.Empty(t, alice.ask(callEx("bob", "r1")).Reach, "bob is online")
		bob.hears("invited by alice r1")
		bob.wantClosed(0, "the new link stands")
		time.Sleep(grace + soon)
		require.Equal(t, "welcome, fresh, in a channel with bob", show(w.link("bob/tablet").welcome))
	})
}

func TestDisconnectTwiceIsOnce(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob := w.link("alice/tab"), w.link("bob/phone")
		bob.drop()
		bob.drop()
		require.Equal(t, "offline", alice.ask(callEx("bob", "r1")).Reach)
	})
}

// inCall is alice and bob in a channel.
func inCall(t *testing.T, w *world) (alice, bob *page, channel string) {
	t.Helper()
	alice, bob = w.link("alice/tab"), w.link("bob/phone")
	channel = alice.ask(callEx("bob", "r1")).Channel.ID
	bob.hears("invited by alice r1")
	bob.ask(&wire.JoinAndAccept{Channel: channel, Inviter: "alice", RequestID: "r1"})
	alice.hears("joined: bob", "accepted r1 by bob")
	return alice, bob, channel
}

func TestMemberWithoutALinkLeavesAfterTheGracePeriod(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob, _ := inCall(t, w)
		bob.drop()
		time.Sleep(grace - soon)
		alice.hears()
		time.Sleep(soon)
		alice.hears("left: bob")
		w.audit()
	})
}

func TestMemberWhoseLinkComesBackStays(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob, _ := inCall(t, w)
		bob.drop()
		time.Sleep(grace - soon)
		bob.back().hears("welcome, 0 missed")
		time.Sleep(2 * grace)
		alice.hears()
		w.audit()
	})
}

func TestGracePeriodSurvivesARestart(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob, _ := inCall(t, w)
		bob.drop()
		time.Sleep(grace / 2)
		w.restart()
		alice = alice.back()
		alice.hears("welcome, 0 missed")
		time.Sleep(grace/2 - soon)
		alice.hears()
		time.Sleep(soon)
		alice.hears("left: bob")
		w.audit()
	})
}

// Who was linked when the relay died has the whole grace period to come back.
func TestRestartStartsTheGracePeriodOfThoseWhoWereLinked(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, _, _ := inCall(t, w)
		alice.beat()
		w.crash()
		time.Sleep(10 * grace)
		w.start()
		alice = alice.back()
		alice.hears("welcome, 0 missed")
		time.Sleep(grace - soon)
		alice.hears()
		time.Sleep(soon)
		alice.hears("left: bob")
		time.Sleep(2 * grace)
		require.Len(t, w.audit().App.Joined("alice"), 1, "alice was back in time")
	})
}

func TestSecondDeviceTakesTheSeatOfOneWithoutALink(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob, channel := inCall(t, w)
		tablet := w.link("bob/tablet")
		tablet.send(&wire.Join{Channel: channel})
		tablet.hears("reply 1: on-another-device")
		bob.drop()
		tablet.ask(&wire.Join{Channel: channel})
		alice.hears("joined: bob")
		time.Sleep(2 * grace)
		synctest.Wait()
		alice.hears()
	})
}
