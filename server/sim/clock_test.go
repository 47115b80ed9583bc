package sim

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/server/servertest"
)

// setClock sets the wall clock of the relay's machine: ahead, back, or right. A
// relay that runs has to follow it at its own pace; one that is started anew goes
// by it at once, but for that it never goes back.
func (w *world) setClock() {
	if w.random.IntN(8) > 0 && w.quietClock() {
		return
	}
	by := w.upTo(w.upTo(mostSkew)) // mostly not far
	switch w.random.IntN(3) {
	case 0:
		w.count("clock set ahead")
	case 1:
		w.count("clock set back")
		by = -by
	default:
		w.count("clock set right")
		by = 0
	}
	w.wall.Store(int64(by))
	w.clock.Lock()
	defer w.clock.Unlock()
	w.moved = w.moved || by != 0
}

// quietClock: most worlds keep their clock, so that what depends on time can be
// told exactly.
func (w *world) quietClock() bool { return w.seed%4 > 0 }

// ahead is how far the machine's time is ahead of the real one.
func (w *world) ahead() core.Time { return w.engine.Now() - core.Time(time.Now().UnixMilli()) }

// clockStarts looks at the time with which a relay goes on.
func (w *world) clockStarts() {
	jump := w.ahead() - w.drift
	w.clock.Lock()
	defer w.clock.Unlock()
	if jump > 50 || jump < -50 {
		w.uneven = true
		w.count("machine's time jumped while the relay was down")
	}
	if jump > 45_000 {
		w.count(jumped)
	}
	w.pace = pace{real: time.Now(), machine: w.engine.Now()}
}

// A pace is where the machine's time was, and since when it has been going evenly.
type pace struct {
	real    time.Time // zero: a stranger has moved it since
	machine core.Time
}

// even says whether the machine's time can have come so far: it differs from the
// real one by at most one part in a hundred.
func (p pace) even(real time.Time, machine core.Time) bool {
	passed := core.Time(real.Sub(p.real).Milliseconds())
	off := machine - p.machine - passed
	return off <= passed/100+2 && -off <= passed/100+2
}

// strangerCame: whose clock is right?
func (w *world) strangerCame() {
	w.clock.Lock()
	defer w.clock.Unlock()
	w.uneven = w.uneven || w.moved
	w.pace = pace{}
}

func (w *world) isUneven() bool {
	w.clock.Lock()
	defer w.clock.Unlock()
	return w.uneven
}

func (w *world) paceNow() (p pace, moved bool) {
	w.clock.Lock()
	defer w.clock.Unlock()
	return w.pace, w.moved
}

// checkPace looks at the machine's time.
func (w *world) checkPace() {
	p, moved := w.paceNow()
	if w.engine == nil || p.real.IsZero() {
		return
	}
	if moved {
		w.count("pace of the machine's time looked at after its clock was set")
	}
	now, machine := time.Now(), w.engine.Now()
	if still, _ := w.paceNow(); still == p && !p.even(now, machine) {
		w.finding(servertest.Diverged, "machine time passed %d ms in %v", machine-p.machine, now.Sub(p.real))
	}
}

func TestTimeThatPassesTooFastIsFound(t *testing.T) {
	p := pace{real: time.Now(), machine: 1000}
	after := p.real.Add(100 * time.Second)
	require.True(t, p.even(after, 101_000))
	require.True(t, p.even(after, 102_000), "1 % fast")
	require.True(t, p.even(after, 100_000), "1 % slow")
	require.False(t, p.even(after, 102_100), "faster")
	require.False(t, p.even(after, 99_900), "slower")
	require.False(t, p.even(after, 701_000), "it followed a clock that was set")
}
