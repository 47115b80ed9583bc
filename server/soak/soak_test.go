//go:build linux

package soak

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/server/servertest"
)

var lasts = flag.Duration("soak", 0, "how long to go on (default 12 s, or 3 s with -short)")

func TestMain(m *testing.M) {
	if os.Getenv(slowDir) != "" {
		fmt.Fprintln(os.Stderr, beSlow())
		os.Exit(1)
	}
	flag.Parse()
	flag.Set("test.parallel", "8") // relays, most of which wait
	code := m.Run()
	if program, err := shipped(); err == nil {
		os.RemoveAll(filepath.Dir(program))
	}
	os.Exit(code)
}

// Relays are killed, paused, and run out of disk and of time, and keep every
// promise.
func TestSoak(t *testing.T) {
	long := *lasts
	switch {
	case long == 0 && testing.Short():
		long = 3 * time.Second
	case long == 0:
		long = 12 * time.Second
	}
	_, err := shipped()
	require.NoError(t, err)
	sum := &summary{counts: map[string]int{}}
	end := time.Now().Add(long)
	t.Run("relays", func(t *testing.T) {
		stations := map[string]func(*station, time.Time, time.Duration){
			"killed": killing, "paused": pausing, "full": filling, "slow": slowing, "used": using, "purging": purgingAway}
		if long >= whole {
			stations["leaking"] = leaking
		}
		for name, run := range stations {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				run(&station{t: t, name: name, sum: sum, pairs: 4, pace: 30 * time.Millisecond}, end, long)
			})
		}
	})
	fmt.Println(sum)
	require.Empty(t, sum.findings)
	for _, fault := range []string{killed, paused, full, slowed} { // the others need luck in a few seconds
		require.Positive(t, sum.counts[fault], fault)
	}
	if long >= whole {
		require.GreaterOrEqual(t, sum.counts["operations"], operations)
		require.GreaterOrEqual(t, sum.counts[killed], 100)
		for _, fault := range []string{torn, paused, full, slowed, cutOff, slowLink, unknown, purged, killedAmid} {
			require.GreaterOrEqual(t, sum.counts[fault], 20, fault)
		}
		require.NoError(t, sum.memory["used"].flat())
		require.Error(t, sum.memory["leaking"].flat(), "256 bytes a record are too little to be found")
	}
}

// whole is what a soak takes to show everything: memory, too. Where that is too
// short for so many operations, since others use the machine, it goes on.
const (
	whole      = 10 * time.Minute
	operations = 500_000
)

// behind says whether there have been too few operations, though it is not too late.
func (s *station) behind(end time.Time) bool {
	s.sum.mu.Lock()
	defer s.sum.mu.Unlock()
	return s.sum.counts["operations"] < operations && time.Now().Before(end.Add(whole))
}

// A relay that loses what it has acknowledged when it is killed does not pass.
func TestRelayThatLosesIsFound(t *testing.T) {
	s := &station{t: t, name: "buggy", sum: &summary{counts: map[string]int{}}, pairs: 3, pace: 10 * time.Millisecond}
	s.cmd = s.buggyRelay
	for range 10 { // it may be lucky
		s.epoch(func() {
			for range 3 {
				s.kill(500 * time.Millisecond)
			}
		})
		if s.sum.counts[string(servertest.AckedLost)] > 0 {
			return
		}
	}
	require.Fail(t, "it was not found")
}

// killing kills a relay all the time. Its data are fresh each minute.
func killing(s *station, end time.Time, _ time.Duration) {
	for s.lacks(killed) || time.Now().Before(end) {
		s.epoch(func() {
			for until := time.Now().Add(time.Minute); s.lacks(killed) || time.Now().Before(until) && time.Now().Before(end); {
				s.kill(2 * time.Second)
			}
		})
	}
}

// pausing stops a relay for 20 s, again and again; for less, if there is less time.
func pausing(s *station, end time.Time, long time.Duration) {
	rest := min(20*time.Second, long/4)
	s.epoch(func() {
		for s.lacks(paused) || time.Now().Add(rest).Before(end) {
			s.pause(max(rest/8, time.Second), rest)
		}
	})
}

// filling lets a relay run out of disk.
func filling(s *station, end time.Time, _ time.Duration) {
	s.pairs = 3
	for s.lacks(full) || time.Now().Before(end) {
		s.epoch(func() {
			watch := s.login("watch", "web", servertest.Asked{})
			for until := time.Now().Add(time.Minute); s.lacks(full) || time.Now().Before(until) && time.Now().Before(end); {
				time.Sleep(time.Second)
				s.fill(watch)
			}
		})
	}
}

// slowing lets a relay's disk turn slow, and kills it now and then.
func slowing(s *station, end time.Time, long time.Duration) {
	s.cmd = s.slowRelay
	s.said = func(line string) { s.count(map[string]string{saysSlow: slowed, saysUnknown: unknown}[line], 1) }
	s.epoch(func() {
		for s.lacks(slowed) || time.Now().Before(end) {
			time.Sleep(min(20*time.Second, long*3/4))
			s.relay.end(syscall.SIGKILL)
			s.count(killed, 1)
			s.start()
		}
	})
}

// using only uses a relay, always as much, cuts its links and slows them down, and
// looks at its memory.
func using(s *station, end time.Time, long time.Duration) {
	s.env = []string{"GODEBUG=gctrace=1"}
	s.epoch(func() {
		for i := 1; s.lacks(slowLink) || time.Now().Before(end) || long >= whole && s.behind(end); i++ {
			time.Sleep(min(time.Second, long/10))
			s.mu.Lock()
			d := s.devices[rand.IntN(len(s.devices))]
			s.mu.Unlock()
			if i%3 == 0 {
				d.slow(rand.N(2 * time.Second))
				s.count(slowLink, 1)
			} else {
				d.cut()
				s.count(cutOff, 1)
			}
			if i%10 == 0 {
				s.sum.look(s)
			}
		}
	})
}

// leaking uses a relay that forgets nothing. That has to be seen.
func leaking(s *station, end time.Time, long time.Duration) {
	s.cmd = s.leakyRelay
	using(s, end, long)
}
