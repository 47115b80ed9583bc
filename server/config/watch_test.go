package config

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// watched is a folder of files that are watched in fake time.
type watched struct {
	t     *testing.T
	dir   string
	again chan []string // what the next call of changed returns
	calls chan struct{}
	hup   chan os.Signal
}

func watch(t *testing.T, names ...string) *watched {
	w := &watched{t: t, dir: t.TempDir(), again: make(chan []string, 1), calls: make(chan struct{}, 10), hup: make(chan os.Signal)}
	for _, n := range names {
		w.write(n, "first")
	}
	ctx, stop := context.WithCancel(context.Background())
	go Watch(ctx, w.paths(names...), time.Second, w.hup, func() []string {
		w.calls <- struct{}{}
		select {
		case next := <-w.again:
			return next
		default:
			return nil
		}
	})
	t.Cleanup(stop)
	synctest.Wait()
	return w
}

func (w *watched) paths(names ...string) []string {
	var paths []string
	for _, n := range names {
		paths = append(paths, filepath.Join(w.dir, n))
	}
	return paths
}

func (w *watched) write(name, text string) {
	require.NoError(w.t, os.WriteFile(filepath.Join(w.dir, name), []byte(text), 0o600))
}

func (w *watched) want(calls int, why string) {
	w.t.Helper()
	time.Sleep(3 * time.Second) // of fake time
	synctest.Wait()
	require.Len(w.t, w.calls, calls, why)
	for range calls {
		<-w.calls
	}
}

func TestChangedFilesAreSeenOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := watch(t, "a", "b")
		w.want(0, "nothing has changed")
		w.write("b", "second")
		w.want(1, "one of them has")
		require.NoError(t, os.Remove(filepath.Join(w.dir, "a")))
		w.want(1, "it is gone")
		w.write("a", "first")
		w.want(1, "it is back")
	})
}

func TestFileMovedIntoPlaceIsSeen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := watch(t, "a")
		w.write("new", "other")
		old, err := os.Stat(filepath.Join(w.dir, "a"))
		require.NoError(t, err)
		require.NoError(t, os.Chtimes(filepath.Join(w.dir, "new"), old.ModTime(), old.ModTime()))
		require.NoError(t, os.Rename(filepath.Join(w.dir, "new"), filepath.Join(w.dir, "a")))
		w.want(1, "same size, same time, another file")
	})
}

func TestSignalLooksAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := watch(t, "a")
		w.hup <- os.Interrupt
		w.want(1, "though nothing has changed")
	})
}

func TestFilesThatAreNamedLaterAreWatched(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := watch(t, "a")
		w.write("c", "first")
		w.again <- w.paths("a", "c")
		w.write("a", "names c now")
		w.want(1, "a has changed")
		w.write("c", "second")
		w.want(1, "c has")
	})
}
