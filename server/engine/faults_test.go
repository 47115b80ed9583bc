package engine

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/wire"
)

// failing restarts the engine on a journal whose next appends fail as listed.
func (w *world) failing(list ...fault) *faulty {
	w.t.Helper()
	w.crash()
	j := &faulty{Journal: w.store.Open(), stranger: func(seq uint64) []core.Event { return strangerRings("bob", seq) }}
	j.next = func() fault {
		if len(list) == 0 {
			return sound
		}
		f := list[0]
		list = list[1:]
		return f
	}
	w.config.Journal = j
	w.start()
	return j
}

// failures are all faults but that of another writer.
func failures() []fault {
	var list []fault
	for f := refusing; f < contested; f++ {
		list = append(list, f)
	}
	return list
}

func TestFailedAppendHasOneOutcome(t *testing.T) {
	for _, f := range failures() {
		t.Run(f.String(), func(t *testing.T) {
			inBubble(t, func(t *testing.T, w *world) {
				w.failing(f)
				alice, bob := w.link("alice/tab"), w.link("bob/phone")
				alice.send(callEx("bob", "r1"))
				alice.send(&wire.Join{Channel: "nowhere"})
				time.Sleep(2 * appendTime)
				alice.hears("reply 1: ok", "reply 2: no-such-channel")
				bob.hears("invited by alice r1")
				time.Sleep(soon)
				require.Len(t, w.audit().Records, 1)
				bob.hears()
			})
		})
	}
}

func TestAppendThatFailsInEveryWayInTurnHasOneOutcome(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		w.config.Patience = time.Hour
		w.failing(refusing, stuck, confused, forgetful, refusing, mute)
		alice, bob := w.link("alice/tab"), w.link("bob/phone")
		alice.send(callEx("bob", "r1"))
		time.Sleep(5 * appendTime)
		alice.hears("reply 1: ok")
		bob.hears("invited by alice r1")
		w.audit()
	})
}

func TestJournalThatStaysBrokenEndsTheEngine(t *testing.T) {
	for _, f := range []fault{refusing, forgetful, stuck, confused} {
		t.Run(f.String(), func(t *testing.T) {
			inBubble(t, func(t *testing.T, w *world) {
				j := w.failing()
				alice := w.link("alice/tab")
				j.next = func() fault { return f }
				alice.send(&wire.Create{Type: 1})
				time.Sleep(w.eng.config.Patience - soon)
				require.Empty(t, w.failed, "there is patience")
				time.Sleep(2 * appendTime)
				synctest.Wait()
				err := <-w.failed
				require.ErrorContains(t, err, "gave up on the journal")
				if f == refusing {
					require.ErrorIs(t, err, errBroken)
				}
				alice.hears()
			})
		})
	}
}

func TestJournalThatOthersKeepWritingEndsTheEngine(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		j := w.failing()
		alice := w.link("alice/tab")
		j.next = func() fault {
			time.Sleep(soon)
			return contested
		}
		alice.send(&wire.Create{Type: 1})
		time.Sleep(w.eng.config.Patience - soon)
		require.Empty(t, w.failed, "there is patience")
		time.Sleep(3 * soon)
		require.ErrorContains(t, <-w.failed, "others keep writing")
		alice.hears()
	})
}

func TestJournalThatRecoversInTimeLosesNothing(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		j := w.failing()
		alice, bob := w.link("alice/tab"), w.link("bob/phone")
		broken := time.Now().Add(w.eng.config.Patience - soon)
		j.next = func() fault {
			if time.Now().Before(broken) {
				return refusing
			}
			return sound
		}
		j.unreadable = func() bool { return time.Now().Before(broken) }
		alice.send(callEx("bob", "r1"))
		time.Sleep(w.eng.config.Patience)
		alice.hears("reply 1: ok")
		bob.hears("invited by alice r1")
		w.audit()
	})
}

// A loop that is told to stop amid an append must not go on to answer from a
// state that is not stored.
func TestNothingIsAnsweredAfterTheEnd(t *testing.T) {
	for range 20 { // the loop could choose
		inBubble(t, func(t *testing.T, w *world) {
			alice := w.link("alice/tab")
			w.gate.Held.Store(true)
			alice.send(&wire.Create{Type: 1})
			synctest.Wait()
			alice.resend(1, &wire.Create{Type: 1})
			alice.send(&wire.Join{Channel: "nowhere"})
			w.crash()
			alice.hears()
			require.NoError(t, <-w.failed, "the end is no error")
		})
	}
}
