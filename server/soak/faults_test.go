//go:build linux

package soak

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/stretchr/testify/require"
)

// What is done to relays.
const (
	killed = "kills"
	torn   = "torn last records"
	paused = "pauses"
	full   = "full disks"
	slowed = "disks turned slow"
	cutOff = "links cut"

	slowLink = "links turned slow"
	unknown  = "appends of which nobody knows whether they were stored"

	purged     = "purges"
	killedAmid = "kills when a snapshot or a purge had just begun"
)

// kill kills the relay amid its work, sometimes leaves a record that was being
// written, and starts it again.
func (s *station) kill(alive time.Duration) {
	time.Sleep(alive/2 + rand.N(alive))
	s.relay.end(syscall.SIGKILL)
	s.count(killed, 1)
	if rand.IntN(3) == 0 {
		s.tear()
	}
	s.start()
}

// tear writes the beginning of a record behind the last one.
func (s *station) tear() {
	block := s.lastBlock()
	data, err := os.ReadFile(block)
	require.NoError(s.t, err)
	if len(data) < 400 {
		return
	}
	f, err := os.OpenFile(block, os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(s.t, err)
	_, err = f.Write(data[:1+rand.IntN(150)])
	require.NoError(s.t, err)
	require.NoError(s.t, f.Close())
	s.count(torn, 1)
}

// lastBlock is the file that the journal's records go into.
func (s *station) lastBlock() string {
	s.t.Helper()
	blocks, err := filepath.Glob(filepath.Join(s.data, "jetstream", "*", "streams", "beckon-journal-*", "msgs", "*.blk"))
	require.NoError(s.t, err)
	require.NotEmpty(s.t, blocks)
	number := func(path string) int {
		n, _ := strconv.Atoi(strings.TrimSuffix(filepath.Base(path), ".blk"))
		return n
	}
	return slices.MaxFunc(blocks, func(a, b string) int { return number(a) - number(b) })
}

// pause stops the relay's process for a while.
func (s *station) pause(work, rest time.Duration) {
	time.Sleep(work)
	s.relay.cmd.Process.Signal(syscall.SIGSTOP)
	time.Sleep(rest)
	s.relay.cmd.Process.Signal(syscall.SIGCONT)
	s.count(paused, 1)
}

// fill restarts the relay with little room for its journal, waits until nothing
// more is answered, and makes room again.
func (s *station) fill(watch *device) {
	s.relay.end(syscall.SIGKILL)
	info, err := os.Stat(s.lastBlock())
	require.NoError(s.t, err)
	room := info.Size() + 4<<10 + rand.N(int64(32<<10))
	s.cmd = func(addr string) *exec.Cmd { return limited(s, addr, room) }
	s.start()
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if strings.Contains(s.relay.log.String(), "file too large") {
			s.count(full, 1)
			break
		}
	}
	s.relay.end(syscall.SIGKILL)
	s.cmd = nil
	s.start()
	watch.online()
	time.Sleep(time.Second / 2)
}

// limited is the relay, forbidden to make files larger than so many bytes.
func limited(s *station, addr string, bytes int64) *exec.Cmd {
	program, err := shipped()
	require.NoError(s.t, err)
	return exec.Command("prlimit", "--fsize="+strconv.FormatInt(bytes, 10), program, "-addr", addr, "-data", s.data)
}
