package page

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Both clocks, the page's and the tests', keep these.

func TestTheClockGoesOn(t *testing.T) {
	c := newClock()
	before := c.now()
	rang := make(chan bool)
	a := newAlarm(func() { rang <- true })
	defer a.release()
	a.set(5)
	<-rang
	require.Greater(t, c.now(), before)
}

func TestAnAlarmRingsOnceForTheLastTimeItWasSet(t *testing.T) {
	rang := make(chan bool, 9)
	a := newAlarm(func() { rang <- true })
	defer a.release()
	for range 5 {
		a.set(60_000)
		a.set(1)
	}
	<-rang
	other := make(chan bool)
	b := newAlarm(func() { other <- true })
	defer b.release()
	b.set(30)
	<-other
	require.Empty(t, rang)
}

func TestAnAlarmThatIsStoppedOrReleasedDoesNotRing(t *testing.T) {
	rang := make(chan bool, 9)
	stopped, released := newAlarm(func() { rang <- true }), newAlarm(func() { rang <- true })
	stopped.stop()
	stopped.set(1)
	stopped.stop()
	released.set(1)
	released.release()
	released.release()
	time.Sleep(30 * time.Millisecond)
	require.Empty(t, rang)
	stopped.set(1)
	<-rang
	stopped.release()
}
