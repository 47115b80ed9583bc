package page

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"

	"beckon/core/session"
	"beckon/core/wire"
	"beckon/jsbridge"
)

// line is a session with its socket, and the targets that it is for: one, or all
// of an account that share it.
type line struct {
	page            *Page
	key             string // in Page.lines, "" if it is not shared
	account, device string

	mu         sync.Mutex
	url        string
	once       bool // a lost link is not tried again
	ended      bool // it was, and the page has been told
	session    *session.Session
	connection string // names the present link
	trace      string // names in the relay's log what is being told of, "" while that is nothing of the relay's
	sockets    map[session.Link]Socket
	waiting    map[uint64]*asked
	held       session.Link // opened, and logs in when no target holds it any more; or 0
	alarm      *alarm
	targets    []*target
}

// asked is a command on its way.
type asked struct {
	by   *target
	news wire.Event // for the others, if it is carried out
	then func(session.Replied)
}

func newLine(p *Page, key string, o opening) *line {
	l := &line{
		page:    p,
		key:     key,
		account: o.account,
		device:  o.device,
		session: session.New(session.Config{
			App: o.app, Account: o.account, Token: o.token, Device: o.device, Life: o.life,
			MaxRetries: o.maxRetries(), Random: rand.Uint64, TellSilent: o.dialect == "tui",
		}),
		sockets: map[session.Link]Socket{},
		waiting: map[uint64]*asked{},
	}
	l.alarm = newAlarm(func() { l.input(l.tick) })
	return l
}

// input gives the session one input, and does what it wants done.
func (l *line) input(f func(session.Millis)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	f(l.now())
	l.pump()
}

func (l *line) tick(now session.Millis) {
	l.session.Tick(now)
	for _, t := range l.targets {
		t.dialect.tick(now)
	}
}

func (l *line) pump() {
	for o := l.session.Next(); o != nil; o = l.session.Next() {
		switch o := o.(type) {
		case session.Dial:
			l.dial(o.Link)
		case session.Send:
			if s := l.sockets[o.Link]; s != nil {
				s.Send(string(o.Text)) // a socket that is gone says so by itself
			}
		case session.Hangup:
			if s := l.sockets[o.Link]; s != nil {
				delete(l.sockets, o.Link)
				s.Close(int(o.Code), "")
			}
		case session.Replied:
			if a := l.waiting[o.N]; a != nil {
				delete(l.waiting, o.N)
				if l.connection != "" {
					l.trace = l.connection + "-" + strconv.FormatUint(o.N, 10)
				}
				a.then(o)
				l.share(a, o)
				l.trace = ""
			}
		default:
			l.tell(o)
		}
	}
	l.sleep()
}

// sleep sets the alarm to when session or dialects want to be woken.
func (l *line) sleep() {
	at, ok := l.session.Wake()
	if !ok {
		at = never
	}
	for _, t := range l.targets {
		at = min(at, t.dialect.wake())
	}
	if at == never {
		l.alarm.stop()
		return
	}
	l.alarm.set(max(0, at-l.now()))
}

// tell tells the targets that are to be connected.
func (l *line) tell(o session.Output) {
	switch o := o.(type) {
	case session.Connected:
		l.connection = o.Connection
	case session.Reconnecting:
		if l.once {
			l.ended = true
			l.session.Disconnect(l.now())
			l.tellAll(session.Disconnected{Why: session.GaveUp, Code: o.Code})
			return
		}
	case session.Disconnected:
		if l.ended {
			l.ended = false
			return
		}
		l.trace = o.Connection
	}
	l.tellAll(o)
	l.trace = ""
}

func (l *line) tellAll(o session.Output) {
	for _, t := range l.targets {
		if t.wanted {
			t.tell(o)
		}
	}
}

// wantedBy says whether a target other than t is to be connected.
func (l *line) wantedBy(t *target) bool {
	return slices.ContainsFunc(l.targets, func(x *target) bool { return x != t && x.wanted })
}

func (l *line) now() session.Millis { return l.page.clock.now() }

// relayNow is the relay's time, as far as it is known.
func (l *line) relayNow() int64 { return l.session.RelayNow(l.now()) }

// closeAbnormal is how a browser reports a link that just broke.
const closeAbnormal = 1006

// dial opens a socket whose events are the session's inputs.
func (l *line) dial(link session.Link) {
	closed := func(code int, reason string) {
		delete(l.sockets, link)
		l.session.Closed(l.now(), link, code, reason)
	}
	s, err := l.page.dial(l.url, jsbridge.SocketHandlers{
		Open: func() { l.input(func(now session.Millis) { l.opened(now, link) }) },
		Text: func(text string) { l.input(func(now session.Millis) { l.session.Received(now, link, []byte(text)) }) },
		Closed: func(code int, reason string) {
			l.input(func(session.Millis) { closed(code, reason) })
		},
	})
	if err != nil {
		for _, t := range l.targets {
			t.emit("error", failure{"bad-url", "cannot open " + l.url + ": " + err.Error()}.Failure())
		}
		closed(closeAbnormal, err.Error())
		return
	}
	l.sockets[link] = s
}
