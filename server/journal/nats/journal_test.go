//go:build !js

package nats_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/server/journal"
	"beckon/server/journal/journaltest"
	"beckon/server/journal/nats"
)

// store is an embedded server that can be restarted and wiped.
type store struct {
	options nats.Options
	server  *nats.Server
}

func newStore(t *testing.T, sync nats.Sync) *store {
	s := &store{options: nats.Options{Dir: t.TempDir(), Sync: sync, Logf: t.Logf}}
	s.start(t)
	t.Cleanup(func() { s.server.Close() })
	return s
}

func (s *store) start(t *testing.T) {
	var err error
	s.server, err = nats.Start(s.options)
	require.NoError(t, err)
}

func (s *store) Open(t *testing.T) journal.Journal {
	j, err := s.server.Open(t.Context(), "app")
	require.NoError(t, err)
	return j
}

func (s *store) Restart(t *testing.T) {
	require.NoError(t, s.server.Close())
	s.start(t)
}

func (s *store) Wipe(t *testing.T) {
	require.NoError(t, s.server.Close())
	require.NoError(t, os.RemoveAll(s.options.Dir))
	s.start(t)
}

func TestSyncedNATSIsAJournal(t *testing.T) {
	journaltest.Test(t, func(t *testing.T) journaltest.Store { return newStore(t, nats.SyncAlways) })
}

func TestUnsyncedNATSIsAJournal(t *testing.T) {
	if testing.Short() {
		t.Skip("the external server's suite runs unsynced too")
	}
	journaltest.Test(t, func(t *testing.T) journaltest.Store { return newStore(t, nats.SyncInterval) })
}
