package engine

import (
	"bytes"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/wire"
	"beckon/server/journal"
)

// kept is all that the store has: the snapshot, and the records behind what was purged.
func (w *world) kept() []byte {
	w.t.Helper()
	at, r, err := w.store.Open().LoadSnapshot(w.t.Context())
	require.NoError(w.t, err)
	text, err := io.ReadAll(r)
	require.NoError(w.t, err)
	for r, err := range w.store.Open().Read(w.t.Context(), at) {
		require.NoError(w.t, err)
		text = append(text, r.Data...)
	}
	return text
}

func (w *world) forget(account string) Forgotten {
	w.t.Helper()
	count, err := w.eng.Forget(w.t.Context(), account)
	require.NoError(w.t, err)
	return count
}

func TestForgetEndsEverythingThatAnAccountHas(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		zoe, bob := w.link("zoe/tab"), w.link("bob/phone")
		zoe.does(&wire.SetProfile{Name: "Zoe"})
		own := zoe.does(callEx("carl", "r1")).Channel.ID
		theirs := bob.ask(callEx("dan", "r2")).Channel.ID
		zoe.does(&wire.Join{Channel: theirs})
		bob.does(&wire.Invite{Channel: bob.does(&wire.Create{Type: 1}).Channel.ID, Invitee: "zoe", RequestID: "r3", Store: true})
		bob.take()

		require.Equal(t, Forgotten{Channels: 1, Memberships: 1, Invitations: 2, Notices: 1, Profile: true, Links: 1}, w.forget("zoe"))
		zoe.wantClosed(wire.CloseKicked, "it is not to come back")
		synctest.Wait()
		require.NoError(t, w.eng.Look(t.Context(), func(app *core.App) {
			require.Nil(t, app.Channel(own))
			require.Len(t, app.Channel(theirs).Members(), 1)
			require.Empty(t, app.Asked("zoe"))
			require.Empty(t, app.Profile("zoe"))
			rows, _ := app.Inbox("zoe", 0, 0, 100)
			require.Empty(t, rows)
		}))
		bob.drop()
		before := w.state()
		w.restart()
		require.Equal(t, before, w.state())
		require.Equal(t, Forgotten{}, w.forget("zoe"), "there is nothing more to forget")
	})
}

// A room has no rule for an owner who is gone but to end.
func TestForgetClosesRoomsThatTheAccountOwns(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		zoe, bob := w.link("zoe/tab"), w.link("bob/phone")
		room := zoe.ask(&wire.CreateRoom{Channel: "den"}).Channel.ID
		zoe.does(&wire.Enter{Channel: room})
		bob.does(&wire.Enter{Channel: room})
		require.Equal(t, 1, w.forget("zoe").Channels)
		require.Equal(t, core.NoChannel, core.Code(bob.refusesAfter(&wire.Enter{Channel: room}).Code))
	})
}

// refusesAfter is refuses, whatever has been told before.
func (p *page) refusesAfter(o wire.Order) *wire.Refusal {
	p.w.t.Helper()
	synctest.Wait()
	p.take()
	return p.refuses(o)
}

// A journal that keeps all records cannot forget anybody, and does not do half of it.
func TestNobodyIsForgottenWhereTheJournalKeepsEverything(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		w.config.KeepRecords = true
		w.restart()
		zoe := w.link("zoe/tab")
		channel := zoe.does(&wire.Create{Type: 1}).Channel.ID
		_, err := w.eng.Forget(t.Context(), "zoe")
		require.ErrorIs(t, err, ErrKeeps)
		require.Equal(t, channel, zoe.does(&wire.Close{Channel: channel}).Channel.ID, "it is still there")
	})
}

// What nobody remembers any more is not in the journal either: not in its snapshots, not in its records.
func TestTheJournalForgetsWhatTheStateHasForgotten(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		w.link("bob/phone")
		zoe := w.link("zoe-the-forgotten/tab")
		zoe.does(&wire.SetProfile{Name: "Zoe"})
		zoe.does(callEx("bob", "r1"))
		w.forget("zoe-the-forgotten")
		time.Sleep(2 * time.Minute) // answers are remembered for a minute
		w.link("bob/tablet").does(&wire.SetProfile{Name: "Bob"})
		require.NoError(t, w.eng.Compact(t.Context()))
		require.NotContains(t, string(w.kept()), "zoe-the-forgotten")
		for _, err := range w.store.Open().Read(t.Context(), 1) {
			require.ErrorIs(t, err, journal.ErrCorrupt, "what was before is purged")
		}
	})
}

func TestASnapshotGetsNoOlderThanItMay(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		w.config.SnapshotAge = 24 * time.Hour
		w.restart()
		alice := w.link("alice/tab")
		alice.does(&wire.SetProfile{Name: "Alice"})
		time.Sleep(23 * time.Hour)
		synctest.Wait()
		require.Zero(t, w.snapshotAt())
		time.Sleep(3 * time.Hour)
		synctest.Wait()
		at := w.snapshotAt()
		require.Positive(t, at)
		require.True(t, bytes.Contains(w.kept(), []byte("Alice")))
		require.Positive(t, w.eng.Stats().Snapshot.Bytes)
		time.Sleep(72 * time.Hour)
		synctest.Wait()
		require.Equal(t, at, w.snapshotAt(), "nothing has been stored since")
	})
}

// An engine that is restarted every night still comes to its snapshot.
func TestTheAgeOfASnapshotCountsOverRestarts(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		w.config.SnapshotAge = 24 * time.Hour
		w.restart()
		w.link("alice/tab").does(&wire.SetProfile{Name: "Alice"})
		for range 5 {
			time.Sleep(7 * time.Hour)
			w.restart()
			synctest.Wait()
		}
		require.Positive(t, w.snapshotAt())
	})
}
