package client_test

import (
	"time"

	"beckon/core/wire"
)

// step lets something happen, mostly that somebody asks something.
func (j *journey) step() {
	d := pick(j, j.devices)
	switch {
	case j.process.Load() == nil && j.chance(60):
		j.startRelay()
	case d.over() && j.chance(70):
		j.did("page comes back", d)
		j.bring(d)
	case j.chance(50):
		for range 1 + j.random.IntN(3) {
			j.askSomewhere()
		}
	case j.chance(20):
		d := time.Duration(j.random.IntN(3000)) * time.Millisecond
		j.did("time passed", d)
		j.pass(d)
	case j.chance(14):
		j.relayStep()
	case d.life == nil:
	case j.chance(30):
		j.pageStep(d)
	default:
		j.linkStep(d.life)
	}
}

// askSomewhere asks on any device, mostly one that is online.
func (j *journey) askSomewhere() {
	d := pick(j, j.devices)
	for range 4 {
		if d.life != nil && d.life.online() {
			break
		}
		d = pick(j, j.devices)
	}
	if d.life != nil {
		j.ask(d.life)
	}
}

func (j *journey) ask(l *life) { j.asks(l, j.order(l)) }

func (j *journey) asks(l *life, o wire.Order) {
	if l.ask(o) {
		j.did("command", l.actor, string(wire.Append(nil, wire.NewCommand(uint64(len(l.asked)), o))))
	} else {
		j.did("command without a link", l.actor, o.CommandName())
	}
}

// pageStep does something to a page.
func (j *journey) pageStep(d *device) {
	switch j.random.IntN(6) {
	case 0, 1:
		j.did("page reloaded", d)
		if j.chance(50) {
			j.ask(d.life)
		}
		d.life.unload(j.loss())
		j.open(d)
	case 2:
		j.did("page opened twice", d)
		j.open(d)
	case 3:
		j.did("page closed", d)
		d.life.unload(j.loss())
		d.life = nil
	case 4:
		j.did("logged out", d)
		if j.chance(50) {
			j.ask(d.life)
		}
		d.life.client.Disconnect()
	case 5:
		j.did("page looks after its link", d)
		d.life.client.Check()
	}
}

// loss is how the relay may hear that a page was closed, or not.
func (j *journey) loss() func(*cable) {
	return pick(j, []func(*cable){(*cable).cut, (*cable).losePage, func(*cable) {}})
}

// relayStep does something to the relay.
func (j *journey) relayStep() {
	p := j.process.Load()
	if p == nil {
		return
	}
	switch j.random.IntN(7) {
	case 0:
		before, after := j.millis(400), j.millis(400)
		j.did("disk gets slow", before, after)
		p.disk.slow(before, after)
	case 1:
		j.did("disk gets fast")
		p.disk.slow(0, 0)
	case 2, 3:
		j.did("relay killed")
		j.stopRelay((*process).kill)
	case 4:
		before, after := j.millis(400), j.millis(400)
		j.did("relay killed while it stores", before, after)
		p.disk.slow(before, after)
		for _, d := range j.devices {
			if d.life != nil && j.chance(60) {
				j.ask(d.life)
			}
		}
		j.pass(time.Duration(j.random.Int64N(int64(before+after) + 1)))
		j.stopRelay((*process).kill)
	case 5:
		j.did("relay restarted in order")
		j.stopRelay((*process).drain)
	case 6:
		d := time.Minute + j.millis(180_000)
		j.did("much time passed", d)
		j.pass(d)
	}
}

// stopRelay ends the relay, mostly to start it again soon.
func (j *journey) stopRelay(how func(*process)) {
	how(j.process.Swap(nil))
	switch {
	case j.chance(50):
		j.startRelay()
	case j.chance(70):
		j.pass(j.millis(30_000))
		j.startRelay()
	}
}

func (j *journey) startRelay() {
	j.did("relay started")
	j.process.Store(startProcess(j.t, j.store, j.config))
}

// millis is some time below so many milliseconds.
func (j *journey) millis(below int) time.Duration {
	return time.Duration(j.random.IntN(below)) * time.Millisecond
}
