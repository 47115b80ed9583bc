package engine

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/record"
	"beckon/core/wire"
)

const ringing = 90 * time.Second

func TestDeadlineThatPassedCountsBeforeTheCommandsOfItsGroup(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice, bob := w.link("alice/tab"), w.link("bob/phone")
		channel := alice.ask(callEx("bob", "r1")).Channel.ID
		bob.hears("invited by alice r1")
		time.Sleep(ringing - 2*time.Millisecond)
		w.gate.Held.Store(true)
		alice.send(&wire.Create{Type: 1}) // its append takes beyond the deadline
		synctest.Wait()
		bob.send(accept(channel, "alice", "r1"))
		time.Sleep(2 * time.Millisecond)
		w.gate.Open()
		bob.hears("expired r1", "reply 1: invitation-over")

		a := w.audit()
		last := a.Records[len(a.Records)-1]
		require.Equal(t, core.Expired, last[0].(core.Ended).Outcome)
	})
}

func TestDeadlineWakesTheLoop(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice := w.link("alice/tab")
		alice.ask(callEx("bob", "r1"))
		time.Sleep(ringing - soon)
		require.Empty(t, w.audit().Ended)
		time.Sleep(2 * soon)
		for _, outcome := range w.audit().Ended {
			require.Equal(t, core.Expired, outcome)
		}
		require.Len(t, w.audit().Ended, 1)
	})
}

// Everything that came due while the relay was down, 100,000 deadlines in the
// long form, ends in chunks, oldest first, and then the engine answers.
func TestDeadlinesDueAtOnceAfterARestartExpireInChunks(t *testing.T) {
	channels, each := 1000, 100
	if testing.Short() {
		channels = 30
	}
	inBubble(t, func(t *testing.T, w *world) {
		w.crash()
		j := w.store.Open()
		began := core.Time(time.Now().UnixMilli())
		for c := range channels {
			id := fmt.Sprintf("%032x", c)
			r := record.Record{Now: began + core.Time(c)}
			r.Events = append(r.Events, core.Created{Channel: core.ChannelInfo{ID: id, Name: id, Type: core.Audio,
				Policy: core.CallPolicy, Creator: "alice", Created: r.Now, Expires: r.Now + 3_600_000}})
			for i := range each {
				callee := fmt.Sprintf("callee-%d", i)
				r.Events = append(r.Events, core.Invited{By: core.Actor{Account: "alice", Device: "tab"}, Channel: id, RequestID: "r",
					Invitees: []core.Invitee{{Account: callee, Rang: true}}, To: []string{callee},
					Deadline: r.Now + core.Time(ringing.Milliseconds()) - core.Time(i)})
			}
			_, err := j.Append(t.Context(), record.Append(nil, r), uint64(c))
			require.NoError(t, err)
		}
		time.Sleep(2 * ringing)
		w.start()
		callee := w.link("callee-7/phone")
		require.Empty(t, callee.welcome.Invitations, "none rings that is over")
		callee.send(&wire.Create{Type: 1})
		callee.hears("reply 1: ok")

		a := w.audit()
		require.Len(t, a.Ended, channels*each)
		var last core.Time
		for i, events := range a.Records[channels:] {
			require.LessOrEqual(t, len(events), dueChunk+2, "record %d", i) // with the command's own
		}
		for i, outcome := range a.Ended {
			require.Equal(t, core.Expired, outcome, i)
		}
		deadline := map[string]core.Time{}
		for _, e := range a.Events {
			switch e := e.Event.(type) {
			case core.Invited:
				deadline[e.Channel+e.Invitees[0].Account] = e.Deadline
			case core.Ended:
				d := deadline[e.Channel+e.Invitations[0].Invitee]
				require.LessOrEqual(t, last, d, "the oldest deadline first")
				last = d
			}
		}
	})
}
