package client_test

import (
	"slices"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/server/servertest"
)

// links: what the relay sent over each of a life's links.
func (v *verdict) links(l *life) {
	for _, t := range l.taps() {
		if t.welcome == nil {
			continue
		}
		after := t.welcome.Position
		if t.welcome.Resumed {
			after = t.hello.Resume.Position
		}
		all := v.Told(l.actor, core.Position(after))
		require.LessOrEqual(v.t, len(t.notices), len(all), "notices sent to %v behind %d", l, after)
		for i, p := range t.notices {
			require.EqualValues(v.t, all[i], p, "notice %d sent to %v behind %d", i, l, after)
		}
		if t.welcome.Resumed {
			missed, _ := slices.BinarySearch(all, core.Position(t.welcome.Position)+1)
			require.EqualValues(v.t, missed, t.welcome.Replay, "notices announced to %v behind %d", l, after)
		}
		v.answers(l, t)
		v.order(l, t, all)
	}
}

// order: a reply stands among the notices at its position, unless the command
// was asked again and gets its first answer.
func (v *verdict) order(l *life, t *tap, all []core.Position) {
	for _, r := range t.replies {
		if t.hello.Resume != nil && slices.Contains(t.hello.Resume.InFlight, r.N) {
			continue
		}
		before, _ := slices.BinarySearch(all, core.Position(r.Position)+1)
		require.Equal(v.t, before, r.notices, "notices sent to %v before reply %d at %d", l, r.N, r.Position)
	}
}

// answers: a welcome tells of each command in flight that was carried out.
func (v *verdict) answers(l *life, t *tap) {
	if t.hello.Resume == nil || t.hello.Resume.Journal != t.welcome.Journal {
		require.Empty(v.t, t.welcome.Answers)
		return
	}
	var due, told []uint64
	for _, n := range t.hello.Resume.InFlight {
		if o, done := v.Answers[servertest.Asked{Actor: l.actor, N: n}]; done && o.Position <= core.Position(t.welcome.Position) {
			due = append(due, n)
		}
	}
	for _, a := range t.welcome.Answers {
		told = append(told, a.N)
	}
	slices.Sort(told)
	require.Equal(v.t, due, told, "%v is welcomed with the answers that it has missed", l)
}
