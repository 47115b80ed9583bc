package load

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"beckon/core/wire"
)

// pair is two devices that call each other again and again: callEx by the
// caller, joinAndAccept by the callee when it rings, close by the caller when
// it hears of that. Each device has a goroutine that reads.
type pair struct {
	*run
	over chan struct{} // closed when there is no further call

	mu             sync.Mutex
	caller, callee *device
	requestID      []byte    // of the present call
	began          time.Time // its callEx
	heard          time.Time // the frame that is being dealt with
	halves         int       // of the call that are over
	size           int       // of the frames that came in it

	// Of what happened while the run was measuring:
	calls   int // that ended
	bytes   int // in their frames
	invites []time.Duration
}

// The frames that the devices get in a call, in their order: 3 replies, 4 notices.
var (
	callerScript = []expectation{
		{},                 // to callEx
		{notice: "joined"}, //
		{notice: "ended", names: true, then: (*pair).hangUp},
		{then: (*pair).half}, // to close
	}
	calleeScript = []expectation{
		{notice: "invited", names: true, then: (*pair).answer},
		{}, // to joinAndAccept
		{notice: "closed", then: (*pair).half},
	}
)

// attach is what callers send along: a page's JSON in a string, as vendors'
// samples do.
const attach = `{"mode":"video","from":"Ada Lovelace","avatar":"https://example.org/a/ada.png","conversation":"p2p-ada-bob","v":1}`

func (p *pair) start() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.call()
}

// once makes a call though the run is over.
func (p *pair) once() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.ring()
}

// call begins the next call, when the pace allows it, unless the run is over.
func (p *pair) call() error {
	time.Sleep(p.Pace - time.Since(p.began))
	if p.stopping.Load() {
		close(p.over)
		return nil
	}
	return p.ring()
}

func (p *pair) ring() error {
	p.requestID = append(append(append(p.requestID[:0], "r-"...), p.caller.account...), '-')
	p.requestID = strconv.AppendUint(p.requestID, p.caller.n, 10)
	p.caller.channel, p.callee.channel = p.caller.channel[:0], p.callee.channel[:0]
	p.halves, p.size = 0, 0
	p.began = time.Now()
	return p.caller.ask(&wire.CallEx{Type: 2, RequestID: string(p.requestID), Invitee: p.callee.account, Attach: attach})
}

// answer is what the callee does when it is rung.
func (p *pair) answer() error {
	if p.measuring.Load() {
		p.invites = append(p.invites, p.heard.Sub(p.began))
	}
	return p.callee.ask(&wire.JoinAndAccept{Channel: string(p.callee.channel), RequestID: string(p.requestID),
		Inviter: p.caller.account, Attach: attach})
}

// hangUp is what the caller does when the call is answered.
func (p *pair) hangUp() error { return p.caller.ask(&wire.Close{Channel: string(p.caller.channel)}) }

// half ends the call when both devices have got all of its frames.
func (p *pair) half() error {
	if p.halves++; p.halves < 2 {
		return nil
	}
	if !bytes.Equal(p.caller.channel, p.callee.channel) {
		return fmt.Errorf("load: %s was told channel %s, and %s channel %s, of call %s",
			p.caller.account, p.caller.channel, p.callee.account, p.callee.channel, p.requestID)
	}
	if p.measuring.Load() {
		p.calls++
		p.bytes += p.size
	}
	return p.call()
}

// stuck says where a call stands that does not end.
func (p *pair) stuck() error {
	if !p.mu.TryLock() {
		return fmt.Errorf("load: after %s, %s or %s cannot send yet", p.Patience, p.caller.account, p.callee.account)
	}
	defer p.mu.Unlock()
	return fmt.Errorf("load: frames are missing after %s: in call %s, %s waits for %s and %s for %s", p.Patience,
		p.requestID, p.caller.account, p.caller.due(), p.callee.account, p.callee.due())
}

// serve reads what comes for a device, until its link is over.
func (p *pair) serve(d *device) error {
	for {
		text, err := d.next()
		now := time.Now()
		p.mu.Lock()
		switch {
		case errors.Is(err, errOver) && p.leaving.Load():
			p.mu.Unlock()
			return nil
		case err != nil:
			err = fmt.Errorf("load: %s waits for %s: %w", d.account, d.due(), err)
		default:
			p.heard = now
			err = p.take(d, text)
		}
		p.mu.Unlock()
		if err != nil {
			return err
		}
	}
}

// take deals with a frame that came for a device.
func (p *pair) take(d *device, text []byte) error {
	due := d.due()
	if err := d.hear(text, p.requestID); err != nil {
		return err
	}
	d.at = (d.at + 1) % len(d.script)
	p.size += len(text)
	if due.then == nil {
		return nil
	}
	return due.then(p)
}
