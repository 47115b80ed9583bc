package load

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	"beckon/server/bench/machine"
)

// Result is what a run measured. Times are in microseconds.
type Result struct {
	Calls          int     `json:"calls"`
	CallsPerSecond float64 `json:"callsPerSecond"`
	BytesPerCall   float64 `json:"bytesPerCall"` // in frames to the devices
	InviteP50      float64 `json:"inviteP50"`    // from callEx until the callee has the notice
	InviteP99      float64 `json:"inviteP99"`
	CPUPerCall     float64 `json:"cpuPerCall"`     // processor time of what is measured; 0: not known
	LoadCPUPerCall float64 `json:"loadCPUPerCall"` // of the load itself
	Others         float64 `json:"others"`         // processors that all other programs of this machine kept busy
}

// usage is how much processor time was used until a moment.
type usage struct {
	wall                 time.Time
	server, load, anyone time.Duration
}

func (r *run) usage() (u usage, err error) {
	if r.PID != 0 {
		if u.server, err = machine.CPU(r.PID); err != nil {
			return u, err
		}
	}
	if u.load, err = machine.CPU(os.Getpid()); err != nil {
		return u, err
	}
	if u.anyone, err = machine.Busy(); err != nil {
		return u, err
	}
	u.wall = time.Now()
	return u, nil
}

// measure counts what the pairs do for a while.
func (r *run) measure(ctx context.Context) (*Result, error) {
	if r.Begin != nil {
		if err := r.Begin(); err != nil {
			return nil, err
		}
	}
	from, err := r.usage()
	if err != nil {
		return nil, err
	}
	r.measuring.Store(true)
	if err := r.wait(ctx, r.Measure); err != nil {
		return nil, err
	}
	for late := time.Now().Add(r.Patience); !r.counted() && time.Now().Before(late); {
		if err := r.wait(ctx, wink); err != nil {
			return nil, err
		}
	}
	r.measuring.Store(false)
	to, err := r.usage()
	if err != nil {
		return nil, err
	}
	if r.End != nil {
		if err := r.End(); err != nil {
			return nil, err
		}
	}
	return r.result(from, to)
}

// wink is how often a run looks whether a call has ended at last.
const wink = 10 * time.Millisecond

// counted says whether there is anything to sum up: a disk may have been too
// busy for one call in all the time.
func (r *run) counted() bool {
	calls, invites := 0, 0
	for _, p := range r.pairs {
		p.mu.Lock()
		calls += p.calls
		invites += len(p.invites)
		p.mu.Unlock()
	}
	return calls > 0 && invites > 0
}

// result sums up what the pairs counted between two moments.
func (r *run) result(from, to usage) (*Result, error) {
	var calls, bytes int
	var invites []time.Duration
	for _, p := range r.pairs {
		p.mu.Lock()
		calls += p.calls
		bytes += p.bytes
		invites = append(invites, p.invites...)
		p.mu.Unlock()
	}
	if calls == 0 || len(invites) == 0 {
		return nil, fmt.Errorf("load: of %d pairs, none ended a call within %s", r.Pairs, r.Measure+r.Patience)
	}
	slices.Sort(invites)
	perCall := func(d time.Duration) float64 { return micros(d) / float64(calls) }
	took := to.wall.Sub(from.wall)
	server, load := to.server-from.server, to.load-from.load
	return &Result{
		Calls:          calls,
		CallsPerSecond: float64(calls) / took.Seconds(),
		BytesPerCall:   float64(bytes) / float64(calls),
		InviteP50:      micros(invites[len(invites)/2]),
		InviteP99:      micros(invites[len(invites)*99/100]),
		CPUPerCall:     perCall(server),
		LoadCPUPerCall: perCall(load),
		Others:         max(0, (to.anyone-from.anyone-server-load).Seconds()/took.Seconds()),
	}, nil
}

func micros(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e3 }
