package session

import (
	"container/heap"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

// world is a relay and its pages on a network that is as bad as the seed wants:
// links are slow, fail to open, break, and die without a word; pages freeze and
// reload; the relay's data is wiped or restored. Everything happens in one
// order that follows from the seed alone.
type world struct {
	t      testing.TB
	random *rand.Rand
	now    Millis
	events events
	order  int   // of events at the same time
	ahead  int64 // what the relay's clock has jumped
	busy   int   // frames on the way that are not heartbeats
	relay  *relay
	pages  []*simPage
	models map[string]*model // by journal
	faulty bool
	lives  int
	sum    map[string]int // what was seen to happen
}

type event struct {
	at    Millis
	order int
	run   func()
}

type events []event

func (e events) Len() int { return len(e) }
func (e events) Less(i, j int) bool {
	return e[i].at < e[j].at || e[i].at == e[j].at && e[i].order < e[j].order
}
func (e events) Swap(i, j int) { e[i], e[j] = e[j], e[i] }
func (e *events) Push(x any)   { *e = append(*e, x.(event)) }
func (e *events) Pop() any {
	last := len(*e) - 1
	x := (*e)[last]
	*e = (*e)[:last]
	return x
}

var (
	accounts = []string{"ada", "bob", "cem"}
	devices  = []device{{"ada", "phone"}, {"ada", "tablet"}, {"bob", "phone"}, {"cem", "phone"}}
)

func newWorld(t testing.TB, seed uint64) *world {
	w := &world{t: t, random: rand.New(rand.NewPCG(seed, 1)), models: map[string]*model{}, sum: map[string]int{}}
	m := newModel("journal-1")
	w.models[m.journal] = m
	w.relay = &relay{model: m, random: w.random, feed: int64(15_000 + w.upTo(150_000))}
	for _, d := range devices {
		w.load(d)
	}
	w.every(500, func() { w.relay.tick(w.now, w.ahead) })
	return w
}

func (w *world) after(d Millis, run func()) {
	w.order++
	heap.Push(&w.events, event{w.now + d, w.order, run})
}

func (w *world) every(d Millis, run func()) {
	run()
	w.after(d, func() { w.every(d, run) })
}

func (w *world) step() {
	e := heap.Pop(&w.events).(event)
	w.now = e.at
	w.relay.now = relayEpoch + int64(w.now) + w.ahead
	e.run()
}

func (w *world) runUntil(end Millis) {
	for len(w.events) > 0 && w.events[0].at <= end {
		w.step()
	}
	w.now = max(w.now, end)
}

func (w *world) chance(oneIn int) bool { return w.random.IntN(oneIn) == 0 }

func (w *world) upTo(d Millis) Millis { return Millis(w.random.Int64N(int64(d) + 1)) }

// load starts a new life of a device.
func (w *world) load(d device) *simPage {
	w.lives++
	p := &simPage{world: w, actor: actor{d, fmt.Sprint("life-", w.lives)}, links: map[Link]*simLink{},
		done: map[uint64]int{}, invited: map[toldInvitation]bool{}, ringing: map[toldInvitation]int64{},
		orders: map[uint64]wire.Order{}}
	p.Session = New(Config{App: "dev", Account: d.account, Device: d.device, Life: p.life, Random: w.random.Uint64})
	p.input(func() { p.Connect(w.now) })
	w.pages = append(w.pages, p)
	return p
}

// mischief does what networks, pages and relays do to each other.
func (w *world) mischief() {
	p := w.pages[w.random.IntN(len(w.pages))]
	switch w.random.IntN(14) {
	case 0, 1, 2:
		p.links[p.link.id].breaks(w.upTo(3_000))
	case 3, 4:
		p.links[p.link.id].dies()
	case 5:
		p.freeze(w.upTo(90_000))
	case 6:
		p.input(func() { p.Check(w.now) })
	case 7:
		p.input(func() { p.Disconnect(w.now) })
		w.after(w.upTo(10_000), func() {
			if slices.Contains(w.pages, p) {
				p.input(func() { p.Connect(w.now) })
			}
		})
	case 8:
		if w.chance(3) { // a reload: the old life is told, or just gone
			p.closed = w.chance(2)
			w.pages = slices.DeleteFunc(w.pages, func(x *simPage) bool { return x == p })
			w.load(p.device).past = append(p.past, p)
		}
	case 9:
		if w.chance(6) {
			w.becomes(newModel(fmt.Sprint("journal-", len(w.models)+1)))
		}
	case 10:
		if w.chance(6) {
			backup := w.relay.backup(fmt.Sprint("journal-", len(w.models)+1))
			w.after(w.upTo(20_000), func() {
				if w.models[backup.journal] == nil {
					w.becomes(backup)
				}
			})
		}
	case 11: // offline for long
		p.offline = w.now + 30_000 + w.upTo(70_000)
		p.links[p.link.id].breaks(w.upTo(3_000))
	case 12:
		if p.link.id > 1 { // an echo of the past
			id := Link(1 + w.random.IntN(int(p.link.id)-1))
			p.input(func() { p.Closed(w.now, id, 4001, ""); p.Opened(w.now, id) })
		}
	case 13: // the relay's clock jumps while it is down
		if w.chance(3) {
			w.relay.restarts()
			w.ahead += int64(w.upTo(120_000))
			w.sum["clock jumps"]++
		}
	}
}

func (w *world) becomes(m *model) {
	w.tracef("the journal becomes %s", m.journal)
	w.models[m.journal] = m
	w.relay.becomes(m)
}

// settle stops all mischief and waits until everything has come through.
func (w *world) settle() {
	w.faulty, w.relay.faulty = false, false
	quiet := func() bool {
		return w.busy == 0 && !slices.ContainsFunc(w.pages, func(p *simPage) bool { return !p.Online() })
	}
	for end := w.now + 300_000; !quiet() || w.now < end-225_000; {
		require.Less(w.t, w.now, end, "it does not come to rest")
		for _, p := range w.pages {
			p.thaw()
			p.input(func() { p.Connect(w.now) }) // a former life may have come between
		}
		w.runUntil(w.now + 500)
	}
}
