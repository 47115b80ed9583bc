package client_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

var (
	journeySeed  = flag.Uint64("journey", 0, "the one random conversation to hold, as a failed one says")
	journeyCount = flag.Int("journeys", 0, "how many random conversations to hold; 0: 1,000, or 60 with -short")
)

// Three accounts with two devices each talk at random, while links break, pages
// reload, and the relay dies and comes back. When all has settled, every device's
// View is the machine's state, nothing was told twice or left out, and what was
// acknowledged is in the journal, once.
//
// Each conversation runs on fake time, a real engine behind a real relay, and
// real sessions over real WebSockets; only the cables between them are ours.
func TestRandomConversations(t *testing.T) {
	count := *journeyCount
	switch {
	case *journeySeed != 0:
		count = 1
	case count == 0 && testing.Short():
		count = 60
	case count == 0:
		count = 1000
	}
	all := tally{counts: map[string]int{}}
	began := time.Now()
	t.Run("seed", func(t *testing.T) {
		for range count {
			seed := *journeySeed
			if seed == 0 {
				seed = rand.Uint64()
			}
			t.Run(fmt.Sprint(seed), func(t *testing.T) {
				t.Parallel()
				t.Cleanup(func() {
					if t.Failed() {
						t.Logf("again: go test ./server/client -run TestRandomConversations -journey %d", seed)
					}
				})
				synctest.Test(t, func(t *testing.T) { all.add(converse(t, seed)) })
			})
		}
	})
	t.Logf("%d conversations in %v\n%v", count, time.Since(began).Round(time.Millisecond), all.String())
	if !t.Failed() && count >= 60 {
		for _, what := range wanted {
			require.Positive(t, all.counts[what], "%s was tried", what)
		}
	}
}

// tally counts what happened, for whoever wants to know what was tested.
type tally struct {
	mu     sync.Mutex
	counts map[string]int
}

func (y *tally) add(other *tally) {
	y.mu.Lock()
	defer y.mu.Unlock()
	for what, n := range other.counts {
		y.counts[what] += n
	}
}

func (y *tally) String() string {
	var lines []string
	for what, n := range y.counts {
		lines = append(lines, fmt.Sprintf("%8d %s", n, what))
	}
	slices.SortFunc(lines, func(a, b string) int { return strings.Compare(a[9:], b[9:]) })
	return strings.Join(lines, "\n")
}

// wanted is what no run may do without.
var wanted = []string{"ok create"}
