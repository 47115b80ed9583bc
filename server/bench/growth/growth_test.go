package growth

import (
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/server/journal"
)

func TestCallsAmongLiveChannels(t *testing.T) {
	c, err := Calls(t.Context(), 2000, 64, 128, t.TempDir())
	require.NoError(t, err)
	require.Equal(t, 128, c.Calls)
	require.Positive(t, c.Wall)
	require.GreaterOrEqual(t, c.Longest, c.P99)
}

func TestDeadlinesDueAtOnce(t *testing.T) {
	for name, restart := range map[string]bool{"while it runs": false, "after a restart": true} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && !restart {
				t.Skip("waits for the deadlines to come")
			}
			s, err := Deadlines(t.Context(), 2500, restart, t.TempDir())
			require.NoError(t, err)
			require.Positive(t, s.Took)
			require.Positive(t, s.Longest)
			require.GreaterOrEqual(t, s.Records, uint64(3), "a thousand in one")
		})
	}
}

func TestFullInboxes(t *testing.T) {
	l, err := Inboxes(t.Context(), 5, 250, t.TempDir())
	require.NoError(t, err)
	require.Equal(t, 1250, l.Notices)
	require.Positive(t, l.Welcome)
	require.Positive(t, l.Inbox)
}

func TestFootprintOfAChannel(t *testing.T) {
	f, err := Measure(5000)
	require.NoError(t, err)
	require.Greater(t, f.Ringing, 300.0, "its texts alone")
	require.Greater(t, f.Inside, 300.0)
}

func TestRestartReplaysTheCalls(t *testing.T) {
	for _, group := range []int{1, 16} {
		dir := t.TempDir()
		require.NoError(t, WriteCalls(t.Context(), dir, 600, group))
		took, err := Reopen(t.Context(), dir)
		require.NoError(t, err)
		require.Positive(t, took)
		require.NoError(t, withJournal(t.Context(), dir, func(j journal.Journal) error {
			last, err := j.Last(t.Context())
			require.EqualValues(t, (3*600+group-1)/group, last)
			return err
		}))
	}
}

func TestCallWithoutSocketsAndJournal(t *testing.T) {
	took, err := JSON(t.Context(), 5000)
	require.NoError(t, err)
	require.Positive(t, took)
}
