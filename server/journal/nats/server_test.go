//go:build !js

package nats_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/server/journal"
	"beckon/server/journal/nats"
)

func TestFolderBelongsToOneServer(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "made", "if", "missing")
	one, err := nats.Start(nats.Options{Dir: dir})
	require.NoError(t, err)
	_, err = nats.Start(nats.Options{Dir: dir})
	require.ErrorIs(t, err, nats.ErrInUse)
	require.ErrorContains(t, err, dir)

	require.NoError(t, one.Close())
	require.NoError(t, one.Close(), "closing twice is fine")
	other, err := nats.Start(nats.Options{Dir: dir})
	require.NoError(t, err, "Close gives the folder free")
	require.NoError(t, other.Close())
}

func TestUnusableFolderIsNamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o644))
	_, err := nats.Start(nats.Options{Dir: filepath.Join(file, "store")})
	require.ErrorContains(t, err, file, "a file is in the way")

	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "jetstream"), nil, 0o644))
	_, err = nats.Start(nats.Options{Dir: dir})
	require.ErrorContains(t, err, dir, "nats-server cannot make its own folder")
	require.NoError(t, os.Remove(filepath.Join(dir, "jetstream")))
	server, err := nats.Start(nats.Options{Dir: dir})
	require.NoError(t, err, "a failed start holds nothing")
	require.NoError(t, server.Close())
}

func TestUnwritableFolderIsNamed(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir := t.TempDir()
	require.NoError(t, os.Chmod(dir, 0o555))
	_, err := nats.Start(nats.Options{Dir: dir})
	require.ErrorIs(t, err, os.ErrPermission)
	require.ErrorContains(t, err, dir)
}

func TestOptionsAreChecked(t *testing.T) {
	_, err := nats.Start(nats.Options{})
	require.ErrorContains(t, err, "Dir")
	_, err = nats.Start(nats.Options{Dir: t.TempDir(), Sync: "sometimes"})
	require.ErrorContains(t, err, `"sometimes"`)
}

func TestEveryAppHasItsOwnJournal(t *testing.T) {
	s := newStore(t, nats.SyncInterval)
	apps := []string{"a", "A", "_41", "_a", "a.b", "a_b", "a-b", "a b", "*", ">", "..", "a/b", "ä", "\x00", "\xff", strings.Repeat("Z", 64)}
	write := func(app string) journal.Journal {
		j, err := s.server.Open(t.Context(), app)
		require.NoError(t, err, "%q", app)
		return j
	}
	ids := map[string]string{}
	for _, app := range apps {
		j := write(app)
		require.NotContains(t, ids, j.ID(), "%q", app)
		ids[j.ID()] = app
		_, err := j.Append(t.Context(), []byte(app), 0)
		require.NoError(t, err, "%q: nobody else wrote here", app)
	}
	s.Restart(t)
	for _, app := range apps {
		j := write(app)
		require.Equal(t, app, ids[j.ID()])
		for r, err := range j.Read(t.Context(), 0) {
			require.NoError(t, err)
			require.Equal(t, app, string(r.Data))
		}
	}
	for _, app := range []string{"", strings.Repeat("z", 65)} {
		_, err := s.server.Open(t.Context(), app)
		require.ErrorContains(t, err, "app name")
	}
}

func TestClosedServerOpensNothing(t *testing.T) {
	s := newStore(t, nats.SyncInterval)
	j := s.Open(t)
	require.NoError(t, s.server.Close())
	_, err := s.server.Open(t.Context(), "app")
	require.ErrorIs(t, err, journal.ErrClosed)
	_, err = j.Append(t.Context(), nil, 0)
	require.ErrorIs(t, err, journal.ErrClosed, "the server closed its journals")
}

func TestRestoredCopyHasAnotherID(t *testing.T) {
	s := newStore(t, nats.SyncInterval)
	j := s.Open(t)
	id := j.ID()
	_, err := j.Append(t.Context(), []byte("x"), 0)
	require.NoError(t, err)
	require.NoError(t, s.server.Close())

	home := s.options.Dir
	backup := filepath.Join(t.TempDir(), "backup")
	require.NoError(t, os.CopyFS(backup, os.DirFS(home)))
	moved := filepath.Join(t.TempDir(), "moved")
	require.NoError(t, os.Rename(home, moved))

	s.options.Dir = moved
	s.start(t)
	require.Equal(t, id, s.Open(t).ID(), "a folder that was moved is the same store")
	require.NoError(t, s.server.Close())

	require.NoError(t, os.CopyFS(home, os.DirFS(backup)))
	s.options.Dir = home
	s.start(t)
	restored := s.Open(t)
	require.NotEqual(t, id, restored.ID(), "a copy of it is another, whose sequences go other ways")
	last, err := restored.Last(t.Context())
	require.NoError(t, err)
	require.EqualValues(t, 1, last)
	again := restored.ID()
	s.Restart(t)
	require.Equal(t, again, s.Open(t).ID(), "and keeps its new ID")
}
