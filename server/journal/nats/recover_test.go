//go:build !js

package nats_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/server/journal"
	"beckon/server/journal/nats"
)

const stream = "jetstream/$G/streams/beckon-journal-app"

// written is the number of records that written stores hold: 10 kB each, so that they fill more than one file.
const written = 1000

// killed returns the folder of a store as a process that was killed would leave it; stopped, of one that was closed.
func killed(t *testing.T) string  { return folder(t, false) }
func stopped(t *testing.T) string { return folder(t, true) }

func folder(t *testing.T, clean bool) string {
	s := newStore(t, nats.SyncInterval) // quick to fill; what is in the files is the same
	j := s.Open(t)
	for seq := range uint64(written) {
		_, err := j.Append(t.Context(), bytes.Repeat([]byte{byte(seq)}, 10_000), seq)
		require.NoError(t, err)
	}
	if clean {
		require.NoError(t, s.server.Close())
		return s.options.Dir
	}
	dir := filepath.Join(t.TempDir(), "killed")
	require.NoError(t, os.CopyFS(dir, os.DirFS(s.options.Dir)))
	return dir
}

// blocks are the files with the records, in order.
func blocks(t *testing.T, dir string) []string {
	files, err := filepath.Glob(filepath.Join(dir, stream, "msgs", "*.blk"))
	require.NoError(t, err)
	require.Len(t, files, 2)
	slices.Sort(files)
	return files
}

// flip changes one bit in the middle of a file: of the head of a record if there are records, or of a record's data.
func flip(t *testing.T, path string, inData bool) {
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	at := len(data) / 2
	if strings.HasSuffix(path, ".blk") {
		size := int(binary.LittleEndian.Uint32(data) &^ (1 << 31)) // of each record
		at -= at % size
	}
	if inData {
		at += 5000
	}
	data[at] ^= 1
	require.NoError(t, os.WriteFile(path, data, 0o644))
}

// open starts a server and opens the journal. Whichever fails gives the error.
func open(t *testing.T, dir string) (*nats.Journal, error) {
	server, err := nats.Start(nats.Options{Dir: dir, Logf: t.Logf})
	if err != nil {
		return nil, err
	}
	j, err := server.Open(t.Context(), "app")
	if err != nil {
		server.Close()
	}
	t.Cleanup(func() { server.Close() })
	return j, err
}

func TestTornTailIsDropped(t *testing.T) {
	for name, tear := range map[string]func(path string, size int64) error{
		"half a record":   func(path string, size int64) error { return os.Truncate(path, size-5000) },
		"a record's head": func(path string, size int64) error { return os.Truncate(path, size-10_060) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := killed(t)
			last := blocks(t, dir)[1]
			info, err := os.Stat(last)
			require.NoError(t, err)
			require.NoError(t, tear(last, info.Size()))
			j, err := open(t, dir)
			require.NoError(t, err)
			n := 0
			for _, err := range j.Read(t.Context(), 0) {
				require.NoError(t, err)
				n++
			}
			require.Equal(t, written-1, n, "all but the torn one")
			_, err = j.Append(t.Context(), []byte("x"), written-1)
			require.NoError(t, err)
		})
	}
}

func TestJunkBehindTheLastRecordIsDropped(t *testing.T) {
	dir := killed(t)
	f, err := os.OpenFile(blocks(t, dir)[1], os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = f.Write(make([]byte, 3000)) // a file that grew before its data came
	require.NoError(t, err)
	require.NoError(t, f.Close())
	j, err := open(t, dir)
	require.NoError(t, err)
	last, err := j.Last(t.Context())
	require.NoError(t, err)
	require.EqualValues(t, written, last)
}

func TestDamageIsReportedWhenTheJournalOpens(t *testing.T) {
	for name, damage := range map[string]func(t *testing.T) string{
		"a bit in an older file": func(t *testing.T) string {
			dir := killed(t)
			flip(t, blocks(t, dir)[0], true)
			return dir
		},
		"a bit in the last file": func(t *testing.T) string {
			dir := killed(t)
			flip(t, blocks(t, dir)[1], true)
			return dir
		},
		"a record's length": func(t *testing.T) string {
			dir := stopped(t)
			flip(t, blocks(t, dir)[1], false)
			return dir
		},
		"the last file is gone": func(t *testing.T) string {
			dir := stopped(t)
			require.NoError(t, os.Remove(blocks(t, dir)[1]))
			return dir
		},
		"the description is gone": func(t *testing.T) string {
			dir := stopped(t)
			require.NoError(t, os.Remove(filepath.Join(dir, stream, "meta.inf")))
			return dir
		},
		"a bit in the description": func(t *testing.T) string {
			dir := stopped(t)
			flip(t, filepath.Join(dir, stream, "meta.inf"), false)
			return dir
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := damage(t)
			for range 2 { // trying again is no cure
				_, err := open(t, dir)
				require.ErrorIs(t, err, journal.ErrCorrupt)
			}
		})
	}
}

func TestDamageIsReportedWhereReadingMeetsIt(t *testing.T) {
	for name, test := range map[string]struct {
		good   int
		damage func(t *testing.T) string
	}{
		"the first file is gone": {0, func(t *testing.T) string {
			dir := stopped(t)
			require.NoError(t, os.Remove(blocks(t, dir)[0]))
			return dir
		}},
		"a bit in the last file, of a store that looked well": {-1, func(t *testing.T) string {
			dir := stopped(t)
			flip(t, blocks(t, dir)[1], true)
			return dir
		}},
	} {
		t.Run(name, func(t *testing.T) {
			j, err := open(t, test.damage(t))
			require.NoError(t, err)
			n := 0
			for r, e := range j.Read(t.Context(), 0) {
				if err = e; err != nil {
					break
				}
				n++
				require.EqualValues(t, n, r.Seq, "what comes before the damage is good")
				require.Equal(t, bytes.Repeat([]byte{byte(n - 1)}, 10_000), r.Data)
			}
			require.ErrorIs(t, err, journal.ErrCorrupt)
			require.Less(t, n, written)
			if test.good >= 0 {
				require.Equal(t, test.good, n)
			}
		})
	}
}

func TestJournalWhoseMakingWasCutShortIsMadeAgain(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(dir, stream, "msgs"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, stream, "meta.inf"), []byte("{}"), 0o644))
	j, err := open(t, dir)
	require.NoError(t, err)
	_, err = j.Append(t.Context(), []byte("x"), 0)
	require.NoError(t, err)
}
