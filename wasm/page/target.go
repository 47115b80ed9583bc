package page

import (
	"math/rand/v2"
	"sync"

	"beckon/core/codec"
	"beckon/core/session"
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
	waiting map[uint64]func(session.Replied)
	held    hold
	alarm   *alarm
}

func newTarget(p *Page, name string, o opening) (*target, error) {
	t := &target{
		page:   p,
		name:   name,
		device: o.device,
		url:    o.url,
		once:   o.once(),
		session: session.New(session.Config{
			App: o.app, Account: o.account, Token: o.token, Device: o.device, Life: o.life,
			MaxRetries: o.maxRetries(), Random: rand.Uint64, TellSilent: o.dialect == "tui",
		}),
		sockets: map[session.Link]Socket{},
		waiting: map[uint64]func(session.Replied){},
	}
	var err error
	if t.dialect, err = newDialect(t, o); err != nil {
		return nil, err
	}
	t.alarm = newAlarm(func() { t.input(t.tick) })
	return t, nil
}

// reopen takes what may change while a target lives: where the relay is, the
// token, and what else the instance's options say.
func (t *target) reopen(o opening) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.url, t.once = o.url, o.once()
	t.session.SetToken(o.token)
	t.dialect.open(o)
	return nil
}

// input gives the session one input, and does what it wants done.
func (t *target) input(f func(session.Millis)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f(t.now())
	t.pump()
}

func (t *target) tick(now session.Millis) {
	t.session.Tick(now)
	t.dialect.tick(now)
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
			if then := t.waiting[o.N]; then != nil {
				delete(t.waiting, o.N)
				then(o)
			}
		default:
			t.tell(o)
		}
	}
	t.sleep()
}

// sleep sets the alarm to when session or dialect want to be woken.
func (t *target) sleep() {
	at, ok := t.session.Wake()
	if !ok {
		at = never
	}
	if at = min(at, t.dialect.wake()); at == never {
		t.alarm.stop()
		return
	}
	t.alarm.set(max(0, at-t.now()))
}

// tell tells the page.
func (t *target) tell(o session.Output) {
	switch o := o.(type) {
	case session.Connected:
		t.emit("connected", string(codec.Append(nil, &connected{t.device, o.Connection})))
		t.dialect.connected(o.Fresh)
	case session.Reconnecting:
		if t.once {
			t.ended = true
			t.session.Disconnect(t.now())
			t.emit("disconnected", t.dialect.disconnected(session.Disconnected{Why: session.GaveUp, Code: o.Code}))
			return
		}
		t.emit("willreconnect", string(codec.Append(nil, &retry{int64(o.Attempt), int64(o.Delay)})))
	case session.Disconnected:
		if t.ended {
			t.ended = false
			return
		}
		t.emit("disconnected", t.dialect.disconnected(o))
	case session.Fresh:
		t.dialect.fresh(o)
	case session.Told:
		t.dialect.told(o.Notice)
	}
}

func (t *target) emit(name, json string) { t.page.emit(t.name, name, json) }

func (t *target) now() session.Millis { return t.page.clock.now() }

// relayNow is the relay's time, as far as it is known.
func (t *target) relayNow() int64 { return t.session.RelayNow(t.now()) }

// closeAbnormal is how a browser reports a link that just broke.
const closeAbnormal = 1006

// dial opens a socket whose events are the session's inputs.
func (t *target) dial(link session.Link) {
	closed := func(code int, reason string) {
		delete(t.sockets, link)
		t.session.Closed(t.now(), link, code, reason)
	}
	s, err := t.page.dial(t.url, jsbridge.SocketHandlers{
		Open: func() { t.input(func(now session.Millis) { t.opened(now, link) }) },
		Text: func(text string) { t.input(func(now session.Millis) { t.session.Received(now, link, []byte(text)) }) },
		Closed: func(code int, reason string) {
			t.input(func(session.Millis) { closed(code, reason) })
		},
	})
	if err != nil {
		t.emit("error", failure{"bad-url", "cannot open " + t.url + ": " + err.Error()}.Failure())
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
