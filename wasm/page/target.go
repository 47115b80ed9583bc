package page

import (
	"beckon/core/codec"
	"beckon/core/session"
)

// target is one SDK instance: a line, and its own dialect.
type target struct {
	*line
	name    string
	dialect dialect
	wanted  bool // is to be connected, and told what happens
	holds   int  // and not released
}

// newTarget joins the line that it is to share, or has one of its own.
func newTarget(p *Page, name string, o opening) (*target, error) {
	key := o.shares()
	l := p.lines[key]
	if l == nil {
		l = newLine(p, key, o)
	}
	o.device = l.device
	t := &target{line: l, name: name}
	l.mu.Lock()
	defer l.mu.Unlock()
	var err error
	if t.dialect, err = newDialect(t, o); err != nil {
		return nil, err
	}
	if l.targets = append(l.targets, t); key != "" {
		p.lines[key] = l
	}
	t.reopen(o)
	return t, nil
}

// reopen takes what may change while a target lives: where the relay is, the
// token, and what else the instance's options say.
func (t *target) reopen(o opening) {
	t.url, t.once = o.url, o.once()
	t.session.SetToken(o.token)
	t.dialect.open(o)
}

// connect connects, and stays connected. On a line that is up already, that is a
// fresh start for this target.
func (t *target) connect(now session.Millis) {
	if t.wanted {
		return
	}
	t.wanted = true
	if !t.session.Online() {
		t.session.Connect(now)
		return
	}
	t.tell(session.Connected{Connection: t.connection, Fresh: true})
	t.tell(session.Fresh{})
	for _, n := range t.session.Ringing(now) {
		t.dialect.told(n)
	}
}

// disconnect closes the link, unless others share it.
func (t *target) disconnect(now session.Millis) {
	t.release(now, t.holds)
	if !t.wantedBy(t) {
		t.session.Disconnect(now)
	} else if t.wanted {
		t.tell(session.Disconnected{Why: session.Asked})
	}
}

// tell tells the page.
func (t *target) tell(o session.Output) {
	switch o := o.(type) {
	case session.Connected:
		t.emit("connected", string(codec.Append(nil, &connected{t.device, o.Connection})))
		t.dialect.connected(o.Fresh)
	case session.Reconnecting:
		t.emit("willreconnect", string(codec.Append(nil, &retry{int64(o.Attempt), int64(o.Delay)})))
		t.dialect.lost(o.Code)
	case session.Disconnected:
		t.wanted = false
		t.emit("disconnected", t.traced(t.dialect.disconnected(o)))
	case session.Fresh:
		t.dialect.fresh(o)
	case session.Told:
		t.dialect.told(o.Notice)
	}
}

func (t *target) emit(name, json string) { t.page.emit(t.name, name, json) }

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
