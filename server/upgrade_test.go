//go:build !js

package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/record"
	"beckon/core/wire"
	"beckon/server/journal"
	"beckon/server/journal/nats"
)

// What one version has stored, the next one reads, and the one before, as far as
// operate.md promises.

// lastRelease is the version that stands for the one released before: its data lies in
// testdata, as a folder and as what it means, and its source in the history.
const (
	lastRelease   = "0.1"
	releaseCommit = "626289227eb8bb0068acec4b4816cacd63685efc"
)

var makeRelease = flag.Bool("release-data", false, "build the release before from the history, and have it make its data in testdata")

func releaseFile(extension string) string {
	return filepath.Join("testdata", "release-"+lastRelease+extension)
}

// buildRelease builds the relay as it was released.
func buildRelease(t *testing.T) string {
	t.Helper()
	if out, err := exec.Command("git", "cat-file", "-e", releaseCommit+"^{commit}").CombinedOutput(); err != nil {
		t.Skipf("NOT TESTED: the history has no commit %s to build release %s from (a shallow clone? git fetch --unshallow): %s", releaseCommit, lastRelease, out)
	}
	dir := t.TempDir()
	shell := exec.Command("sh", "-c", `git -C "$(git rev-parse --show-toplevel)" archive "$0" | tar -xf - -C "$1" && cd "$1" && go build -o relay ./server`, releaseCommit, dir)
	out, err := shell.CombinedOutput()
	require.NoError(t, err, string(out))
	return filepath.Join(dir, "relay")
}

// story is what a relay's data tells: a snapshot with much in it, and more behind
// it.
func story(t *testing.T, program, data string) {
	t.Helper()
	p := startProgram(t, program, "127.0.0.1:0", data)
	ada, carl := p.page("ada", "web"), p.page("carl", "web")
	stored(t, ada, "r1") // rings bob, for his inbox
	call, err := ada.Do(within(t), &wire.CallEx{Type: 2, RequestID: "r2", Invitee: "carl", Ext: "a video call"})
	require.NoError(t, err)
	_, err = carl.Do(within(t), &wire.JoinAndAccept{Channel: call.Channel.ID, RequestID: "r2", Inviter: "ada"})
	require.NoError(t, err)

	dora, eve := p.page("dora", "web"), p.page("eve", "web")
	for _, o := range []wire.Order{
		&wire.SetProfile{Name: "Dora"},
		&wire.CreateRoom{Channel: "lounge", Title: "The lounge", Password: "sesame", Ext: "x"},
		&wire.Enter{Channel: "lounge", Password: "sesame"},
		&wire.InviteAll{Channel: "lounge", Invitees: []string{"eve", "fred", "gina"}, Attach: "come"},
	} {
		_, err = dora.Do(within(t), o)
		require.NoError(t, err)
	}
	_, err = eve.Do(within(t), &wire.Settle{Channel: "lounge", Accept: true})
	require.NoError(t, err)
	_, err = eve.Do(within(t), &wire.Enter{Channel: "lounge"})
	require.NoError(t, err)

	out, err := exec.CommandContext(within(t), program, "forget", "-data", data, "nobody").CombinedOutput()
	require.NoError(t, err, string(out)) // makes a snapshot

	for _, o := range []wire.Order{
		&wire.SetRole{Channel: "lounge", Account: "eve", Role: "administrator"},
		&wire.Withdraw{Channel: "lounge", Invitees: []string{"gina"}},
	} {
		_, err = dora.Do(within(t), o)
		require.NoError(t, err)
	}
	stored(t, carl, "r3")
	require.Equal(t, -1, p.end(syscall.SIGKILL)) // as it is, with everybody in
}

// meaning is the state of the app dev in a data folder, as this version reads it,
// in the form of snapshots: what is new and not there leaves no trace in it.
func meaning(t *testing.T, data string) string {
	t.Helper()
	var app *core.App
	opened(t, data, func(j journal.Journal) {
		at, from, err := j.LoadSnapshot(t.Context())
		require.NoError(t, err)
		defer from.Close()
		s := record.NewSnapshot(core.Config{})
		lines := bufio.NewReader(from)
		for {
			line, err := lines.ReadBytes('\n')
			if errors.Is(err, io.EOF) && len(line) == 0 {
				break
			}
			require.NoError(t, err)
			require.NoError(t, s.Read(line))
		}
		app, err = s.App()
		require.NoError(t, err)
		for r, err := range j.Read(t.Context(), at+1) {
			require.NoError(t, err)
			decoded, err := record.Decode(r.Data)
			require.NoError(t, err)
			decoded.Replay(app, r.Seq)
		}
	})
	var b strings.Builder
	require.NoError(t, record.WriteSnapshot(app, func(line []byte) error {
		b.Write(line)
		return nil
	}))
	return b.String()
}

// opened lends the journal of the app dev in a folder that no relay uses.
func opened(t *testing.T, data string, f func(journal.Journal)) {
	t.Helper()
	s, err := nats.Start(nats.Options{Dir: data, Logf: t.Logf})
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	j, err := s.Open(t.Context(), "dev")
	require.NoError(t, err)
	f(j)
}

func TestMakeReleaseData(t *testing.T) {
	if !*makeRelease {
		t.Skip("only when asked for: -release-data")
	}
	data := filepath.Join(t.TempDir(), "data")
	program := buildRelease(t)
	story(t, program, data)
	require.NoError(t, os.RemoveAll(filepath.Join(data, "admin"))) // a socket
	out, err := exec.Command("tar", "--sort=name", "--owner=0", "--group=0", "-czf", releaseFile(".tar.gz"), "-C", filepath.Dir(data), "data").CombinedOutput()
	require.NoError(t, err, string(out))
	out, err = exec.CommandContext(within(t), program, "backup", "-data", data, releaseFile(".backup")).CombinedOutput()
	require.NoError(t, err, string(out))
	require.NoError(t, os.WriteFile(releaseFile(".jsonl"), []byte(meaning(t, data)), 0o644))
}

// released is a copy of the data that the release made.
func released(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	out, err := exec.Command("tar", "-xzf", releaseFile(".tar.gz"), "-C", dir).CombinedOutput()
	require.NoError(t, err, string(out))
	return filepath.Join(dir, "data")
}

func TestUpgradeReadsWhatTheReleaseHasStored(t *testing.T) {
	want, err := os.ReadFile(releaseFile(".jsonl"))
	require.NoError(t, err)
	for _, part := range []string{"for bob", "come", "eve", "lounge", "Dora", `"invited"`} {
		require.Contains(t, string(want), part, "there is something to be read")
	}
	require.Equal(t, string(want), meaning(t, released(t)))
}

// The data may be old: calls are over by now. The relay goes on from there.
func TestUpgradeRunsOn(t *testing.T) {
	data := released(t)
	var id string
	opened(t, data, func(j journal.Journal) { id = j.ID() })
	for range 2 { // the second time, on what this version has added
		p := start(t, "127.0.0.1:0", data)
		calls(t, p)
		says(t, "forget", "-data", data, "nobody")
		require.Zero(t, p.end(syscall.SIGTERM))
		require.NotContains(t, p.log.String(), "level=ERROR")
	}
	opened(t, data, func(j journal.Journal) { require.Equal(t, id, j.ID(), "pages resume") })
}

// calls makes sure that a relay serves.
func calls(t *testing.T, p *process) {
	t.Helper()
	ada, bob := p.page("ada", "new"), p.page("bob", "new")
	defer ada.Close()
	defer bob.Close()
	id := time.Now().String()
	call, err := ada.Do(within(t), &wire.CallEx{Type: 1, RequestID: id, Invitee: "bob"})
	require.NoError(t, err)
	_, err = bob.Do(within(t), &wire.JoinAndAccept{Channel: call.Channel.ID, RequestID: id, Inviter: "ada"})
	require.NoError(t, err)
	_, err = ada.Do(within(t), &wire.Close{Channel: call.Channel.ID})
	require.NoError(t, err)
}

// The release reads what this version writes, and this version what the release
// has added to it.
func TestDowngradeAndBack(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the release before")
	}
	old := buildRelease(t)
	now, err := build()
	require.NoError(t, err)
	data := filepath.Join(t.TempDir(), "data")
	story(t, now, data)
	for _, program := range []string{old, now, old, now} {
		p := startProgram(t, program, "127.0.0.1:0", data)
		require.Equal(t, []string{"for bob", "for bob"}, attached(inboxOf(t, p, "bob")))
		require.Equal(t, "lounge", memberships(t, p, "dora"))
		calls(t, p)
		out, err := exec.CommandContext(within(t), program, "forget", "-data", data, "nobody").CombinedOutput()
		require.NoError(t, err, string(out)) // so each reads snapshots of the other
		require.Zero(t, p.end(syscall.SIGTERM))
		require.NotContains(t, p.log.String(), "level=ERROR")
	}
}

func attached(rows []wire.Stored) []string {
	var list []string
	for _, r := range rows {
		list = append(list, r.Invited.Attach)
	}
	return list
}

func memberships(t *testing.T, p *process, account string) string {
	t.Helper()
	c := p.page(account, "looker")
	defer c.Close()
	out, err := c.Do(within(t), &wire.Channels{})
	require.NoError(t, err)
	var ids []string
	for _, one := range out.Channels {
		ids = append(ids, one.ID)
	}
	return strings.Join(ids, " ")
}

func TestBackupOfTheReleaseIsRestored(t *testing.T) {
	want, err := os.ReadFile(releaseFile(".jsonl"))
	require.NoError(t, err)
	data := filepath.Join(t.TempDir(), "data")
	require.Contains(t, says(t, "restore", "-data", data, releaseFile(".backup")), "\n0 bans\n")
	require.Equal(t, string(want), meaning(t, data))
	require.NoFileExists(t, bansFile(data))
	start(t, "127.0.0.1:0", data)
}

// The release knows no bans in backups: it restores a backup that has none, and says
// of another that it cannot, rather than let those in who are kept out.
func TestReleaseRestoresABackupUnlessItHasBans(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the release before")
	}
	old, data := buildRelease(t), released(t)
	p := start(t, "127.0.0.1:0", data)
	stored(t, p.page("ada", "new"), "r")
	says(t, "backup", "-data", data, data+".none")
	says(t, "ban", "-data", data, "eve")
	says(t, "backup", "-data", data, data+".one")
	restored := filepath.Join(t.TempDir(), "data")

	out, err := exec.CommandContext(within(t), old, "restore", "-data", restored, data+".one").CombinedOutput()
	require.Error(t, err)
	require.Contains(t, string(out), "the backup is of format 2, which beckon ")
	require.Contains(t, string(out), "; this one knows up to 1")
	require.NoDirExists(t, restored)

	out, err = exec.CommandContext(within(t), old, "restore", "-data", restored, data+".none").CombinedOutput()
	require.NoError(t, err, string(out))
	require.NotEmpty(t, attached(inboxOf(t, startProgram(t, old, "127.0.0.1:0", restored), "bob")))
}

// What a later version has stored in a form of its own is not taken for something
// else, and not harmed: that version goes on with it.
func TestLaterFormatsAreRefusedAndLeftAlone(t *testing.T) {
	for name, later := range map[string]struct{ data, said string }{
		"a record of another format": {`{"format":2,"now":4000000000000,"events":[]}`, "format 2 is not known to this version"},
		"an event of a new kind":     {`{"format":1,"now":4000000000000,"events":[{"event":"teleported","to":"mars"}]}`, `an event "teleported" is not known to this version`},
	} {
		t.Run(name, func(t *testing.T) {
			data := released(t)
			var last uint64
			opened(t, data, func(j journal.Journal) {
				last = lastOf(t, j)
				_, err := j.Append(t.Context(), []byte(later.data), last)
				require.NoError(t, err)
			})
			said, code := fails(t, "-addr", "127.0.0.1:0", "-data", data)
			require.Contains(t, said, "app dev: ")
			require.Contains(t, said, later.said)
			require.Equal(t, 1, code)
			opened(t, data, func(j journal.Journal) {
				require.Equal(t, last+1, lastOf(t, j), "nothing was added")
				for r, err := range j.Read(t.Context(), last+1) {
					require.NoError(t, err)
					require.Equal(t, later.data, string(r.Data))
				}
				at, from, err := j.LoadSnapshot(t.Context())
				require.NoError(t, err)
				from.Close()
				require.Positive(t, at)
			})
		})
	}
}

func TestSnapshotOfALaterFormatIsRefusedAndLeftAlone(t *testing.T) {
	const later = `{"begin":{"format":2}}` + "\n"
	data := released(t)
	var at uint64
	opened(t, data, func(j journal.Journal) {
		at = lastOf(t, j)
		require.NoError(t, j.SaveSnapshot(t.Context(), at, strings.NewReader(later)))
		require.NoError(t, j.SaveSnapshot(t.Context(), at, strings.NewReader(later)))
		require.NoError(t, j.Purge(t.Context())) // so there is no other way
	})
	said, code := fails(t, "-addr", "127.0.0.1:0", "-data", data)
	require.Contains(t, said, "no snapshot of format 1")
	require.Equal(t, 1, code)
	opened(t, data, func(j journal.Journal) {
		require.Equal(t, at, lastOf(t, j))
		_, from, err := j.LoadSnapshot(t.Context())
		require.NoError(t, err)
		defer from.Close()
		text, err := io.ReadAll(from)
		require.NoError(t, err)
		require.Equal(t, later, string(text))
	})
}

func lastOf(t *testing.T, j journal.Journal) uint64 {
	t.Helper()
	at, from, err := j.LoadSnapshot(context.Background())
	require.NoError(t, err)
	from.Close()
	for r, err := range j.Read(t.Context(), at+1) {
		require.NoError(t, err)
		at = r.Seq
	}
	return at
}
