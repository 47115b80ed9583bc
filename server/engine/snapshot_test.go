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
