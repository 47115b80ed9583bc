//go:build !js

package backup_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/server/backup"
	"beckon/server/ban"
	"beckon/server/journal"
	"beckon/server/journal/memory"
	"beckon/server/journal/nats"
)

func store(t *testing.T, dir string) *nats.Server {
	s, err := nats.Start(nats.Options{Dir: dir, Sync: nats.SyncInterval})
	require.NoError(t, err)
	t.Cleanup(func() { s.Close() })
	return s
}

// write appends records, numbered from the first to the last.
func write(t *testing.T, j journal.Journal, first, last int) {
	for i := first; i <= last; i++ {
		_, err := j.Append(t.Context(), fmt.Appendf(nil, "record %d", i), uint64(i-1))
		require.NoError(t, err)
	}
}

// has says what is in a journal from a record on.
func has(t *testing.T, j journal.Journal, from uint64) (records []string, at uint64, snapshot string) {
	for r, err := range j.Read(t.Context(), from) {
		require.NoError(t, err)
		records = append(records, fmt.Sprintf("%d: %s", r.Seq, r.Data))
	}
	at, r, err := j.LoadSnapshot(t.Context())
	if err != nil {
		require.ErrorIs(t, err, journal.ErrNoSnapshot)
		return records, 0, ""
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	require.NoError(t, err)
	return records, at, string(text)
}

func copied(t *testing.T, from ...backup.Source) []byte {
	t.Helper()
	return copiedWith(t, nil, from...)
}

func copiedWith(t *testing.T, bans []ban.Ban, from ...backup.Source) []byte {
	t.Helper()
	var b bytes.Buffer
	_, err := backup.Write(t.Context(), &b, backup.Head{Release: "1.2.3", Made: time.Unix(1, 0)}, backup.Contents{Bans: bans, Journals: from})
	require.NoError(t, err)
	return b.Bytes()
}

func read(ctx context.Context, text []byte, begin func(backup.App) (journal.Journal, error)) error {
	_, err := backup.Read(ctx, bytes.NewReader(text), begin)
	return err
}

func TestRecordsKeepTheirNumbersAndTheJournalGetsAnotherID(t *testing.T) {
	long := strings.Repeat("state\n", 500_000)
	from := store(t, t.TempDir())
	acme, err := from.Open(t.Context(), "acme")
	require.NoError(t, err)
	write(t, acme, 1, 20)
	require.NoError(t, acme.SaveSnapshot(t.Context(), 5, strings.NewReader("old")))
	require.NoError(t, acme.SaveSnapshot(t.Context(), 12, strings.NewReader(long)))
	require.NoError(t, acme.Purge(t.Context()))
	small, err := from.Open(t.Context(), "small")
	require.NoError(t, err)
	write(t, small, 1, 2)
	empty, err := from.Open(t.Context(), "empty")
	require.NoError(t, err)
	text := copied(t, backup.Source{Name: "acme", Journal: acme}, backup.Source{Name: "small", Journal: small},
		backup.Source{Name: "empty", Journal: empty})

	dir := t.TempDir()
	to := store(t, dir)
	require.NoError(t, read(t.Context(), text, func(a backup.App) (journal.Journal, error) { return to.Begin(t.Context(), a.Name, a.First) }))
	require.NoError(t, to.Close())
	to = store(t, dir) // what is in a store counts when it has been opened anew

	restored, err := to.Open(t.Context(), "acme")
	require.NoError(t, err)
	require.NotEqual(t, acme.ID(), restored.ID())
	records, at, snapshot := has(t, restored, 12)
	want, _, _ := has(t, acme, 12)
	require.Equal(t, want, records)
	require.Len(t, records, 9)
	require.EqualValues(t, 12, at)
	require.Equal(t, long, snapshot)
	write(t, restored, 21, 22)

	restored, err = to.Open(t.Context(), "small")
	require.NoError(t, err)
	records, at, _ = has(t, restored, 1)
	require.Equal(t, []string{"1: record 1", "2: record 2"}, records)
	require.Zero(t, at)

	restored, err = to.Open(t.Context(), "empty")
	require.NoError(t, err)
	write(t, restored, 1, 1)
}

func TestAJournalIsNotRestoredOverAnother(t *testing.T) {
	s := store(t, t.TempDir())
	j, err := s.Open(t.Context(), "acme")
	require.NoError(t, err)
	write(t, j, 1, 1)
	_, err = s.Begin(t.Context(), "acme", 1)
	require.ErrorIs(t, err, nats.ErrExists)
}

// While a backup is made, the relay goes on writing: what comes later is not in it.
func TestABackupIsOfOneMoment(t *testing.T) {
	j := memory.New().Open()
	write(t, j, 1, 100)
	var b bytes.Buffer
	more := sync.OnceFunc(func() { write(t, j, 101, 110) })
	counts, err := backup.Write(t.Context(), &b, backup.Head{}, backup.Contents{Journals: []backup.Source{{Name: "acme", Journal: shy{j, more}}}})
	require.NoError(t, err)
	require.EqualValues(t, 100, counts[0].Last)
	to := memory.New().Open()
	require.NoError(t, read(t.Context(), b.Bytes(), func(backup.App) (journal.Journal, error) { return to, nil }))
	last, err := to.Last(t.Context())
	require.NoError(t, err)
	require.EqualValues(t, 100, last)
}

// shy is a journal of which somebody writes more once its first record was read.
type shy struct {
	*memory.Journal
	then func()
}

func (s shy) Read(ctx context.Context, from uint64) iter.Seq2[journal.Record, error] {
	return func(yield func(journal.Record, error) bool) {
		for r, err := range s.Journal.Read(ctx, from) {
			if !yield(r, err) {
				return
			}
			s.then()
		}
	}
}

var bans = []ban.Ban{
	{App: "acme", Account: "ada", Since: time.Unix(1, 0).UTC(), By: "root", Reason: "rings all night"},
	{App: "acme", Account: "bob", Device: "web", Since: time.Unix(2, 0).UTC(), Until: time.Unix(3, 0).UTC()},
}

func TestBansAreInABackup(t *testing.T) {
	from, to := memory.New().Open(), memory.New().Open()
	write(t, from, 1, 3)
	text := copiedWith(t, bans, backup.Source{Name: "acme", Journal: from})
	found, err := backup.Read(t.Context(), bytes.NewReader(text), func(backup.App) (journal.Journal, error) { return to, nil })
	require.NoError(t, err)
	require.Equal(t, bans, found.Bans)
	records, _, _ := has(t, to, 1)
	require.Len(t, records, 3)
}

// A version that does not know bans refuses a backup with some, and reads all others.
func TestBackupIsOfTheFirstFormatThatCanHoldIt(t *testing.T) {
	for want, list := range map[int][]ban.Ban{1: nil, 2: bans} {
		found, err := backup.Read(t.Context(), bytes.NewReader(copiedWith(t, list)), nil)
		require.NoError(t, err)
		require.Equal(t, want, found.Format)
	}
}

func TestMoreBansThanAListHoldsAreNoBackup(t *testing.T) {
	require.ErrorIs(t, read(t.Context(), copiedWith(t, make([]ban.Ban, ban.Most+1)), nil), backup.ErrDamaged)
}

func TestWhatIsCutOffOrChangedIsFoundOut(t *testing.T) {
	j := memory.New().Open()
	write(t, j, 1, 3)
	require.NoError(t, j.SaveSnapshot(t.Context(), 2, strings.NewReader("state")))
	text := copiedWith(t, bans, backup.Source{Name: "acme", Journal: j})
	var to journal.Journal
	begin := func(backup.App) (journal.Journal, error) {
		to = memory.New().Open()
		write(t, to, 1, 1) // stands for what was purged
		return to, nil
	}
	require.NoError(t, read(t.Context(), text, begin))
	for n := range len(text) {
		require.Error(t, read(t.Context(), text[:n], begin), "the first %d bytes", n)
	}
	for i := range text {
		changed := bytes.Clone(text)
		changed[i] ^= 0x10
		if found, err := backup.Read(t.Context(), bytes.NewReader(changed), begin); err == nil {
			// gzip has a few bits that mean nothing.
			require.Equal(t, bans, found.Bans)
			records, at, snapshot := has(t, to, 2)
			require.Equal(t, []any{[]string{"2: record 2", "3: record 3"}, uint64(2), "state"}, []any{records, at, snapshot}, "byte %d", i)
		}
	}
	require.ErrorIs(t, read(t.Context(), append(bytes.Clone(text), 'x'), begin), backup.ErrDamaged)
	require.ErrorIs(t, read(t.Context(), []byte("something else"), begin), backup.ErrDamaged)
}
