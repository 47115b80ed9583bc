//go:build !js

package nats_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"runtime/pprof"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/server/journal"
	"beckon/server/journal/nats"
)

// Tests that need a process to kill start this test binary again, with the job to do in the environment.
const (
	helperJob  = "BECKON_JOURNAL_TEST_JOB"
	helperDir  = "BECKON_JOURNAL_TEST_DIR"
	helperSync = "BECKON_JOURNAL_TEST_SYNC"
)

var jobs = map[string]func(context.Context, journal.Journal) error{
	"append":   appendForEver,
	"snapshot": snapshotForEver,
	"hold":     func(context.Context, journal.Journal) error { fmt.Println("held"); select {} },
}

func TestMain(m *testing.M) {
	job := os.Getenv(helperJob)
	if job == "" {
		os.Exit(runWithoutLeaks(m))
	}
	go func() { // a helper ends with its test
		io.Copy(io.Discard, os.Stdin)
		os.Exit(2)
	}()
	if err := help(jobs[job]); err != nil {
		fmt.Println("failed", err)
		os.Exit(1)
	}
}

// runWithoutLeaks fails the run when goroutines outlive the tests.
func runWithoutLeaks(m *testing.M) int {
	before := runtime.NumGoroutine()
	code := m.Run()
	for patience := time.Now().Add(within); runtime.NumGoroutine() > before; time.Sleep(time.Millisecond) {
		if time.Now().After(patience) {
			pprof.Lookup("goroutine").WriteTo(os.Stderr, 1)
			return max(code, 1)
		}
	}
	return code
}

func help(job func(context.Context, journal.Journal) error) error {
	ctx := context.Background()
	server, err := nats.Start(nats.Options{Dir: os.Getenv(helperDir), Sync: nats.Sync(os.Getenv(helperSync))})
	if err != nil {
		return err
	}
	defer server.Close()
	j, err := server.Open(ctx, "app")
	if err != nil {
		return err
	}
	return job(ctx, j)
}

// record is what helpers store as number seq: its length says nothing about its neighbours'.
func record(seq uint64) []byte {
	size := 20 + seq*seq%300
	if seq%50 == 0 {
		size = 200_000
	}
	return bytes.Repeat(binary.BigEndian.AppendUint64(nil, seq), int(size/8))
}

func appendForEver(ctx context.Context, j journal.Journal) error {
	seq, err := j.Last(ctx)
	for err == nil {
		if seq, err = j.Append(ctx, record(seq+1), seq); err == nil {
			fmt.Println(seq)
		}
	}
	return err
}

// state is the snapshot that helpers save at record at: some megabytes that differ for each.
func state(at uint64) []byte {
	return bytes.Repeat(binary.BigEndian.AppendUint64(nil, at), 300_000)
}

func snapshotForEver(ctx context.Context, j journal.Journal) error {
	seq, err := j.Last(ctx)
	for err == nil {
		if seq, err = j.Append(ctx, record(seq+1), seq); err != nil {
			break
		}
		if err = j.SaveSnapshot(ctx, seq, bytes.NewReader(state(seq))); err == nil {
			fmt.Println(seq)
		}
	}
	return err
}

// helper is a running process of this binary.
type helper struct {
	*exec.Cmd
	lines *bufio.Scanner
}

func startHelper(t *testing.T, job, dir string, sync nats.Sync) *helper {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), helperJob+"="+job, helperDir+"="+dir, helperSync+"="+string(sync))
	cmd.Stderr = os.Stderr
	_, err := cmd.StdinPipe() // its end tells the helper that we are gone
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	h := &helper{Cmd: cmd, lines: bufio.NewScanner(out)}
	t.Cleanup(func() { h.kill() })
	return h
}

// line is the next one that the helper prints.
func (h *helper) line(t *testing.T) string {
	t.Helper()
	require.True(t, h.lines.Scan(), "the helper printed no more: %v", h.lines.Err())
	require.False(t, strings.HasPrefix(h.lines.Text(), "failed"), h.lines.Text())
	return h.lines.Text()
}

// acknowledged reads sequences from the helper until it has n, or until it ends; and returns the last.
func (h *helper) acknowledged(t *testing.T, n int) (last uint64) {
	t.Helper()
	for i := 0; i < n && h.lines.Scan(); i++ {
		_, err := fmt.Sscan(h.lines.Text(), &last)
		require.NoError(t, err, h.lines.Text())
	}
	return last
}

// kill ends the helper as power loss of the process would, and waits for its end.
func (h *helper) kill() {
	h.Process.Kill()
	h.Wait()
}

// within is how long a test waits for what should happen at once, before it calls it hung.
const within = 20 * time.Second
