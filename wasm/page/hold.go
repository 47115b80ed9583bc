package page

import "beckon/core/session"

// hold keeps a target from logging in while the page fetches the token for it. A
// link that waits too long is given up by the session, which opens another one.
type hold struct {
	times int          // held and not released
	link  session.Link // opened meanwhile, or 0
}

func (t *target) hold(session.Millis) { t.held.times++ }

func (t *target) release(now session.Millis) {
	if t.held.times > 0 {
		t.held.times--
	}
	if link := t.held.link; link != 0 && t.held.times == 0 {
		t.held.link = 0
		t.session.Opened(now, link)
	}
}

func (t *target) opened(now session.Millis, link session.Link) {
	if t.held.times > 0 {
		t.held.link = link
		return
	}
	t.session.Opened(now, link)
}
