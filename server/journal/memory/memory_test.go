package memory_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/server/journal"
	"beckon/server/journal/journaltest"
	"beckon/server/journal/memory"
)

// store restarts by closing the journals, as a process would by ending.
type store struct {
	*memory.Store
	open []*memory.Journal
}

func (s *store) Open(*testing.T) journal.Journal {
	j := s.Store.Open()
	s.open = append(s.open, j)
	return j
}

func (s *store) Restart(t *testing.T) {
	for _, j := range s.open {
		require.NoError(t, j.Close())
	}
}

func (s *store) Wipe(*testing.T) { s.Store.Wipe() }

func TestMemoryIsAJournal(t *testing.T) {
	journaltest.Test(t, func(*testing.T) journaltest.Store { return &store{Store: memory.New()} })
}

func TestWipeClosesWhatIsOpen(t *testing.T) {
	s := memory.New()
	j := s.Open()
	s.Wipe()
	_, err := j.Append(t.Context(), nil, 0)
	require.ErrorIs(t, err, journal.ErrClosed)
	_, err = s.Open().Append(t.Context(), nil, 0)
	require.NoError(t, err)
}

func TestStoresDoNotShareRecords(t *testing.T) {
	one, other := memory.New().Open(), memory.New().Open()
	require.NotEqual(t, one.ID(), other.ID())
	_, err := one.Append(t.Context(), []byte("x"), 0)
	require.NoError(t, err)
	last, err := other.Last(t.Context())
	require.NoError(t, err)
	require.Zero(t, last)
}
