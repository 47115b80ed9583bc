package engine

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/wire"
	"beckon/server/journal"
	"beckon/server/servertest"
)

// state is what the engine holds.
func (w *world) state() (state string) {
	require.NoError(w.t, w.eng.Look(w.t.Context(), func(app *core.App) { state = servertest.State(app) }))
	return state
}

// snapshotAt says at which record the latest snapshot was taken; 0: there is none.
func (w *world) snapshotAt() uint64 {
	at, r, err := w.store.Open().LoadSnapshot(w.t.Context())
	if errors.Is(err, journal.ErrNoSnapshot) {
		return 0
	}
	require.NoError(w.t, err)
	require.NoError(w.t, r.Close())
	return at
}

// busyDay has alice ring bob again and again, for so many minutes.
func busyDay(alice *page, minutes int) {
	for range minutes {
		alice.take() // how the calls before ended
		alice.ask(callEx("bob", fmt.Sprint("r", alice.n)))
		time.Sleep(time.Minute)
		synctest.Wait()
	}
}

func TestSnapshotsBoundWhatARestartReplays(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		w.config.SnapshotEvery = 4000
		w.config.App.Channels = 1000
		w.restart()
		alice := w.link("alice/tab")
		busyDay(alice, 30)
		alice.drop()
		before := w.state()
		at := w.snapshotAt()
		require.Greater(t, at, uint64(20), "there is a snapshot, and not an old one")
		for _, err := range w.store.Open().Read(t.Context(), 1) {
			require.ErrorIs(t, err, journal.ErrCorrupt, "the journal has let go of what is in it")
		}

		w.restart()
		require.Equal(t, before, w.state(), "the state is what it was")
		busyDay(w.link("alice/tab"), 30)
		require.Greater(t, w.snapshotAt(), at, "the next one rests on the one before")
	})
}

// A snapshot stays behind the feed's beginning, so a restart forgets nothing that
// a link which dropped could ask for.
func TestARestartFromASnapshotResumesLinks(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		w.config.SnapshotEvery = 1000
		w.config.App.Channels = 1000
		w.restart()
		alice, bob := w.link("alice/tab"), w.link("bob/phone")
		busyDay(alice, 20)
		bob.take()
		bob.drop()
		alice.take()
		alice.ask(callEx("bob", "missed"))
		require.Positive(t, w.snapshotAt())
		w.restart()
		bob = bob.back()
		bob.hears("welcome, 1 missed", "invited by alice missed")
	})
}

func TestASnapshotThatCannotBeReadIsReplacedByTheRecords(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		w.config.SnapshotEvery, w.config.KeepRecords = 1000, true
		w.restart()
		alice := w.link("alice/tab")
		busyDay(alice, 10)
		alice.drop()
		before := w.state()
		require.NoError(t, w.store.Open().SaveSnapshot(t.Context(), 3, strings.NewReader("{}\n")))
		w.restart()
		require.Equal(t, before, w.state())
	})
}

// A snapshot costs as much as there is in it. Were one made whenever the journal
// has grown by so much, a call would cost the more, the more there is.
func TestLargeSnapshotsAreRare(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		w.config.SnapshotEvery = 1000
		w.config.App.Channels = 1000
		w.restart()
		alice := w.link("alice/tab")
		room := alice.ask(&wire.CreateAndJoin{Type: 2, Name: "full"}).Channel.ID
		large := strings.Repeat("x", 4000)
		for n := range 50 { // they ring for a minute and a half, and stay in the inboxes
			alice.ask(&wire.Invite{Channel: room, Invitee: fmt.Sprint("guest", n), RequestID: "r", Attach: large, Store: true})
		}
		time.Sleep(3 * time.Minute) // snapshots stay behind the feed
		alice.take()
		alice.ask(&wire.Message{To: "bob", Attach: large})
		synctest.Wait()
		made := w.eng.Stats().Snapshot
		require.Greater(t, made.Bytes, int64(50*4000))

		for n := range 20 {
			alice.ask(&wire.Message{To: "bob", Attach: fmt.Sprint(n, large[:500])})
			time.Sleep(time.Minute)
			synctest.Wait()
		}
		require.Equal(t, made.Saved, w.eng.Stats().Snapshot.Saved, "20 times 1000 bytes are less than a snapshot")

		w.restart() // which knows how large it was
		bob := w.link("bob/phone")
		for n := range 10 {
			bob.ask(&wire.Message{To: "alice", Attach: fmt.Sprint(n, large[:500])})
			time.Sleep(time.Minute)
			synctest.Wait()
		}
		require.Zero(t, w.eng.Stats().Snapshot.Saved)
		for n := range 120 {
			bob.ask(&wire.Message{To: "alice", Attach: fmt.Sprint(n, large[:3900])})
		}
		time.Sleep(time.Minute)
		bob.ask(&wire.Message{To: "alice", Attach: "and one more"})
		synctest.Wait()
		require.EqualValues(t, 1, w.eng.Stats().Snapshot.Saved, "now it has grown by as much")
	})
}
