package engine

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/wire"
	"beckon/server/journal"
)

func TestFullQueueIsBusy(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		w.config.MaxQueued = 4096
		w.restart()
		alice := w.link("alice/tab")
		w.gate.Held.Store(true)
		alice.send(&wire.Create{Type: 1})
		synctest.Wait()
		create := wire.NewCommand(2, &wire.Create{Type: 1})
		taken := 0
		for ; taken < 100; taken++ {
			create.N++
			if err := w.eng.Submit(alice.Device, alice, create, 1000-taskSize); err != nil {
				require.ErrorIs(t, err, ErrBusy)
				break
			}
		}
		require.Equal(t, 4, taken, "as many as there is room for")
		require.ErrorIs(t, w.eng.Connect(&wire.Hello{Token: strings.Repeat("x", 1000)}, w.page("bob/phone"), "x"), ErrBusy)
		require.NoError(t, w.eng.Disconnect(t.Context(), Device{}, w.page("bob/phone")), "what must not get lost is taken")

		w.gate.Open()
		synctest.Wait()
		require.Len(t, alice.take(), 1+taken)
		require.Zero(t, w.eng.queued.Load())
		alice.n = 200
		alice.ask(&wire.Create{Type: 1})
	})
}

func TestQueueCountsWhatAResumeHolds(t *testing.T) {
	small := &connect{hello: &wire.Hello{Resume: &wire.Resume{}}}
	large := &connect{hello: &wire.Hello{Resume: &wire.Resume{InFlight: make([]uint64, 100_000)}}}
	require.Equal(t, 800_000, large.size()-small.size())
}

// wide is a request id of the greatest length that takes the most bytes to store.
func wide(i int) string {
	id := fmt.Sprint(i)
	return id + strings.Repeat("\x01", core.MaxRequestID-len(id))
}

func TestCommandTooLargeForARecordIsRefused(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob := w.link("alice/tab"), w.link("bob/phone")
		channel := alice.ask(&wire.Create{Type: 1}).Channel.ID
		const many = 1000
		for i := range many {
			callee := fmt.Sprintf("%0*d", core.MaxAccount, i)
			alice.send(invite(channel, callee, wide(i)))
		}
		synctest.Wait()
		require.Len(t, alice.take(), many)

		w.gate.Held.Store(true)
		bob.send(&wire.Create{Type: 1})
		synctest.Wait()
		bob.send(&wire.Create{Type: 1})
		alice.send(&wire.Close{Channel: channel})
		bob.send(&wire.Create{Type: 1})
		w.gate.Open()
		bob.hears("reply 1: ok", "reply 2: ok", "reply 3: ok")
		synctest.Wait()
		reply := alice.take()[0].(*wire.Reply)
		require.Equal(t, string(core.TooLarge), reply.Error.Code)
		require.EqualValues(t, journal.MaxRecord, reply.Error.Limit)
		require.Len(t, w.audit().App.Channel(channel).Invitations(), many, "it changed nothing")
	})
}

// A group that does not fit a record is stored in several; each is answered when
// its own record is stored.
func TestGroupLargerThanARecordIsSplit(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob := w.link("alice/tab"), w.link("bob/phone")
		channel := alice.ask(&wire.Create{Type: 1}).Channel.ID
		w.gate.Held.Store(true)
		bob.send(&wire.Create{Type: 1})
		synctest.Wait()
		const many = 100
		for i := range many {
			ring := invite(channel, "bob", fmt.Sprint("r", i))
			ring.Attach = strings.Repeat("\x01", core.MaxAttach) // 24 KiB as it is stored
			alice.send(ring)
		}
		w.gate.Pass <- struct{}{}
		bob.hears("reply 1: ok")
		w.gate.Pass <- struct{}{}
		synctest.Wait()
		first := len(alice.take())
		require.Less(t, first, many)
		require.Positive(t, first)
		require.Len(t, bob.take(), first)

		w.gate.Open()
		synctest.Wait()
		require.Len(t, alice.take(), many-first)
		require.Len(t, bob.take(), many-first)
		require.Greater(t, len(w.audit().Records), 4)
	})
}
