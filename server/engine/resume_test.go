package engine

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/wire"
)

func TestResumeBringsWhatWasMissed(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob := w.link("alice/tab"), w.link("bob/phone")
		alice.ask(callEx("bob", "r1"))
		bob.hears("invited by alice r1")
		bob.drop()
		alice.ask(callEx("bob", "r2"))
		alice.send(callEx("bob", "r3"))
		alice.hears("reply 3: ok offline")

		bob = bob.back()
		bob.hears("welcome, 2 missed", "invited by alice r2", "invited by alice r3")
		bob = bob.back()
		bob.hears("welcome, 0 missed")
	})
}

func TestResumeBringsAnswersToWhatWasInFlight(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob := w.link("alice/tab"), w.link("bob/phone")
		alice.send(callEx("bob", "r1"))
		alice.send(&wire.Join{Channel: "nowhere"})
		alice.drop() // with the answers on their way
		alice.mu.Lock()
		alice.frames, alice.ready = nil, 0
		alice.mu.Unlock()

		alice = alice.back(1, 2, 3)
		alice.hears("welcome, 0 missed, answer 1: ok")
		bob.hears("invited by alice r1")
	})
}

func TestOwnDoingsAreNotReplayed(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, tablet, bob := w.link("alice/tab"), w.link("alice/tablet"), w.link("bob/phone")
		channel := bob.ask(callEx("alice", "r1")).Channel.ID
		alice.hears("invited by bob r1")
		tablet.hears("invited by bob r1")
		tablet.drop()
		alice.ask(accept(channel, "bob", "r1"))
		alice = alice.back()
		alice.hears("welcome, 0 missed")
		tablet.back().hears("welcome, 1 missed", "accepted r1 by alice")
	})
}

func TestResumeOfAnotherJournalStartsFresh(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob := w.link("alice/tab"), w.link("bob/phone")
		alice.ask(callEx("bob", "r1"))
		bob.take()
		bob.drop()
		resume := &wire.Resume{Journal: "another", Position: bob.last, InFlight: []uint64{1}}
		bob = w.page("bob/phone")
		bob.connect(resume)
		bob.hears("welcome, fresh, rung by alice r1")
	})
}

func TestResumeFromTheFutureStartsFresh(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice := w.link("alice/tab")
		alice.ask(&wire.Create{Type: 1})
		alice.drop()
		alice.last += 1 << 16 // as of a record that is not there
		alice = alice.back(1)
		alice.hears("welcome, fresh, answer 1: ok")
	})
}

func TestResumeAfterTooLongStartsFresh(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob := w.link("alice/tab"), w.link("bob/phone")
		bob.drop()
		alice.ask(callEx("bob", "r1"))
		time.Sleep(time.Duration(feedTime)*time.Millisecond + soon)
		alice.does(callEx("bob", "r2")) // with it the feed lets go of r1
		bob.back().hears("welcome, fresh")
	})
}

// A replay that would be cut off as too much for the link must not be tried again
// and again.
func TestResumeAfterTooMuchStartsFresh(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob := w.link("alice/tab"), w.link("bob/phone")
		bob.drop()
		attach := strings.Repeat("🔔", core.MaxAttach)
		enough := maxReplay / len(attach)
		for range enough - 5 { // each frame is a little more than its attach
			alice.ask(&wire.Message{To: "bob", Attach: attach})
		}
		again := bob.back()
		synctest.Wait()
		require.Len(t, again.take(), 1+enough-5)
		again.drop()
		for range 5 {
			alice.ask(&wire.Message{To: "bob", Attach: attach})
		}
		bob.back().hears("welcome, fresh")
	})
}

// The feed is made from the journal again: who was told last before a crash
// hears the rest after it, and what was answered stays answered.
func TestResumeOverARestartLosesNothing(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob := w.link("alice/tab"), w.link("bob/phone")
		channel := alice.ask(callEx("bob", "r1")).Channel.ID
		bob.hears("invited by alice r1")
		bob.drop()
		alice.send(&wire.Cancel{Channel: channel, RequestID: "r1", Invitee: "bob"})
		alice.send(callEx("bob", "r2"))
		synctest.Wait()
		alice.mu.Lock()
		alice.frames, alice.ready = nil, 0 // the answers never got there
		alice.mu.Unlock()

		w.restart()
		bob = bob.back()
		bob.hears("welcome, 2 missed", "cancelled r1 by alice", "invited by alice r2")
		alice = alice.back(2, 3)
		alice.hears("welcome, 0 missed, answer 2: ok, answer 3: ok offline")
		alice.ask(callEx("bob", "r3"))
		bob.hears("invited by alice r3")
	})
}

// Heartbeats keep the position of a page current to which nothing is told.
func TestPageThatHeardNothingForLongResumesFromItsHeartbeat(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob, carol := w.link("alice/tab"), w.link("bob/phone"), w.link("carol/x")
		for i := range 10 {
			time.Sleep(time.Minute)
			alice.does(callEx("bob", string(rune('a'+i))))
		}
		carol.beat()
		carol.drop()
		bob.take()
		alice.does(callEx("carol", "r1"))
		carol.back().hears("welcome, 1 missed", "invited by alice r1")
	})
}

// What happened before a long rest is not in the feed that is made again.
func TestResumeOverALongRestStartsFreshIfSomethingHappened(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob := w.link("alice/tab"), w.link("bob/phone")
		bob.drop()
		alice.ask(callEx("bob", "r1"))
		w.crash()
		time.Sleep(10 * time.Minute)
		w.start()
		bob.back().hears("welcome, fresh")
	})
}

func TestResumeAfterALongRestLosesNothingIfNothingHappened(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice := w.link("alice/tab")
		alice.ask(&wire.Create{Type: 1})
		w.crash()
		time.Sleep(10 * time.Minute)
		w.start()
		alice.back().hears("welcome, 0 missed")
	})
}

// A page may ask for the answers to as many commands as are remembered.
func TestWelcomeCarriesAtMostSixtyFourAnswers(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice := w.link("alice/tab")
		alice.ask(&wire.Create{Type: 1})
		inFlight := make([]uint64, 30_000)
		for i := range inFlight {
			inFlight[i] = 1
		}
		alice = alice.back(inFlight...)
		synctest.Wait()
		require.LessOrEqual(t, len(alice.take()[0].(*wire.Welcome).Answers), 64)
	})
}
