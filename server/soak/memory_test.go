//go:build linux

package soak

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// memory is what a relay has in memory, now and then.
type memory []sample

type sample struct {
	at       time.Duration // since the first one
	alive    int           // MiB on the heap that a collection found alive
	resident int           // MiB of the process
	done     int           // operations of it that were acknowledged
}

// kept is how far a relay's feed reaches back, which is most of what it keeps. What
// it remembers of commands goes after a minute. From warm on it has all of that.
const (
	kept = 2 * time.Minute
	warm = 150 * time.Second
)

// flat compares what was alive when everything was there with what was in the end:
// medians of the first quarter and of the last. A tenth and a MiB more are taken
// for chance, and as much more as there were more operations to keep: the disk and the
// machine's other programs see to it that the load is not quite the same. The journal's
// own index, which grows with the records (purges are off here), has been too small to see.
func (m memory) flat() error {
	behind := m[min(len(m), m.warm()):]
	if len(behind) < 12 {
		return fmt.Errorf("soak: %d looks at the memory are too few: %v", len(behind), m)
	}
	alive, resident := func(s sample) int { return s.alive }, func(s sample) int { return s.resident }
	n := len(behind) / 4
	first, last := behind[:n], behind[len(behind)-n:]
	more := max(1, float64(last.median(m.recent))/float64(first.median(m.recent)))
	if was, is := first.median(alive), last.median(alive); float64(is) > float64(was)*1.1*more+1 {
		return fmt.Errorf("soak: %d MiB were alive when the relay was warm, %d MiB in the end, with %.2f times the load: %v", was, is, more, m)
	}
	if was, is := first.median(resident), last.median(resident); float64(is) > float64(was)*1.2*more+4 {
		return fmt.Errorf("soak: the process had %d MiB when the relay was warm, %d MiB in the end, with %.2f times the load: %v", was, is, more, m)
	}
	return nil
}

// recent is how many operations a relay still knew of when it was looked at.
func (m memory) recent(s sample) int {
	from := slices.IndexFunc(m, func(before sample) bool { return before.at >= s.at-kept })
	return s.done - m[from].done
}

func (m memory) warm() (n int) {
	for n < len(m) && m[n].at < warm {
		n++
	}
	return n
}

func (m memory) median(of func(sample) int) int {
	list := make([]int, len(m))
	for i, s := range m {
		list[i] = of(s)
	}
	slices.Sort(list)
	return list[len(list)/2]
}

// String lists what was alive, what the process had, and the operations of the two
// minutes before.
func (m memory) String() string {
	var b strings.Builder
	for i, s := range m {
		if i == m.warm() {
			b.WriteString(" | warm:")
		}
		fmt.Fprintf(&b, " %d/%d/%d", s.alive, s.resident, m.recent(s))
	}
	return b.String()
}

// look notes what a relay has in memory.
func (s *summary) look(at *station) {
	kib, err := at.relay.memory()
	alive, station := at.relay.log.lastAlive(), at.name
	if err != nil || alive == 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Since(began)
	if s.memory == nil {
		s.memory, s.since = map[string]memory{}, map[string]time.Duration{}
	}
	if _, known := s.since[station]; !known {
		s.since[station] = now
	}
	s.memory[station] = append(s.memory[station], sample{now - s.since[station], alive, kib >> 10, int(at.done.Load())})
}

// A line of Go's gctrace: what was on the heap before a collection, behind it, and
// of that was alive.
var collection = regexp.MustCompile(`(?m)^gc \d+ @.* (\d+)->(\d+)->(\d+) MB`)

// alive is what the latest collection in the end of a log found alive, in MiB.
func alive(log []byte) (mib int, ok bool) {
	lines := collection.FindAllSubmatch(log, -1)
	if len(lines) == 0 {
		return 0, false
	}
	mib, err := strconv.Atoi(string(lines[len(lines)-1][3]))
	return mib, err == nil
}

func TestMemoryThatGrowsIsFound(t *testing.T) {
	done := func(at time.Duration) int { return 100 * int(at/time.Second) }
	run := func(alive, resident func(at time.Duration) int) (m memory) {
		for at := time.Duration(0); at < 10*time.Minute; at += 10 * time.Second {
			m = append(m, sample{at, alive(at), resident(at), done(at)})
		}
		return m
	}
	filling := func(at time.Duration) int {
		return int(40*min(at, 2*time.Minute)/(2*time.Minute)) + int(at/time.Second)%3
	}
	twice := func(at time.Duration) int { return 2*filling(at) + 12 }
	leaking := func(perMinute int) func(time.Duration) int {
		return func(at time.Duration) int { return filling(at) + perMinute*int(at/time.Minute) }
	}
	require.NoError(t, run(filling, twice).flat(), "a feed that fills up")
	require.ErrorContains(t, run(leaking(1), twice).flat(), "alive", "1 MiB a minute")
	require.ErrorContains(t, run(filling, func(at time.Duration) int { return twice(at) + 5*int(at/time.Minute) }).flat(), "the process had", "5 MiB a minute outside of the heap")
	require.ErrorContains(t, run(filling, twice)[:20].flat(), "too few", "it was warm for a moment")

	faster := func(at time.Duration) int { // by half, from the sixth minute on
		return filling(at) + 20*int(min(max(0, at-5*time.Minute), kept)/time.Second)/int(kept/time.Second)
	}
	require.ErrorContains(t, run(faster, twice).flat(), "alive", "half as much again, and the load is the same")
	done = func(at time.Duration) int {
		return 100*int(at/time.Second) + 50*int(max(0, at-5*time.Minute)/time.Second)
	}
	require.NoError(t, run(faster, twice).flat(), "half as much again, and so is the load")
	require.ErrorContains(t, run(func(at time.Duration) int { return faster(at) + 3*int(at/time.Minute) }, twice).flat(), "1.50 times the load", "and it leaks")
}
