package sim

import (
	"flag"
	"fmt"
	"io"
	"log"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/cryptotest"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

var (
	oneSeed  = flag.Uint64("seed", 0, "run this world alone")
	seeds    = flag.Uint64("sim.seeds", 0, "run so many worlds (default 400, or 40 with -short; with -soak 10,000)")
	lasts    = flag.Duration("soak", 0, "and go on for so long")
	firstOne = flag.Uint64("sim.first", 1, "seed of the first one")
)

// Whatever happens to journal, links, pages and relay, the promises are kept.
func TestWorlds(t *testing.T) {
	first, many := *firstOne, *seeds
	switch {
	case *oneSeed != 0:
		first, many = *oneSeed, 1
	case many == 0 && *lasts >= 10*time.Minute:
		many = 10_000
	case many == 0 && testing.Short():
		many = 40
	case many == 0:
		many = 400
	}
	began := time.Now()
	var sum summary
	for seed := first; seed < first+many || time.Since(began) < *lasts; {
		ok := t.Run(fmt.Sprint("from ", seed), func(t *testing.T) { // some at a time: what a test holds goes with it
			for batch := uint64(0); batch < 100 && (seed < first+many || time.Since(began) < *lasts); batch++ {
				w := runWorld(t, seed, plant{})
				sum.add(w)
				if len(w.found) > 0 {
					t.Fatalf("again: go test ./server/sim -run TestWorlds -seed %d -v -sim.trace\n%v", seed, w.found)
				}
				seed++
			}
		})
		if !ok {
			break
		}
		sum.measure()
	}
	fmt.Println(sum.report(time.Since(began)))
	if sum.worlds >= 400 {
		least := 1
		if sum.worlds >= 10_000 {
			least = 20
		}
		for _, what := range wanted {
			require.GreaterOrEqual(t, sum.counts[what], least, "%s: it is tested", what)
		}
	}
}

// wanted is what some hundred worlds do not go without.
var wanted = slices.Concat(faults, []string{"crash", "crash amid an append", "read broken off", "link cut", "link slow", "link fell silent",
	"link dead, nobody told", "link dead in one direction", "page frozen", "page reloaded", "page offline for long",
	"relay down for long", "clock set back while the relay is down", "clock set ahead", "clock set back", "clock set right",
	"pace of the machine's time looked at after its clock was set", jumped, "contest", "contest at the deadline",
	"call made again by hand", "snapshot", "snapshot broken off", "snapshot loaded", "crash amid a snapshot", "purge", "purge failed, or undone", "crash amid a purge", "resume", "fresh start", "late ring", "answer: timeout", "answer: disconnected", "answer: refused",
	"invitations that several tried to end", "gathering", "gathering at the deadline", "gathering without somebody who was lost"})

// runWorld runs one world in a bubble of its own.
func runWorld(t *testing.T, seed uint64, p plant) (w *world) {
	t.Helper()
	cryptotest.SetGlobalRandom(t, seed)
	synctest.Test(t, func(t *testing.T) {
		w = newWorld(seed, p)
		w.run()
		w.end()
	})
	w.checkHistory()
	return w
}

func TestSameSeedIsTheSameWorld(t *testing.T) {
	for seed := range uint64(10) {
		one, other := runWorld(t, seed, plant{}), runWorld(t, seed, plant{})
		require.Equal(t, one.counts, other.counts)
		require.Equal(t, one.trace.hash.Sum64(), other.trace.hash.Sum64(), "seed %d", seed)
	}
}

// summary counts what happened in many worlds.
type summary struct {
	worlds int
	counts map[string]int
	heap   []uint64 // now and then
}

func (s *summary) add(w *world) {
	if s.counts == nil {
		s.counts = map[string]int{}
	}
	for what, n := range w.counts {
		s.counts[what] += n
	}
	s.worlds++
}

func (s *summary) measure() {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	s.heap = append(s.heap, m.HeapAlloc>>10)
}

func (s *summary) report(took time.Duration) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d worlds in %v\n", s.worlds, took.Round(time.Second))
	for _, what := range slices.Sorted(maps.Keys(s.counts)) {
		fmt.Fprintf(&b, "%10d %s\n", s.counts[what], what)
	}
	fmt.Fprintf(&b, "heap, KiB: %v", s.heap)
	return b.String()
}

// TestMain keeps the standard log quiet, into which nothing of ours writes.
func TestMain(m *testing.M) {
	log.SetOutput(io.Discard)
	os.Exit(m.Run())
}
