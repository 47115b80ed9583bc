package client_test

import (
	"slices"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/session"
	"beckon/core/wire"
)

// A story is what a life was told, from one fresh start to the next.
type story struct {
	life     *life
	chapters []*chapter
}

type chapter struct {
	welcome *wire.Welcome
	gone    session.Fresh
	from    int            // place of its first output in life.heard
	told    []*wire.Notice // in the order of telling
	places  []int          // of each in life.heard

	rings  []core.Position // invitations that the welcome was to tell, by the journal
	silent []core.Position // and those that it was to show only
}

// divide takes a life's outputs apart. A link that comes back soon carries on.
func (v *verdict) divide(l *life) *story {
	s := &story{life: l}
	taps := l.taps()
	var now *chapter
	var lost time.Time
	for i, h := range l.hears() {
		switch o := h.Output.(type) {
		case session.Connected:
			k := slices.IndexFunc(taps, func(t *tap) bool {
				return t.welcome != nil && t.welcome.Connection == o.Connection && t.welcomed.Equal(h.at) && t.welcome.Resumed == !o.Fresh
			})
			require.GreaterOrEqual(v.t, k, 0, "%v is connected by a welcome", l)
			if o.Fresh {
				if now != nil {
					v.tally.counts["fresh start within a life"]++
					require.Greater(v.t, h.at.Sub(lost), 10*time.Second, "%v is soon back, and starts afresh", l)
				}
				now = &chapter{welcome: taps[k].welcome, from: i}
				s.chapters = append(s.chapters, now)
			} else {
				require.NotNil(v.t, now, "%v resumes what it began", l)
				v.tally.counts["resume"]++
				if taps[k].welcome.Replay > 0 {
					v.tally.counts["resume with something missed"]++
				}
				if len(taps[k].welcome.Answers) > 0 {
					v.tally.counts["resume with an answer missed"]++
				}
			}
			taps = taps[k+1:]
		case session.Fresh:
			now.gone = o
		case session.Told:
			now.told = append(now.told, o.Notice)
			now.places = append(now.places, i)
		case session.Reconnecting, session.Disconnected:
			if i == 0 || !isOff(l.hears()[i-1].Output) {
				lost = h.at
			}
			v.reason(l, o)
		}
	}
	return s
}

// reason checks why a life has no link.
func (v *verdict) reason(l *life, o session.Output) {
	switch o := o.(type) {
	case session.Reconnecting:
		require.Contains(v.t, []wire.CloseCode{1006, wire.CloseSilent, wire.CloseRestarting}, o.Code, "%v: %s", l, o.Reason)
	case session.Disconnected:
		require.Contains(v.t, []session.Why{session.Asked, session.Replaced}, o.Why, "%v: %s", l, o.Reason)
	}
}

func isOff(o session.Output) bool {
	switch o.(type) {
	case session.Reconnecting, session.Disconnected:
		return true
	}
	return false
}
