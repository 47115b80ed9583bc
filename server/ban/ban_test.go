package ban

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func open(t *testing.T, path string) *List {
	t.Helper()
	l, err := Open(path)
	require.NoError(t, err)
	return l
}

func (l *List) out(account, device string, at time.Time) bool {
	_, banned := l.Find("acme", account, device, at)
	return banned
}

func TestBansSurviveARestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bans.json")
	l := open(t, path)
	require.NoError(t, l.Add(Ban{App: "acme", Account: "ada", Since: now}))
	require.NoError(t, l.Add(Ban{App: "acme", Account: "bob", Device: "phone", Since: now, Until: now.Add(time.Hour), By: "root", Reason: "spam"}))
	again := open(t, path)
	require.Equal(t, l.Of("acme", now), again.Of("acme", now))
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.EqualValues(t, 0o600, info.Mode().Perm())
}

func TestBanIsOfAnAccountOrADevice(t *testing.T) {
	l := open(t, "")
	require.NoError(t, l.Add(Ban{App: "acme", Account: "ada", Since: now}))
	require.NoError(t, l.Add(Ban{App: "acme", Account: "bob", Device: "phone", Since: now}))
	require.True(t, l.out("ada", "any", now))
	require.True(t, l.out("bob", "phone", now))
	require.False(t, l.out("bob", "web", now))
	require.False(t, l.out("carol", "phone", now))
	_, banned := l.Find("other", "ada", "any", now)
	require.False(t, banned, "of one app")
}

func TestBanEndsByItself(t *testing.T) {
	l := open(t, "")
	end := now.Add(time.Hour)
	require.NoError(t, l.Add(Ban{App: "acme", Account: "ada", Since: now, Until: end}))
	until, banned := l.Find("acme", "ada", "web", end.Add(-1))
	require.True(t, banned)
	require.Equal(t, end, until)
	require.False(t, l.out("ada", "web", end))
	require.Equal(t, 1, l.Count("acme", now))
	require.Zero(t, l.Count("acme", end))
	require.Empty(t, l.Of("acme", end))
}

func TestLongestBanCounts(t *testing.T) {
	l := open(t, "")
	require.NoError(t, l.Add(Ban{App: "acme", Account: "ada", Since: now, Until: now.Add(time.Minute)}))
	require.NoError(t, l.Add(Ban{App: "acme", Account: "ada", Device: "web", Since: now, Until: now.Add(time.Hour)}))
	until, _ := l.Find("acme", "ada", "web", now)
	require.Equal(t, now.Add(time.Hour), until)
	require.NoError(t, l.Add(Ban{App: "acme", Account: "ada", Since: now}))
	until, banned := l.Find("acme", "ada", "web", now)
	require.True(t, banned)
	require.Zero(t, until, "for good")
}

func TestListOfAllAppsIsRestored(t *testing.T) {
	l, path := open(t, ""), filepath.Join(t.TempDir(), "bans.json")
	require.NoError(t, Restore(path, l.All(now)))
	require.NoFileExists(t, path)
	require.NoError(t, l.Add(Ban{App: "b", Account: "ada", Since: now}))
	require.NoError(t, l.Add(Ban{App: "a", Account: "bob", Device: "web", Since: now, Until: now.Add(time.Minute)}))
	require.NoError(t, l.Add(Ban{App: "a", Account: "bob", Since: now}))
	require.NoError(t, Restore(path, l.All(now)))
	again := open(t, path)
	require.Equal(t, l.All(now), again.All(now))
	require.Len(t, again.All(now), 3)
	require.Len(t, again.All(now.Add(time.Minute)), 2, "one is over")
}

func TestBanIsLifted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bans.json")
	l := open(t, path)
	for _, device := range []string{"", "phone", "web"} {
		require.NoError(t, l.Add(Ban{App: "acme", Account: "ada", Device: device, Since: now}))
	}
	n, err := l.Remove("acme", "ada", "phone", now)
	require.NoError(t, err)
	require.Equal(t, 1, n)
	require.True(t, l.out("ada", "phone", now), "all her devices are kept out yet")
	n, err = l.Remove("acme", "ada", "", now)
	require.NoError(t, err)
	require.Equal(t, 2, n)
	require.False(t, open(t, path).out("ada", "phone", now))
}

func TestListThatCannotBeReadKeepsTheRelayFromStarting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bans.json")
	require.NoError(t, os.WriteFile(path, []byte("[{"), 0o600))
	_, err := Open(path)
	require.ErrorContains(t, err, "cannot read the list of bans, "+path)
}

func TestBanThatCannotBeKeptIsNone(t *testing.T) {
	l := open(t, filepath.Join(t.TempDir(), "gone", "bans.json"))
	require.Error(t, l.Add(Ban{App: "acme", Account: "ada", Since: now}))
	require.False(t, l.out("ada", "web", now))
}

func TestListHasABound(t *testing.T) {
	l := open(t, "")
	for i := range Most {
		l.bans[key{"acme", strconv.Itoa(i), ""}] = Ban{App: "acme", Account: strconv.Itoa(i), Until: now.Add(time.Minute)}
	}
	require.ErrorIs(t, l.Add(Ban{App: "acme", Account: "ada", Since: now}), ErrFull)
	require.NoError(t, l.Add(Ban{App: "acme", Account: "7", Since: now}), "one that it has")
	require.NoError(t, l.Add(Ban{App: "acme", Account: "ada", Since: now.Add(time.Minute)}), "the others are over")
}
