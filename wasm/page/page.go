// Package page wires sessions and dialects to the bridge: it is all that runs
// in a page, apart from the bridge itself, and is tested without one.
package page

import (
	"slices"
	"sync"

	"beckon/core/codec"
	"beckon/core/session"
	"beckon/jsbridge"
)

// Page is all that the module holds: a target for each SDK instance. It is the
// bridge's [jsbridge.Handler].
type Page struct {
	emit  jsbridge.Emit
	dial  Dialer
	clock clock

	mu      sync.Mutex
	targets map[string]*target
	lines   map[string]*line // that are shared
}

// A Dialer opens a socket: [jsbridge.DialSocket], or a test's.
type Dialer func(url string, h jsbridge.SocketHandlers) (Socket, error)

// A Socket is a [jsbridge.Socket], or a test's.
type Socket interface {
	Send(text string) error
	Close(code int, reason string)
}

// New returns a page without targets.
func New(emit jsbridge.Emit, dial Dialer) *Page {
	return &Page{emit: emit, dial: dial, clock: newClock(), targets: map[string]*target{}, lines: map[string]*line{}}
}

// Call serves what the facade asks of a target. The methods are
//
//	open        makes it, or tells it what is new; connects nothing
//	connect     connects, and stays connected
//	disconnect  closes on purpose
//	check       tests the link at once: the page became visible, or online
//	hold        logs in no more until as many calls of release
//	destroy     disconnects and forgets it
//
// and those of the target's dialect.
func (p *Page) Call(life jsbridge.Life, name, method, args string) (string, error) {
	if method == "open" {
		return "", p.open(name, args)
	}
	p.mu.Lock()
	t := p.targets[name]
	p.mu.Unlock()
	if t == nil {
		return "", failure{"no-target", name + " is not open"}
	}
	switch method {
	case "connect":
		t.input(t.connect)
	case "disconnect":
		t.input(t.disconnect)
	case "check":
		t.input(t.session.Check)
	case "hold":
		t.input(t.hold)
	case "release":
		t.input(func(now session.Millis) { t.release(now, 1) })
	case "destroy":
		p.destroy(t)
	default:
		return t.call(life, method, args)
	}
	return "", nil
}

// open makes a target, or tells it what is new about its instance.
func (p *Page) open(name, args string) error {
	var o opening
	if err := codec.Decode([]byte(args), &o); err != nil {
		return failure{"bad-field", err.Error()}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if t := p.targets[name]; t != nil {
		t.input(func(session.Millis) { t.reopen(o) })
		return nil
	}
	t, err := newTarget(p, name, o)
	if err == nil {
		p.targets[name] = t
	}
	return err
}

// destroy forgets a target, and its line if nobody else shares it.
func (p *Page) destroy(t *target) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.targets[t.name] != t { // done already
		return
	}
	delete(p.targets, t.name)
	t.input(t.disconnect)
	t.input(func(session.Millis) {
		t.targets = slices.DeleteFunc(t.targets, func(x *target) bool { return x == t })
	})
	if len(t.targets) == 0 {
		delete(p.lines, t.key)
		t.alarm.release()
	}
}

// opening is what "open" says of an SDK instance.
type opening struct {
	dialect, url        string
	app, account, token string
	device, life        string
	shared              bool // with other targets of the account, in this dialect
	options             *options
}

// options are what "open" takes of the instance's own options.
type options struct {
	needReconnect codec.Raw // anything but false: try again
	attempts      int64     // so often in a row; 0: for ever
	syncAvSignal  codec.Raw // anything but false: sync at every fresh start
}

func (o *opening) Fields(v *codec.Visitor) {
	v.String("dialect", &o.dialect)
	v.String("url", &o.url)
	v.String("app", &o.app)
	v.String("account", &o.account)
	v.String("token", &o.token)
	v.String("device", &o.device)
	v.String("life", &o.life)
	v.Bool("shared", &o.shared)
	codec.Object(v, "options", &o.options)
}

func (p *options) Fields(v *codec.Visitor) {
	v.Raw("needReconnect", &p.needReconnect)
	v.Int("reconnectionAttempts", &p.attempts)
	v.Raw("syncAvSignal", &p.syncAvSignal)
}

// shares names the line that the instance shares; "": none.
func (o *opening) shares() string {
	if !o.shared {
		return ""
	}
	return o.dialect + "\x00" + o.app + "\x00" + o.account
}

// once says that a lost link is not to be tried again.
func (o *opening) once() bool { return o.options != nil && string(o.options.needReconnect) == "false" }

// syncs says that a fresh start is to be followed by a sync.
func (o *opening) syncs() bool { return o.options == nil || string(o.options.syncAvSignal) != "false" }

func (o *opening) maxRetries() int {
	if o.options == nil {
		return 0
	}
	return int(o.options.attempts)
}

// failure is an error of the module's own.
type failure struct{ code, message string }

func (f failure) Error() string { return f.message }

// Failure is the error as the page sees it.
func (f failure) Failure() string {
	b := codec.AppendString([]byte(`{"code":`), f.code)
	b = codec.AppendString(append(b, `,"name":"BeckonError","message":`...), f.message)
	return string(append(b, '}'))
}
