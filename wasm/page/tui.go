package page

import (
	"strings"

	"beckon/core/session"
	"beckon/core/tui"
	"beckon/core/wire"
)

// tuiDialect is core/tui for one device. Its pages read no inbox: what is pending
// is told whenever a session starts anew.
type tuiDialect struct {
	t *target
	x *tui.Instance

	logins []login        // that wait for the first link
	until  session.Millis // when they are given up
	failed int            // links since that could not be opened

	token string         // for the next login
	used  string         // of the last one
	renew session.Millis // until then a new token is waited for, or 0
}

type login struct {
	r    *tui.Request
	done func(string, error)
}

const (
	// loginTime is how long a login waits for a link.
	loginTime session.Millis = 30_000
	// loginTries is how many links have to fail at once for a login to fail: a relay that restarts is back by then.
	loginTries = 4
	// renewTime is how long a link waits for a token in place of one that ended.
	renewTime session.Millis = 30_000
)

func newTUI(t *target, o opening) *tuiDialect {
	return &tuiDialect{t: t, x: tui.New(o.account, o.device)}
}

// open takes a new token, also for those who share the line.
func (d *tuiDialect) open(o opening) {
	for _, t := range d.t.targets {
		if other := t.dialect.(*tuiDialect); other.token != o.token {
			other.token = o.token
			other.renewed()
		}
	}
	d.token = o.token
}

// renewed goes on with a link that waits for a token.
func (d *tuiDialect) renewed() {
	if d.renew != 0 {
		d.renew = 0
		d.t.release(d.t.now(), 1)
	}
}

// lost asks the page for a token in place of one that ended: what it is in goes
// on while it fetches that, and calls login again. It gives a login up when no
// relay answers.
func (d *tuiDialect) lost(code wire.CloseCode) {
	switch {
	case code == wire.CloseTokenEnded && d.x.LoggedIn && d.renew == 0:
		d.renew = d.t.now() + renewTime
		d.t.hold(0)
		d.emit([]tui.Event{{Name: "onUserSigExpired", JSON: "null"}})
	case code == closeAbnormal && len(d.logins) > 0 && !d.x.LoggedIn:
		if d.failed++; d.failed >= max(loginTries, 1+strings.Count(d.t.url, " ")) {
			why := tui.Unreachable
			why.Why += d.t.url
			d.settle(func(r *tui.Request) error { return r.Failed(why) })
			d.t.disconnect(d.t.now())
		}
	}
}

// call serves the methods of package tui.
func (d *tuiDialect) call(method, options string, done func(string, error)) {
	if method == "ring" {
		d.emit(d.x.Ring())
		done("", nil)
		return
	}
	r, err := d.x.Ask(method, []byte(options))
	switch {
	case err != nil:
		done("", err)
	case method == "login":
		d.login(login{r, done})
	case method == "logout":
		d.logout(done)
	case r.Order == nil:
		done(r.Result(nil))
	default:
		d.ask(r, done)
	}
}

func (d *tuiDialect) ask(r *tui.Request, done func(string, error)) {
	d.t.ask(r.Order, func(a session.Replied) {
		if a.OK != nil {
			done(r.Result(a.OK))
			return
		}
		done("", notDone(r, a))
	})
}

// notDone is the error of a call that was refused, or has no answer.
func notDone(r *tui.Request, a session.Replied) error {
	if a.Refusal != nil {
		return r.Refused(a.Refusal)
	}
	switch a.Failure.Kind {
	case session.FailTooLarge:
		return r.TooLarge(a.Failure.Limit)
	case session.FailTimeout:
		return r.Failed(tui.TimedOut)
	case session.FailDisconnected:
		return r.Failed(tui.LinkLost)
	case session.FailNotText:
		return r.Refused(&wire.Refusal{Code: "bad-field", Detail: "is not Unicode text"})
	}
	return r.Failed(tui.Offline)
}

func (d *tuiDialect) login(l login) {
	if d.x.LoggedIn && (d.t.session.Online() || d.token == d.used) {
		l.done("", nil)
		return
	}
	if len(d.logins) == 0 {
		d.until, d.failed = d.t.now()+loginTime, 0
	}
	d.logins = append(d.logins, l)
	d.t.connect(d.t.now())
}

// logout leaves the room first, so that it need not wait for the device to be
// given up. An owner cannot leave, and stays until then.
func (d *tuiDialect) logout(done func(string, error)) {
	off := func(session.Replied) {
		d.t.disconnect(d.t.now())
		done("", nil)
	}
	if exit := d.x.Exit(); exit != nil {
		d.t.ask(exit, off)
		return
	}
	off(session.Replied{})
}

// settle ends the logins that wait.
func (d *tuiDialect) settle(how func(*tui.Request) error) {
	waiting := d.logins
	d.logins = nil
	for _, l := range waiting {
		l.done("", how(l.r))
	}
}

func (d *tuiDialect) connected(bool) {
	d.x.LoggedIn, d.used = true, d.token
	d.settle(func(*tui.Request) error { return nil })
}

func (d *tuiDialect) fresh(session.Fresh) {
	now := d.t.relayNow()
	v := d.t.session.View()
	truth := tui.Truth{Now: now, Self: v.Self(), Invitations: v.Invitations(now)}
	for _, c := range v.Channels() {
		truth.Channels = append(truth.Channels, c.Channel)
	}
	d.emit(d.x.Fresh(truth))
}

func (d *tuiDialect) told(n *wire.Notice) { d.emit(d.x.Told(n)) }

func (d *tuiDialect) disconnected(e session.Disconnected) string {
	code := e.Code
	switch e.Why {
	case session.GaveUp:
		code = wire.CloseGoingAway
	case session.Asked:
		code = wire.CloseNormal
	}
	d.renewed()
	events, f := d.x.Gone(code, e.Refusal)
	d.emit(events)
	d.settle(func(*tui.Request) error { return f })
	return f.Failure()
}

func (d *tuiDialect) emit(list []tui.Event) {
	for _, e := range list {
		d.t.emit(e.Name, e.JSON)
	}
}

func (d *tuiDialect) tick(now session.Millis) {
	if d.renew != 0 && now >= d.renew {
		d.renewed() // the relay says what becomes of it
	}
	if len(d.logins) > 0 && now >= d.until {
		d.settle(func(r *tui.Request) error { return r.Failed(tui.TimedOut) })
		d.t.disconnect(now)
	}
}

func (d *tuiDialect) wake() session.Millis {
	at := never
	if len(d.logins) > 0 {
		at = d.until
	}
	if d.renew != 0 {
		at = min(at, d.renew)
	}
	return at
}
