package client_test

import (
	"slices"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/session"
)

// settle repairs everything, brings every device online, and waits until nothing
// is on its way and nothing is about to happen.
func (j *journey) settle() {
	j.did("settling")
	if j.process.Load() == nil {
		j.startRelay()
	}
	j.process.Load().disk.slow(0, 0)
	for _, l := range j.lives {
		l.mend()
	}
	for _, l := range j.lives {
		if !l.gone && !j.present(l) {
			l.unload((*cable).cut)
		}
	}
	for range 100 {
		for _, d := range j.devices {
			j.bring(d)
		}
		j.pass(time.Second)
		if j.settled() {
			return
		}
	}
	j.did("has not settled")
	require.Fail(j.t, "the conversation does not come to rest")
}

// present says whether a life is its device's latest.
func (j *journey) present(l *life) bool {
	return slices.ContainsFunc(j.devices, func(d *device) bool { return d.life == l })
}

// over says whether nobody is logged in on a device, nor tries to be.
func (d *device) over() bool {
	if d.life == nil {
		return true
	}
	_, off := d.life.ended()
	return off
}

// bring makes a device come online: with a new page, if its old one was closed
// or has been replaced.
func (j *journey) bring(d *device) {
	if !d.over() {
		return
	}
	if d.life != nil {
		if why, _ := d.life.ended(); why == session.Asked {
			d.life.client.Connect()
			return
		}
		d.life.unload((*cable).cut)
	}
	j.open(d)
}

func (j *journey) settled() bool {
	for _, d := range j.devices {
		if d.life == nil || !d.life.online() || d.life.busy() || !d.life.cable().whole() {
			return false
		}
	}
	var next core.Time
	j.look(func(app *core.App) { next = app.Deadline() })
	now := core.Time(time.Now().UnixMilli())
	return next == 0 || next > now+1000
}

// look shows the machine.
func (j *journey) look(f func(*core.App)) {
	require.NoError(j.t, j.process.Load().eng.Look(j.t.Context(), f))
}
