//go:build linux

package soak

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/server/journal/nats"
	"beckon/server/servertest"
)

// patience is how long a test waits for what has to come.
const patience = time.Minute

// station is a relay that is maltreated in its own way, with pairs on it.
type station struct {
	t     testing.TB
	name  string
	data  string
	pace  time.Duration // between two calls of a pair, about
	pairs int
	args  []string // to the shipped relay
	env   []string // of any relay
	cmd   func(addr string) *exec.Cmd
	said  func(line string)

	archive *archive // of a relay that purges, else nil

	relay   *relayProcess
	history servertest.History
	rooms   servertest.RoomHistory

	done atomic.Int64 // operations that were acknowledged

	mu      sync.Mutex
	addr    string
	devices []*device
	sum     *summary
}

// count adds to the summary.
func (s *station) count(what string, n int) { s.sum.count(what, n) }

// did counts an operation that was acknowledged.
func (s *station) did() {
	s.done.Add(1)
	s.count("operations", 1)
}

// lacks says whether a fault has not been done yet, though there is time.
func (s *station) lacks(fault string) bool {
	s.sum.mu.Lock()
	defer s.sum.mu.Unlock()
	return s.sum.counts[fault] == 0 && time.Since(began) < patience
}

func (s *station) address() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addr
}

func (s *station) keep(d *device) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.devices = append(s.devices, d)
}

// start runs the relay on the station's data, at the address it had before.
func (s *station) start() {
	s.t.Helper()
	relay, err := launch(func() *exec.Cmd { return s.command(s.address()) }, s.said)
	require.NoError(s.t, err)
	s.relay = relay
	s.mu.Lock()
	s.addr = relay.addr
	s.mu.Unlock()
}

func (s *station) command(addr string) *exec.Cmd {
	cmd := s.bare(addr)
	if len(s.env) > 0 {
		cmd.Env = append(cmd.Environ(), s.env...)
	}
	return cmd
}

func (s *station) bare(addr string) *exec.Cmd {
	if s.cmd != nil {
		return s.cmd(addr)
	}
	program, err := shipped()
	require.NoError(s.t, err)
	return exec.Command(program, append([]string{"-addr", addr, "-data", s.data, "-purge", "never"}, s.args...)...)
}

// epoch runs the pairs on fresh data while maltreat does its work; then all comes
// to rest, and is audited.
func (s *station) epoch(maltreat func()) {
	s.data, s.addr, s.devices = filepath.Join(s.t.TempDir(), "data"), "127.0.0.1:0", nil
	s.history, s.rooms = servertest.History{}, servertest.RoomHistory{}
	s.start()
	defer func() {
		if s.relay.cmd.ProcessState == nil {
			s.relay.cmd.Process.Signal(syscall.SIGCONT)
			s.relay.end(syscall.SIGKILL)
		}
	}()
	var stop atomic.Bool
	var calling sync.WaitGroup
	for i := range s.pairs {
		p := s.pair(strconv.Itoa(i))
		calling.Go(func() { p.run(&stop) })
	}
	maltreat()
	stop.Store(true)
	calling.Wait()
	s.rest()
	s.relay.end(syscall.SIGTERM)
	if s.archive != nil {
		s.archive.keep(s)
	}
	s.audit()
	require.NoError(s.t, os.RemoveAll(s.data))
}

// rest waits until nothing is on its way to any device: each is online and has
// heard the answer to a command that came after all others.
func (s *station) rest() {
	s.mu.Lock()
	devices := s.devices
	s.mu.Unlock()
	for _, d := range devices {
		if d.settles() {
			d.heard.Settled = true
		}
		d.logout()
	}
}

// audit compares the journal with what the devices heard.
func (s *station) audit() {
	s.t.Helper()
	server, err := nats.Start(nats.Options{Dir: s.data})
	require.NoError(s.t, err, s.relay.log)
	defer server.Close()
	j, err := server.Open(context.Background(), "dev")
	require.NoError(s.t, err)
	records := j.Read(context.Background(), 1)
	if s.archive != nil {
		records = s.archive.read()
	}
	a, found := servertest.Examine(core.Config{}, records)
	if s.archive != nil {
		s.checkSnapshot(j, a.App)
	}
	for _, d := range s.devices {
		for i := range d.heard.Stretches {
			if after, ok := a.Answers[d.after]; ok {
				d.heard.Stretches[i].After = core.At(after.Position.Record(), core.MaxEvents-1)
			}
		}
		if d.fresh > 1 { // it was away for too long; what was told before is all that can be checked
			s.count("fresh starts within a life", d.fresh-1)
			d.heard.Stretches, d.heard.Settled = d.heard.Stretches[:1], false
		}
		found = append(found, a.Check(&d.heard)...)
	}
	more, invitations, contested := s.history.Check()
	found = append(found, more...)
	more, rooms := s.rooms.Check()
	found = append(found, more...)
	s.count("rooms whose answers have one order", rooms-len(more))
	s.count("invitations", invitations)
	s.count("invitations that several tried to end", contested)
	s.count("records", len(a.Records))
	s.sum.found(s.name, found)
}

// summary counts what all stations saw. The zeros are what it is all for.
type summary struct {
	mu       sync.Mutex
	counts   map[string]int
	findings []string
	memory   map[string]memory // of relays that are only used
	since    map[string]time.Duration
}

func (s *summary) count(what string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts[what] += n
}

func (s *summary) found(station string, list []servertest.Finding) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range list {
		s.counts[string(f.Kind)]++
		s.findings = append(s.findings, station+": "+f.String())
	}
}

// order is how the summary is printed: what must be zero comes last.
var order = []string{"operations", "calls", "rooms", "invitations", "invitations that several tried to end", "rooms whose answers have one order", "records", "devices reloaded",
	"commands without an answer", "fresh starts within a life", killed, torn, paused, full, slowed, unknown, cutOff, slowLink, purged, killedAmid,
	"snapshots that agree with all records", string(servertest.Diverged),
	string(servertest.AckedLost), string(servertest.RefusedDone), string(servertest.DoneTwice), string(servertest.EndedTwice), string(servertest.NotLinear),
	string(servertest.ToldTwice), string(servertest.ToldLate), string(servertest.NotTold), string(servertest.Invented),
	string(servertest.AnsweredTwice), string(servertest.NotAnswered), string(servertest.Damaged)}

func (s *summary) String() string {
	var b strings.Builder
	for _, what := range order {
		fmt.Fprintf(&b, "%10d %s\n", s.counts[what], what)
	}
	for _, station := range slices.Sorted(maps.Keys(s.memory)) {
		fmt.Fprintf(&b, "memory of the relay %q, MiB alive/resident/operations in two minutes, every 10 s:%v\n", station, s.memory[station])
	}
	return strings.TrimSuffix(b.String(), "\n")
}
