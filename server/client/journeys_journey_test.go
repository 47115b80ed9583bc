package client_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"beckon/core"
	"beckon/core/wire"
	"beckon/server/journal/memory"
)

// journey is one conversation.
type journey struct {
	t       *testing.T
	random  *rand.Rand
	config  core.Config
	store   *memory.Store
	process atomic.Pointer[process] // nil: the relay is down
	devices []*device
	lives   []*life         // all there were
	closing []chan struct{} // clients on their way out
	tally   tally
	texts   int
	trace   strings.Builder
	began   time.Time
}

// device is where lives follow each other.
type device struct {
	account, name string
	life          *life // nil: no page is open
	count         int
}

func (d *device) String() string { return d.account + "/" + d.name + "/" + fmt.Sprint(d.count) }

var accounts = []string{"alice", "bob", "carol"}

// converse holds a conversation, lets it settle, and checks what came of it.
func converse(t *testing.T, seed uint64) *tally {
	j := &journey{t: t, random: rand.New(rand.NewPCG(seed, 0)), store: memory.New(), began: time.Now()}
	j.tally.counts = map[string]int{}
	j.config = core.Config{
		InvitationTime: pick(j, []core.Time{0, 15_000, 600_000}),
		ChannelTime:    pick(j, []core.Time{0, 0, 30_000}),
		Grace:          pick(j, []core.Time{0, 0, 10_000, -1}),
	}
	t.Cleanup(j.close)
	j.process.Store(startProcess(t, j.store, j.config))
	for _, account := range accounts {
		for _, name := range []string{"phone", "tab"} {
			j.devices = append(j.devices, &device{account: account, name: name})
		}
	}
	for _, d := range j.devices {
		if j.chance(90) {
			j.open(d)
		}
	}
	synctest.Wait()
	if j.chance(40) {
		j.meet()
	}
	for range 20 + j.random.IntN(21) {
		j.step()
		if j.chance(70) {
			j.quiet()
		}
	}
	j.settle()
	j.check()
	return &j.tally
}

// meet begins in a room, in which everybody is who can be.
func (j *journey) meet() {
	j.did("met in a room")
	for i, d := range j.devices {
		if d.life == nil {
			continue
		}
		if i == 0 {
			j.asks(d.life, &wire.CreateRoom{Channel: rooms[0], Title: pick(j, names)})
		}
		j.asks(d.life, &wire.Enter{Channel: rooms[0]})
		j.quiet()
	}
}

// quiet waits until nothing moves any more unless time passes.
func (j *journey) quiet() {
	synctest.Wait()
	p := j.process.Load()
	if p == nil {
		return
	}
	released := p.eng.Released()
	for _, d := range j.devices {
		if d.life != nil {
			d.life.listen()
			d.life.note(released)
		}
	}
}

// pass lets time pass.
func (j *journey) pass(d time.Duration) {
	time.Sleep(d)
	j.quiet()
}

// open loads a page on a device. A page that was there before stays, unless it
// was closed.
func (j *journey) open(d *device) {
	d.count++
	d.life = newLife(j, core.Actor{Account: d.account, Device: d.name, Life: fmt.Sprint(d.count)})
	j.lives = append(j.lives, d.life)
	d.life.client.Connect()
}

// close ends what still runs, so that the bubble can end.
func (j *journey) close() {
	for _, l := range j.lives {
		if !l.gone {
			l.unload((*cable).cut)
		}
	}
	for _, c := range j.closing {
		<-c
	}
	if p := j.process.Load(); p != nil {
		p.kill()
	}
	synctest.Wait()
	if j.t.Failed() {
		j.t.Log(j.trace.String())
	}
}

// did writes down a step, and counts it by its first words.
func (j *journey) did(what string, about ...any) {
	j.tally.counts[what]++
	fmt.Fprintf(&j.trace, "%9v %s", time.Since(j.began).Round(time.Millisecond), what)
	for _, a := range about {
		fmt.Fprintf(&j.trace, " %v", a)
	}
	j.trace.WriteByte('\n')
}

func (j *journey) chance(percent int) bool { return j.random.IntN(100) < percent }

// pick returns one of a list, which may not be empty.
func pick[T any](j *journey, list []T) T { return list[j.random.IntN(len(list))] }
