package page

import (
	"context"
	"math/rand/v2"
	"strconv"
	"sync"
	"time"

	"beckon/core/codec"
	"beckon/core/session"
	"beckon/core/wire"
	"beckon/jsbridge"
)

// target is one SDK instance: a session, its socket and its dialect.
type target struct {
	page    *Page
	name    string
	device  string
	dialect dialect

	mu      sync.Mutex
	url     string
	once    bool // a lost link is not tried again
	ended   bool // it was, and the page has been told
	session *session.Session
	sockets map[session.Link]Socket
	waiting map[uint64]chan session.Replied
	timer   *time.Timer
	asleep  bool // the timer is not set
}

// A dialect speaks a vendor's language.
type dialect interface {
	// ask reads a call of the vendor's.
	ask(method, options string) (request, error)
	// told lists the SDK events of a notice.
	told(n *wire.Notice) []event
	// fresh lists the SDK events that make up for what a fresh start has missed.
	fresh(f session.Fresh, now int64) []event
	// disconnected is the JSON text of the event that ends a connection for good.
	disconnected(d session.Disconnected) string
}

// A request is one call of the vendor's on its way.
type request interface {
	order() wire.Order
	answer(r session.Replied) (string, error)
	failed(f *session.Failure) error
}

// An event is an SDK event: its name on the bridge, and its JSON text.
type event struct{ name, json string }

func newTarget(p *Page, name string, o opening) (*target, error) {
	d, err := newDialect(o)
	if err != nil {
		return nil, err
	}
	t := &target{
		page:    p,
		name:    name,
		device:  o.device,
		dialect: d,
		url:     o.url,
		once:    o.once(),
		session: session.New(session.Config{
			App: o.app, Account: o.account, Token: o.token, Device: o.device, Life: o.life,
			MaxRetries: o.maxRetries(), Random: rand.Uint64,
		}),
		sockets: map[session.Link]Socket{},
		waiting: map[uint64]chan session.Replied{},
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.timer = time.AfterFunc(0, func() { t.input(t.session.Tick) })
	return t, nil
}

func newDialect(o opening) (dialect, error) {
	switch o.dialect {
	case "nim":
		return nimDialect{account: o.account, device: o.device}, nil
	}
	return nil, failure{"bad-field", "dialect " + strconv.Quote(o.dialect) + " is not known to this module"}
}

// reopen takes what may change while a target lives: where the relay is, the
// token, and whether to try again.
func (t *target) reopen(o opening) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.url, t.once = o.url, o.once()
	t.session.SetToken(o.token)
	return nil
}

// input gives the session one input, and does what it wants done.
func (t *target) input(f func(session.Millis)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f(t.page.now())
	t.pump()
}

// call asks the relay, and waits for its answer.
func (t *target) call(ctx context.Context, method, options string) (string, error) {
	r, err := t.dialect.ask(method, options)
	if err != nil {
		return "", err
	}
	answer, err := t.send(r)
	if err != nil {
		return "", err
	}
	select {
	case replied := <-answer:
		return r.answer(replied)
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (t *target) send(r request) (<-chan session.Replied, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n, err := t.session.Do(t.page.now(), r.order())
	if err != nil {
		f, ok := err.(*session.Failure)
		if !ok {
			return nil, err
		}
		return nil, r.failed(f)
	}
	answer := make(chan session.Replied, 1)
	t.waiting[n] = answer
	t.pump()
	return answer, nil
}

func (t *target) pump() {
	for o := t.session.Next(); o != nil; o = t.session.Next() {
		switch o := o.(type) {
		case session.Dial:
			t.dial(o.Link)
		case session.Send:
			if s := t.sockets[o.Link]; s != nil {
				s.Send(string(o.Text)) // a socket that is gone says so by itself
			}
		case session.Hangup:
			if s := t.sockets[o.Link]; s != nil {
				delete(t.sockets, o.Link)
				s.Close(int(o.Code), "")
			}
		case session.Replied:
			if answer := t.waiting[o.N]; answer != nil {
				delete(t.waiting, o.N)
				answer <- o
			}
		default:
			t.tell(o)
		}
	}
	t.sleep()
}

// sleep sets the timer to when the session wants to be woken. When it does not
// any more, the timer goes off once at once: Go leaves the page's timeout behind
// a stopped timer as it is, and a Node process would wait for it before it ends.
func (t *target) sleep() {
	at, ok := t.session.Wake()
	switch {
	case ok:
		t.timer.Reset(time.Duration(max(0, at-t.page.now())) * time.Millisecond)
	case t.asleep:
		return
	default:
		t.timer.Reset(time.Millisecond)
	}
	t.asleep = !ok
}

// tell tells the page.
func (t *target) tell(o session.Output) {
	switch o := o.(type) {
	case session.Connected:
		t.emit(event{"connected", string(codec.Append(nil, &connected{t.device, o.Connection}))})
	case session.Reconnecting:
		if t.once {
			t.ended = true
			t.session.Disconnect(t.page.now())
			t.emit(event{"disconnected", t.dialect.disconnected(session.Disconnected{Why: session.GaveUp, Code: o.Code})})
			return
		}
		t.emit(event{"willreconnect", string(codec.Append(nil, &retry{int64(o.Attempt), int64(o.Delay)}))})
	case session.Disconnected:
		if t.ended {
			t.ended = false
			return
		}
		t.emit(event{"disconnected", t.dialect.disconnected(o)})
	case session.Fresh:
		for _, e := range t.dialect.fresh(o, t.session.RelayNow(t.page.now())) {
			t.emit(e)
		}
	case session.Told:
		for _, e := range t.dialect.told(o.Notice) {
			t.emit(e)
		}
	}
}

func (t *target) emit(e event) { t.page.emit(t.name, e.name, e.json) }

// closeAbnormal is how a browser reports a link that just broke.
const closeAbnormal = 1006

// dial opens a socket whose events are the session's inputs.
func (t *target) dial(link session.Link) {
	closed := func(code int, reason string) {
		delete(t.sockets, link)
		t.session.Closed(t.page.now(), link, code, reason)
	}
	s, err := t.page.dial(t.url, jsbridge.SocketHandlers{
		Open: func() { t.input(func(now session.Millis) { t.session.Opened(now, link) }) },
		Text: func(text string) { t.input(func(now session.Millis) { t.session.Received(now, link, []byte(text)) }) },
		Closed: func(code int, reason string) {
			t.input(func(session.Millis) { closed(code, reason) })
		},
	})
	if err != nil {
		t.emit(event{"error", failure{"bad-url", "cannot open " + t.url + ": " + err.Error()}.Failure()})
		closed(closeAbnormal, err.Error())
		return
	}
	t.sockets[link] = s
}

type connected struct{ device, connection string }

func (c *connected) Fields(v *codec.Visitor) {
	v.String("deviceId", &c.device)
	v.String("connectionId", &c.connection)
}

type retry struct{ count, duration int64 }

func (r *retry) Fields(v *codec.Visitor) {
	v.Int("retryCount", &r.count)
	v.Int("duration", &r.duration)
}
