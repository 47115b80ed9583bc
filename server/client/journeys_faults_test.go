package client_test

import (
	"time"

	"beckon/core/wire"
)

// linkStep does something to a page's link, if it has a good one.
func (j *journey) linkStep(l *life) {
	c := l.cable()
	if c == nil || !c.whole() || !l.online() {
		return
	}
	switch j.random.IntN(13) {
	case 0:
		j.did("link cut", l)
		c.cut()
	case 1:
		j.did("link lost, relay unaware", l)
		c.losePage()
	case 2:
		j.did("link lost, page unaware", l)
		c.loseRelay()
	case 3:
		j.did("link falls silent", l)
		c.up.hold(true)
		c.down.hold(true)
	case 4:
		up, down, d := j.chance(60), j.chance(60), j.millis(20_000)
		j.did("link held up for a while", l, up, down, d)
		c.up.hold(up)
		c.down.hold(down)
		time.AfterFunc(d, func() { c.up.hold(false); c.down.hold(false) })
	case 5:
		n := j.random.IntN(500)
		j.did("link about to break in what the page sends", l, n)
		c.up.snapAfter(n)
	case 6:
		n := j.random.IntN(1000)
		j.did("link about to break in what the relay sends", l, n)
		c.down.snapAfter(n)
	case 7:
		n := 1 + j.random.IntN(1500)
		j.did("link cut, next one about to break", l, n)
		l.frailNext(n)
		c.cut()
	case 8:
		j.did("link cut as a command is sent", l)
		j.ask(l)
		c.cut()
	default:
		j.inFlight(l, c)
	}
}

// inFlight breaks a link at a known place of a command's way.
func (j *journey) inFlight(l *life, c *cable) {
	switch j.random.IntN(4) {
	case 0:
		j.did("link cut, command not yet read", l)
		c.up.hold(true)
		j.ask(l)
		j.quiet()
		c.cut()
	case 1:
		j.did("link cut, answer on its way", l)
		c.down.hold(true)
		j.ask(l)
		j.quiet()
		c.cut()
	case 2:
		j.did("command read as its link is replaced", l)
		j.replaced(l, c)
	case 3:
		d := 40*time.Second + j.millis(150_000)
		j.did("page unreachable for long", l, d)
		c.down.hold(true)
		if j.chance(50) {
			j.ask(l)
			j.quiet()
		}
		l.unreachable(true)
		c.cut()
		j.pass(d)
		l.unreachable(false)
	}
}

// replaced has the relay read a command over a link while it stores what it
// welcomes the same page on another link with. The page is told that the command
// did not happen, or has sent it again; so by then it must not happen any more.
func (j *journey) replaced(l *life, c *cable) {
	c.up.hold(true)
	j.ask(l)
	j.quiet()
	c.losePage()
	if j.chance(50) { // until the command has failed
		l.unreachable(true)
		j.pass(9 * time.Second)
		l.unreachable(false)
	}
	const slow = 100 * time.Millisecond
	p := j.process.Load()
	p.disk.slow(slow, 0)
	j.askOther(l) // is being stored when the hello comes,
	l.client.Check()
	j.quiet()
	j.askOther(l) // and this together with it
	j.pass(slow)
	c.up.hold(false)
	j.pass(3 * slow)
	p.disk.slow(0, 0)
}

// askOther has another page, if one is online, ask what is always carried out.
func (j *journey) askOther(l *life) {
	for _, d := range j.devices {
		if d.life != nil && d.life != l && d.life.online() {
			j.asks(d.life, &wire.Create{Type: 1})
			return
		}
	}
}
