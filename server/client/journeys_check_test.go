package client_test

import (
	"fmt"
	"strings"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/session"
	"beckon/core/wire"
	"beckon/server/servertest"
)

// check compares what everybody was told with what the journal says, when all
// has settled.
func (j *journey) check() {
	v := &verdict{journey: j, Audit: servertest.Replay(j.t, j.config, j.store.Open().Read(j.t.Context(), 1))}
	var state string
	j.look(func(app *core.App) { state = servertest.State(app) })
	require.Equal(j.t, servertest.State(v.App), state, "replaying the journal gives the relay's state")
	for _, l := range j.lives {
		v.commands(l)
		v.stories = append(v.stories, v.divide(l))
	}
	v.starts()
	for _, s := range v.stories {
		v.links(s.life)
		v.told(s)
	}
	for _, d := range j.devices {
		v.view(d.life)
		v.lists(d.life)
	}
	v.linked()
	for _, account := range accounts {
		v.inbox(account)
	}
	v.count()
}

// count adds to the tally what came of it all.
func (v *verdict) count() {
	for _, l := range v.lives {
		for _, c := range l.cables {
			if c.up.broke() {
				v.tally.counts["link broke within a frame of the page's"]++
			}
			if c.down.broke() {
				v.tally.counts["link broke within a frame of the relay's"]++
			}
		}
	}
	for _, e := range v.Events {
		v.tally.counts["event "+strings.TrimPrefix(fmt.Sprintf("%T", e.Event), "core.")]++
	}
}

// verdict holds what the checks know.
type verdict struct {
	*journey
	*servertest.Audit
	stories []*story
}

// commands: each ended once for the application; each that was acknowledged is
// in the journal, with the answer that was told; each that was refused is not.
func (v *verdict) commands(l *life) {
	for _, a := range l.asked {
		what := fmt.Sprintf("command %d of %v, a %s,", a.n, l, a.order.CommandName())
		require.Len(v.t, a.ended, 1, "%s ended once", what)
		r := a.ended[0]
		require.Equal(v.t, a.n, r.N, "%s got its own answer", what)
		stored, done := v.Answers[servertest.Asked{Actor: l.actor, N: a.n}]
		switch {
		case r.Failure != nil:
			require.Contains(v.t, []session.FailureKind{session.FailTimeout, session.FailDisconnected}, r.Failure.Kind, what)
			v.tally.counts["answer: "+string(r.Failure.Kind)]++
			if done {
				v.tally.counts["answer: failure, but carried out"]++
			}
		case r.Refusal != nil:
			require.False(v.t, done, "%s was refused as %s, and carried out", what, r.Refusal.Code)
			v.tally.counts["answer: refused"]++
		case readOnly(a.order):
			require.False(v.t, done, "%s changes nothing", what)
			v.tally.counts["ok "+a.order.CommandName()]++
		default:
			require.True(v.t, done, "%s was acknowledged, and is not in the journal", what)
			v.outcome(what, stored, r.OK)
			v.tally.counts["ok "+a.order.CommandName()]++
		}
	}
	for id := range v.Answers {
		require.False(v.t, id.Actor == l.actor && id.N > uint64(len(l.asked)), "%v did not ask for command %d", l, id.N)
	}
}

func readOnly(o wire.Order) bool {
	switch o.(type) {
	case *wire.Find, *wire.Channels, *wire.Inbox, *wire.Invitations:
		return true
	}
	return false
}

func (v *verdict) outcome(what string, stored core.Outcome, told *wire.Outcome) {
	require.Equal(v.t, map[core.Reach]string{core.Offline: "offline", core.NoPush: "no-push"}[stored.Reach], told.Reach, what)
	require.Equal(v.t, stored.Refused == nil, told.Refused == nil, what)
	require.Equal(v.t, stored.Pending, told.Pending, what)
	require.Equal(v.t, stored.Inside, told.Inside, what)
	if stored.Channel.ID == "" {
		require.Nil(v.t, told.Channel, what)
		return
	}
	require.NotNil(v.t, told.Channel, what)
	require.Equal(v.t, shownChannel(stored.Channel), toldChannel(told.Channel), what)
	require.Equal(v.t, shownMembers(stored.Members), toldMembers(told.Channel.Members), what)
	require.Len(v.t, told.Channel.Invitations, len(stored.List), what)
	for k, i := range stored.List {
		got := told.Channel.Invitations[k]
		require.Equal(v.t, i.Key, core.Key{Inviter: got.Inviter, RequestID: got.RequestID, Invitee: got.Invitee}, what)
	}
}
