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
	if !t.Failed() && count >= 1000 {
		for _, what := range wanted {
			require.Positive(t, all.counts[what], "%s: it is tested", what)
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

// wanted is what a thousand conversations do not go without.
var wanted = []string{
	"link cut", "link lost, relay unaware", "link lost, page unaware", "link falls silent", "link held up for a while",
	"link cut as a command is sent", "link cut, command not yet read", "link cut, answer on its way",
	"link broke within a frame of the page's", "link broke within a frame of the relay's", "link cut, next one about to break",
	"command read as its link is replaced", "page unreachable for long", "page looks after its link",
	"page reloaded", "page opened twice", "page closed", "page comes back", "logged out",
	"relay killed", "relay killed while it stores", "relay restarted in order", "disk gets slow", "much time passed",

	"resume", "resume with something missed", "resume with an answer missed", "fresh start within a life",
	"late ring", "told that an invitation is gone", "command without a link",
	"answer: refused", "answer: timeout", "answer: disconnected", "answer: failure, but carried out",

	"ok create", "ok createAndJoin", "ok join", "ok leave", "ok close", "ok invite", "ok cancel", "ok accept", "ok joinAndAccept",
	"ok reject", "ok callEx", "ok call", "ok delay", "ok find", "ok channels", "ok control", "ok message", "ok inbox", "ok markRead",
	"ok createRoom", "ok enter", "ok inviteAll", "ok withdraw", "ok settle", "ok kick", "ok setRole", "ok setCard", "ok setTitle",
	"ok setPassword", "ok setProfile", "ok invitations",

	"event Created", "event Joined", "event Left", "event Closed", "event Renewed", "event Invited", "event Ended",
	"event Controlled", "event Messaged", "event MarkedRead", "event LinkLost", "event LinkBack", "event LinksLost",
	"list entry kept", "event MemberChanged", "event RoomChanged", "event ProfileChanged",
}
