package page

import "beckon/core/session"

// A target holds its line to keep it from logging in while the page fetches the
// token for it. A link that waits too long is given up by the session, which opens
// another one.
func (t *target) hold(session.Millis) { t.holds++ }

// release ends so many holds.
func (t *target) release(now session.Millis, holds int) {
	t.holds -= min(holds, t.holds)
	if link := t.held; link != 0 && !t.holding() {
		t.held = 0
		t.session.Opened(now, link)
	}
}

func (l *line) opened(now session.Millis, link session.Link) {
	if l.holding() {
		l.held = link
		return
	}
	l.session.Opened(now, link)
}

func (l *line) holding() bool {
	for _, t := range l.targets {
		if t.holds > 0 {
			return true
		}
	}
	return false
}
