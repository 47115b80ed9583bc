//go:build linux

package soak

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/record"
	"beckon/server/journal"
	"beckon/server/journal/nats"
	"beckon/server/servertest"
)

// purgingRelay makes snapshots all the time, has its journal purge what is before
// them, and says so.
func (s *station) purgingRelay(addr string) *exec.Cmd {
	cmd := s.slowRelay(addr)
	cmd.Env = append(cmd.Env, purgeEvery+"=32768")
	return cmd
}

// telling is a journal that says what it is about to do.
type telling struct{ journal.Journal }

// What it says.
const (
	saving      = "snapshot"
	purging     = "purge"
	donePurging = "purged"
)

func (j telling) SaveSnapshot(ctx context.Context, at uint64, r io.Reader) error {
	fmt.Println(saving)
	return j.Journal.SaveSnapshot(ctx, at, r)
}

func (j telling) Purge(ctx context.Context) error {
	fmt.Println(purging)
	err := j.Journal.Purge(ctx)
	if err == nil {
		fmt.Println(donePurging)
	}
	return err
}

// purgingAway kills a relay that purges, mostly amid that. What it is about to
// purge is kept beside, for the audit. Snapshots are two minutes behind.
func purgingAway(s *station, end time.Time, _ time.Duration) {
	s.cmd = s.purgingRelay
	begun := make(chan struct{}, 1)
	s.said = func(line string) {
		switch line {
		case saving, purging:
			select {
			case begun <- struct{}{}:
			default:
			}
		case donePurging:
			s.count(purged, 1)
		}
	}
	for once := true; once || time.Now().Before(end); once = false {
		s.archive = &archive{}
		s.epoch(func() {
			for until := time.Now().Add(5 * time.Minute); time.Now().Before(until) && time.Now().Before(end); {
				s.killAmid(begun)
			}
		})
	}
}

// killAmid kills the relay at the beginning of something, or a little later; or at
// any time, if nothing begins.
func (s *station) killAmid(begun <-chan struct{}) {
	if rand.IntN(2) == 0 { // let pass what begins soon after a start
		time.Sleep(500*time.Millisecond + rand.N(time.Second))
		select {
		case <-begun:
		default:
		}
	}
	select {
	case <-begun:
		time.Sleep(rand.N(10 * time.Millisecond))
		s.count(killedAmid, 1)
	case <-time.After(2 * time.Second):
	}
	s.relay.end(syscall.SIGKILL)
	s.count(killed, 1)
	if rand.IntN(3) == 0 {
		s.tear()
	}
	s.archive.keep(s)
	s.start()
}

// archive has all records of a relay's journal, also those that were purged since.
type archive struct{ records []journal.Record }

// keep copies what a stopped relay's journal has and the archive has not. It looks
// into a copy of the journal: the relay has to recover by itself.
func (a *archive) keep(s *station) {
	s.t.Helper()
	dir := filepath.Join(s.t.TempDir(), "copy")
	defer os.RemoveAll(dir)
	require.NoError(s.t, os.CopyFS(dir, os.DirFS(s.data)))
	server, err := nats.Start(nats.Options{Dir: dir})
	require.NoError(s.t, err)
	defer server.Close()
	j, err := server.Open(context.Background(), "dev")
	require.NoError(s.t, err)
	for r, err := range j.Read(context.Background(), uint64(len(a.records))+1) {
		require.NoError(s.t, err)
		a.records = append(a.records, r)
	}
}

func (a *archive) read() iter.Seq2[journal.Record, error] {
	return func(yield func(journal.Record, error) bool) {
		for _, r := range a.records {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// checkSnapshot compares what the last snapshot and the records behind it make
// with what all records make.
func (s *station) checkSnapshot(j journal.Journal, want *core.App) {
	s.t.Helper()
	at, r, err := j.LoadSnapshot(context.Background())
	if errors.Is(err, journal.ErrNoSnapshot) {
		return
	}
	require.NoError(s.t, err)
	defer r.Close()
	snapshot := record.NewSnapshot(core.Config{})
	for lines := bufio.NewReader(r); ; {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF && len(line) == 0 {
			break
		}
		require.NoError(s.t, err)
		require.NoError(s.t, snapshot.Read(line))
	}
	app, err := snapshot.App()
	require.NoError(s.t, err)
	for r, err := range j.Read(context.Background(), at+1) {
		require.NoError(s.t, err)
		decoded, err := record.Decode(r.Data)
		require.NoError(s.t, err)
		decoded.Replay(app, r.Seq)
	}
	s.count("snapshots that agree with all records", 1)
	if servertest.State(app) != servertest.State(want) {
		s.sum.found(s.name, []servertest.Finding{{Kind: servertest.Diverged, What: fmt.Sprintf("snapshot at record %d", at)}})
	}
}
