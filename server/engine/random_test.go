package engine

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/server/servertest"
)

var seed = flag.Uint64("seed", 0, "of the random runs; 0: another one each time")

// Whatever happens to journal, links and relay: each command is answered once,
// carried out at most once, and each notice comes once and in order.
func TestRandomCommandsOverAFailingJournal(t *testing.T) {
	runs, steps := 10, 30_000
	if testing.Short() {
		runs, steps = 2, 5_000
	}
	kinds := map[string]int{}
	for run := range runs {
		s := *seed
		if s == 0 {
			s = rand.Uint64()
		}
		t.Run(fmt.Sprint(run), func(t *testing.T) {
			t.Logf("-seed %d", s)
			inBubble(t, func(t *testing.T, w *world) {
				(&chaos{w: w, kinds: kinds, random: rand.New(rand.NewPCG(s, 1)), luck: rand.New(rand.NewPCG(s, 2))}).run(t, steps)
			})
		})
	}
	for _, e := range []core.Event{core.Created{}, core.Joined{}, core.Left{}, core.Closed{}, core.Renewed{}, core.Invited{},
		core.Ended{}, core.Controlled{}, core.Messaged{}, core.MarkedRead{}, core.LinkLost{}, core.LinkBack{}, core.LinksLost{},
		core.Answered{}, core.MemberChanged{}, core.RoomChanged{}, core.ProfileChanged{}} {
		require.Positive(t, kinds[fmt.Sprintf("%T", e)], "%T happened", e)
	}
}

// chaos is a random run.
type chaos struct {
	w      *world
	random *rand.Rand // of the test
	luck   *rand.Rand // of the journal, in the loop's goroutine
	j      *faulty
	lives  []*life
	away   map[*life]bool
	kinds  map[string]int // of events, over all runs
}

var accounts = []string{"alice", "bob", "carol", "dave"}

func (c *chaos) run(t *testing.T, steps int) {
	c.begin()
	for range steps {
		c.step()
	}
	c.settle()
	a := c.w.audit()
	executed := 0
	for _, l := range c.lives {
		name := l.Account + "/" + l.Device.Device
		require.Empty(t, l.asked, "%s has all answers", name)
		require.Equal(t, a.Told(core.Actor(l.Device), core.Position(l.first)), l.heard, "%s has all notices", name)
		for n, r := range l.answers {
			outcome, done := a.Answers[servertest.Asked{Actor: core.Actor(l.Device), N: n}]
			require.Equal(t, done, r.OK != nil, "%s is told whether command %d was carried out", name, n)
			if done {
				require.EqualValues(t, outcome.Position, r.Position)
				executed++
			}
		}
	}
	t.Logf("%d records, %d events, %d commands carried out; appends: %v", len(a.Records), len(a.Events), executed, c.j.seen)
	for f := range faults {
		require.Positive(t, c.j.seen[f], "an append was %s", f)
	}
	for _, e := range a.Events {
		c.kinds[fmt.Sprintf("%T", e.Event)]++
	}
}

func (c *chaos) begin() {
	c.w.config.Patience = time.Hour // bad luck is not what is tested
	c.j = c.w.failing()
	c.j.calm.Store(true)
	c.j.stranger = func(seq uint64) []core.Event { return strangerRings(accounts[seq%uint64(len(accounts))], seq) }
	c.j.next = func() fault {
		if c.luck.IntN(3) > 0 {
			return sound
		}
		return fault(c.luck.IntN(int(faults)))
	}
	c.j.unreadable = func() bool { return c.luck.IntN(4) == 0 }
	for _, account := range accounts {
		for _, device := range []string{"phone", "tab"} {
			c.lives = append(c.lives, newLife(c.w, account+"/"+device))
		}
	}
	c.away = map[*life]bool{}
	c.j.calm.Store(false)
}

func (c *chaos) step() {
	l := c.lives[c.random.IntN(len(c.lives))]
	switch x := c.random.IntN(100); {
	case c.away[l]:
		if x < 30 {
			l.come()
			delete(c.away, l)
		}
	case x < 70:
		l.act(c.random, c.channels(), accounts)
	case x < 75:
		l.askAgain()
	case x < 78:
		l.drop()
		c.away[l] = true
	case x < 80: // a new link, while the old one seems to live
		l.come()
	case x < 90:
		time.Sleep(time.Duration(c.random.IntN(2000)) * time.Millisecond)
		c.read()
	case x == 99 && c.random.IntN(5) == 0:
		c.restart()
	default:
		l.read()
	}
}

func (c *chaos) read() {
	for more := 1; more > 0; { // reading may lead to asking
		more = 0
		for _, l := range c.lives {
			more += l.read()
		}
	}
	for _, l := range c.lives { // a heartbeat each
		if !c.away[l] && l.online {
			l.last = uint64(c.w.eng.Released())
		}
	}
}

// channels are those that somebody could know.
func (c *chaos) channels() []string {
	var ids []string
	for _, l := range c.lives {
		for n := l.n; n > 0 && n+5 > l.n; n-- {
			if r := l.answers[n]; r != nil && r.OK != nil && r.OK.Channel != nil {
				ids = append(ids, r.OK.Channel.ID)
			}
		}
	}
	return ids
}

func (c *chaos) restart() {
	c.read()
	for _, l := range c.lives {
		c.away[l] = true
		clear(l.repeats)
	}
	c.w.crash()
	c.j.calm.Store(true)
	c.w.start()
	synctest.Wait()
	c.j.calm.Store(false)
}

// settle lets everything come to its end.
func (c *chaos) settle() {
	c.j.calm.Store(true)
	time.Sleep(time.Minute)
	for _, l := range c.lives {
		if c.away[l] {
			l.come()
		}
	}
	c.away = map[*life]bool{}
	c.read()
	time.Sleep(soon)
	c.read()
}
