package engine

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/wire"
)

func TestNothingIsSentBeforeItIsStored(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob := w.link("alice/tab"), w.link("bob/phone")
		w.gate.Held.Store(true)
		alice.send(callEx("bob", "r1"))
		alice.hears()
		bob.hears()
		before := w.eng.Released()

		w.gate.Pass <- struct{}{}
		alice.hears("reply 1: ok")
		bob.hears("invited by alice r1")
		require.Greater(t, w.eng.Released(), before)
	})
}

// What is refused, asked or read may rest on an event that is not stored yet.
func TestAnswersWithoutEventsWaitForTheRecordOfTheirGroup(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob, carol := w.link("alice/tab"), w.link("bob/phone"), w.page("carol/x")
		w.gate.Held.Store(true)
		alice.send(&wire.Create{Type: 1}) // keeps the loop busy, so that the rest is one group
		synctest.Wait()
		bob.send(callEx("alice", "r1"))
		alice.send(&wire.Join{Channel: "nowhere"})
		carol.connect(nil)
		looked := false
		go w.eng.Look(t.Context(), func(app *core.App) { looked = true })

		w.gate.Pass <- struct{}{}
		alice.hears("reply 1: ok")
		bob.hears()
		carol.hears()
		require.False(t, looked)

		w.gate.Pass <- struct{}{}
		alice.hears("invited by bob r1", "reply 2: no-such-channel")
		bob.hears("reply 1: ok")
		carol.hears("welcome, fresh")
		require.True(t, looked)
	})
}

func TestGroupGathersWhileAnAppendIsInFlight(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob, carol := w.link("alice/tab"), w.link("bob/phone"), w.link("carol/x")
		w.gate.Held.Store(true)
		alice.send(&wire.Create{Type: 1})
		for range 10 { // fake time passes, as in a slow append
			synctest.Wait()
			time.Sleep(time.Millisecond)
			bob.send(&wire.Create{Type: 2})
			carol.send(&wire.Create{Type: 3})
		}
		w.gate.Pass <- struct{}{}
		w.gate.Pass <- struct{}{}
		synctest.Wait()
		require.Len(t, bob.take(), 10)
		require.Len(t, carol.take(), 10)
		alice.hears("reply 1: ok")

		w.gate.Held.Store(false)
		a := w.audit()
		require.Len(t, a.Records, 2, "one append at a time, and all that waited meanwhile in the next")
		require.Len(t, a.Records[1], 2*20)
		for _, e := range a.Records[1] {
			if created, ok := e.(core.Created); ok {
				require.Equal(t, a.Times[1], created.Channel.Created, "a group has one now")
			}
		}
	})
}

// So that they can go out in one write.
func TestFramesOfAGroupAreQueuedBeforeAnyIsFlushed(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob := w.link("alice/tab"), w.link("bob/phone")
		w.gate.Held.Store(true)
		alice.send(&wire.Create{Type: 1})
		synctest.Wait()
		const many = 10
		for range many {
			alice.send(&wire.Message{To: "bob"})
		}
		w.gate.Open()
		synctest.Wait()
		require.Equal(t, many, bob.first)
		require.Len(t, bob.take(), many)
	})
}

func TestReplyComesBeforeNoticesOfLaterCommands(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob := w.link("alice/tab"), w.link("bob/phone")
		channel := alice.ask(&wire.Create{Type: 1}).Channel.ID
		w.gate.Held.Store(true)
		bob.send(&wire.Create{Type: 1})
		synctest.Wait()
		alice.send(&wire.Join{Channel: channel})
		bob.send(&wire.Join{Channel: channel})
		alice.send(&wire.Leave{Channel: channel})
		bob.send(&wire.Leave{Channel: "nowhere"})
		w.gate.Open()
		synctest.Wait()

		frames := alice.take()
		require.Equal(t, []string{"reply 2: ok", "joined: bob", "reply 3: ok"}, []string{show(frames[0]), show(frames[1]), show(frames[2])})
		require.Greater(t, position(frames[1]), position(frames[0]))
		require.Greater(t, position(frames[2]), position(frames[1]))

		frames = bob.take()
		require.Equal(t, "left: alice", show(frames[2]))
		require.Equal(t, "reply 3: no-such-channel", show(frames[3]))
		require.GreaterOrEqual(t, position(frames[3]), position(frames[2]), "a refusal stands where the journal stands")
	})
}

func TestPositionsRiseOnALink(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob := w.link("alice/tab"), w.link("bob/phone")
		last := uint64(0)
		for i := range 20 {
			alice.send(callEx("bob", string(rune('a'+i))))
			bob.send(callEx("alice", string(rune('a'+i))))
			alice.send(&wire.Join{Channel: "nowhere"})
			if i%3 == 0 {
				synctest.Wait()
			}
		}
		synctest.Wait()
		frames := alice.take()
		require.Len(t, frames, 3*20)
		for _, f := range frames {
			require.GreaterOrEqual(t, position(f), last)
			last = position(f)
		}
		require.LessOrEqual(t, last, uint64(w.eng.Released()))
	})
}

func TestSiblingDevicesHearWhatTheActorIsAnswered(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, phone, tablet := w.link("alice/tab"), w.link("bob/phone"), w.link("bob/tablet")
		channel := alice.ask(callEx("bob", "r1")).Channel.ID
		phone.hears("invited by alice r1")
		tablet.hears("invited by alice r1")
		phone.send(accept(channel, "alice", "r1"))
		phone.hears("reply 1: ok")
		tablet.hears("accepted r1 by bob")
		alice.hears("accepted r1 by bob")
	})
}

func TestCommandWithoutANumberIsRefused(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice := w.link("alice/tab")
		alice.resend(0, &wire.Create{Type: 1})
		alice.hears("reply 0: bad-field n")
		require.Empty(t, w.audit().Records)
	})
}

func TestUnknownCommandIsRefusedByName(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice := w.link("alice/tab")
		require.NoError(t, w.eng.Submit(alice.Device, alice, &wire.Command{N: 1, Name: "dance"}, 10))
		synctest.Wait()
		reply := alice.take()[0].(*wire.Reply)
		require.Equal(t, &wire.Refusal{Code: string(core.UnknownCommand), Detail: "dance"}, reply.Error)
	})
}
