package engine

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

func TestSameCommandIDAgainGivesTheFirstAnswer(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob := w.link("alice/tab"), w.link("bob/phone")
		order := callEx("bob", "r1")
		alice.send(order)
		synctest.Wait()
		first := alice.take()[0].(*wire.Reply)
		bob.hears("invited by alice r1")

		alice.resend(1, order)
		synctest.Wait()
		require.Equal(t, first, alice.take()[0])
		bob.hears()

		w.restart()
		alice = alice.back()
		synctest.Wait()
		alice.take()
		alice.resend(1, order)
		synctest.Wait()
		require.Equal(t, first, alice.take()[0], "also after a restart")
		w.audit()
	})
}

func TestTwiceInOneGroupIsOnce(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob := w.link("alice/tab"), w.link("bob/phone")
		w.gate.Held.Store(true)
		bob.send(&wire.Create{Type: 1})
		synctest.Wait()
		for range 3 {
			alice.resend(1, callEx("bob", "r1"))
		}
		w.gate.Open()
		alice.hears("reply 1: ok", "reply 1: ok", "reply 1: ok")
		bob.hears("reply 1: ok", "invited by alice r1")
		w.audit()
	})
}

func TestNumbersCountPerLife(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		first := w.link("alice/tab/1").ask(&wire.Create{Type: 1}).Channel.ID
		second := w.link("alice/tab/2").ask(&wire.Create{Type: 1}).Channel.ID
		require.NotEqual(t, first, second)
	})
}

func TestRefusalIsNotRemembered(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob := w.link("alice/tab"), w.link("bob/phone")
		join := &wire.Join{}
		alice.send(join)
		alice.hears("reply 1: no-such-channel")
		join.Channel = bob.ask(&wire.Create{Type: 1}).Channel.ID
		alice.resend(1, join)
		alice.hears("reply 1: ok")
	})
}

func TestAnswersAreForgottenAfterAMinute(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice := w.link("alice/tab")
		first := alice.ask(&wire.Create{Type: 1}).Channel.ID
		time.Sleep(time.Minute)
		alice.ask(&wire.Create{Type: 1}) // forgetting comes with the next answer
		alice.n = 0
		require.NotEqual(t, first, alice.ask(&wire.Create{Type: 1}).Channel.ID)
	})
}

// A page that has been welcomed on a new link has been told what became of its
// commands. What the old link still brings must not change that.
func TestCommandsFromAReplacedLinkAreNotCarriedOut(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		old, bob := w.link("alice/tab"), w.link("bob/phone")
		again := old.back(1)
		again.hears("welcome, 0 missed")
		old.wantClosed(wire.CloseReplaced, "one link a device")
		old.resend(1, callEx("bob", "r1"))
		synctest.Wait()
		bob.hears()
		again.hears()
		require.Empty(t, w.audit().Records)
	})
}
